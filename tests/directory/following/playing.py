"""Random acts, played on Chibo as committees do them and noted for the second reckoning."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from chibo.access.models import Office
from chibo.access.scope import person_scope, scope
from chibo.access.standing import Standing, standing_of
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.departures import end_membership, leave_party
from chibo.directory.commands.members import CHANGES, change_kind, change_part, end_fact, enter_member
from chibo.directory.commands.offices import appoint
from chibo.directory.transfers.commands import confirm_transfer, end_stay, extend_stay, start_transfer
from chibo.directory.tree.commands import apply_due, undo
from chibo.directory.tree.splitting import units_of
from chibo.lib.dates import ZONE, at
from chibo.members.models import Membership, Transfer
from chibo.orgs.models import Organisation, TreeAct
from chibo.rules.models import Rule
from tests import make
from tests.directory.following.reckoning import Act, Days, reckon
from tests.directory.tree.place import Kind, act, merge

START = date(2026, 3, 2)
NAMES = ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khoa", "Lan")
FLAGS = {"mien": "exempt", "tam-di": "away", "dinh-chi": "suspended"}


def day_of(number: int) -> date:
    return START + timedelta(days=number)


def number_of(day: date) -> int:
    return (day - START).days


class World:
    """A province with two communes and three cells, each with a secretary sent from above."""

    def __init__(self) -> None:
        self.today, self.acts, self.done = 30, [], Counter[str]()
        self.waiting: list[tuple[TreeAct, Any]] = []
        self.province = make.province()
        self.communes = [make.commune(self.province, f"Đảng ủy xã {name}") for name in ("Đông", "Tây")]
        self.officer = make.person("Cao Thị Thu")
        self.officers = [make.person(f"Lê Văn {one}") for one in ("Một", "Hai")]
        make.office(self.officer, self.province, Office.PROVINCE_STAFF)
        for who, commune in zip(self.officers, self.communes, strict=True):
            make.office(who, commune, Office.UPPER_STAFF)
        self.secretaries: dict[UUID, UUID] = {}
        self.numbered = 0
        for commune in (0, 0, 1):
            self._note_cell(make.cell(self.communes[commune], self._name()), commune, 0)
        Rule.objects.create(
            key="temporary_transfer_months", value=[0, 12], statement="Thử.", source="Thử", confidence="V",
            valid_from=date(2020, 1, 1), scope_organisation_id=self.province.pk,
        )  # fmt: skip
        for number in range(5):
            self.enter(number, number, 0 if number < 4 else 1, since=number * 5)

        for number, which in ((1, 0), (2, 1)):  # one is exempt, another away, without a last day
            self.play("begin", number, which, 25, 0)
        for number, cell in ((0, 0), (3, 0)):  # two stay with other cells
            self.play("stay", number, cell, 0, 30)

    # ---------- help ----------
    @property
    def days(self) -> Days:
        return reckon(self.acts)

    def _name(self) -> str:
        self.numbered += 1
        return f"Chi bộ thôn {self.numbered:03}"

    def _note_cell(self, cell: Organisation, commune: int, since: int) -> None:
        who = make.person(f"Bí Thư {cell.name.split()[-1]}")
        make.office(who, cell, Office.SECRETARY, make.JOINED if since <= 0 else day_of(since))
        self.secretaries[cell.pk] = who.pk
        if since <= 0:
            self.note("found", cell=cell.pk, commune=commune, since=since)

    def note(self, name: str, key: Any = None, **fields: Any) -> None:
        self.acts.append(Act(name, fields, key))
        self.done[name] += 1

    def moment(self) -> Any:
        return at(datetime.combine(day_of(self.today), time(9), ZONE))

    def play(self, name: str, *numbers: int) -> None:
        """Do one act; what Chibo refuses in words has not happened."""
        with self.moment():
            try:
                with transaction.atomic():
                    getattr(self, name)(*numbers)
            except NotPossible:
                self.done["refused"] += 1

    def as_committee(self, cell: UUID) -> Any:
        """What the secretary of a cell does, with the rights of today and row-level security on."""
        return person_scope(self.secretaries[cell])

    def cells(self) -> list[UUID]:
        days = self.days
        return [cell for cell in self.secretaries if (cell, self.today) in days.commune]

    def someone(self, number: int) -> "tuple[UUID, UUID] | None":
        """A person and the home cell of today."""
        days = self.days
        here = [who for who in days.people if (who, self.today) in days.home]
        if not here:
            return None
        who = here[number % len(here)]
        return who, days.home[who, self.today].cell

    def membership(self, who: UUID, cell: UUID) -> Membership:
        rows = Membership.objects.exclude(kind="temporary")
        return rows.select_related("person", "cell").get(person=who, cell=cell, validity__contains=day_of(self.today))

    def since_when(self, who: UUID) -> int:
        """Since when the person belongs to the cell of today or to those it came after, by no transfer of its own."""
        days, day = self.days, self.today
        known = days.home[who, day].cell
        line = {known} | days.came_after.get(known, set())
        while (who, day - 1) in days.home and days.home[who, day - 1].cell in line:
            day -= 1
        came = [one.fields["first"] for one in self.acts if one.name == "transfer" and one.fields["who"] == who]
        return max([day, *(first for first in came if first <= self.today)])

    # ---------- acts on people ----------
    def enter(self, number: int, cell: int, kind: int, since: int) -> None:
        cells = self.cells()
        where, words = cells[cell % len(cells)], ("official", "probationary")[kind % 2]
        since = since % 50
        with self.moment(), self.as_committee(where) as by:
            one = Organisation.objects.get(pk=where)
            who = enter_member(
                by=by, cell=one, full_name=f"Trần Văn {NAMES[number % 8]}", kind=words, since=day_of(since)
            )
        self.note("enter", who=who.pk, cell=where, kind=words, since=since)

    def official(self, number: int, back: int) -> None:
        if (found := self.someone(number)) is None:
            return
        since = max(self.since_when(found[0]) + 1, self.today + 10 - back % 40)
        with self.as_committee(found[1]) as by:
            change_kind(by=by, membership=self.membership(*found), kind="official", since=day_of(since))
        self.note("become_official", who=found[0], since=since)

    def begin(self, number: int, which: int, back: int, length: int) -> None:
        if (found := self.someone(number)) is None:
            return
        who, cell = found
        change = list(FLAGS)[which % 3]
        since = max(self.since_when(who), self.today + 10 - back % 40)
        until = None if length % 3 == 0 else since + length % 20
        days, last = self.days, 109 if until is None else until
        taken = getattr(days, FLAGS[change])
        if any((who, day) in taken for day in range(since - 1, last + 2)):
            return  # one that touches another would be one run of days
        with self.as_committee(cell) as by:
            row = self.membership(who, cell)
            change_part(
                by=by, cell=row.cell, person=row.person, change=change, since=day_of(since),
                until=None if until is None else day_of(until),
            )  # fmt: skip
        self.note("begin", what=FLAGS[change], who=who, since=since, until=last)

    def end(self, number: int, back: int) -> None:
        days = self.days
        held = [
            (who, change)
            for who in days.people
            for change, name in FLAGS.items()
            if (who, self.today) in getattr(days, name) and (who, self.today) in days.home
        ]
        if not held:
            return
        who, change = held[number % len(held)]
        cell = days.home[who, self.today].cell
        last = max(self.since_when(who), self.today + 5 - back % 30)
        with self.as_committee(cell) as by:
            rows = CHANGES[change].objects.filter(person=who, cell=cell, validity__contains=day_of(self.today))
            if (row := rows.first()) is None:
                return
            begun = self.today
            while (who, begun - 1) in getattr(self.days, FLAGS[change]):
                begun -= 1
            if last < begun:
                return
            end_fact(by=by, row=row, last_day=day_of(last))
        self.note("end", what=FLAGS[change], who=who, last=last, today=self.today)

    def transfer(self, number: int, cell: int, ahead: int) -> None:
        if (found := self.someone(number)) is None:
            return
        who, home = found
        others = [one for one in self.cells() if one != home]
        ahead_of = [one for one in self.acts if one.name == "transfer" and one.fields["who"] == who]
        if not others or any(one.fields["first"] > self.today for one in ahead_of):
            return
        target, first = others[cell % len(others)], self.today + ahead % 12
        row = self._introduce(who, home, target, "official", first, None)
        with self.as_committee(target) as by:
            confirm_transfer(by=by, transfer=Transfer.objects.get(pk=row), first_day=day_of(first))
        self.note("transfer", who=who, cell=target, first=first)

    def stay(self, number: int, cell: int, ahead: int, length: int) -> None:
        if (found := self.someone(number)) is None:
            return
        who, home = found
        others = [one for one in self.cells() if one != home]
        if not others:
            return
        first = self.today + ahead % 12
        target, last = others[cell % len(others)], first + 1 + length % 35
        if any((who, day) in self.days.away for day in range(first - 1, last + 2)):
            return
        row = self._introduce(who, home, target, "temporary", first, last)
        with self.as_committee(target) as by:
            confirm_transfer(by=by, transfer=Transfer.objects.get(pk=row), first_day=day_of(first))
        self.note("stay", who=who, host=target, first=first, last=last)

    def _introduce(self, who: UUID, home: UUID, target: UUID, kind: str, first: int, last: int | None) -> UUID:
        with self.as_committee(home) as by:
            return start_transfer(
                by=by, membership=self.membership(who, home), kind=kind, first_day=day_of(first),
                last_day=None if last is None else day_of(last), purpose="work",
                to_cell=Organisation.objects.get(pk=target),
            ).pk  # fmt: skip

    def change_stay(self, number: int, side: int, other: int) -> None:
        """End a stay earlier, from either cell, or let it last longer."""
        rows = Transfer.objects.filter(kind="temporary", outcome="confirmed", last_day__gte=day_of(self.today))
        rows = rows.order_by("started_on", "id")
        if not rows:
            return
        stay = rows[number % len(rows)]
        until, first = number_of(stay.last_day), number_of(stay.first_day)  # type: ignore[arg-type]
        home = self.days.home.get((stay.person_id, self.today))
        host = self.days.host.get((stay.person_id, max(self.today, first)))
        if home is None or host is None:
            return
        if side % 3 == 0:
            last = until + 1 + other % 9
            if any((stay.person_id, day) in self.days.away for day in range(until + 1, last + 2)):
                return
            if stay.from_cell_id != home.cell:
                return
            with self.as_committee(home.cell) as by:
                extend_stay(by=by, transfer=stay, last_day=day_of(last), decision="gia hạn")
            self.note("prolong", who=stay.person_id, until=until, last=last)
            return
        if side % 3 == 2 and stay.from_cell_id != home.cell:
            return  # another cell has received the member for a later day, and keeps the stay already
        last = max(first, self.today + 3 - other % 20)
        if last >= until:
            return
        try:
            self._shorten(
                stay, host if side % 3 == 1 else home.cell, last, in_the_book=side % 3 == 1 and bool(other % 2)
            )
        except NotPossible as refusal:
            raise AssertionError(f"a stay of {first} to {until} was not ended on {last}: {refusal}") from refusal
        self.note("shorten", who=stay.person_id, until=until, last=last)

    def _shorten(self, stay: Transfer, cell: UUID, last: int, *, in_the_book: bool) -> None:
        """End a stay by its transfer, or as the receiving cell ends any membership."""
        with self.as_committee(cell) as by:
            if in_the_book and number_of(stay.first_day) <= self.today:
                here = Membership.objects.get(
                    person=stay.person_id, cell=cell, kind="temporary", validity__contains=day_of(self.today)
                )
                end_membership(by=by, membership=here, last_day=day_of(last))
            else:
                end_stay(by=by, transfer=stay, last_day=day_of(last))

    def depart(self, number: int, back: int) -> None:
        if (found := self.someone(number)) is None:
            return
        last = max(self.since_when(found[0]), self.today - back % 20)
        with self.as_committee(found[1]) as by:
            leave_party(by=by, membership=self.membership(*found), kind="died", last_day=day_of(last))
        self.note("depart", who=found[0], last=last)

    def deputy(self, number: int) -> None:
        if (found := self.someone(number)) is None:
            return
        who, cell = found
        if any((who, cell, day) in self.days.office for day in range(self.today, 110)):
            return
        with self.as_committee(cell) as by:
            row = self.membership(who, cell)
            appoint(by=by, person=row.person, organisation=row.cell, office=Office.DEPUTY, since=day_of(self.today))
        self.note("appoint", who=who, cell=cell, since=self.today)

    # ---------- acts on the tree ----------
    def merge(self, first: int, second: int, into: int, ahead: int) -> None:
        days, cells = self.days, self.cells()
        one = cells[first % len(cells)]
        beside = [x for x in cells if x != one and days.commune[x, self.today] == days.commune[one, self.today]]
        if not beside:
            return
        other = beside[second % len(beside)]
        since = self.today + (0, 0, -8, 6)[ahead % 4]
        bodies = [Organisation.objects.get(pk=key) for key in (one, other)]
        if into % 2:
            done = merge(*bodies, into=str(other), day=day_of(since))
        else:
            done = merge(*bodies, new={"name": self._name()}, day=day_of(since))
        self._decided(done, since, ("merge", [one, other]))

    def split(self, first: int, share: int, ahead: int) -> None:
        cells = self.cells()
        one = Organisation.objects.get(pk=cells[first % len(cells)])
        since = self.today + (0, 0, -8, 6)[ahead % 4]
        units = sorted(units_of(one, day_of(since)), key=str)
        going = [who for place, who in enumerate(units) if (share >> place) & 1]
        done = act(
            Kind.SPLIT, one, day=day_of(since), stays=True, new=[{"name": self._name()}],
            share={str(who): 0 for who in going},
        )  # fmt: skip
        self._decided(done, since, ("split", one.pk, going))

    def move(self, first: int, ahead: int) -> None:
        days, cells = self.days, self.cells()
        one = cells[first % len(cells)]
        target = 1 - days.commune[one, self.today]
        since = self.today + (0, 0, -8, 6)[ahead % 4]
        done = act(Kind.MOVE, Organisation.objects.get(pk=one), day=day_of(since), parent=str(self.communes[target].pk))
        self._decided(done, since, ("move", one, target))

    def _decided(self, done: TreeAct, since: int, plan: Any) -> None:
        done.refresh_from_db()
        if done.applied_at is None:
            self.waiting.append((done, plan))
            return
        self._applied(done, since, plan)

    def _applied(self, done: TreeAct, since: int, plan: Any) -> None:
        key = done.pk
        if plan[0] == "move":
            self.note("move", key, cell=plan[1], commune=plan[2], since=since)
            return
        body = Organisation.objects.get(pk=done.organisation_id)
        if plan[0] == "split":
            body = Organisation.objects.get(
                pk=done.bodies.filter(role="successor").values_list("organisation_id", flat=True)[0]
            )
        if body.pk not in self.secretaries:
            commune = [one.pk for one in self.communes].index(body.parent_id)  # type: ignore[arg-type]
            self._note_cell(body, commune, since)
            self.note("found", key, cell=body.pk, commune=commune, since=since)
        if plan[0] == "merge":
            self.note("merge", key, ending=[one for one in plan[1] if one != body.pk], into=body.pk, since=since)
        else:
            self.note("split", key, cell=plan[1], new=body.pk, going=plan[2], since=since)

    def undo_last(self, _: int) -> None:
        done = TreeAct.objects.exclude(kind__in=("undo", "create")).filter(applied_at__isnull=False, undone_by=None)
        if (last := done.order_by("-applied_at").first()) is None:
            return
        undo(by=Standing.for_system(), act=last)
        self.acts = [one for one in self.acts if one.key != last.pk]
        self.done["undone"] += 1

    def advance(self, number: int) -> None:
        """Days pass; acts on the tree that waited take effect."""
        for _ in range(1 + number % 9):
            if self.today >= 75:
                return
            self.today += 1
            with self.moment():
                apply_due(day_of(self.today))
                for one in [*self.waiting]:
                    done, plan = one
                    done.refresh_from_db()
                    if done.applied_at is not None:
                        self._applied(done, number_of(done.effective), plan)
                    if not done.is_waiting:
                        self.waiting.remove(one)

    def standing(self, who: UUID, number: int) -> Standing:
        return standing_of(who, day_of(number))

    def scope_of(self, who: UUID) -> Any:
        return scope(self.standing(who, self.today))
