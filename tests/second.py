"""The second person of an act that takes two, as a test needs one."""

from django.test import Client

from chibo.directory.models import TwoPersonAct
from tests.people import People, sign_in


def agree(people: People, name: str) -> TwoPersonAct:
    """Somebody agrees, on the page, to what waits for them; the newest of it."""
    client = sign_in(Client(), people.all()[name])
    waiting = list(TwoPersonAct.objects.waiting().order_by("asked_at"))
    for one in waiting:
        assert str(one.pk) in client.get("/hai-nguoi/").content.decode(), "it waits on their page"
        assert client.post(f"/hai-nguoi/{one.pk}/dong-y/").status_code == 302
        one.refresh_from_db()
        assert one.allowed, one.kind
    return waiting[-1]
