"""The cast stands as the tests believe it does."""

from chibo.access.standing import standing_of
from tests.people import HANDED_OVER, People, sign_in


def test_everyone_of_the_cast_has_an_account_and_a_standing(people: People) -> None:
    assert standing_of(people.lan.pk).secretary_cells == (people.cell.pk,)
    assert standing_of(people.hung.pk).leads(people.cell.pk)
    assert not standing_of(people.binh.pk).leads(people.cell.pk)
    assert standing_of(people.tam.pk).keeps(people.meeting.pk, people.cell.pk)
    assert standing_of(people.son.pk).belongs(people.cell.pk)
    assert standing_of(people.left.pk).left_cells == (people.cell.pk,)
    assert standing_of(people.khanh.pk).followed_cells == (people.cell.pk,)
    assert standing_of(people.dung.pk).covers(people.cell.path)
    assert all(who.user.login == name for name, who in people.all().items())


def test_a_suspended_person_has_no_standing(people: People) -> None:
    assert standing_of(people.suspended.pk).person_id is None


def test_the_former_secretary_has_no_right_from_the_day_of_the_hand_over(people: People) -> None:
    before = standing_of(people.former.pk, HANDED_OVER.replace(day=1, month=5))
    assert before.leads(people.cell.pk)
    after = standing_of(people.former.pk, HANDED_OVER)
    assert not after.leads(people.cell.pk)
    assert not after.belongs(people.cell.pk)


def test_signing_in_needs_no_password_here(client, people: People) -> None:
    sign_in(client, people.lan)
    assert client.session["_auth_user_id"] == str(people.lan.user.pk)


def test_a_standing_knows_whose_it_is_without_another_query(people: People, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        person = standing_of(people.lan.pk).person
        assert person is not None
        assert (person.full_name, person.code, person.given_name) == ("Nguyễn Thị Lan", "45.001201", "Lan")
    assert standing_of(people.suspended.pk).person == people.suspended
