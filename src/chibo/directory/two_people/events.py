"""What the events of acts that take two people say."""

from chibo.audit.sentences import Sentence, register
from chibo.directory.models import TwoPersonAct


def add_sentences() -> None:
    """Register the sentences of acts of two people, and of many files taken (from AppConfig.ready)."""
    acts = {"act": dict(TwoPersonAct.Kind.choices)}
    register(
        {
            "two_people.asked": Sentence("đề nghị[ {act}][, {person}], chờ người thứ hai đồng ý", acts),
            "two_people.agreed": Sentence("là người thứ hai, đồng ý[ {act}][, {person}]", acts),
            "two_people.refused": Sentence("là người thứ hai, không đồng ý[ {act}][, {person}]", acts),
            "two_people.withdrawn": Sentence("rút đề nghị[ {act}][, {person}]", acts),
            "cell.many_files": "tải lần lượt nhiều tệp của chi bộ trong một giờ[: {number} tệp]",
        }
    )
