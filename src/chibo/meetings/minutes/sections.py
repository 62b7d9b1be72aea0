"""The sections of minutes in the order of domain.md 3.3, assembled from what was recorded; no sentence is invented."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chibo.access.models import NAMES_OF_OFFICES, TermOfOffice
from chibo.documents.blocks import Block, Heading, Item, Paragraph, blocks_to_json
from chibo.lib.dates import format_time_sentence
from chibo.meetings import registries
from chibo.meetings.minutes.opening import opening_blocks
from chibo.meetings.models import AgendaItem, Attendance, Guest, Meeting, MinutesSection, Remark, Vote
from chibo.meetings.room.deciding import Choice, Secret, secrets_of
from chibo.meetings.room.fold import Differing, Room
from chibo.meetings.room.kept import CONCLUSION, PAPER, page_of, way_of
from chibo.meetings.room.log import room_of
from chibo.meetings.scoring.papers import Scored, annex_blocks, annex_title, score_sentence, scored
from chibo.members.base_of_vote import format_hundredths, hundredths
from chibo.members.models import Person

DataClass = MinutesSection.DataClass
ItemKind = AgendaItem.Kind

# Items whose remarks are not a discussion: what is said there stands under I as it was presented.
CLOSED_TEXT = "Mục họp kín{time}: ghi sổ giấy, {page}."
CONCLUSION_ALONE = "Chi bộ chọn chỉ ghi kết luận ở mục này."
# The section that is attached below the signatures.
ANNEX = "score"
# What the room notes beside the items, and how the minutes name it.
NOTES = (("fees", "Tình hình nộp đảng phí"),)


@dataclass(frozen=True)
class Section:
    """One section: its class says who may read it; speakers are kept without order or time."""

    key: str
    title: str
    data_class: str
    blocks: tuple[Block, ...]
    speakers: tuple[UUID, ...] = ()

    def content(self) -> dict[str, Any]:
        """What is stored and covered by the section's digest."""
        return {"blocks": blocks_to_json(self.blocks), "speakers": sorted(str(one) for one in self.speakers)}


@dataclass(frozen=True)
class _Recorded:
    """Everything that was recorded of a meeting, read once."""

    meeting: Meeting
    items: list[AgendaItem]
    remarks: dict[UUID, list[Remark]]
    votes: list[Vote]
    room: Room
    names: dict[UUID, str]
    parts: dict[str, tuple[Block, ...]]
    score: Scored | None


def sections_of(meeting: Meeting) -> list[Section]:
    """Assemble the minutes of a meeting that is closed and not yet signed."""
    recorded = _read(meeting)
    lines = list(Attendance.objects.filter(meeting=meeting).select_related("person").order_by("person__sort_key"))
    guests = list(Guest.objects.filter(meeting=meeting).order_by("id"))
    sections = [
        Section(
            "opening", "Mở đầu", DataClass.DISCUSSION, opening_blocks(meeting, lines, guests, _clerk_title(meeting))
        ),
        _content(recorded),
        _discussion(recorded),
    ]
    if (closed := _self_criticism(recorded)) is not None:
        sections.append(closed)
    sections.append(_conclusion(recorded, number=3 if closed is None else 4))
    if (score := recorded.score) is not None:
        sections.append(Section(ANNEX, annex_title(score), DataClass.DISCUSSION, annex_blocks(score)))
    return [section for section in sections if section.blocks]


def _read(meeting: Meeting) -> _Recorded:
    """Fetch items, remarks and votes, and what later apps have to say."""
    items = list(
        AgendaItem.objects.filter(meeting=meeting)
        .select_related("presenter", "part")
        .prefetch_related("papers")
        .order_by("part__position", "position")
    )
    remarks: dict[UUID, list[Remark]] = {}
    for remark in Remark.objects.filter(meeting=meeting).select_related("person").order_by("order", "id"):
        remarks.setdefault(remark.item_id, []).append(remark)
    parts: dict[str, tuple[Block, ...]] = {}
    for source in registries.minutes_sources:
        parts |= source(meeting)
    votes = list(Vote.objects.filter(meeting=meeting).select_related("item").order_by("order"))
    room = room_of(meeting)
    named = {one.person for one in room.differing.values()}
    named |= {person for one in secrets_of(room).values() for person in one.tellers}
    names = dict(Person.objects.filter(pk__in=named).values_list("pk", "full_name")) if named else {}
    return _Recorded(meeting, items, remarks, votes, room, names, parts, scored(room))


