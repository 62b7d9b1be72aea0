"""The cell that the browser tests live in: a hamlet of twenty members, in November 2026, with one task still open."""

from dataclasses import dataclass
from datetime import date, datetime

from chibo.access.models import Office
from chibo.access.standing import standing_of
from chibo.lib.dates import ZONE
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.room.commands import Pen, call, elect_clerk, open_room
from chibo.members.models import Membership, Person
from chibo.orgs.models import Category, Organisation
from chibo.resolutions.models import Task
from tests import make

NOVEMBER = datetime(2026, 11, 24, 19, 0, tzinfo=ZONE)
PASSWORD = "gương cầu lồi ngã ba"
OLD_TASK = "Lập danh sách 12 hộ có nhà sát mép đường ở ngã ba Bàu Sen"
# With the five who sign in there are twenty on the roll.
OTHERS = (
    "Lê Thị Quyên",
    "Võ Thị Mai",
    "Bùi Thanh Sơn",
    "Ngô Quang Vinh",
    "Hồ Thị Nga",
    "Đoàn Văn Lợi",
    "Mai Hữu Phúc",
    "Tạ Văn Nghĩa",
    "Cao Thị Thu",
    "Lý Thị Hường",
    "Đinh Văn Thạch",
    "Trương Thị Ánh",
    "Nguyễn Hữu Lộc",
    "Phan Thị Yến",
    "Huỳnh Ngọc Ẩn",
    "Đỗ Thị Uyên",
)
ABSENT = {"Đoàn Văn Lợi": "health", "Phan Thị Yến": "unknown"}
PROGRAMME = (
    ("Mở đầu, điểm danh", AgendaItem.Kind.OPENING, 10, "opening"),
    ("Thông tin, quán triệt", AgendaItem.Kind.INFORMATION, 15, "information"),
    ("Kiểm điểm việc kỳ trước", AgendaItem.Kind.REVIEW, 15, "review"),
    ("Thảo luận", AgendaItem.Kind.DISCUSSION, 35, "local_matter"),
    ("Nhiệm vụ kỳ tới", AgendaItem.Kind.NEW_TASKS, 15, "new_tasks"),
    ("Kết luận, biểu quyết", AgendaItem.Kind.CONCLUSION, 10, "conclusion"),
    ("Kết thúc", AgendaItem.Kind.CLOSING, 5, "closing"),
)


@dataclass
class Village:
    """Who lives there, the meeting of November that is signed, and the task that it left."""

    commune: Organisation
    cell: Organisation
    lan: Person  # secretary
    hung: Person  # deputy
    tam: Person  # member, minutes the meetings
    binh: Person  # member, has a phone
    khanh: Person  # follows the cell from the commune
    dung: Person  # officer of the commune
    others: list[Person]
    last: Meeting
    task: Task


def build() -> Village:
    """Make the village, inside a scope of the system."""
    commune = make.commune(make.province())
    cell = make.cell(commune)
    office = make.cell(commune, "Chi bộ cơ quan Đảng ủy xã", category=Category.OFFICE, registered_day=4)
    make.cell(commune, "Chi bộ thôn Dân Hiệp", registered_day=5)
    lan, hung, tam, binh = (
        make.member(name, cell, code=f"45.00120{number}")
        for number, name in enumerate(("Nguyễn Thị Lan", "Trần Văn Hùng", "Phạm Minh Tâm", "Đặng Văn Bình"), 1)
    )
    kinds = [Membership.Kind.PROBATIONARY if name == "Võ Thị Mai" else Membership.Kind.OFFICIAL for name in OTHERS]
    others = [make.member(name, cell, kind) for name, kind in zip(OTHERS, kinds, strict=True)]
    khanh, dung = make.member("Lý Quốc Khánh", office), make.member("Đỗ Tiến Dũng", office)
    make.office(lan, cell, Office.SECRETARY)
    make.office(hung, cell, Office.DEPUTY)
    make.office(others[0], cell, Office.COMMITTEE_MEMBER)
    make.office(khanh, cell, Office.FOLLOWER)
    make.office(dung, commune, Office.UPPER_STAFF)
    for login, who in {"lan": lan, "hung": hung, "tam": tam, "binh": binh, "khanh": khanh, "dung": dung}.items():
        make.account(who, login, PASSWORD)
    last = november(cell, lan, tam, (lan, hung, tam, binh, *others))
    task = make.task(last, binh, OLD_TASK, due=date(2026, 11, 30), given_at=last.closed_at)
    return Village(commune, cell, lan, hung, tam, binh, khanh, dung, others, last, task)


def november(cell: Organisation, chair: Person, clerk: Person, present: tuple[Person, ...]) -> Meeting:
    """The meeting of November, held and signed, with the programme that the next one starts from."""
    day = date(2026, 11, 3)
    one = make.meeting(
        cell,
        starts_at=make.at(day),
        opened_at=make.at(day, "19:32"),
        closed_at=make.at(day, "21:05"),
        signed_at=make.at(day, "21:20"),
        state="signed",
    )
    for title, kind, minutes, key in PROGRAMME:
        make.item(one, title, kind=kind, minutes=minutes, template_key=key)
    make.roll(one, present=present)
    make.duty(one, chair, "chair")
    make.duty(one, clerk, "clerk")
    make.resolution(one, signed_at=one.signed_at, direction="Tập trung an toàn giao thông ở ngã ba Bàu Sen.")
    return one


def planned(village: Village) -> Meeting:
    """The meeting of December, announced: for tests that begin in the room."""
    one = make.meeting(village.cell, starts_at=make.at(date(2026, 12, 3)), state="announced")
    for title, kind, minutes, key in PROGRAMME:
        make.item(one, title, kind=kind, minutes=minutes, template_key=key)
    make.duty(one, village.lan, "chair")
    return one


def begun(village: Village, meeting: Meeting) -> Meeting:
    """A planned meeting, opened: Tâm minutes it, two are absent, the other eighteen are there."""
    pen = Pen(meeting, standing_of(village.lan.pk))
    open_room(pen=pen, chair=village.lan.pk)
    meeting.refresh_from_db()
    elect_clerk(pen=pen, member=village.tam.pk)
    everyone = [village.lan, village.hung, village.tam, village.binh, *village.others]
    for one in everyone:
        if reason := ABSENT.get(one.full_name):
            call(pen=pen, members=[one.pk], state="absent", reason=reason)
    call(pen=pen, members=[one.pk for one in everyone if one.full_name not in ABSENT], state="present")
    return meeting
