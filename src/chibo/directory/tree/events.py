"""What the events of the tree say."""

from chibo.audit import sentences
from chibo.audit.sentences import Sentence
from chibo.orgs.models import TreeAct

_WORDS = {"act": {value: label.lower() for value, label in TreeAct.Kind.choices}}


def add_sentences() -> None:
    """Register them (from AppConfig.ready)."""
    sentences.register(
        {
            "tree.decided": Sentence("ghi việc về tổ chức chờ đến ngày[: {act}][, từ ngày {effective}]", _WORDS),
            "tree.applied": Sentence("ghi việc về tổ chức[: {act}][, có hiệu lực từ ngày {effective}]", _WORDS),
            "tree.withdrawn": Sentence("rút việc về tổ chức chưa đến ngày[: {act}]", _WORDS),
            "tree.undone": Sentence("hoàn tác việc về tổ chức[: {act}][, có hiệu lực từ ngày {effective}]", _WORDS),
            "tree.term_set": "ghi nhiệm kỳ[ từ ngày {since}][ đến hết ngày {until}]",
        }
    )
