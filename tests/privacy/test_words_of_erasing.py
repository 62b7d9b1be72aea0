"""What erasing leaves on the disk is said in the same words on the page, in the guides and to operators (0055)."""

from pathlib import Path

import pytest

import chibo
from chibo.ops.connection import PROJECT

SAID = "Trên đĩa của máy chủ, phần đã xóa còn nằm lại tới khi bị ghi đè, nên đĩa phải được mã hóa"
PLACES = (
    PROJECT / "docs" / "users" / "bien-ban.md",
    PROJECT / "docs" / "users" / "bao-ve-du-lieu.md",
    Path(chibo.__file__).parent / "privacy" / "templates" / "privacy" / "retention.html",
)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_people_are_told_what_erasing_leaves_on_the_disk(place: Path) -> None:
    assert SAID.lower() in place.read_text("utf-8").lower()


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_operators_are_told_what_to_do_about_it(name: str) -> None:
    guide = (PROJECT / "docs" / "operators" / name).read_text("utf-8")
    assert all(one in guide for one in ("VACUUM", "LUKS", "0055-what-erasing-leaves-on-the-disk.md"))
