"""Name, code, category and place from a day on, entered late or early; every refusal says what to do."""

from datetime import date, timedelta

import pytest

from chibo.access.scope import scope
from chibo.access.standing import standing_of
from chibo.directory.commands.cells import describe_cell
from chibo.directory.commands.days import NotPossible
from chibo.directory.tree.commands import undo
from chibo.lib.dates import today
from chibo.orgs.models import Category, Organisation, Term, TreeAct
from tests import make
from tests.directory.tree.place import Kind, act, snapshot
from tests.people import People

TODAY = today()


def days_ago(number: int) -> date:
    return TODAY - timedelta(days=number)


def test_a_name_entered_late_holds_up_to_the_next_one(people: People) -> None:
    act(Kind.RENAME, people.cell, name="Tên thứ ba", day=days_ago(10))
    act(Kind.RENAME, people.cell, name="Tên thứ hai", day=days_ago(100))
    assert [people.cell.name_on(days_ago(n)) for n in (200, 50, 5)] == [
        "Chi bộ thôn Phú Hòa",
        "Tên thứ hai",
        "Tên thứ ba",
    ]
    people.cell.refresh_from_db()
    assert people.cell.name == "Tên thứ ba"


def test_codes_are_dated_labels(people: People) -> None:
    was = people.cell.code
    act(Kind.RECODE, people.cell, code="38.168.053.000.001", day=days_ago(30))
    codes = dict(people.cell.codes.values_list("code", "validity"))
    assert codes[was].upper == days_ago(30)
    people.cell.refresh_from_db()
    assert people.cell.code == "38.168.053.000.001"
    act(Kind.RECODE, people.cell, code="")
    people.cell.refresh_from_db()
    assert people.cell.code == ""
    assert not people.cell.codes.filter(validity__contains=TODAY).exists()


def test_a_category_is_an_act_that_says_what_it_was(people: People) -> None:
    one = act(Kind.RECLASSIFY, people.cell, category=Category.STREET)
    assert (one.was, one.became) == ("Thôn, tổ dân phố nông thôn", "Khu phố, tổ dân phố")


@pytest.mark.parametrize(
    ("kind", "plan"),
    [
        (Kind.RENAME, {"name": "Chi bộ thôn Bàu Sen"}),
        (Kind.RECODE, {"code": "X.1"}),
        (Kind.RECLASSIFY, {"category": "street"}),
        (Kind.MOVE, {"parent": "far"}),
    ],
)
def test_undoing_restores_every_row(people: People, kind: str, plan: dict[str, str]) -> None:
    far = make.commune(people.province, "Đảng ủy xã Hàm Minh")
    before = snapshot()
    one = act(kind, people.cell, **(plan if kind != Kind.MOVE else {"parent": str(far.pk)}))
    assert snapshot() != before
    who = people.thu if kind == Kind.MOVE else people.dung
    undo(by=standing_of(who.pk), act=one)
    assert snapshot() == before
    people.cell.refresh_from_db()
    assert people.cell.path.startswith(people.commune.path)


def test_a_body_that_was_created_by_mistake_is_closed_on_the_day_it_began(people: People) -> None:
    before = snapshot()
    one = act(
        Kind.CREATE,
        place=people.commune,
        parent=str(people.commune.pk),
        body_kind="cell",
        name="Nhầm",
        category="hamlet",
    )
    undo(by=standing_of(people.dung.pk), act=one)
    assert snapshot() == before
    assert not Organisation.objects.standing().filter(name="Nhầm").exists()
    act(
        Kind.CREATE,
        place=people.commune,
        parent=str(people.commune.pk),
        body_kind="cell",
        name="Nhầm",
        category="hamlet",
    )


def test_a_renaming_is_not_undone_once_papers_bear_the_name(people: People) -> None:
    from chibo.audit import events

    one = act(Kind.RENAME, people.cell, name="Chi bộ thôn Bàu Sen")
    events.record("task.reminded", chain=people.cell.pk, by=people.lan.pk)
    assert undo(by=standing_of(people.dung.pk), act=one)
    again = act(Kind.RENAME, people.cell, name="Chi bộ thôn Bàu Sen")
    events.record("minutes.signed", chain=people.cell.pk, by=people.lan.pk)
    with pytest.raises(NotPossible, match="1 biên bản"):
        undo(by=standing_of(people.dung.pk), act=again)


