"""What words the minutes beside the log: the meeting, its programme, names. Plain values, read once by `read_facts`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

UNKNOWN_PERSON = "Người không còn trong sổ"


@dataclass(frozen=True)
class ItemFacts:
    """An item of the programme.

    presented: who was to present it, as minutes say it: "đồng chí Trần Văn Hùng", "đại diện Đảng ủy".
    papers: their names. closed_paper: the page of the paper book. part: "thường kỳ".
    """

    id: UUID
    kind: str = ""
    title: str = ""
    presented: str = ""
    papers: tuple[str, ...] = ()
    closed_paper: str = ""
    part: str = ""


@dataclass(frozen=True)
class TaskFacts:
    """A task of an earlier meeting: what was to be done, and the name of who led it."""

    what: str
    lead: str


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting as its minutes name it.

    who: "Chi bộ thôn Phú Hòa". kinds: "thường kỳ kết hợp chuyên đề". period: "tháng 12/2026". clerk: who was to minute
    it until one is elected. items: the programme in its order; removed: what was taken off it. names: people in
    Vietnamese order. offices: held in the cell on the day, in words. tasks: of earlier meetings. now: of the draft.
    """

    who: str
    body: str
    kinds: str
    period: str
    starts_at: datetime
    place: str
    now: datetime
    reasons: tuple[str, ...] = ()
    held_on_paper: bool = False
    clerk: UUID | None = None
    items: tuple[ItemFacts, ...] = ()
    removed: tuple[ItemFacts, ...] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)
    offices: Mapping[UUID, str] = field(default_factory=dict)
    tasks: Mapping[UUID, TaskFacts] = field(default_factory=dict)
