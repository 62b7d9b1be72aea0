"""Two communes with sixty cells become one in one act; rights, history and undoing are right at every moment."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.test import Client

from chibo.access.models import Office, TermOfOffice
from chibo.access.scope import scope
from chibo.access.standing import standing_of
from chibo.audit.chains import first_break
from chibo.audit.models import Event
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.offices import appoint
from chibo.directory.tree.commands import apply_due, preview, undo, withdraw
from chibo.lib.dates import today
from chibo.orgs.models import Organisation, TreeAct
from tests import make
from tests.directory.tree.place import Intent, Kind, Place, act, build, merge, snapshot
from tests.people import sign_in

NEW = {"name": "Đảng ủy xã Sơn Hà", "locality": "Sơn Hà"}


@pytest.fixture
def place(db: None) -> Place:
    return build()


def at(day) -> time_machine.travel:
    return time_machine.travel(f"{day.isoformat()} 09:00:00+07:00", tick=False)


def test_two_communes_with_sixty_cells_merge_in_one_act_and_its_opposite_restores_every_row(db: None) -> None:
    place = build(cells=30)
    before = snapshot()
    one = merge(place.dong, place.tay, new=NEW)
    new = Organisation.objects.get(name=NEW["name"])
    assert Organisation.objects.cells().under([new.path]).count() == 60
    assert not Organisation.objects.standing().filter(pk__in=(place.dong.pk, place.tay.pk)).exists()
    assert one.bodies.filter(role="carried").count() == 60
    undo(by=standing_of(place.thu.pk), act=one)
    assert snapshot() == before
    for cell in place.dong_cells:
        cell.refresh_from_db()
        assert cell.path.startswith(place.dong.path)


def test_history_is_read_under_both_names_and_dates(place: Place) -> None:
    day, cell = today(), place.tay_cells[0]
    merge(place.dong, place.tay, new=NEW)
    acts = TreeAct.objects.about(cell)
    assert [one.kind for one in acts] == [Kind.MERGE]
    above_before = set(cell_parents(cell, day - timedelta(days=1)))
    above_now = set(cell_parents(cell, day))
    assert above_before == {"Tỉnh ủy Quảng Ngãi", "Đảng ủy xã Sơn Tây"}
    assert above_now == {"Tỉnh ủy Quảng Ngãi", "Đảng ủy xã Sơn Hà"}


def cell_parents(cell: Organisation, day):
    from chibo.orgs.models import OrgAncestor

    rows = OrgAncestor.objects.filter(descendant=cell, validity__contains=day).exclude(ancestor=cell)
    return rows.values_list("ancestor__name", flat=True)


def test_rights_the_day_before_of_and_after(client: Client, place: Place) -> None:
    """Decided today for a day to come; by real requests, and by the standing itself."""
    day = today() + timedelta(days=10)
    make.account(place.tay_staff, "tay")
    make.account(place.thu, "thu")
    act_ = merge(place.dong, place.tay, new=NEW, day=day)
    cell = place.tay_cells[0]
    with at(day - timedelta(days=1)):
        assert sign_in(client, place.tay_staff).get("/chi-bo/").status_code == 200
        assert standing_of(place.tay_staff.pk).covers(cell.path)
        act_.refresh_from_db()
        assert act_.is_waiting
    with at(day):
        assert client.get("/chi-bo/").status_code == 404  # the first who asks that day
        act_.refresh_from_db()
        assert act_.applied_at is not None
        new = Organisation.objects.get(name=NEW["name"])
        officer = make.person("Hồ Văn Mới")
        make.account(officer, "moi")
        make.office(officer, new, Office.UPPER_STAFF, day)
        assert "4 chi bộ" in sign_in(client, officer).get("/chi-bo/").content.decode()
        cell.refresh_from_db()
        assert standing_of(officer.pk).covers(cell.path)
        assert not standing_of(place.tay_staff.pk).covers(cell.path)
        assert standing_of(place.tay_staff.pk, day - timedelta(days=1)).commune_paths == (place.tay.path,)
    with at(day + timedelta(days=1)):
        assert client.get("/chi-bo/").status_code == 200
        assert sign_in(client, place.tay_staff).get("/chi-bo/").status_code == 404


def test_into_one_of_the_two_whose_officers_stay(place: Place) -> None:
    merge(place.dong, place.tay, into=str(place.dong.pk))
    cell = place.tay_cells[0]
    cell.refresh_from_db()
    assert standing_of(place.dong_staff.pk).covers(cell.path)
    assert standing_of(place.tay_staff.pk).hats == ()
    place.dong.refresh_from_db()
    assert place.dong.dissolved is None


def test_who_followed_from_an_office_that_ends_follows_no_longer_and_others_go_on(place: Place) -> None:
    other = make.person("Người Ngoài Cấp Ủy")
    make.office(other, place.tay_cells[0], Office.FOLLOWER)
    merge(place.dong, place.tay, new=NEW)
    following = TermOfOffice.objects.on(today()).filter(office=Office.FOLLOWER)
    assert [row.person for row in following] == [other]


def test_entered_late_it_holds_from_its_own_day(place: Place) -> None:
    day = today() - timedelta(days=40)
    one = merge(place.dong, place.tay, new=NEW, day=day)
    assert one.entered_at.date() > day
    place.tay.refresh_from_db()
    assert place.tay.dissolved == day
    assert standing_of(place.tay_staff.pk, day - timedelta(days=1)).hats
    assert not standing_of(place.tay_staff.pk, day).hats


def test_the_preview_tells_all_and_writes_nothing(place: Place) -> None:
    before = snapshot(), TreeAct.objects.count()
    bodies = [str(place.dong.pk), str(place.tay.pk)]
    intent = Intent(Kind.MERGE, None, place.province, today(), {"bodies": bodies, "new": NEW})
    found = preview(by=standing_of(place.thu.pk), intent=intent)
    text = " ".join([one.text for one in found] + [line for one in found for line in one.details])
    assert "4 chi bộ về “Đảng ủy xã Sơn Hà”" in text
    assert "4 chức vụ kết thúc" in text
    assert "Trần Thị Tây" in text
    assert "2 phân công phụ trách chi bộ kết thúc" in text
    assert "chưa có ai giữ chức vụ" in text
    assert (snapshot(), TreeAct.objects.count()) == before


def test_undoing_is_refused_once_something_was_recorded_under_the_result(place: Place) -> None:
    one = merge(place.dong, place.tay, new=NEW)
    new = Organisation.objects.get(name=NEW["name"])
    system = standing_of(place.thu.pk)
    appoint_as_system(place, new)
    with pytest.raises(NotPossible, match="1 chức vụ"):
        undo(by=system, act=one)


def appoint_as_system(place: Place, new: Organisation) -> None:
    from chibo.access.standing import Standing

    appoint(
        by=Standing.for_system(), person=place.tay_staff, organisation=new, office=Office.UPPER_STAFF, since=today()
    )


def test_undoing_is_refused_when_a_body_was_created_under_the_result(place: Place) -> None:
    one = merge(place.dong, place.tay, new=NEW)
    new = Organisation.objects.get(name=NEW["name"])
    act(Kind.CREATE, place=new, parent=str(new.pk), body_kind="cell", name="Chi bộ thôn Mới", category="hamlet")
    with pytest.raises(NotPossible, match="Chi bộ thôn Mới"):
        undo(by=standing_of(place.thu.pk), act=one)


def test_undoing_is_refused_after_a_later_act_until_that_is_undone(place: Place) -> None:
    one = merge(place.dong, place.tay, new=NEW)
    new = Organisation.objects.get(name=NEW["name"])
    later = act(Kind.RENAME, new, name="Đảng ủy xã Sơn Trà")
    with pytest.raises(NotPossible, match="đổi tên"):
        undo(by=standing_of(place.thu.pk), act=one)
    undo(by=standing_of(place.thu.pk), act=later)
    undo(by=standing_of(place.thu.pk), act=one)


def test_an_act_is_undone_once(place: Place) -> None:
    one = merge(place.dong, place.tay, new=NEW)
    opposite = undo(by=standing_of(place.thu.pk), act=one)
    with pytest.raises(NotPossible, match="đã được hoàn tác"):
        undo(by=standing_of(place.thu.pk), act=one)
    with pytest.raises(NotPossible, match="việc mới"):
        undo(by=standing_of(place.thu.pk), act=opposite)


def test_a_commune_keeps_neither_itself_nor_its_neighbour(place: Place) -> None:
    for who in (place.dong_staff, place.tay_secretary, place.follower):
        with pytest.raises(Http404):
            merge(place.dong, place.tay, new=NEW, by=standing_of(who.pk))


def test_the_database_asks_for_the_right_too(place: Place) -> None:
    from django.db import ProgrammingError, transaction

    with (
        scope(standing_of(place.dong_staff.pk)),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        TreeAct.objects.create(kind=Kind.MERGE, place=place.province, effective=today())


def test_an_act_taken_back_before_its_day_is_not_applied(place: Place) -> None:
    day = today() + timedelta(days=3)
    one = merge(place.dong, place.tay, new=NEW, day=day)
    withdraw(by=standing_of(place.thu.pk), act=one)
    with at(day):
        assert apply_due() == 0
    place.tay.refresh_from_db()
    assert place.tay.dissolved is None


def test_what_has_become_impossible_is_stopped_on_its_day_with_its_reason(place: Place) -> None:
    day = today() + timedelta(days=3)
    one = merge(place.dong, place.tay, new=NEW, day=day)
    merge(place.dong, place.tay, into=str(place.tay.pk))
    with at(day):
        assert apply_due() == 0
    one.refresh_from_db()
    assert "đã kết thúc" in one.stopped_why


def test_every_body_has_the_event_in_its_chain_and_the_chains_hold(place: Place) -> None:
    merge(place.dong, place.tay, new=NEW)
    for cell in (*place.dong_cells, *place.tay_cells):
        assert Event.objects.filter(chain=cell.pk, kind="tree.applied").count() == 1
    assert first_break is not None


@pytest.mark.parametrize(
    ("bodies", "more", "words"),
    [
        (("dong",), {"new": NEW}, "ít nhất hai"),
        (("dong", "cell"), {"new": NEW}, "cùng loại"),
        (("dong", "tay"), {"into": "cell"}, "tiếp nối"),
        (("dong", "tay"), {"new": NEW | {"name": "Đảng ủy xã Khác"}}, "Đã có"),
        (("dong", "tay"), {"new": NEW, "day": -9000}, "lập ngày"),
    ],
)
def test_it_validates(place: Place, bodies, more, words) -> None:
    make.commune(place.province, "Đảng ủy xã Khác")
    known = {"dong": place.dong, "tay": place.tay, "cell": place.dong_cells[0]}
    plan = {name: str(known[value].pk) if name == "into" else value for name, value in more.items()}
    if "day" in plan:
        plan["day"] = today() + timedelta(days=plan["day"])
    with pytest.raises(NotPossible, match=words):
        merge(*(known[name] for name in bodies), **plan)
