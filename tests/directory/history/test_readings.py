"""Whoever reads or takes out something of a cell from outside leaves a row; the cell's own people leave none."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from chibo.access.scope import scope, system_scope
from chibo.access.standing import Standing
from chibo.audit.models import Reading
from chibo.directory.history import readings
from chibo.directory.history.readings import Capacity, What
from chibo.lib import dates
from chibo.lib.dates import now
from tests import make
from tests.access.routes import ROUTES, Line
from tests.access.test_routes import address, things
from tests.people import People, sign_in

# Who comes to the cell from outside; "left" moved away and reads what was his for 30 days.
OUTSIDE = {"khanh", "dung", "hoa", "thu", "left", "inspector"}
# Pages that outsiders open and that show nothing of what a cell keeps for itself, each with the reason.
NOTHING_OF_THE_CELL = {
    "": "the first page of the hat: figures; the follower's overdue tasks are noted, the cell here has none",
    "phu-trach/": "the cells that the follower helps: when they meet, and figures",
    "phu-trach/<uuid:id>/": 'the first page of a follower: see the line of ""',
    "lich-hop/": "when and where cells meet, and figures",
    "cuoc-hop/": "when and where the cell meets",
    "cuoc-hop/<uuid:meeting_id>/lich.ics": "when and where, as a calendar file",
    "hai-nguoi/": "what was asked for, by whom, about whose account or right",
    "chi-bo/": "names of bodies and of their secretaries",
    "chi-bo/moi/": "an empty form",
    "chi-bo/nhap/": "an empty form",
    "chi-bo/mau.xlsx": "an empty form",
    "vai/": "one's own hats",
    "chi-bo/so-lieu/": "figures of cells",
    "khoa-don-vi/": "keys of other provinces",
    "quyen-cua-toi/": "one's own assignments",
    "cuoc-hop/<uuid:meeting_id>/ai-xem/": "who may read the meeting, nothing that was said in it",
    "chi-bo/ho-so/": "requests to export a cell, which the commune answers without seeing the content",
    "chi-bo/phu-trach/": "who follows which cell",
    "cua-kiem-tra/": "doors: who was let in by which document",
    "cua-kiem-tra/chi-bo/<uuid:cell_id>/": "the form that opens a door: titles and days of meetings",
    "cua-kiem-tra/<uuid:door_id>/": "one door: who was let in by which document",
    "api/v1/openapi.json": "what may be asked",
    "api/v1/health": "the machine",
    "api/v1/me": "one's own hats",
    "api/v1/organisations": "names of bodies",
    "api/v1/meetings": "when and where cells meet",
    "api/v1/resolutions": "that there is one: its number, month and day of signing, none of its words",
    **dict.fromkeys(
        (
            f"api/v1/organisations/<uuidstr:organisation_id>{end}"
            for end in ("", "/history", "/months", "/figures", "/counts")
        ),
        "the tree, and figures of cells",
    ),
    "api/v1/cells/<uuidstr:cell_id>/months": "in which months the cell met",
    **dict.fromkeys(
        (f"phong-hop/{end}" for end in ("", "sw.js", "kich-ban.json", "phong-hop.webmanifest")),
        "the page of the room on a device, the same for everyone, with nothing in it",
    ),
}
# Who sees no content on a page that has some.
NOTHING_FOR = {
    # when and where alone: the commune always, the follower while the meeting is being prepared
    "cuoc-hop/<uuid:meeting_id>/": {"dung", "hoa", "khanh"},
    "cuoc-hop/<uuid:meeting_id>/y-kien/": {"dung", "hoa"},
    "api/v1/meetings/<uuidstr:meeting_id>": {"dung", "hoa", "khanh"},
    "api/v1/tasks": {"dung", "hoa", "thu", "inspector", "left"},
    # that such a number exists, which anyone may know; the text is for those who may read the paper
    "van-ban/<slug:token>/": {"dung", "hoa", "khanh", "thu"},
    "cong-viec/": {"left", "dung", "hoa"},  # the tasks of their own cell
    "diem-danh/<uuid:id>/": {"khanh"},  # one sentence: a follower is not on the roll
    "chi-bo/xuat.xlsx": {"thu"},  # of the province: bodies and who holds which office
}
# Of the hat's own cell, of oneself, of the tree and its offices, of the rules on data, of nobody.
ELSEWHERE = (
    "to-chuc/",
    "phien-quan-tri/",
    "yeu-cau-du-lieu/",
    "bao-ve-du-lieu/",
    "ngay-nghi/",
    "phieu-kin-tren-may/",
    "thoi-han-luu/",
    "su-co-du-lieu/",
    "so-chi-bo/",
    "dang-nhap/",
    "dang-xuat/",
    "loi-moi/",
    "huong-dan/",
    "kieu-mau/",
    "suc-khoe/",
    "nhat-ky/",
    "tai-khoan/",
    "du-lieu-cua-toi/",
)


def content_routes() -> Iterator[tuple[str, Line]]:
    for route, line in ROUTES.items():
        if line.method == "get" and not route.startswith(ELSEWHERE) and line.who & OUTSIDE:
            yield route, line


@pytest.fixture
def known(people: People) -> dict[str, object]:
    return things(people)


def test_every_content_route_leaves_a_row_when_it_is_read_from_outside(
    people: People, known: dict[str, object]
) -> None:
    silent, loud = [], []
    for route, line in content_routes():
        path = address(route, line, known)
        for name in sorted(line.who & OUTSIDE):
            client = sign_in(Client(), people.all()[name])
            with transaction.atomic():
                assert client.get(path, line.typed).status_code < 400, (name, path)
                left = Reading.objects.filter(person_id=people.all()[name].pk, cell_id=people.cell.pk).exists()
                transaction.set_rollback(True)
            allowed = route in NOTHING_OF_THE_CELL or name in NOTHING_FOR.get(route, set())
            if not left and not allowed:
                silent.append((route, name))
            if left and allowed:
                loud.append((route, name))
    why = "no reading is noted: call readings.note in the view, or say above why it shows nothing of the cell"
    assert not silent, f"{why}: {silent}"
    assert not loud


def test_the_cells_own_people_leave_none(people: People, known: dict[str, object]) -> None:
    for route, line in content_routes():
        for name in sorted(line.who & {"lan", "binh", "tam", "mai"}):
            sign_in(Client(), people.all()[name]).get(address(route, line, known), line.typed)
    assert not Reading.objects.exists()


def test_a_member_asks_the_database_nothing_more(people: People, django_assert_num_queries: object) -> None:
    member = people.standing("binh")
    with django_assert_num_queries(0):  # type: ignore[operator]
        readings.note(member, What.MINUTES, people.meeting, cell_id=people.cell.pk)


def test_one_row_a_person_object_and_hour(people: People) -> None:
    follower = people.standing("khanh")
    moment = now().replace(minute=10)
    for minutes in (0, 20, 49, 50):
        with dates.at(moment + timedelta(minutes=minutes)):
            readings.note(follower, What.MINUTES, people.meeting, cell_id=people.cell.pk)
    assert Reading.objects.count() == 2
    one = Reading.objects.order_by("hour")[0]
    assert (one.person_id, one.capacity, one.hour.minute) == (people.khanh.pk, Capacity.FOLLOWER, 0)


@pytest.mark.parametrize(
    ("name", "capacity"),
    [("khanh", Capacity.FOLLOWER), ("dung", Capacity.ABOVE), ("hoa", Capacity.ABOVE), ("thu", Capacity.PROVINCE)],
)
def test_a_reading_says_in_which_capacity(people: People, name: str, capacity: str) -> None:
    assert readings.capacity_of(people.standing(name), people.cell.pk) == capacity


def test_a_guest_and_the_inspector_come_by_their_meeting(people: People) -> None:
    meeting = people.meeting.pk
    guest, inspector = (
        Standing(person_id=people.phuc.pk, **{what: (meeting,)}) for what in ("guest_meetings", "inspected_meetings")
    )
    clerk = Standing(person_id=people.phuc.pk, duty_meetings=(meeting,))
    of = [readings.capacity_of(one, people.cell.pk, meeting) for one in (guest, inspector, clerk)]
    assert of == [Capacity.GUEST, Capacity.INSPECTOR, None]


def test_an_export_of_the_commune_is_seen_by_each_of_its_cells(people: People, client: Client) -> None:
    second = make.cell(people.commune, "Chi bộ thôn Tân An")
    sign_in(client, people.dung).get("/chi-bo/xuat.xlsx")
    cells = set(Reading.objects.filter(what=What.EXPORT, person_id=people.dung.pk).values_list("cell_id", flat=True))
    assert {people.cell.pk, second.pk} <= cells


def test_nobody_writes_a_reading_for_another(people: People) -> None:
    row = {"cell_id": people.cell.pk, "capacity": "above", "what": "minutes", "object_id": people.meeting.pk}
    with system_scope():
        standing = people.standing("khanh")
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with refused, transaction.atomic(), scope(standing):
        Reading.objects.create(**row, person_id=people.dung.pk, object_type="meetings.meeting", hour=now())


def test_a_page_that_is_not_given_leaves_no_row(people: People, client: Client) -> None:
    assert sign_in(client, people.khanh).get(f"/cuoc-hop/{people.meeting.pk}/bien-ban/").status_code == 404
    assert not Reading.objects.exists()
