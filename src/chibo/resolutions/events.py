"""What the events of tasks say."""

from chibo.audit.sentences import Sentence, register
from chibo.resolutions.models import Progress


def add_sentences() -> None:
    """Register the sentences of what is done to a task between meetings (from AppConfig.ready)."""
    states = {value: label.lower() for value, label in Progress.State.choices}
    register(
        {
            "task.progress": Sentence("báo tiến độ việc được giao[: {state}]", {"state": states}),
            "task.progress_withdrawn": "rút lại báo cáo tiến độ",
            "task.reminded": "nhắc người được giao việc",
        }
    )
