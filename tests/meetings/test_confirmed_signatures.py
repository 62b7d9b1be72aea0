"""Every signature is confirmed in one way: by the password, or by a second factor for who has none; never by a tap."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from chibo.lib import dates
from chibo.lib.dates import now
from chibo.meetings.minutes import commands
from chibo.meetings.models import Meeting, SetAside, Signature, State
from chibo.meetings.room import commands as room
from chibo.meetings.room.log import THE_SERVER
from tests import make
from tests.accounts.app_of_codes import PASSWORD, code, set_up, with_password
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db
TEXT = {"text": "Hạn lắp gương là 20/12.", "section_key": ""}


@pytest.fixture
def closed(people: People) -> Meeting:
    """A meeting that ended, chaired by Lan, minuted by Tâm, without its signatures."""
    meeting = make.meeting(people.cell, starts_at=now().replace(microsecond=0), state=State.ANNOUNCED)
    make.item(meeting)
    pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
    room.open_room(pen=pen, chair=people.lan.pk)
    meeting.refresh_from_db()
    room.elect_clerk(pen=pen, member=people.tam.pk)
    meeting.refresh_from_db()
    room.call(pen=pen, members=[people.lan.pk, people.tam.pk], state="present")
    pen._append("close", None, {})
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def acts(closed: Meeting, people: People):
    """Each act that signs, as the paths where Tâm does it, once its time has come."""

    def paths(act: str) -> tuple[str, dict[str, str]]:
        base = f"/cuoc-hop/{closed.pk}/"
        if act == "minutes":
            return f"{base}bien-ban/ky/", {}
        commands.sign(meeting=closed, by=people.standing("tam"))
        commands.sign(meeting=closed, by=people.standing("lan"))
        if act == "correction":
            return f"{base}bien-ban/dinh-chinh/", TEXT
        if act == "late line":
            row = SetAside.objects.create(
                **closed.keys,
                entry=uuid4(),
                device=uuid4(),
                counter=1,
                kind="remark",
                author=people.tam,
                payload='{"text":"Nói"}',
                salt=b"s",
                digest=b"d",
                why="signed",
            )
            return f"{base}ghi-muon/{row.pk}/dinh-chinh/", TEXT
        note = commands.annotate(meeting=closed, **TEXT, by=people.standing("lan"))
        return f"{base}bien-ban/dinh-chinh/{note.pk}/ky/", {}

    return paths


ACTS = ["minutes", "correction", "correction of another", "late line"]


def mine(people: People) -> int:
    return Signature.objects.filter(person=people.tam).count()


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_signed_by_a_tap_alone_and_guessing_waits(people: People, acts, act: str) -> None:
    with_password(people.tam.user)
    tam = sign_in(Client(), people.tam)
    path, fields = acts(act)
    before = mine(people)
    bare = tam.post(path, fields)
    assert bare.status_code == 422 and "Chưa ghi" in bare.content.decode()
    for _ in range(5):
        wrong = tam.post(path, {**fields, "password": "sai"})
        assert wrong.status_code == 422
        assert all(text in wrong.content.decode() for text in fields.values()), "nothing typed is lost"
    assert "Đợi" in tam.post(path, {**fields, "password": PASSWORD}).content.decode()
    assert mine(people) == before
    with dates.at(now() + timedelta(seconds=31)):
        assert tam.post(path, {**fields, "password": PASSWORD}).status_code == 302
    assert mine(people) == before + 1


@pytest.mark.parametrize("act", ACTS)
def test_who_has_no_password_signs_by_the_second_factor(people: People, acts, act: str) -> None:
    """As whoever enters by the province's account does."""
    user = with_password(people.tam.user)
    tam = Client()
    tam.post("/dang-nhap/", {"name": "tam", "password": PASSWORD})
    path, fields = acts(act)
    user.set_unusable_password()
    user.save()
    tam = sign_in(tam, people.tam)
    before = mine(people)
    refused = tam.post(path, fields)
    assert refused.status_code == 422 and "/tai-khoan/bao-mat/bat/" in refused.content.decode()
    session = tam.session
    session["confirmed"] = now().timestamp()  # entered a moment ago
    session.save()
    secret, _ = set_up(tam)
    with dates.at(now() + timedelta(minutes=1)):
        assert "Mã chưa đúng" in tam.post(path, {**fields, "code": "000000"}).content.decode()
        assert mine(people) == before
        assert tam.post(path, {**fields, "code": code(secret)}).status_code == 302
    assert mine(people) == before + 1
