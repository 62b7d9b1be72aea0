"""What the API answers with. Every date is ISO 8601, every moment in Vietnamese time with its offset."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

Body = Literal["cell", "committee"]
MeetingState = Literal["draft", "announced", "open", "closed", "signed", "cancelled"]
MonthState = Literal["held", "held_late", "open", "late", "coming", "none"]
ProgressState = Literal["not_started", "under_way", "done"]


class Named(Schema):
    """A body or a person by id and name."""

    id: UUID
    name: str


class Health(Schema):
    """The machine serves."""

    status: Literal["ok"]
    version: str


class Hat(Schema):
    """An office or a membership of today."""

    role: str
    role_name: str
    organisation: Named
    organisation_kind: str


class NextMeeting(Schema):
    """The next announced meeting of one's own cell."""

    id: UUID
    title: str
    day: date
    starts_at: datetime
    place: str


class Waiting(Schema):
    """What waits for the person."""

    open_tasks: int
    overdue_tasks: int
    invitations_to_answer: int
    next_meeting: NextMeeting | None


class Me(Schema):
    """Whoever asks."""

    login: str
    person: Named | None
    hats: list[Hat]
    waiting: Waiting


class Organisation(Schema):
    """A body of the tree as it is today."""

    id: UUID
    kind: str
    category: str
    name: str
    code: str
    parent_id: UUID | None
    registered_day: int | None
    founded: date
    dissolved: date | None


class Organisations(Schema):
    """A page of bodies."""

    items: list[Organisation]
    next_cursor: str | None


class OrganisationPage(Organisation):
    """A body with what stands above it; how much stands under it, where one may count."""

    above: list[Named]
    cells: int | None
    members: int | None


class HistoryLine(Schema):
    """One act as the body's history tells it."""

    id: UUID
    kind: str
    effective: date
    entered_on: date
    text: str
    state: Literal["done", "waiting", "stopped", "withdrawn", "undone"]
    note: str


class History(Schema):
    """What happened to a body, the newest first."""

    items: list[HistoryLine]


class Month(Schema):
    """How a cell's month stands. state "none": nothing is known; that is not "not held"."""

    period: date
    state: MonthState
    day: date | None
    days_late: int
    meeting_id: UUID | None
    announced: bool


class Year(Schema):
    """The twelve months of a cell."""

    cell: Named
    year: int
    months: list[Month]


class CellMonth(Month):
    """One cell in a committee's month."""

    cell: Named
    expected: int | None
    present: int | None


class MonthOfCells(Schema):
    """A month of all cells under a committee, the late first."""

    organisation: Named
    period: date
    cells: list[CellMonth]


class CommitteeFigures(Schema):
    """A month's figures of the cells directly under a committee."""

    organisation: Named
    cells: int
    held: int
    expected: int
    present: int


class Figures(Schema):
    """A month in figures: no person, nothing of what a cell said."""

    organisation: Named
    period: date
    cells: int
    held: int
    committees: list[CommitteeFigures]


class Counts(Schema):
    """Members on a day. party_number: đảng số, official and probationary; temporary arrivals are not in it.

    Above the cell: of the end of a month, each number but party_number rounded down to a multiple of five; null is
    fewer than five, none too. official is null beside a null probationary."""

    organisation: Named
    day: date
    cells: int
    party_number: int
    official: int | None
    probationary: int | None
    temporary: int | None
    exempt: int | None
    away: int | None
    expected: int | None


class Member(Schema):
    """A member of one's own cell, as its list shows one."""

    id: UUID
    name: str
    kind: Literal["official", "probationary", "temporary"]
    exempt: bool
    away: bool
    phone: str
    offices: list[str]


class Members(Schema):
    """The list of one's own cell, in the order of names."""

    cell: Named
    items: list[Member]


class Part(Schema):
    """A part of a gathering."""

    kind: str
    theme: str


class Meeting(Schema):
    """When and where a meeting is, what kind, how far it has come."""

    id: UUID
    cell: Named
    body: Body
    title: str
    period: date
    day: date = Field(description="Ngày họp: ngày đã mở phòng họp; chưa mở thì ngày định họp.")
    starts_at: datetime = Field(description="Lúc định họp.")
    place: str
    state: MeetingState
    held_on_paper: bool
    parts: list[Part]


class Meetings(Schema):
    """A page of meetings, the newest first."""

    items: list[Meeting]
    next_cursor: str | None


class Paper(Schema):
    """A paper's name; its file is on the page of the meeting."""

    id: UUID
    name: str
    size: int


class Item(Schema):
    """One item of a programme. A closed item has a title and no text."""

    id: UUID
    number: int | None
    kind: str
    work: str
    title: str
    text: str
    closed: bool
    presenter: str
    minutes: int | None
    questions: list[str]
    papers: list[Paper]


class PartOfProgramme(Schema):
    """A part with its items in order."""

    kind: str
    name: str
    theme: str
    items: list[Item]


class MeetingPage(Meeting):
    """A meeting; its programme for whoever may read it now, else null."""

    programme: list[PartOfProgramme] | None


class Resolution(Schema):
    """A signed resolution or conclusion."""

    id: UUID
    kind: Literal["resolution", "conclusion"]
    number: int | None
    cell: Named
    meeting_id: UUID
    period: date
    signed_on: date


class Resolutions(Schema):
    """A page of resolutions, the newest first."""

    items: list[Resolution]
    next_cursor: str | None


class Section(Schema):
    """A part of a resolution's text."""

    title: str
    text: str


class ResolutionPage(Resolution):
    """A resolution with its text; empty parts are left out."""

    sections: list[Section]


class Progress(Schema):
    """A word on how far a task is. on_behalf_of: whom it was said for. Above the cell nobody is named."""

    id: UUID
    state: ProgressState
    amount: float | None
    note: str
    by: Named | None
    on_behalf_of: Named | None
    at: datetime


class Task(Schema):
    """A task that a meeting gave. lead: nobody, for those above the cell."""

    id: UUID
    cell: Named
    meeting_id: UUID
    what: str
    lead: Named | None
    mine: bool
    due: date
    days_late: int
    settled_on: date | None
    latest: Progress | None


class Tasks(Schema):
    """A page of tasks, the soonest due first."""

    items: list[Task]
    next_cursor: str | None


class Milestone(Schema):
    """A step on the way of a task."""

    what: str
    due: date


class Review(Schema):
    """What a meeting found of a task."""

    meeting_id: UUID
    result: Literal["done", "partly", "not_done", "put_off"]
    cause: str
    due_then: date
    new_due: date | None


class TaskPage(Task):
    """A task with all that was said of it."""

    how_checked: str
    target: float | None
    unit: str
    helpers: list[str]
    milestones: list[Milestone]
    progress: list[Progress]
    reviews: list[Review]
