"""Who belongs to the cell of the script, what the month before left open, and the programme."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chibo.access.models import Office
from chibo.meetings.models import AgendaItem, Meeting
from chibo.members.models import Membership, Person
from chibo.orgs.models import Organisation
from chibo.resolutions.models import Task
from tests import make

DAY = date(2026, 12, 3)
PASSWORD = "gương cầu lồi ngã ba"
LAN, HUNG, TAM, BINH = "Nguyễn Thị Lan", "Trần Văn Hùng", "Phạm Minh Tâm", "Đặng Văn Bình"
QUYEN, MAI, SON, TU = "Lê Thị Quyên", "Võ Thị Mai", "Bùi Thanh Sơn", "Trần Văn Tư"
OTHERS = (
    *("Ngô Quang Vinh", "Hồ Thị Nga", "Đoàn Văn Lợi", "Mai Hữu Phúc", "Tạ Văn Nghĩa", "Cao Thị Thu", "Lý Thị Hường"),
    *("Đinh Văn Thạch", "Trương Thị Ánh", "Nguyễn Hữu Lộc", "Phan Thị Yến", "Huỳnh Ngọc Ẩn", "Đỗ Thị Uyên"),
    *("Kiều Văn Ổn", "Thạch Thị Ngọc", "Ưng Văn Đạt", "Lương Thị Bé"),
)
NAMES = (LAN, HUNG, TAM, BINH, QUYEN, MAI, SON, TU, *OTHERS)
KINDS = {MAI: Membership.Kind.PROBATIONARY, SON: Membership.Kind.TEMPORARY}
# key of the script, title, kind, planned minutes, questions
PROGRAMME: tuple[tuple[str, str, AgendaItem.Kind, int, tuple[str, ...]], ...] = (
    ("opening", "Mở đầu, điểm danh", AgendaItem.Kind.OPENING, 10, ()),
    ("news", "Thông tin, quán triệt", AgendaItem.Kind.INFORMATION, 15, ()),
    ("review", "Kiểm điểm việc kỳ trước", AgendaItem.Kind.REVIEW, 10, ()),
    (
        "topic",
        "An toàn giao thông ở ngã ba Bàu Sen",
        AgendaItem.Kind.DISCUSSION,
        35,
        ("Việc nào chi bộ tự làm được trong tháng 12?", "Việc nào phải kiến nghị lên xã?"),
    ),
    ("self", "Tự phê bình và phê bình", AgendaItem.Kind.SELF_CRITICISM, 15, ()),
    ("tasks", "Nhiệm vụ kỳ tới", AgendaItem.Kind.NEW_TASKS, 15, ()),
    ("conclusion", "Kết luận, biểu quyết", AgendaItem.Kind.CONCLUSION, 10, ()),
    ("closing", "Kết thúc", AgendaItem.Kind.CLOSING, 5, ()),
)
OLD_TASKS = (
    ("Lập danh sách 12 hộ có nhà sát mép đường ở ngã ba Bàu Sen", BINH, date(2026, 11, 30)),
    ("Dọn cây ngã đổ trên 400 m đường vào nhà văn hóa thôn", HUNG, date(2026, 11, 20)),
    ("Thăm và lập hồ sơ hỗ trợ cho ba hộ cận nghèo của tổ 4", QUYEN, date(2026, 11, 28)),
)


@dataclass
class Cast:
    """The cell of the script, its people by name, its meeting and what is open in it."""

    cell: Organisation
    people: dict[str, Person]
    meeting: Meeting
    items: dict[str, AgendaItem]
    tasks: list[Task]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


def build(*, signing_in: bool = True) -> Cast:
    """Make cell, people, the month before and the announced meeting, inside a scope of the system.

    signing_in: the people have accounts; one cell of the script can have them, since logins are unique.
    """
    cell = make.cell(make.commune(make.province()))
    people = {name: make.member(name, cell, KINDS.get(name, Membership.Kind.OFFICIAL)) for name in NAMES}
    make.exemption(people[TU], cell)
    for name, office in ((LAN, Office.SECRETARY), (HUNG, Office.DEPUTY), (QUYEN, Office.COMMITTEE_MEMBER)):
        make.office(people[name], cell, office)
    for login, name in (("lan", LAN), ("hung", HUNG), ("tam", TAM), ("binh", BINH)) if signing_in else ():
        make.account(people[name], login, PASSWORD)
    before = make.signed(cell, present=tuple(people.values()), starts_at=make.at(date(2026, 11, 3)))
    tasks = [make.task(before, people[lead], what, due=due) for what, lead, due in OLD_TASKS]
    meeting = make.meeting(
        cell, starts_at=make.at(DAY), state="announced", previous=before, chair=people[LAN], clerk=people[TAM]
    )
    items = {}
    for key, title, kind, minutes, questions in PROGRAMME:
        items[key] = make.item(meeting, title, kind=kind, minutes=minutes)
        for text in questions:
            make.question(items[key], text)
    make.duty(meeting, people[LAN], "chair")
    make.duty(meeting, people[TAM], "clerk")
    return Cast(cell, people, meeting, items, tasks)


def clock(minute: float) -> datetime:
    """The moment of a minute of the script; the meeting begins at 19:30."""
    return make.at(DAY) + timedelta(minutes=minute)