def _clerk_title(meeting: Meeting) -> str:
    """ ", chi ủy viên": the clerk's office in the cell on that day, when there is one."""
    office = (
        TermOfOffice.objects.committee_of(meeting.cell_id).on(meeting.day).filter(person_id=meeting.clerk_id).first()
        if meeting.clerk_id
        else None
    )
    return f", {NAMES_OF_OFFICES[office.office]}" if office else ""


def speaker_of(remark: Remark) -> str:
    """Who spoke, as minutes name them."""
    return f"Đồng chí {remark.person.full_name}" if remark.person else remark.guest_name


def _content(recorded: _Recorded) -> Section:
    """I: what was noted at the opening; item by item, what was presented, which papers, what the review found."""
    blocks: list[Block] = [Heading(1, "Nội dung", 1)]
    blocks += [Paragraph(f"{title}: {text}") for key, title in NOTES if (text := recorded.room.notes.get(key))]
    number = 0
    for item in recorded.items:
        if item.kind in (ItemKind.OPENING, ItemKind.CLOSING, ItemKind.CONCLUSION, ItemKind.SELF_CRITICISM):
            continue
        state = recorded.room.items.get(item.pk)
        if state is not None and state.state == "put_off":
            lines: list[Block] = [Paragraph(f"Chưa bàn, chuyển kỳ sau: {state.why}." if state.why else "Chưa bàn.")]
        else:
            lines = _item_lines(recorded, item)
        number += 1
        blocks += [Heading(2, _item_title(item), number), *lines]
    return Section("content", "Nội dung", DataClass.DISCUSSION, tuple(blocks))


def _item_title(item: AgendaItem) -> str:
    """The item's title, and who presented it when somebody was named."""
    presenter = f" (đồng chí {item.presenter.full_name} trình bày)" if item.presenter else ""
    if not presenter and item.presenter_text:
        presenter = f" ({item.presenter_text} trình bày)"
    return f"{item.title}{presenter}"


def _item_lines(recorded: _Recorded, item: AgendaItem) -> list[Block]:
    """What belongs to one item: the paper book's page, papers, the presented text, the review."""
    if way_of(recorded.room, item) == PAPER:
        return [closed_line(recorded, item)]
    lines: list[Block] = []
    papers = [paper.name for paper in item.papers.all()]
    if papers:
        lines.append(Paragraph(f"Tài liệu: {'; '.join(papers)}."))
    for remark in recorded.remarks.get(item.pk, []):
        if remark.presenting:
            lines.append(Paragraph(remark.text))
    if item.kind == ItemKind.REVIEW:
        lines += recorded.parts.get("review", ())
    if item.kind == ItemKind.NEW_TASKS:
        lines += recorded.parts.get("new_tasks", ())
    return lines


def closed_line(recorded: _Recorded, item: AgendaItem) -> Paragraph:
    """What stands of a closed item: how long it was spoken of, and where in the paper book it is."""
    state = recorded.room.items.get(item.pk)
    minutes = state.seconds // 60 if state and not recorded.meeting.held_on_paper else 0
    time = f", {minutes} phút" if minutes else ""
    return Paragraph(CLOSED_TEXT.format(time=time, page=page_of(recorded.room, item)))


def _minuted(recorded: _Recorded, item: AgendaItem) -> list[Remark]:
    """The remarks that go into the minutes, as the cell chose to keep the item (M13); what is not chosen is full."""
    remarks = recorded.remarks.get(item.pk, [])
    match way_of(recorded.room, item):
        case "paper":
            return []
        case "conclusion":
            return [one for one in remarks if one.is_answer]
        case _:
            return remarks


def _spoken(recorded: _Recorded, item: AgendaItem) -> list[Block]:
    """The remarks to one item: per speaker, full name and words; the chair's answer marked as such."""
    lines: list[Block] = []
    for remark in _minuted(recorded, item):
        if remark.presenting:
            continue
        says = " (chủ trì kết luận)" if remark.is_answer else ""
        lines.append(Item(f"{speaker_of(remark)}{says}: {remark.text}"))
    return [*lines, *_differing(recorded, item)]


def _differing(recorded: _Recorded, item: AgendaItem) -> list[Block]:
    """The differing opinions to one item, each with what became of it; one that was withdrawn is not minuted (M14)."""
    if way_of(recorded.room, item) == PAPER:
        return []
    return [
        Item(differing_sentence(one, recorded.names.get(one.person, "")))
        for one in recorded.room.differing.values()
        if one.item == item.pk and one.outcome != "withdrawn"
    ]


