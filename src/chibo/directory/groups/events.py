"""What the events of groups say."""

from chibo.audit.sentences import Sentence, register
from chibo.members.models import GroupMember


def add_sentences() -> None:
    """Register the sentences (from AppConfig.ready)."""
    roles = {"role": {value: label.lower() for value, label in GroupMember.Role.choices}}
    register(
        {
            "group.created": "lập tổ đảng[ từ ngày {since}]",
            "group.members_placed": Sentence(
                "ghi [{people} ]đồng chí vào tổ đảng[: {person}][, {role}][, từ ngày {since}]", roles
            ),
            "group.member_left": "ghi [{person} ]thôi ở tổ đảng[, ngày cuối {last_day}]",
            "group.dissolved": "giải thể tổ đảng[, ngày cuối {last_day}]",
        }
    )
