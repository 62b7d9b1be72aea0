"""Every page is reached by links and buttons from the first page, by somebody, in some state of a meeting."""

import re

import pytest
from django.db import transaction
from django.test import Client

from chibo.access.models import Office
from tests import make
from tests.access.routes import ROUTES
from tests.crawl.crawler import crawl
from tests.crawl.worlds import STATES
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db

# Nobody follows a link there.
NOT_FOR_PEOPLE = {
    "api/v1/": "for programs",
    "kieu-mau/": "the parts of pages, for whoever works on them",
    "may-chu/so-do": "figures, for a watcher",
    "suc-khoe/": "whether the site runs, for a watcher",
    "phong-hop/": "the room on a device: its links and requests are made there, tests/browser walks it",
    "dang-nhap/tinh/": "off unless a province's sign-in is configured",
    "diem-danh/<uuid:id>/": "the address of a code on the wall",
    "loi-moi/": "the addresses of printed invitations, and what follows them",
}
# Pages of what these meetings do not have: each is led to from where the thing stands.
NEEDS_SOMETHING = {
    "chi-bo/ho-so/": "a cell that asks to take all of its records out",
    "cuoc-hop/<uuid:id>/ghi-muon/": "entries that came after the signatures",
    "cuoc-hop/<uuid:id>/phong/goi/": "asked for by the room on a device",
    "cuoc-hop/<uuid:id>/phong/im-lang/": "members who were silent for six signed meetings",
    "cuoc-hop/<uuid:id>/phong/nhat-ky/": "asked for by the room on a device",
    "cuoc-hop/<uuid:id>/phong/man-chieu/": "an open code for checking in",
    "cuoc-hop/<uuid:id>/phong/y-kien-khac/": "a differing opinion",
    "dang-nhap/buoc-hai/": "a second factor",
    "tai-khoan/bao-mat/ma-du-phong/": "a second factor",
}
# What every meeting and cell here has; a page about anything else is led to by that thing.
THERE = {"id", "meeting_id", "item", "item_id", "cell_id", "person_id"}
PARAMETER = re.compile(r"<\w+:(\w+)>")


def reached(people: People) -> set[str]:
    found: set[str] = set()
    for state in ("corrected", "draft", "announced", "open", "closed"):
        with transaction.atomic():
            STATES[state](people)
            make.office(people.khanh, make.cell(people.commune, "Chi bộ thôn Tân An"), Office.FOLLOWER)
            names = ("lan", "binh", "dung", "thu", "khanh", "inspector") if state == "corrected" else ("lan", "binh")
            clients = {name: sign_in(Client(), people.all()[name]) for name in names}
            if state == "corrected":
                clients |= {"operator": sign_in(Client(), people.operator), "anonymous": Client()}
            for name, client in clients.items():
                found |= crawl(client, name, of_a_route=6).routes
            transaction.set_rollback(True)
    return found


def test_every_page_is_reached_by_links_and_buttons(people: People) -> None:
    seen = reached(people)
    pages = [route for route, line in ROUTES.items() if line.method == "get" and set(PARAMETER.findall(route)) <= THERE]
    assert len(pages) > 80
    unreached = {route for route in pages if route not in seen and not route.startswith(tuple(NOT_FOR_PEOPLE))}
    assert unreached == set(NEEDS_SOMETHING)
