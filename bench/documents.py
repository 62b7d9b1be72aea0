"""Minutes and resolution of an evening as DOCX and PDF, from the rows to the files, beside the renderers alone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from bench.harness import Row, beside, seconds_of
from bench.world import Cell, world

CASE = "documents"
BUDGET = 1.5
REMARKS, TASKS = 20, 6
SAID = "Ngã ba Bàu Sen tối không có đèn, xe tải cua lấn đường; đề nghị lắp gương và phát quang trước Tết. " * 3


def run() -> Iterator[Row]:
    """Milliseconds of the four files."""
    with world(cells=1) as cells:
        from chibo.access.scope import system_scope

        with system_scope():
            meeting = evening(cells[0])
            documents = [build(meeting, kind) for kind in ("bien-ban", "nghi-quyet")]

            def whole() -> None:
                for kind in ("bien-ban", "nghi-quyet"):
                    render(build(meeting, kind))

            def floor() -> None:
                for document in documents:
                    render(document)

            value, under = seconds_of(whole, floor, rounds=5, each=3)
    yield beside(CASE, value=value * 1000, floor=under * 1000, unit="ms", budget=BUDGET, better="less")


def build(meeting: Any, kind: str) -> Any:
    """The paper's content, read from the rows."""
    from chibo.meetings import documents

    return documents.build(kind, meeting)


def render(document: Any) -> None:
    """Both files."""
    from chibo.documents import docx, pdf
    from chibo.documents.layout import layout_on
    from chibo.lib.dates import now, today

    for one in (docx.render_docx, pdf.render_pdf):
        one(document, made_at=now(), layout=layout_on(today()))


def evening(cell: Cell) -> Any:
    """Twenty remarks, eight reviews, six tasks, a resolution."""
    from chibo.access.standing import standing_of
    from chibo.lib.dates import today
    from chibo.meetings.models import AgendaItem, Meeting
    from chibo.meetings.room import commands
    from chibo.meetings.room.commands import Pen
    from chibo.resolutions.models import Task
    from chibo.resolutions.room import commands as decisions

    meeting = Meeting.objects.select_related("cell__parent").get(pk=cell.open)
    pen = Pen(meeting, as_system(standing_of(cell.secretary)))
    item = AgendaItem.objects.filter(meeting=meeting).get()
    commands.elect_clerk(pen=pen, member=cell.members[1])
    commands.call(pen=pen, members=cell.members, state="present")
    for place in range(REMARKS):
        commands.record_remark(pen=pen, item=item, text=SAID, member=cell.members[place])
    for task in Task.objects.filter(cell_id=meeting.cell_id):
        decisions.review(pen=pen, task=task, result="done")
    for place in range(TASKS):
        due = today() + timedelta(days=20 + place)
        draft = decisions.Draft(f"Vận động {place + 3} hộ cắt cây che tầm nhìn", cell.members[place], due, "Đếm số hộ")
        decisions.give(pen=pen, draft=draft)
    parts = dict.fromkeys(("ideology", "political_tasks", "direction", "conclusion"), SAID)
    decisions.conclude(pen=pen, kind="resolution", parts=parts)
    return Meeting.objects.select_related("cell__parent", "chair", "clerk").get(pk=UUID(str(meeting.pk)))


def as_system(standing: Any) -> Any:
    """The secretary's hand, with every right: nothing is asked of the database but the rows."""
    from dataclasses import replace

    return replace(standing, system=True)
