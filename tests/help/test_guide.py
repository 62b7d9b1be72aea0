"""Every page of the guide can be read in the program, by anyone, and leads nowhere that is not there."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from chibo.directory.guide import guide_of
from chibo.help.views import GUIDE

PAGES = sorted(GUIDE.glob("*.md"))


def url(path: Path) -> str:
    return "/huong-dan/" if path.stem == "README" else f"/huong-dan/{path.stem}/"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_it_works(db: None, client: Client, path: Path) -> None:
    answer = client.get(url(path))
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_link_and_picture_is_there(path: Path) -> None:
    written = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    assert [one for one in written if "://" not in one and not (GUIDE / one).is_file()] == []
    pictures = [one.removeprefix("images/") for one in written if one.startswith("images/")]
    assert [one for one in pictures if finders.find(f"guide/{one}") is None] == []


def test_the_front_leads_to_every_page() -> None:
    front = (GUIDE / "README.md").read_text(encoding="utf-8")
    assert [one.name for one in PAGES if one.stem != "README" and f"({one.name})" not in front] == []


@pytest.mark.parametrize("name", ["khong-co", "README", "..%2Fsecret"])
def test_what_is_no_page_answers_404(db: None, client: Client, name: str) -> None:
    assert client.get(f"/huong-dan/{name}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", ""),
        ("/dang-nhap/", "dang-nhap"),
        ("/cuoc-hop/0190a0b2-0000-7000-8000-000000000001/phong/diem-danh/", "mo-phong"),
        ("/cuoc-hop/0190a0b2-0000-7000-8000-000000000001/bien-ban/ky/", "bien-ban"),
        ("/cong-viec/", "cong-viec"),
    ],
)
def test_each_screen_leads_to_its_own_job(path: str, page: str) -> None:
    assert guide_of(path) == (f"/huong-dan/{page}/" if page else "/huong-dan/")


def test_every_job_that_a_screen_leads_to_is_a_page() -> None:
    from chibo.directory.guide import JOBS

    assert {page for _, page in JOBS} - {path.stem for path in PAGES} == set()
