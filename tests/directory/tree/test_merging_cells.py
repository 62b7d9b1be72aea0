"""Two cells become one, or one becomes two: people, what hangs on them, offices, and the records that stay behind."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from chibo.access.models import TermOfOffice
from chibo.access.scope import scope
from chibo.access.standing import standing_of
from chibo.directory.commands.days import NotPossible
from chibo.directory.tree.commands import undo
from chibo.lib.dates import now, today
from chibo.meetings.models import Meeting, Minutes, MinutesSection
from chibo.members.models import Exemption, GroupMember, Membership, PartyGroup, Suspension, TemporaryLeave, Transfer
from chibo.members.roster import roster
from chibo.orgs.models import Kind as Body
from chibo.orgs.models import Organisation, Succession
from chibo.resolutions.board.lines import with_board_rows
from chibo.resolutions.models import Task
from tests import make
from tests.access.world import issued
from tests.directory.tree.place import Kind, act, merge, snapshot
from tests.people import People, sign_in

TODAY = today()


def held(people: People) -> tuple[Meeting, Task]:
    """A meeting of Phú Hòa a month ago, signed, with minutes and an open task."""
    meeting = make.signed(people.cell, present=(people.lan, people.binh))
    minutes = Minutes.objects.create(**meeting.keys, number=1, root=b"r", frozen_at=now(), read_at=now())
    parts = {"key": "opening", "title": "Mở đầu", "data_class": "discussion", "content": [], "salt": b"", "digest": b""}
    MinutesSection.objects.create(**meeting.keys, minutes=minutes, position=1, **parts)
    issued(meeting, "discussion")
    return meeting, make.task(meeting, people.binh)


def into_sibling(people: People, **more):
    return merge(people.cell, people.sibling, into=str(people.sibling.pk), **more)


def test_members_go_over_in_the_same_kind_with_what_hangs_on_them(people: People) -> None:
    group = PartyGroup.objects.create(cell=people.cell, name="Tổ 1", validity=make.days(make.JOINED))
    GroupMember.objects.create(
        group=group, cell=people.cell, person=people.binh, role="member", validity=make.days(make.JOINED)
    )
    into_sibling(people)
    there = {line.full_name: line for line in roster(people.sibling, TODAY)}
    assert there["Võ Thị Mai"].kind == Membership.Kind.PROBATIONARY
    assert there["Bùi Thanh Sơn"].kind == Membership.Kind.TEMPORARY
    assert there["Huỳnh Văn Tư"].exempt
    assert there["Ngô Quang Vinh"].away
    assert there["Đoàn Văn Lợi"].suspended
    assert not roster(people.cell, TODAY)
    assert len(roster(people.cell, TODAY - timedelta(days=1))) == 10
    assert not GroupMember.objects.filter(validity__contains=TODAY).exists()
    assert not TermOfOffice.objects.on(TODAY).filter(organisation=people.cell).exists()
    for model in (Exemption, TemporaryLeave, Suspension):
        assert model.objects.filter(validity__contains=TODAY).get().cell == people.sibling


def test_one_who_was_there_for_a_time_stands_there_once_as_a_member(people: People) -> None:
    make.membership(people.vinh, people.sibling, Membership.Kind.TEMPORARY, since=date(2026, 1, 1))
    into_sibling(people)
    line = next(one for one in roster(people.sibling, TODAY) if one.person_id == people.vinh.pk)
    assert (line.kind, line.away) == (Membership.Kind.OFFICIAL, False)


def test_the_records_stay_and_are_read_by_the_keeper_and_by_the_members_as_before(
    client: Client, people: People
) -> None:
    meeting, _ = held(people)
    into_sibling(people)
    readers = {name for name, who in people.all().items() if Minutes.objects.visible_to(standing_of(who.pk)).exists()}
    # Lan and Bình stood on its roll; Phúc is secretary of the successor; the former members of the roll all went over.
    assert {"lan", "binh", "phuc", "tam", "hung"} <= readers
    assert not {"former", "dung", "thu", "khanh", "suspended"} & readers
    for name in ("lan", "phuc"):
        page = sign_in(client, people.all()[name]).get("/cuoc-hop/").content.decode()
        assert f"/cuoc-hop/?chi-bo={people.cell.pk}" in page
        page = client.get(f"/cuoc-hop/?chi-bo={people.cell.pk}").content.decode()
        assert f"/cuoc-hop/{meeting.pk}/" in page
        assert client.get(f"/cuoc-hop/{meeting.pk}/bien-ban/").status_code == 200


def test_the_keeper_of_the_archive_wears_no_hat_of_the_former_cell(people: People) -> None:
    into_sibling(people)
    for name in ("phuc", "lan"):
        standing = standing_of(people.all()[name].pk)
        assert {hat.organisation_id for hat in standing.hats} == {people.sibling.pk}
    assert people.cell.pk in standing_of(people.phuc.pk).committee_cells
    assert people.cell.pk in standing_of(people.lan.pk).member_cells
    assert people.cell.pk not in standing_of(people.lan.pk).committee_cells


def test_code_and_database_agree_on_what_is_read_after_a_merge(people: People) -> None:
    held(people)
    into_sibling(people)
    for who in people.all().values():
        standing = standing_of(who.pk)
        by_code = set(Minutes.objects.visible_to(standing).values_list("pk", flat=True))
        with scope(standing):
            assert set(Minutes.objects.values_list("pk", flat=True)) == by_code


def test_rights_the_day_before_of_and_after(people: People) -> None:
    day = TODAY + timedelta(days=5)
    into_sibling(people, day=day)
    assert standing_of(people.lan.pk, day - timedelta(days=1)).leads(people.cell.pk)
    with time_machine.travel(f"{day}T08:00:00+07:00", tick=False):
        from chibo.directory.tree.commands import apply_due

        assert apply_due() == 1
        assert standing_of(people.lan.pk, day - timedelta(days=1)).leads(people.cell.pk)
        assert not standing_of(people.phuc.pk, day - timedelta(days=1)).leads(people.cell.pk)
        assert not standing_of(people.lan.pk).leads(people.cell.pk)
        assert standing_of(people.phuc.pk).leads(people.cell.pk)
        assert standing_of(people.suspended.pk).person_id is None


def test_open_tasks_of_the_former_cell_stand_on_the_successors_board_and_programme(people: People) -> None:
    _, task = held(people)
    into_sibling(people)
    assert task in with_board_rows(people.sibling, standing_of(people.phuc.pk))
    from chibo.meetings.models import AgendaItem
    from chibo.resolutions.on_agenda import open_tasks
    from chibo.resolutions.room.state import old_tasks

    coming = make.meeting(people.sibling)
    review = make.item(coming, "Kiểm điểm", kind=AgendaItem.Kind.REVIEW)
    assert [line.text for line in open_tasks(coming, review)] == [task.what]
    assert old_tasks(coming) == [task]


def test_records_reach_the_successor_of_a_successor(people: People) -> None:
    held(people)
    into_sibling(people)
    third = make.cell(people.commune, "Chi bộ thôn Lâm Giang")
    secretary = make.member("Hà Văn Bảy", third)
    make.office(secretary, third, "secretary")
    merge(people.sibling, third, into=str(third.pk))
    assert Minutes.objects.visible_to(standing_of(secretary.pk)).exists()
    assert people.cell.pk in standing_of(people.lan.pk).member_cells
    assert not standing_of(people.phuc.pk).committee_cells


def test_undoing_restores_every_row(people: People) -> None:
    before = snapshot()
    undo(by=standing_of(people.dung.pk), act=into_sibling(people))
    assert snapshot() == before
    assert not Succession.objects.exists()


def test_undoing_is_refused_once_a_member_was_entered(people: People) -> None:
    from chibo.directory.commands.members import enter_member

    one = into_sibling(people)
    enter_member(
        by=standing_of(people.phuc.pk), cell=people.sibling, full_name="Lê Văn Mới", kind="official", since=TODAY
    )
    with pytest.raises(NotPossible, match="đảng viên"):
        undo(by=standing_of(people.dung.pk), act=one)


def test_undoing_is_refused_over_a_row_that_somebody_wrote_to_since(people: People) -> None:
    one = into_sibling(people)
    row = Membership.objects.get(person=people.binh, cell=people.sibling)
    row.kind = Membership.Kind.PROBATIONARY
    row.save()
    with pytest.raises(NotPossible, match="đã được sửa sau đó"):
        undo(by=standing_of(people.dung.pk), act=one)


def test_nobody_may_be_under_way_between_cells(people: People) -> None:
    Transfer.objects.create(
        kind="official", person=people.binh, full_name="Đặng Văn Bình", standing="official", from_cell=people.cell,
        to_cell=people.sibling, started_on=TODAY, due=TODAY, first_day=TODAY,
    )  # fmt: skip
    with pytest.raises(NotPossible, match="chờ xác nhận chuyển sinh hoạt"):
        into_sibling(people)


# ---------- splitting ----------
def share(people: People, **to: int) -> dict[str, int]:
    return {str(people.all()[name].pk): target for name, target in to.items()}


def test_a_part_splits_off_and_the_old_cell_goes_on(people: People) -> None:
    act(
        Kind.SPLIT, people.cell, stays=True, archive=None, new=[{"name": "Chi bộ thôn Phú Hòa 2"}],
        share=share(people, quyen=0, binh=0),
    )  # fmt: skip
    new = Organisation.objects.get(name="Chi bộ thôn Phú Hòa 2")
    assert {line.full_name for line in roster(new, TODAY)} == {"Lê Thị Quyên", "Đặng Văn Bình"}
    assert standing_of(people.lan.pk).leads(people.cell.pk)
    assert not standing_of(people.quyen.pk).committee_cells
    assert people.cell.pk in standing_of(people.binh.pk).member_cells  # reads what it stood on the roll of
    assert new.category == people.cell.category
    assert not Succession.objects.get().keeps_archive


def test_a_cell_is_shared_out_and_one_of_the_new_keeps_its_records(people: People) -> None:
    meeting, task = held(people)
    everyone = set(
        Membership.objects.filter(cell=people.cell, validity__contains=TODAY).values_list("person_id", flat=True)
    )
    shared = {str(key): 1 for key in everyone} | share(people, lan=0, hung=0, quyen=0)
    act(
        Kind.SPLIT, people.cell, stays=False, archive=1,
        new=[{"name": "Chi bộ thôn Phú Hòa 1"}, {"name": "Chi bộ thôn Phú Hòa 2"}], share=shared,
    )  # fmt: skip
    first, second = (Organisation.objects.get(name=f"Chi bộ thôn Phú Hòa {n}") for n in (1, 2))
    make.office(people.lan, first, "secretary", TODAY)
    make.office(people.binh, second, "secretary", TODAY)
    assert people.cell.pk in standing_of(people.binh.pk).committee_cells
    assert people.cell.pk not in standing_of(people.lan.pk).committee_cells
    assert people.cell.pk in standing_of(people.lan.pk).member_cells
    assert task in with_board_rows(second, standing_of(people.binh.pk))
    assert task not in with_board_rows(first, standing_of(people.lan.pk))
    assert Minutes.objects.filter(meeting=meeting).visible_to(standing_of(people.lan.pk)).exists()


def test_splitting_is_undone_row_by_row(people: People) -> None:
    before = snapshot()
    one = act(
        Kind.SPLIT, people.cell, stays=True, archive=None, new=[{"name": "Chi bộ mới"}], share=share(people, binh=0)
    )
    undo(by=standing_of(people.dung.pk), act=one)
    assert snapshot() == before


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({"stays": True, "new": []}, "ít nhất một"),
        ({"stays": False, "new": [{"name": "Một"}, {"name": "Hai"}], "archive": None}, "giữ hồ sơ"),
        ({"stays": False, "new": [{"name": "Một"}, {"name": "Hai"}], "archive": 0}, "chưa chia về đâu"),
        ({"stays": True, "new": [{"name": "Một"}, {"name": "Hai"}]}, "chưa có đảng viên"),
        ({"stays": True, "new": [{"name": "Chi bộ thôn Dân Hiệp"}]}, "Đã có"),
    ],
)
def test_splitting_validates(people: People, plan, words) -> None:
    with pytest.raises(NotPossible, match=words):
        act(Kind.SPLIT, people.cell, **({"archive": None, "share": share(people, binh=0)} | plan))


def test_only_its_own_members_are_shared_out(people: People) -> None:
    with pytest.raises(NotPossible, match="đã thay đổi"):
        act(
            Kind.SPLIT, people.cell, stays=True, archive=None, new=[{"name": "Một"}],
            share=share(people, binh=0, phuc=0),
        )  # fmt: skip


def test_a_commune_is_split_with_its_cells(people: People) -> None:
    act(
        Kind.SPLIT, people.commune, stays=True, archive=None, new=[{"name": "Đảng ủy xã Hàm Minh"}],
        share={str(people.sibling.pk): 0},
    )  # fmt: skip
    new = Organisation.objects.get(name="Đảng ủy xã Hàm Minh")
    people.sibling.refresh_from_db()
    assert people.sibling.parent == new
    assert people.sibling.path.startswith(new.path)
    assert new.kind == Body.COMMITTEE
    assert not standing_of(people.dung.pk).covers(people.sibling.path)
