"""Who belonged where on each day: reckoned a second time, day by day and person by person, from what was decided.

Slow and simple on purpose: it knows no rows, no ranges and no cell that goes on from another. Each act is applied to
every day from its own on; an act that is undone is left out, and all others are applied anew.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

LAST = 110

Person = Any
Cell = Any


class Home(NamedTuple):
    """Of which cell a person is a member on a day, and of which kind."""

    cell: Cell
    kind: str


class Act(NamedTuple):
    """An act as it was accepted. key: by which it is found again to be undone."""

    name: str
    fields: dict[str, Any]
    key: Any = None


@dataclass
class Days:
    """What holds on each day. The keys are (person, day), (cell, day) or, of offices, (person, cell, day)."""

    home: dict[tuple[Person, int], Home] = field(default_factory=dict)
    host: dict[tuple[Person, int], Cell] = field(default_factory=dict)
    exempt: set[tuple[Person, int]] = field(default_factory=set)
    away: set[tuple[Person, int]] = field(default_factory=set)
    suspended: set[tuple[Person, int]] = field(default_factory=set)
    office: set[tuple[Person, Cell, int]] = field(default_factory=set)
    commune: dict[tuple[Cell, int], Any] = field(default_factory=dict)
    gone: set[tuple[Person, int]] = field(default_factory=set)
    people: list[Person] = field(default_factory=list)
    came_after: dict[Cell, set[Cell]] = field(default_factory=dict)

    # ---------- people ----------
    def enter(self, who: Person, cell: Cell, kind: str, since: int) -> None:
        self.people.append(who)
        for day in range(since, LAST):
            self.home[who, day] = Home(cell, kind)

    def become_official(self, who: Person, since: int) -> None:
        for day in range(since, LAST):
            if (who, day) in self.home:
                self.home[who, day] = Home(self.home[who, day].cell, "official")

    def begin(self, what: str, who: Person, since: int, until: int) -> None:
        """what: exempt, away or suspended."""
        getattr(self, what).update((who, day) for day in range(since, until + 1))

    def end(self, what: str, who: Person, last: int, today: int) -> None:
        """What holds today ends; a temporary stay ends where one stays, too."""
        begun = today
        while (who, begun - 1) in getattr(self, what):
            begun -= 1
        day = begun
        while (who, day) in getattr(self, what):
            if day > last:
                getattr(self, what).discard((who, day))
                if what == "away":
                    self.host.pop((who, day), None)
            day += 1

    def stay(self, who: Person, host: Cell, first: int, last: int) -> None:
        for day in range(first, last + 1):
            self.host[who, day] = host
            self.away.add((who, day))

    def prolong(self, who: Person, until: int, last: int) -> None:
        """A stay that lasted until a day lasts longer."""
        for day in range(until + 1, last + 1):
            self.host[who, day] = self.host[who, until]
            self.away.add((who, day))

    def shorten(self, who: Person, until: int, last: int) -> None:
        for day in range(last + 1, until + 1):
            self.host.pop((who, day), None)
            self.away.discard((who, day))

    def transfer(self, who: Person, cell: Cell, first: int) -> None:
        for day in range(first, LAST):
            if (who, day) in self.home:
                self.office.discard((who, self.home[who, day].cell, day))
                self.home[who, day] = Home(cell, self.home[who, day].kind)
                self._at_home(who, day)

    def depart(self, who: Person, last: int) -> None:
        for day in range(last + 1, LAST):
            self.home.pop((who, day), None)
            self.host.pop((who, day), None)
            for what in (self.exempt, self.away, self.suspended):
                what.discard((who, day))
            self.office = {one for one in self.office if (one[0], one[2]) != (who, day)}
            self.gone.add((who, day))

    def appoint(self, who: Person, cell: Cell, since: int) -> None:
        self.office.update((who, cell, day) for day in range(since, LAST))

    def _at_home(self, who: Person, day: int) -> None:
        """One who stays in the cell that is now the own one is no guest there, and not away."""
        if (who, day) in self.host and self.host[who, day] == self.home[who, day].cell:
            del self.host[who, day]
            self.away.discard((who, day))

    # ---------- the tree ----------
    def found(self, cell: Cell, commune: Any, since: int) -> None:
        for day in range(since, LAST):
            self.commune[cell, day] = commune

    def move(self, cell: Cell, commune: Any, since: int) -> None:
        for day in range(since, LAST):
            self.commune[cell, day] = commune

    def merge(self, ending: list[Cell], into: Cell, since: int) -> None:
        for cell in ending:
            self._hand_over(cell, into, since, self.people)
            for day in range(since, LAST):
                self.commune.pop((cell, day), None)

    def split(self, cell: Cell, new: Cell, going: list[Person], since: int) -> None:
        self._hand_over(cell, new, since, going)

    def _hand_over(self, cell: Cell, into: Cell, since: int, people: list[Person]) -> None:
        self.came_after.setdefault(into, set()).update({cell} | self.came_after.get(cell, set()))
        for day in range(since, LAST):
            for who in people:
                home = self.home.get((who, day))
                if home is not None and home.cell == cell:
                    self.home[who, day] = Home(into, home.kind)
                if self.host.get((who, day)) == cell:
                    self.host[who, day] = into
                if home is not None:
                    self._at_home(who, day)
        ended = {one for one in self.office if one[1] == cell and one[2] >= since and one[0] in people}
        self.office -= ended

    # ---------- questions ----------
    def roster(self, cell: Cell, day: int) -> dict[Person, tuple[str, bool, bool, bool]]:
        """Who stands in a cell's list on a day: the kind, exempt, away, suspended."""
        found = {}
        for who in self.people:
            home = self.home.get((who, day))
            if home is not None and home.cell == cell:
                flags = [(who, day) in what for what in (self.exempt, self.away, self.suspended)]
                found[who] = (home.kind, *flags)
            elif self.host.get((who, day)) == cell:
                found[who] = ("temporary", False, False, False)
        return found  # type: ignore[return-value]

    def counts(self, cell: Cell, day: int) -> dict[str, int]:
        found: Counter[str] = Counter()
        for kind, exempt, away, suspended in self.roster(cell, day).values():
            found[kind] += 1
            found["exempt"] += exempt
            found["away"] += away
            found["suspended"] += suspended
            found["expected"] += not (exempt or away or suspended)
            found["base"] += kind == "official" and not (exempt or away or suspended)
        return found

    def belongs(self, who: Person, day: int) -> set[Cell]:
        """The cells in whose list a person stands."""
        home, host = self.home.get((who, day)), self.host.get((who, day))
        return {one for one in (home and home.cell, host) if one is not None}

    def sees_nothing(self, who: Person, day: int) -> bool:
        """Suspended, dead or out of the Party."""
        return (who, day) in self.suspended or (who, day) in self.gone

    def boundaries(self) -> set[int]:
        """The days on which anything changes."""
        whole = (self.home, self.host, self.exempt, self.away, self.suspended, self.office, self.commune, self.gone)
        pictures: dict[int, set[Any]] = {day: set() for day in range(LAST)}
        for number, one in enumerate(whole):
            for key in one:
                if 0 <= key[-1] < LAST:
                    pictures[key[-1]].add((number, key[:-1], one[key] if isinstance(one, dict) else None))
        return {day for day in range(1, LAST) if pictures[day] != pictures[day - 1]}


def reckon(acts: list[Act]) -> Days:
    """Apply all acts, in the order in which they took effect."""
    days = Days()
    for act in acts:
        getattr(days, act.name)(**act.fields)
    return days
