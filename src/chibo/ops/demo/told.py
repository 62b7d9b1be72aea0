"""Tells a cell's months as its people would have lived them: through the real commands, each at its own moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from chibo.access.scope import current, enter
from chibo.access.standing import Standing, standing_of
from chibo.lib.dates import ZONE, add_months, at
from chibo.meetings.agendas import template_for
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.models import AgendaItem, Body, Invitee, Meeting, Part, Posting, Question
from chibo.meetings.prepare import agenda_commands, announcing
from chibo.meetings.prepare import commands as prepare
from chibo.meetings.prepare.papers import CleanPaper
from chibo.meetings.prepare.planning import MeetingKind
from chibo.members.models import Person
from chibo.ops.demo.held import Holding
from chibo.ops.demo.names import DATA
from chibo.ops.demo.place import DemoCell, Place
from chibo.ops.demo.shift import LAST_PERIOD, shifted, shifted_text
from chibo.resolutions.board import commands as board
from chibo.resolutions.models import Task

Kind = AgendaItem.Kind
Way = Invitee.Way
FULL_YEAR, MONTHS_OF_COMMITTEES = "phu-hoa", 3
PAPER_NAME = "Kết luận về cải tiến, nâng cao chất lượng sinh hoạt chi bộ.txt"


class NotYet(Exception):
    """What comes next lies in the future: it is not made."""


@contextmanager
def acting(who: Person, moment: datetime, present: datetime) -> Iterator[Standing]:
    """Act as a person at a moment.

    Raises:
        NotYet: the moment has not come.
    """
    if moment >= present:
        raise NotYet
    outer = current()
    with at(moment):
        standing = standing_of(who.pk)
        enter(standing)
        yield standing
    enter(outer)  # not after an error: it ends the transaction, and the scope with it


@dataclass
class Telling:
    """Tells one cell's months up to the present. `tasks`: the ids of what the story names "2026-01-1"."""

    place: Place
    cell: DemoCell
    present: datetime
    tasks: dict[str, UUID] = field(default_factory=dict)

    # ---------- days, words, people ----------
    def day(self, text: str) -> date:
        """A day of the story, moved."""
        return self.place.day(text)

    def moment(self, day: str, clock: str) -> datetime:
        """A moment of the story, moved."""
        return datetime.combine(self.day(day), time.fromisoformat(clock), ZONE)

    def words(self, text: str | None) -> str:
        """A sentence of the story, its dates moved."""
        return shifted_text(text or "", self.place.months)

    def who(self, key: str) -> Person:
        """A member by key."""
        return self.cell.people[key]

    def as_(self, key: str, moment: datetime) -> Any:
        """Act as a member at a moment."""
        return acting(self.who(key), moment, self.present)

    # ---------- months ----------
    def month(self, told: dict[str, Any], *, signed: bool = True) -> None:
        """One month: the committee before, the notice, the meeting, the minutes; as far as the present reaches."""
        start, end = self.moment(told["date"], told["start"]), self.moment(told["date"], told["end"])
        try:
            meeting = self._prepare(told, self._planned_at(told))
            self._announce(meeting, told)
            self._progress(told)
            self._wait_for(end)
            Holding(self, meeting, told["chair"], told["clerk"], start, end).hold(told)
            if signed:
                self._sign(meeting, told["chair"], told["clerk"], end)
                self._send_up(meeting, told["chair"], end)
        except NotYet:
            return

    def from_paper(self, told: dict[str, Any]) -> None:
        """One month that was held on paper and entered on the evening after, as a cell does that begins with Chibo."""
        start, end = self.moment(told["date"], told["start"]), self.moment(told["date"], told["end"])
        recorded = (start + timedelta(days=1)).replace(hour=20, minute=15)
        try:
            meeting = self._prepare(told, recorded, on_paper=True)
            Holding(self, meeting, told["chair"], told["clerk"], start, end, recorded).hold(told)
            self._sign(meeting, told["chair"], told["clerk"], recorded)
            self._send_up(meeting, told["chair"], recorded)
        except NotYet:
            return

    def coming(self, told: dict[str, Any], planned: datetime | None = None) -> Meeting | None:
        """The coming meeting: prepared; announced as well when `planned` says when it was prepared."""
        try:
            meeting = self._prepare(told, planned or self._planned_at(told))
            if planned is not None:
                self._announce(meeting, told, planned)
        except NotYet:
            return None
        return meeting

    def _wait_for(self, moment: datetime) -> None:
        if moment >= self.present:
            raise NotYet

    # ---------- before ----------
    def _planned_at(self, told: dict[str, Any]) -> datetime:
        """Right after the committee has met; else a week before. Never so late that the notice would be."""
        before, start = told["committee"], self.moment(told["date"], told["start"])
        if before:
            return min(self.moment(before["date"], before["end"]) + timedelta(minutes=10), start - timedelta(hours=50))
        return self.moment(told["date"], "20:00") - timedelta(days=7)

    def _prepare(self, told: dict[str, Any], planned: datetime, *, on_paper: bool = False) -> Meeting:
        """Plan the meeting, write its programme, and what was agreed before it."""
        before, start = told["committee"], self.moment(told["date"], told["start"])
        period = self.day(f"{told['period']}-01")
        if before and before["kind"] == "committee" and self._minutes_committee(period):
            self._committee(told, before)
        registered = datetime.combine(period.replace(day=self.cell.facts["day"]), start.time(), ZONE)
        moved = bool(told.get("postponed_why")) and registered < start
        with self.as_(told["chair"], planned) as by:
            meeting = prepare.plan_meeting(
                cell=self.cell.organisation,
                kind=MeetingKind.COMBINED if told.get("thematic") else MeetingKind.REGULAR,
                period=period,
                starts_at=registered if moved else start,
                place=told["place"],
                on_paper=on_paper,
                by=by,
            )
            self._programme(meeting, told, by)
            if before and before["kind"] == "consultation":
                self._consult(meeting, before, by)
            if moved:
                reason = self.words(told["postponed_why"])
                meeting = prepare.move_meeting(
                    meeting=meeting, starts_at=start, place=told["place"], reason=reason, by=by
                )
        return meeting

    def _minutes_committee(self, period: date) -> bool:
        """Phú Hòa's committee has a year of minutes here; the others keep theirs in Chibo since the last months."""
        since = add_months(shifted(LAST_PERIOD, self.place.months), 1 - MONTHS_OF_COMMITTEES)
        return self.cell.key == FULL_YEAR or period >= since

    def _consult(self, meeting: Meeting, before: dict[str, Any], by: Standing) -> None:
        """Secretary and deputy confer where there is no committee."""
        prepare.record_consultation(
            meeting=meeting,
            held_at=self.moment(before["date"], before["start"]),
            participants=", ".join(self.who(key).full_name for key in before["present"]),
            agreed=self.words(before["summary"]),
            by=by,
        )

    def _programme(self, meeting: Meeting, told: dict[str, Any], by: Standing) -> None:
        """The items of the story in place of those of the template, whose keys they keep."""
        AgendaItem.objects.filter(meeting=meeting).delete()
        parts = {part.kind: part for part in meeting.parts.all()}
        last = max(parts.values(), key=lambda part: part.position)
        if theme := told.get("thematic"):
            Part.objects.filter(pk=last.pk).update(theme=self.words(theme))
        template = template_for(self.cell.organisation.category, Part.Kind.REGULAR, meeting.day)
        keys = {item.kind: item.key for item in reversed(template.items)}
        items, questions = [], []
        for place, one in enumerate(told["agenda"], 1):
            item = AgendaItem(
                **meeting.keys,
                # the meeting concludes once, at the end of its last part
                part=last if one["kind"] == Kind.CONCLUSION else parts[one.get("part", Part.Kind.REGULAR)],
                position=place,
                title=self.words(one["title"]),
                kind=one["kind"],
                work=one["work"],
                presenter=self.who(one["presenter"]) if one["presenter"] else None,
                minutes=one["minutes"],
                text=self.words(one["text"]),
                serves=self.words(one.get("serves")),
                template_key=keys.get(one["kind"], ""),
            )
            items.append(item)
            questions += [
                Question(**meeting.keys, item=item, position=number, text=self.words(text))
                for number, text in enumerate(one["questions"], 1)
            ]
        AgendaItem.objects.bulk_create(items)
        Question.objects.bulk_create(questions)
        for item, one in zip(items, told["agenda"], strict=True):
            if file := (one.get("information") or {}).get("file"):
                paper = CleanPaper(PAPER_NAME, "text/plain; charset=utf-8", (DATA / file).read_bytes())
                agenda_commands.add_paper(item=item, paper=paper, by=by)

    def _announce(self, meeting: Meeting, told: dict[str, Any], planned: datetime | None = None) -> None:
        """The notice goes out on the morning after the programme was written, at the latest two days before."""
        start = self.moment(told["date"], told["start"])
        morning = ((planned or self._planned_at(told)) + timedelta(days=1)).replace(hour=7, minute=5)
        with self.as_(told["chair"], min(morning, start - timedelta(hours=49))) as by:
            announcing.announce(meeting=meeting, by=by)

    def tell_people(self, meeting: Meeting, chair: str, moment: datetime, left: int) -> None:
        """The secretary tells those without an account: by Zalo, or in person who has no telephone; some are left."""
        phones = {self.who(one["key"]).pk for one in self.cell.tale["members"] if one["phone"]}
        with self.as_(chair, moment) as by:
            invited = list(Invitee.objects.filter(meeting=meeting).order_by("person__sort_key"))
            for one in invited[left:]:
                way = Way.ZALO if one.person_id in phones else Way.IN_PERSON
                announcing.mark_told(invitee=one, way=way, by=by)

    # ---------- between ----------
    def _progress(self, told: dict[str, Any]) -> None:
        """What owners, or the secretary for those without a telephone, say of their tasks before the review."""
        phones = {one["key"] for one in self.cell.tale["members"] if one["phone"]}
        keys = {person.pk: key for key, person in self.cell.people.items()}
        tasks = Task.objects.in_bulk([self.tasks[one["task"]] for one in told["reviews"]])
        for number, one in enumerate(told["reviews"]):
            task = tasks[self.tasks[one["task"]]]
            lead = keys[task.lead_id]
            moment = self.moment(told["date"], "18:20") - timedelta(days=1, minutes=-23 * number)
            with self.as_(lead if lead in phones else told["chair"], moment) as by:
                board.report_progress(task=task, state="done" if one["result"] == "done" else "under_way", by=by)

    def say(self, one: dict[str, Any]) -> None:
        """What an owner has said of a task since the last meeting."""
        task, moment = Task.objects.get(pk=self.tasks[one["task"]]), self.moment(one["date"], "19:10")
        key = next(key for key, person in self.cell.people.items() if person.pk == task.lead_id)
        if moment < self.present:
            with self.as_(key, moment) as by:
                board.report_progress(task=task, state=one["state"], note=self.words(one["note"]), by=by)

    def remind(self, chair: str, moment: datetime) -> None:
        """The committee reminds whoever is late."""
        with self.as_(chair, moment) as by:
            for task in Task.objects.overdue().filter(cell=self.cell.organisation, body=Body.CELL):
                board.remind(task=task, by=by)

    # ---------- after ----------
    def _sign(self, meeting: Meeting, chair: str, clerk: str, end: datetime) -> None:
        """The clerk on the same evening, the chair on the next morning."""
        with self.as_(clerk, end + timedelta(minutes=25)) as by:
            minutes.sign(meeting=meeting, by=by)
        with self.as_(chair, (end + timedelta(days=1)).replace(hour=6, minute=50)) as by:
            minutes.sign(meeting=meeting, by=by)

    def _send_up(self, meeting: Meeting, chair: str, end: datetime) -> None:
        """Sent to the committee above, and posted, within two days."""
        moment = (end + timedelta(days=1)).replace(hour=19, minute=40)
        with self.as_(chair, moment) as by:
            minutes.submit(meeting=meeting, by=by)
            prepare.record_posting(meeting=meeting, what=Posting.What.AFTER, posted_at=moment, by=by)

    # ---------- the committee ----------
    def _committee(self, told: dict[str, Any], before: dict[str, Any]) -> None:
        """The committee's own meeting before the cell's: three people call each other; its minutes are its own."""
        start, end = self.moment(before["date"], before["start"]), self.moment(before["date"], before["end"])
        self._wait_for(end)
        with self.as_(before["chair"], start - timedelta(days=2, hours=1)) as by:
            meeting = prepare.plan_meeting(
                cell=self.cell.organisation,
                kind=MeetingKind.COMMITTEE,
                period=self.day(f"{told['period']}-01"),
                starts_at=start,
                place=before["place"],
                by=by,
            )
        Holding(self, meeting, before["chair"], before["clerk"], start, end).hold_committee(before)
        self._sign(meeting, before["chair"], before["clerk"], end)
