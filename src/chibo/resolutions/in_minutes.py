"""What decisions put into the minutes: reviews, tasks, the conclusion; and what of them stands elsewhere."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Field

from chibo.documents.blocks import Block, Item, Paragraph
from chibo.lib.dates import format_date
from chibo.meetings.minutes.draft import Draft
from chibo.meetings.minutes.facts import UNKNOWN_PERSON, TaskFacts
from chibo.meetings.minutes.left_out import LeftOut
from chibo.meetings.registries import MinutesSource
from chibo.meetings.room.fold import Room
from chibo.resolutions.models import Resolution, Review, Task
from chibo.resolutions.room.kinds import ASSESSMENT, PARTS, Decisions, Given, Reviewed, decisions

Kind = Resolution.Kind
UNKNOWN_TASK = TaskFacts("Việc không còn trong danh sách", UNKNOWN_PERSON)
ASSESSED = "Đánh giá chung"
IN_MINUTES = ("conclusion", ASSESSMENT)
# What each paper says of the parts that people write, beside what stands in the minutes.
IN_PAPER = {
    Kind.RESOLUTION: tuple(one for one in PARTS if one not in IN_MINUTES),
    Kind.CONCLUSION: ("direction", "implementation"),
}
IN_RESOLUTION = "Có trong nghị quyết, ký cùng biên bản."
IN_CONCLUSION = "Có trong văn bản kết luận, ký cùng biên bản."
IN_NO_PAPER = "Buổi họp kết thúc bằng kết luận; phần này chỉ nghị quyết mới có."


def blocks(draft: Draft) -> dict[str, tuple[Block, ...]]:
    """What the decisions put into the minutes."""
    found = decisions(draft.room)
    parts: dict[str, tuple[Block, ...]] = {}
    if reviews := list(found.reviews.values()):
        done = sum(one.result == Review.Result.DONE for one in reviews)
        head = Paragraph(f"Xem lại {len(reviews)} việc kỳ trước, xong {done} việc:")
        parts["review"] = (head, *(Item(review_sentence(draft, one)) for one in reviews))
    if text := found.texts.get(ASSESSMENT):
        parts["review"] = (*parts.get("review", ()), Paragraph(f"{ASSESSED}: {text}"))
    if text := found.texts.get("conclusion"):
        parts["conclusion"] = (Paragraph(text),)
    if found.tasks:
        title = "Việc dự kiến, chưa giao vì buổi họp hoãn giữa chừng:" if draft.room.aborted else "Phân công nhiệm vụ:"
        parts["tasks"] = (Paragraph(title), *(Item(task_sentence(draft, one)) for one in found.tasks.values()))
    return parts


def review_sentence(draft: Draft, one: Reviewed) -> str:
    """ "Dọn cây ngã đổ (Trần Văn Hùng): Một phần: còn 2 hộ; hạn mới 06/12/2026."."""
    task = task_of(draft, one)
    return f"{task.what.rstrip('.')} ({task.lead}): {result_words(one)}."


def task_of(draft: Draft, one: Reviewed) -> TaskFacts:
    """The task that was reviewed."""
    return draft.facts.tasks.get(one.task, UNKNOWN_TASK)


def result_words(one: Reviewed) -> str:
    """ "Một phần: còn 2 hộ; hạn mới 06/12/2026"."""
    words = str(Review.Result(one.result).label)
    words += f": {one.cause.rstrip('.')}" if one.cause else ""
    return words + (f"; hạn mới {format_date(one.new_due)}" if one.new_due else "")


def task_sentence(draft: Draft, task: Given) -> str:
    """One task as a paper says it: what, who leads, who helps, by when, how it is checked."""
    helpers = [draft.name(one) for one in dict.fromkeys(task.helpers)]
    helpers += [task.helpers_text] if task.helpers_text else []
    text = f"{task.what.rstrip('.')}. Đồng chí {draft.name(task.lead)} chủ trì"
    text += f", phối hợp: {', '.join(helpers)}" if helpers else ""
    text += f"; hạn đến hết ngày {format_date(task.due)}"
    steps = [_step(what, due) for what, due in task.milestones]
    text += f"; các mốc: {', '.join(steps)}" if steps else ""
    text += f"; kiểm tra bằng: {task.how_checked.rstrip('.')}" if task.how_checked else ""
    return f"{text}."


def _step(what: str, due: date) -> str:
    return f"{what.rstrip('.')} (đến {format_date(due)})"


def left_out(draft: Draft) -> list[LeftOut]:
    """The parts that stand in the paper beside the minutes, and those that then stand in none."""
    found = decisions(draft.room)
    kind = kind_of(found)
    texts = {name: found.texts[name] for name in PARTS if name not in IN_MINUTES and found.texts.get(name)}
    there = [text for name, text in texts.items() if name in IN_PAPER[kind]]
    elsewhere = {name: text for name, text in texts.items() if name not in IN_PAPER[kind]}
    title = "Các phần của nghị quyết" if kind == Kind.RESOLUTION else "Các phần của văn bản kết luận"
    why = IN_RESOLUTION if kind == Kind.RESOLUTION else IN_CONCLUSION
    nowhere = [LeftOut(label_of(name), text, IN_NO_PAPER) for name, text in elsewhere.items()]
    return [*([LeftOut(title, "\n".join(there), why)] if there else []), *nowhere]


def kind_of(found: Decisions) -> Kind:
    """In what a meeting ends: a conclusion, where nobody has said that it is a resolution."""
    return Kind(found.kind or Kind.CONCLUSION)


def label_of(part: str) -> str:
    """What a part of a resolution is called."""
    return str(cast("Field[Any, Any]", Resolution._meta.get_field(part)).verbose_name)


def people(room: Room) -> set[UUID]:
    """Who leads the tasks of a meeting, and who helps."""
    return {who for one in decisions(room).tasks.values() for who in (one.lead, *one.helpers)}


def tasks(room: Room) -> dict[UUID, tuple[str, str]]:
    """What the reviewed tasks are called, and who led each."""
    reviewed = decisions(room).reviews
    if not reviewed:
        return {}
    found = Task.objects.filter(pk__in=reviewed)
    return {pk: (what, lead) for pk, what, lead in found.values_list("pk", "what", "lead__full_name")}


SOURCE = MinutesSource(blocks=blocks, left_out=left_out, people=people, tasks=tasks)