@pytest.mark.parametrize(
    ("kind", "which", "plan", "words"),
    [
        (Kind.MOVE, "cell", {"parent": "commune"}, "đang trực thuộc"),
        (Kind.MOVE, "cell", {"parent": "sibling"}, "không lập"),
        (Kind.MOVE, "commune", {"parent": "cell"}, "đứng dưới"),
        (Kind.DISSOLVE, "commune", {}, "Còn 3 tổ chức trực thuộc"),
        (Kind.DISSOLVE, "province", {}, "không giải thể được"),
        (Kind.RENAME, "cell", {"name": "CHI BỘ THÔN DÂN HIỆP"}, "Đã có"),
        (Kind.RENAME, "cell", {"name": "Chi bộ thôn Phú Hòa"}, "đã tên là"),
        (Kind.CREATE, "cell", {"parent": "cell", "body_kind": "cell", "name": "Một"}, "không lập"),
    ],
)
def test_it_validates(people: People, kind: str, which: str, plan: dict[str, str], words: str) -> None:
    known = {name: getattr(people, name) for name in ("cell", "commune", "sibling", "province")}
    filled = {name: str(known[value].pk) if name == "parent" else value for name, value in plan.items()}
    place = known[which] if kind == Kind.CREATE else None
    with pytest.raises(NotPossible, match=words):
        act(kind, known[which], place=place, **filled)


def test_an_act_before_a_later_one_on_the_same_body_is_refused(people: People) -> None:
    far = make.commune(people.province, "Đảng ủy xã Hàm Minh")
    act(Kind.MOVE, people.cell, parent=str(far.pk), day=days_ago(5))
    with pytest.raises(NotPossible, match="Nhập ngày từ"):
        act(Kind.MOVE, people.cell, parent=str(people.commune.pk), day=days_ago(20))


def test_a_dissolved_cell_ends_its_offices_and_term_and_stays_readable(people: People) -> None:
    empty = make.cell(people.commune, "Chi bộ thôn Trống")
    make.office(people.binh, empty, "secretary")
    act(Kind.DISSOLVE, empty)
    assert not standing_of(people.binh.pk).committee_cells
    assert empty.term_on(days_ago(1)) is not None
    assert empty.term_on(TODAY) is None
    assert empty.name_on(TODAY) == "Chi bộ thôn Trống"


def test_a_cells_committee_gives_its_cell_a_name_and_no_other_act(people: People) -> None:
    fields = {"category": "hamlet", "registered_day": 3, "registered_time": None, "meeting_place": "", "locality": ""}
    with scope(people.standing("lan")) as lan:
        describe_cell(by=lan, cell=people.cell, name="Chi bộ thôn Bàu Sen", **fields)  # type: ignore[arg-type]
    one = TreeAct.objects.get()
    assert (one.kind, one.entered_by, one.was) == (Kind.RENAME, people.lan.pk, "Chi bộ thôn Phú Hòa")


def test_the_database_refuses_changes_of_the_tree_by_others(people: People) -> None:
    from django.db import ProgrammingError, transaction

    far = make.commune(people.province, "Đảng ủy xã Khác")
    for name in ("binh", "khanh", "phuc", "thu", "former", "suspended"):
        with scope(people.standing(name)):
            assert Organisation.objects.filter(pk=people.cell.pk).update(name="Khác") == 0
            assert Term.objects.filter(organisation=people.cell).update(name="Khác") == 0
    with scope(people.standing("dung")):
        assert Organisation.objects.filter(pk__in=(far.pk, people.commune.pk, people.province.pk)).update(name="x") == 0
        assert Organisation.objects.filter(pk=people.cell.pk).update(locality="Hàm Thạnh") == 1
    with scope(people.standing("thu")):
        assert Organisation.objects.filter(pk=people.commune.pk).update(locality="Hàm Thạnh") == 1
    for name, place, organisation in (
        ("dung", people.province, people.commune),
        ("thu", people.commune, people.cell),
        ("phuc", people.commune, people.cell),
        ("lan", people.commune, people.sibling),
    ):
        with (
            scope(people.standing(name)),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            TreeAct.objects.create(kind=Kind.RENAME, organisation=organisation, place=place, effective=TODAY)