def differing_sentence(one: Differing, name: str) -> str:
    """Who raised what, how many hold it too, what became of it, whether its author keeps it."""
    text = one.text if one.text.endswith((".", "!", "?", "…")) else f"{one.text}."
    said = [f"Ý kiến khác của đồng chí {name}: {text}"]
    if one.support:
        said.append(f"Có {one.support} đồng chí cùng ý kiến.")
    if one.outcome == "adopted":
        said.append("Chi bộ tiếp thu.")
    elif one.outcome == "not_adopted":
        said.append(f"Chi bộ không tiếp thu: {one.why}." if one.why else "Chi bộ không tiếp thu.")
    if one.reserved:
        said.append(f"Đồng chí {name} bảo lưu ý kiến.")
    return " ".join(said)


def _votes_at(recorded: _Recorded, item: AgendaItem) -> list[Block]:
    """The votes taken at one item, but for the resolution and the conclusion."""
    deciding = (Vote.Subject.RESOLUTION, Vote.Subject.CONCLUSION)
    at_item = [vote for vote in recorded.votes if vote.item_id == item.pk and vote.subject not in deciding]
    lines = [line for vote in at_item for line in _vote_lines(recorded, vote)]
    return [*lines, *_ballots_at(recorded, item.pk)]


def _vote_lines(recorded: _Recorded, vote: Vote) -> list[Block]:
    """A vote with its result; what was voted together stands below, line by line."""
    known = recorded.room.votes.get(vote.pk)
    return [Paragraph(vote_sentence(vote)), *(Item(matter) for matter in (known.matters if known else ()))]


def _ballots_at(recorded: _Recorded, item: UUID | None) -> list[Block]:
    """The secret votes taken at one item (or at none): the tellers, the ballots, each line with its sums."""
    lines: list[Block] = []
    for secret in secrets_of(recorded.room).values():
        if secret.item == item:
            tellers = ", ".join(recorded.names.get(one, "") for one in secret.tellers)
            lines.append(
                Paragraph(
                    f"Bỏ phiếu kín{MEDIA[secret.medium]}: {secret.title}. Kiểm phiếu: {tellers}. Phát ra "
                    f"{secret.issued} phiếu, thu về {secret.returned}, không hợp lệ {secret.invalid}."
                )
            )
            lines += [Item(ballot_sentence(secret, one)) for one in secret.choices]
    return lines


MEDIA = {"paper": "", "device": " trên máy", "both": " trên máy và trên giấy"}


def ballot_sentence(secret: Secret, one: Choice) -> str:
    """ "Trần Văn A: 12/15 tán thành, đạt 80%; 2 không tán thành, 1 phiếu trắng." """
    size = secret.size
    share = format_hundredths(hundredths(one.in_favour, size))
    name = "" if one.name == secret.title else f"{one.name}: "
    result = "" if one.in_favour >= secret.needed else " Không đạt."
    counts = f"{one.against} không tán thành, {one.blank} phiếu trắng"
    return f"{name}{one.in_favour}/{size} tán thành, đạt {share}; {counts}.{result}"


def _speakers(recorded: _Recorded, items: list[AgendaItem]) -> tuple[UUID, ...]:
    """Who spoke, presenting excluded (domain.md 2.8)."""
    spoken = {
        remark.person_id
        for item in items
        for remark in _minuted(recorded, item)
        if remark.person_id is not None and not remark.presenting
    }
    places = {item.pk for item in items if way_of(recorded.room, item) != PAPER}
    spoken |= {
        one.person for one in recorded.room.differing.values() if one.item in places and one.outcome != "withdrawn"
    }
    return tuple(sorted(spoken))


def _discussion(recorded: _Recorded) -> Section:
    """II: what was said, item by item, and the votes taken there."""
    items = [item for item in recorded.items if item.kind != ItemKind.SELF_CRITICISM]
    blocks: list[Block] = [Heading(1, "Ý kiến thảo luận", 2)]
    for item in items:
        lines = _spoken(recorded, item)
        lines += _votes_at(recorded, item)
        if lines:
            blocks += [Paragraph(f"Về nội dung “{item.title}”:", style="plain"), *lines]
    if len(blocks) == 1:
        blocks.append(Paragraph("Không có ý kiến phát biểu được ghi lại."))
    return Section("discussion", "Ý kiến thảo luận", DataClass.DISCUSSION, tuple(blocks), _speakers(recorded, items))


