"""How secret a ballot on devices is: what is held, and what is not, in the words of the room, the phones and the guide.

Whoever runs the server can read the urn before and after each ballot, and so pair a voter with a vote (decision 0066).
Nothing in a program holds against that. So the voters are told who keeps the server, and where nobody has said so, or
the server stands in the room, ballots are on paper.
"""

from django.conf import settings

NOT_HELD = (
    "Trong lúc bỏ phiếu, ai giữ máy chủ mà cố ý thì ghép được từng đồng chí với lá phiếu.",
    "Chủ trì, thư ký có thể bỏ phiếu dưới tên người khác trên máy chuyền tay; vì vậy phiếu trên máy chuyền tay không "
    "tính vào số năm phiếu tối thiểu.",
    "Cả chi bộ cùng một ý thì kết quả cho biết ý từng người; phiếu giấy cũng vậy.",
)


def keeper() -> str:
    """Who keeps this server, as the operator has written it; empty where nobody has, or where it stands in the room."""
    return "" if settings.LAN else settings.SERVER_KEEPER


def who_may_see() -> str:
    """What the voters are told of the server."""
    return f"Máy chủ do {keeper() or 'người chưa ghi tên'} giữ. {NOT_HELD[0]}"
