"""One meeting of the story as it goes on: the roll, item by item, the decisions, the hands, the closing."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from chibo.access.models import TermOfOffice
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.room import commands as room
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.kept import keep_as
from chibo.meetings.room.screens import draft_title, rules_of
from chibo.members.base_of_vote import base_of_vote
from chibo.ops.demo.notebook import Notebook
from chibo.resolutions.models import Task
from chibo.resolutions.room import commands as decide

if TYPE_CHECKING:
    from chibo.ops.demo.told import Telling

Kind = AgendaItem.Kind
RESOLUTION_PARTS = ("ideology", "political_tasks", "praise", "shortcomings", "implementation")


@dataclass(frozen=True)
class Holding:
    """A meeting being held. `recorded`: when it was entered later, from the paper book."""

    telling: "Telling"
    meeting: Meeting
    chair: str
    clerk: str
    start: datetime
    end: datetime
    recorded: datetime | None = None

    def hold(self, told: dict[str, Any]) -> None:
        """A meeting of the cell."""
        self._open()
        with self.telling.as_(self.clerk, self.recorded or self.start) as by:
            self._roll(Pen(self.meeting, by, at=self.start), told)
            book = Notebook.begin(self.meeting, by)
            self._elect(book)
            items = list(AgendaItem.objects.filter(meeting=self.meeting).order_by("part__position", "position"))
            for number, item in enumerate(items):
                moment = self.start + (self.end - self.start) * (number + 1) / (len(items) + 2)
                pen = replace(book, at=moment)
                self._item(pen, item, told["agenda"][item.position - 1], told)
                room.finish(pen=pen, item=item, following=items[number + 1] if number + 1 < len(items) else None)
            room.read_back(pen=replace(book, at=self.end - timedelta(minutes=2)))
            book.send()
        self._close()

    def hold_committee(self, before: dict[str, Any]) -> None:
        """A meeting of the committee: who was there, what was agreed."""
        self._open()
        with self.telling.as_(self.clerk, self.end) as by:
            pen, present = Pen(self.meeting, by), {self.telling.who(key).pk for key in before["present"]}
            room.call(pen=pen, members=present, state="present")
            if absent := log.room_of(self.meeting).roll.keys() - present:
                room.call(pen=pen, members=absent, state="absent", reason="unknown")
            book = Notebook.begin(self.meeting, by)
            self._elect(book)
            summary = self.telling.words(before["summary"])
            decide.conclude(pen=book, kind="conclusion", parts={"conclusion": summary})
            room.read_back(pen=book)
            book.send()
        self._close()

    def _open(self) -> None:
        """The chair opens. A clerk from outside the committee is elected at once, to have the right to record."""
        chair = self.telling.who(self.chair).pk
        started = self.start if self.recorded else None
        with self.telling.as_(self.chair, self.recorded or self.start) as by:
            pen = Pen(self.meeting, by)
            room.open_room(pen=pen, chair=chair, started=started)
            if self._clerk not in self._committee():
                room.elect_clerk(pen=pen, member=self._clerk)

    @property
    def _clerk(self) -> UUID:
        return self.telling.who(self.clerk).pk

    def _committee(self) -> Set[UUID]:
        held = TermOfOffice.objects.committee_of(self.meeting.cell_id).on(self.meeting.day)
        return set(held.values_list("person_id", flat=True))

    def _elect(self, book: Notebook) -> None:
        """The election stands in the log, once."""
        if book.room().clerk is None:
            room.elect_clerk(pen=book, member=self._clerk)

    def _close(self) -> None:
        """The chair closes."""
        with self.telling.as_(self.chair, self.recorded or self.end) as by:
            room.close(pen=Pen(self.meeting, by), ended=self.end if self.recorded else None)

    def _roll(self, pen: Pen, told: dict[str, Any]) -> None:
        """The absent with their reasons, then all the others who were called; guests."""
        absent = {self.telling.who(one["member"]).pk: one["reason"] for one in told["absent"]}
        for reason in sorted(set(absent.values())):
            members = [one for one, why in absent.items() if why == reason]
            room.call(pen=pen, members=members, state="absent", reason=reason)
        called = [one for one, line in log.room_of(self.meeting).roll.items() if line.expected and one not in absent]
        room.call(pen=pen, members=called, state="present")
        for key in told["guests"]:
            name, office = self.telling.place.above[key].full_name, self.telling.place.titles[key]
            pen.write("guest", name=f"Đồng chí {name}", office=office)

    def _item(self, book: Notebook, item: AgendaItem, one: dict[str, Any], told: dict[str, Any]) -> None:
        """What is presented, said, answered and decided under one item."""
        words, who = self.telling.words, self.telling.who
        if item.kind == Kind.SELF_CRITICISM:
            keep_as(pen=book, item=item, how="full" if one["remarks"] else "conclusion")
        if one["text"] and item.kind != Kind.OPENING:
            room.record_remark(pen=book, item=item, text=item.text, member=item.presenter_id, presenting=True)
        for remark in one["remarks"]:
            room.record_remark(pen=book, item=item, text=words(remark["text"]), member=who(remark["speaker"]).pk)
            if remark.get("different"):
                self._answer(book, item, remark["outcome"]["reason"])
        if one["conclusion"]:
            self._answer(book, item, one["conclusion"])
        if item.kind == Kind.REVIEW:
            self._reviews(book, told)
        for vote in told["votes"]:
            if vote["item"] is not None and vote["item"] == one["title"]:
                self._vote(book, vote, item.pk)
        if item.kind == Kind.CONCLUSION:
            self._decide(book, told)

    def _answer(self, book: Notebook, item: AgendaItem, text: str) -> None:
        """The chair answers or concludes."""
        chair = self.telling.who(self.chair).pk
        room.record_remark(pen=book, item=item, text=self.telling.words(text), member=chair, is_answer=True)

    def _reviews(self, book: Notebook, told: dict[str, Any]) -> None:
        """The answer to each old task."""
        tasks = Task.objects.in_bulk([self.telling.tasks[one["task"]] for one in told["reviews"]])
        for one in told["reviews"]:
            decide.review(
                pen=book,
                task=tasks[self.telling.tasks[one["task"]]],
                result=one["result"],
                cause=self.telling.words(one["note"]),
                new_due=self.telling.day(one["new_due"]) if one.get("new_due") else None,
            )

    def _decide(self, book: Notebook, told: dict[str, Any]) -> None:
        """New tasks, the resolution or the conclusion, the hands."""
        words, who, day = self.telling.words, self.telling.who, self.telling.day
        for one in told["tasks"]:
            draft = decide.Draft(
                what=words(one["what"]),
                lead=who(one["lead"]).pk,
                due=day(one["due"]),
                how_checked=words(one["check"]),
                helpers=[who(key).pk for key in one["helpers"]],
                milestones=[(words(step["what"]), day(step["due"])) for step in one["milestones"]],
            )
            self.telling.tasks[one["id"]] = decide.give(pen=book, draft=draft).pk
        resolution = told["resolution"] or {}
        parts = {key: words(resolution[key]) for key in RESOLUTION_PARTS if resolution.get(key)}
        parts["conclusion"] = words(told["conclusion"])
        decide.conclude(pen=book, kind="resolution" if resolution else "conclusion", parts=parts)
        for vote in told["votes"]:
            if vote["item"] is None:
                self._vote(book, vote, None)

    def _vote(self, book: Notebook, vote: dict[str, Any], item: UUID | None) -> None:
        """A show of hands over the base that the program reckons; all who are there, when the story gives no count."""
        exclusions = rules_of(self.meeting).words("vote_base_exclusions")
        base = base_of_vote(book.room().voters(), exclusions)
        formal = vote["subject"] in ("resolution", "conclusion")
        room.take_vote(
            pen=book,
            base=base,
            exclusions=exclusions,
            subject=vote["subject"],
            title=draft_title(self.meeting, vote["subject"]) if formal else self.telling.words(vote["title"]),
            in_favour=base.present if vote["in_favour"] is None else vote["in_favour"],
            against=vote["against"],
            abstained=vote["abstained"],
            item=item,
        )
