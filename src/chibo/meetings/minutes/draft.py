"""The draft of minutes: the folded log, and the facts that word it. What is shown, printed and signed is made of it."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from chibo.meetings.minutes.facts import UNKNOWN_PERSON, ItemFacts, MeetingFacts
from chibo.meetings.models import AgendaItem
from chibo.meetings.room.deciding import ballots_of, secrets_of
from chibo.meetings.room.fold import Correction, Differing, Item, Remark, Room
from chibo.meetings.room.in_short import agreed_at
from chibo.meetings.room.kept import CONCLUSION, PAPER, page_of, way_of
from chibo.meetings.room.paper_book import unsaid

Kind = AgendaItem.Kind


@dataclass(frozen=True)
class Draft:
    """What was recorded of a meeting, in the order of its log, with what names it."""

    facts: MeetingFacts
    room: Room

    @cached_property
    def strays(self) -> list[ItemFacts]:
        """Items of the log that the programme does not have: a device out of reach held the meeting by an older one."""
        room = self.room
        named = [
            *room.items,
            *(one.item for one in room.remarks.values()),
            *(one.item for one in room.differing.values()),
            *(one.item for one in room.votes.values()),
            *(one.item for one in ballots_of(room).values()),
            *(one.item for one in secrets_of(room).values()),
            *(one.item for one in unsaid(room).votes.values()),
            *(one.item for one in room.agreed.values()),
        ]
        known, removed = {one.id for one in self.facts.items}, {one.id: one for one in self.facts.removed}
        found = [one for one in dict.fromkeys(named) if one is not None and one not in known]
        return [removed.get(one) or self._nameless(one) for one in found]

    def _nameless(self, item: UUID) -> ItemFacts:
        """An item of which nothing is left but its entries; only a self-criticism is kept in a way of its own."""
        state = self.room.items.get(item)
        return ItemFacts(item, kind=Kind.SELF_CRITICISM if state and state.how else "")

    @cached_property
    def items(self) -> list[ItemFacts]:
        """The programme in its order, then what only the log knows, as it is first named there."""
        return [*self.facts.items, *self.strays]

    @cached_property
    def closed_items(self) -> list[ItemFacts]:
        """Self-criticism: read by those who were present."""
        return [one for one in self.items if one.kind == Kind.SELF_CRITICISM]

    @cached_property
    def open_items(self) -> list[ItemFacts]:
        """All others."""
        return [one for one in self.items if one.kind != Kind.SELF_CRITICISM]

    def state(self, item: ItemFacts) -> Item:
        """How far an item has come."""
        return self.room.items.get(item.id) or Item()

    def way(self, item: ItemFacts) -> str:
        """How an item is kept: full, conclusion, paper, or "" until it is chosen."""
        return way_of(self.room, item)

    def page(self, item: ItemFacts) -> str:
        """Where in the paper book a closed item stands."""
        return page_of(self.room, item)

    def name(self, person: UUID | None) -> str:
        """A name."""
        return self.facts.names.get(person, UNKNOWN_PERSON) if person else UNKNOWN_PERSON

    def speaker(self, remark: Remark) -> str:
        """Who spoke, inside a sentence."""
        if remark.unsaid:
            return "người mà sổ không ghi tên"
        return f"đồng chí {self.name(remark.person)}" if remark.person else remark.guest

    def remarks_at(self, item: ItemFacts) -> list[Remark]:
        """All that was recorded at an item."""
        return self._remarks.get(item.id, [])

    @cached_property
    def _remarks(self) -> dict[UUID, list[Remark]]:
        found: dict[UUID, list[Remark]] = {}
        for one in self.room.remarks.values():
            found.setdefault(one.item, []).append(one)
        return found

    def agreed(self, item: ItemFacts) -> list[UUID]:
        """Who agreed at an item and said no more, where all that was said is minuted."""
        return [] if self.way(item) in (PAPER, CONCLUSION) else agreed_at(self.room, item.id)

    def unnamed(self, item: ItemFacts) -> int:
        """How many spoke there without a name, where all that was said is minuted."""
        return 0 if self.way(item) in (PAPER, CONCLUSION) else self.state(item).unnamed

    def differing_at(self, item: ItemFacts) -> list[Differing]:
        """The differing opinions to an item that their authors did not take back."""
        return [one for one in self.room.differing.values() if one.item == item.id and one.outcome != "withdrawn"]

    @property
    def corrections(self) -> list[Correction]:
        """What was asked to be corrected, of words that stand; a remark that was withdrawn needs none."""
        remarks = self.room.remarks
        return [one for one in self.room.corrections.values() if one.remark is None or one.remark in remarks]

    def is_minuted(self, remark: Remark) -> bool:
        """Whether a remark stands in the minutes."""
        return remark.id in self._minuted

    @cached_property
    def _minuted(self) -> set[UUID]:
        return {one.id for item in self.items for one in self.minuted(item)}

    def minuted(self, item: ItemFacts) -> list[Remark]:
        """What of it goes into the minutes, as the cell chose to keep the item (M13); what is not chosen is full."""
        remarks = self.remarks_at(item)
        match self.way(item):
            case way if way == PAPER:
                return []
            case way if way == CONCLUSION:
                return [one for one in remarks if one.is_answer]
            case _:
                return remarks


def title_of(item: ItemFacts) -> str:
    """What an item is called; a removed one may have lost its title."""
    return item.title or "Mục đã bỏ khỏi chương trình, không còn tên"