def _self_criticism(recorded: _Recorded) -> Section | None:
    """The closed section: read by those who were present."""
    items = [item for item in recorded.items if item.kind == ItemKind.SELF_CRITICISM]
    lines: list[Block] = []
    for item in items:
        way = way_of(recorded.room, item)
        if way == PAPER:
            lines.append(closed_line(recorded, item))
        elif way == CONCLUSION:
            lines.append(Paragraph(CONCLUSION_ALONE))
        lines += [Paragraph(one.text) for one in _minuted(recorded, item) if one.presenting]
        lines += [*_spoken(recorded, item), *_votes_at(recorded, item)]
    lines += _corrections(recorded, closed=True)
    if not lines:
        return None
    heading = Heading(1, "Tự phê bình và phê bình", 3)
    return Section(
        "self_criticism",
        "Tự phê bình và phê bình",
        DataClass.SELF_CRITICISM,
        (heading, *lines),
        _speakers(recorded, items),
    )


def _conclusion(recorded: _Recorded, number: int) -> Section:
    """III (IV after a closed section): conclusion, votes, tasks, the score, corrections, the end."""
    meeting = recorded.meeting
    blocks: list[Block] = [Heading(1, "Kết luận", number)]
    blocks += recorded.parts.get("conclusion", ())
    for vote in recorded.votes:
        if vote.item_id is None or vote.subject in (Vote.Subject.RESOLUTION, Vote.Subject.CONCLUSION):
            blocks += _vote_lines(recorded, vote)
    blocks += _ballots_at(recorded, None)
    blocks += recorded.parts.get("tasks", ())
    if recorded.score is not None:
        blocks.append(Paragraph(score_sentence(recorded.score.sheet)))
    if recorded.room.aborted:
        blocks.append(Paragraph(f"Buổi họp hoãn giữa chừng: {recorded.room.aborted}."))
    if times := _times_of_parts(recorded):
        blocks.append(Paragraph(f"Thời gian: {times}."))
    blocks += _corrections(recorded, closed=False)
    if meeting.closed_at is not None:
        read = " Biên bản đã đọc lại trước khi kết thúc." if recorded.room.read_at else ""
        blocks.append(Paragraph(f"Buổi họp kết thúc lúc {format_time_sentence(meeting.closed_at)}.{read}"))
    return Section("conclusion", "Kết luận", DataClass.DISCUSSION, tuple(blocks))


def _corrections(recorded: _Recorded, *, closed: bool) -> list[Block]:
    """What was asked to be corrected when the minutes were read back; of a closed item in its own section."""
    items = {item.pk for item in recorded.items if item.kind == ItemKind.SELF_CRITICISM}
    remarks = recorded.room.remarks
    found = [
        one
        for one in recorded.room.corrections.values()
        if (one.remark in remarks and remarks[one.remark].item in items) == closed
    ]
    return (
        [Paragraph("Khi đọc lại biên bản, có ý kiến đính chính:"), *(Item(one.text) for one in found)] if found else []
    )


def _times_of_parts(recorded: _Recorded) -> str:
    """ "phần thường kỳ 82 phút, phần chuyên đề 41 phút": of a combined gathering, by the room's own clock."""
    seconds: dict[str, int] = {}
    for item in recorded.items:
        state = recorded.room.items.get(item.pk)
        name = item.part.get_kind_display()
        seconds[name] = seconds.get(name, 0) + (state.seconds if state else 0)
    if len(seconds) < 2 or recorded.meeting.held_on_paper or not all(seconds.values()):
        return ""
    return ", ".join(f"phần {name} {spent // 60} phút" for name, spent in seconds.items())


def vote_sentence(vote: Vote) -> str:
    """ "Biểu quyết …: 15/16 đồng chí tán thành, đạt 93,75%; …": counts of how many, and the result."""
    share = format_hundredths(hundredths(vote.in_favour, vote.base_size))
    others = [
        f"{n} {word}" for n, word in ((vote.against, "không tán thành"), (vote.abstained, "không biểu quyết")) if n
    ]
    tail = f"; {', '.join(others)}" if others else ""
    result = "" if vote.passed else " Không thông qua."
    return f"Biểu quyết {vote.title}: {vote.in_favour}/{vote.base_size} đồng chí tán thành, đạt {share}{tail}.{result}"
