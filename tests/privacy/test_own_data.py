"""Dữ liệu của tôi: everything that is held on oneself, nothing of anybody else, and every table is spoken of."""

import json

import pytest
from django.test import Client

from chibo.access.matrix import TABLES
from chibo.audit.models import Event
from chibo.lib.held_about import groups
from chibo.members.models import Person
from chibo.privacy import own_data
from chibo.privacy.requests.commands import book_of
from chibo.resolutions.models import Progress
from tests import make
from tests.access.world import build
from tests.documents.reading import docx_paragraphs
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db


def test_every_table_that_points_at_a_person_is_spoken_of() -> None:
    """Through any foreign key, and through the columns of ids that bear no key."""
    pointing = {
        relation.related_model._meta.db_table
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.is_relation and relation.auto_created
    }
    by_id = {table for table, rule in TABLES.items() if rule.own in ("actor_id", "author_id", "person_id")}
    own = {table for table in by_id if any(term.value.startswith("own") for term in TABLES[table].read)}
    spoken_of = {table for group in groups() for table in group.tables}
    assert pointing | own | {"accounts_device", "accounts_invitation", "accounts_accountreset"} <= spoken_of


def test_every_group_says_what_for_who_sees_it_and_how_long(people: People) -> None:
    for one in own_data.sections_of(people.binh.pk, book_of(people.cell)):
        assert one.group.purpose.endswith("."), one.group.key
        assert one.kept is not None, one.group.key
        assert one.kept.source, one.group.key
        assert one.seen_by, one.group.key


def test_who_sees_it_is_read_off_the_matrix() -> None:
    assert own_data.seen_by(("members_contact",)) == "Chi ủy"
    assert "Cấp ủy viên phụ trách" in own_data.seen_by(("members_membership",))
    assert own_data.seen_by(("accounts_user",)) == "không ai khác"


def test_it_works(people: People) -> None:
    world = build(people)
    Progress.objects.filter(pk=world["signed progress"].pk).update(note="Đã mua gương cầu")
    page = sign_in(Client(), people.binh).get("/du-lieu-cua-toi/").content.decode()
    for words in ("Đặng Văn Bình", "45.001205", "0911111111", "Đảng viên chính thức", "riêng", "Đã mua gương cầu"):
        assert words in page, words


def test_nobody_else_is_named(people: People) -> None:
    build(people)
    page = json.dumps(own_data.as_data(people.binh, own_data.sections_of(people.binh.pk, book_of(people.cell))))
    others = [one.full_name for one in people.all().values() if one != people.binh]
    assert not [name for name in others if json.dumps(name).strip('"') in page]
    assert "0922222222" not in page


def test_of_someone_who_has_nothing_nothing_of_others_is_shown(people: People) -> None:
    """Every group asks for the one person: in a full world whoever was only just written down has a name alone."""
    build(people)
    new = make.person("Người Mới Ghi")
    lines = {one.group.key: one.lines for one in own_data.sections_of(new.pk, book_of(people.cell)) if one.lines}
    assert set(lines) == {"details"}


@pytest.mark.parametrize("ending", ["json", "docx", "pdf"])
def test_a_copy_is_taken_as_a_file_and_that_is_an_event(people: People, ending: str) -> None:
    answer = sign_in(Client(), people.binh).get(f"/du-lieu-cua-toi/ban-sao.{ending}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(kind="own_data.exported", actor_id=people.binh.pk).count() == 1
    if ending == "json":
        assert json.loads(answer.content)["nguoi"] == "Đặng Văn Bình"
    if ending == "docx":
        assert "45.001205" in "\n".join(docx_paragraphs(answer.content))


def test_it_checks_access(people: People) -> None:
    for who in (people.suspended, people.operator):
        client = sign_in(Client(), who)
        assert client.get("/du-lieu-cua-toi/").status_code == 404
        assert client.get("/du-lieu-cua-toi/ban-sao.json").status_code == 404
        assert client.get("/du-lieu-cua-toi/yeu-cau/").status_code == 404


def test_the_officer_of_a_commune_sees_their_own(people: People) -> None:
    assert "Đỗ Tiến Dũng" in sign_in(Client(), people.dung).get("/du-lieu-cua-toi/").content.decode()
