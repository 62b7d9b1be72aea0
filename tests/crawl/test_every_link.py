"""Every link and button of the site, tried as each person in each state of a meeting (findings T1, T26).

Nobody is led to a page that does not answer them, is left on one without a way back, or finds a main button that
leads to itself. The figures of each person are printed at the end of the run.
"""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from chibo.access.hats import SESSION_KEY, hats_in_order
from chibo.access.standing import Hat, Standing
from chibo.directory.commands.committees import begin_committee
from tests.crawl.crawler import Crawl, crawl
from tests.crawl.worlds import STATES
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db

Note = Callable[[str, object], None]
# They see what another who is taken along sees, or nothing of the meeting; all are crawled in a corrected month.
LIKE_ANOTHER = {"hung", "quyen", "hoa", "former", "left", "phuc", "inspector"}


def under(client: Client, hat: Hat) -> Client:
    """A sign-in with one of its hats on."""
    session = client.session
    session[SESSION_KEY] = hat.key
    session.save()
    return client


def check(found: list[Crawl], where: str, note: Note) -> None:
    for one in found:
        note("figures", f"{where}: {one.line}")
    faults = [fault for one in found for fault in one.faults]
    assert not faults, f"{len(faults)} chỗ:\n" + "\n".join(dict.fromkeys(faults))


def around(path: str) -> bool:
    """The pages on which a meeting shows: home, lists of meetings and tasks, its own pages; of a paper, one file."""
    return path == "/" or (path.startswith(("/cuoc-hop/", "/cong-viec/", "/lich-hop/")) and not path.endswith(".pdf"))


@pytest.mark.parametrize("state", STATES)
def test_no_link_or_button_around_a_meeting_stops_anybody(people: People, state: str, record_property: Note) -> None:
    STATES[state](people)
    found = []
    for name, who in people.all().items():
        if name in LIKE_ANOTHER:
            continue
        client, hats = sign_in(Client(), who), hats_in_order(people.standing(name))
        hats = [hat for hat in hats if hat.organisation_id == people.cell.pk] or hats
        found.append(crawl(under(client, hats[0]) if hats else client, name, wanted=around))
    check(found, state, record_property)


def in_every_hat(people: People) -> Iterator[tuple[str, Client]]:
    """Each person of the cast once a hat, the operator, and who is not signed in."""
    for name, who in people.all().items():
        hats = hats_in_order(people.standing(name))
        for hat in hats:
            yield (name if len(hats) == 1 else f"{name}, {hat.role}"), under(sign_in(Client(), who), hat)
        if not hats:
            yield name, sign_in(Client(), who)
    yield "operator", sign_in(Client(), people.operator)
    yield "anonymous", Client()


def test_no_link_or_button_anywhere_stops_anybody(people: People, record_property: Note) -> None:
    STATES["corrected"](people)
    check([crawl(client, name) for name, client in in_every_hat(people)], "everything", record_property)


def test_no_link_or_button_of_an_empty_site_stops_its_first_officer(record_property: Note) -> None:
    begun = begin_committee(
        by=Standing.for_system(),
        name="Đảng ủy xã Hàm Thạnh",
        province="Tỉnh ủy Lâm Đồng",
        locality="Hàm Thạnh",
        officer="Đỗ Tiến Dũng",
        password="gương cầu lồi ngã ba",
    )
    check([crawl(sign_in(Client(), begun.officer), "officer")], "empty site", record_property)
