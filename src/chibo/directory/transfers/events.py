"""What the events of transfers and of other tenants' keys say."""

from chibo.audit.sentences import Sentence, register
from chibo.members.models import Transfer


def add_sentences() -> None:
    """Register the sentences (from AppConfig.ready)."""
    kinds = {"transfer": {value: label[0].lower() + label[1:] for value, label in Transfer.Kind.choices}}
    register(
        {
            "transfer.started": Sentence("giới thiệu [{person} ]đi nơi khác[: {transfer}][, từ {first_day}]", kinds),
            "transfer.confirmed": Sentence("ghi đã tiếp nhận[ {person}][: {transfer}][, từ {first_day}]", kinds),
            "transfer.returned": Sentence("ghi nơi đến trả lại giới thiệu[ của {person}][: {transfer}]", kinds),
            "transfer.withdrawn": Sentence("rút giới thiệu[ của {person}][: {transfer}]", kinds),
            "transfer.extended": "gia hạn sinh hoạt tạm thời[ của {person}][ đến hết {last_day}]",
            "transfer.stay_ended": "ghi hết thời gian sinh hoạt tạm thời[ của {person}][, ngày cuối {last_day}]",
            "tenant.noted": "ghi khóa của một đơn vị khác",
            "tenant.forgotten": "bỏ khóa của một đơn vị khác",
        }
    )
