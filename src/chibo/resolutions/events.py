"""What the events of tasks say, and how a task is called in the log."""

from collections.abc import Iterable
from uuid import UUID

from chibo.access.standing import Standing
from chibo.audit.sentences import Sentence, register
from chibo.directory.history import objects
from chibo.directory.history.objects import Named
from chibo.resolutions.models import Progress, Task


def names_of_tasks(ids: Iterable[UUID], standing: Standing) -> dict[UUID, Named]:
    """Tasks by what is to be done."""
    rows = Task.objects.visible_to(standing).filter(pk__in=list(ids)).values_list("pk", "what", "cell_id")
    return {id_: Named(what, f"/cong-viec/{id_}/", cell) for id_, what, cell in rows}


def add_objects() -> None:
    """Register tasks as objects of the log (from AppConfig.ready)."""
    objects.register("resolutions.task", "cong-viec", "Công việc", names_of_tasks)


def add_sentences() -> None:
    """Register the sentences of what is done to a task between meetings (from AppConfig.ready)."""
    states = {value: label.lower() for value, label in Progress.State.choices}
    register(
        {
            "draft.changed": "soạn dự thảo nghị quyết",
            "task.progress": Sentence("báo tiến độ việc được giao[: {state}]", {"state": states}),
            "task.progress_withdrawn": "rút lại báo cáo tiến độ",
            "task.reminded": "nhắc người được giao việc",
        }
    )
