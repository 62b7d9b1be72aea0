"""What those above a cell put together of its people, from pages, the API and the figures of several days."""

from datetime import timedelta

import pytest
from django.test import Client

from chibo.access.models import Office
from chibo.lib.dates import now, today
from chibo.resolutions.models import Progress, TaskHelper
from tests import make
from tests.people import People, sign_in


@pytest.mark.parametrize("name", ["khanh", "dung", "hoa"])
def test_nobody_is_named_beside_what_is_late(client: Client, people: People, name: str) -> None:
    """mission.md, never hold 4: neither who leads or helps, nor who spoke of it; the cell's own people read both."""
    meeting = make.signed(people.cell, submitted_at=now(), reported_at=now())
    make.resolution(meeting, signed_at=now(), reported_at=now())
    late = make.task(meeting, people.binh, due=today() - timedelta(days=9), reported_at=now())
    TaskHelper.objects.create(task=late, person=people.mai, **meeting.keys)
    words = {"by": people.quyen, "on_behalf_of": people.binh, "state": Progress.State.UNDER_WAY}
    Progress.objects.create(task=late, **words, **meeting.keys)
    make.office(people.tam, people.commune, Office.UPPER_MEMBER)

    def read(person: str) -> str:
        sign_in(client, getattr(people, person))
        pages = ("/", "/cong-viec/", f"/cong-viec/{late.pk}/", "/api/v1/tasks", f"/api/v1/tasks/{late.pk}")
        answers = [client.get(page) for page in pages]
        return " ".join(one.content.decode() for one in answers if one.status_code == 200)

    of_whom = {people.binh.full_name, people.mai.full_name, people.quyen.full_name, str(people.binh.pk)}
    above, own = read(name), read("lan")
    assert late.what in above
    assert [one for one in of_whom if one in above] == []
    assert [one for one in of_whom if one in own] == list(of_whom)
