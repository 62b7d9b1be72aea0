"""What was recorded under a body since a moment, in words: read from its chain, where every act of Chibo stands."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from chibo.audit.models import Event

# The beginning of a kind of event → what it is about. Later apps add theirs in AppConfig.ready.
recorded_under: dict[str, str] = {
    "member.": "thay đổi về đảng viên",
    "office.": "chức vụ",
    "cell.": "thông tin của chi bộ",
    "committee.": "thông tin của cấp ủy",
    "organisation.": "thông tin của tổ chức",
    "transfer.": "việc chuyển sinh hoạt",
    "group.": "việc về tổ đảng",
    "members.": "lần nhập danh sách",
    "tree.term_set": "nhiệm kỳ",
}
# Not records of the body's work: reading, signing in, one's own data, and acts on the tree, which have their own order.
NOTHING_RECORDED = (
    "tree.decided",
    "tree.applied",
    "tree.withdrawn",
    "tree.undone",
    "account.",
    "audit.",
    "breach.",
    "cell.export_",
    "data_request.",
    "dossier.",
    "inspection.",
    "members.exported",
    "own_data.",
    "retention.",
    "staff.",
)
OTHER = "việc khác"


# A body that only went along, or has another name, is not hindered by its daily work; papers that bear the name are.
PAPERS = ("meeting.announced", "meeting.corrected", "meeting.opened", "minutes.", "office.begun")


def since(moment: datetime, result: list[UUID], *, carried: list[UUID]) -> str:
    """What was recorded, as "2 chức vụ, 1 cuộc họp"; empty for nothing. Asked as the system: counts alone come out.

    result: bodies in whose chain anything counts. carried: those where only what bears the name of the time does.
    """
    found = Event.objects.filter(chain__in={*result, *carried}, at__gt=moment).values_list("chain", "kind")
    counted: Counter[str] = Counter()
    for chain, kind in found:
        if not kind.startswith(NOTHING_RECORDED) and (chain in result or kind.startswith(PAPERS)):
            counted[next((words for start, words in recorded_under.items() if kind.startswith(start)), OTHER)] += 1
    return ", ".join(f"{number} {words}" for words, number in counted.most_common())
