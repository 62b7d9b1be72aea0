"""What holds for the style sheet and for every template of the project."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

import chibo
from chibo.look import views
from chibo.look.templatetags import look

SOURCE = Path(chibo.__file__).parent
STATIC = SOURCE / "look" / "static" / "look"
CSS = (STATIC / "chibo.css").read_text()
SHEETS = sorted(SOURCE.glob("*/static/**/*.css"))
SPRITE = (STATIC / "icons.svg").read_text()
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", CSS))
PAPERS = ("paper", "sheet", "tint")


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("token", "on", "least"),
    [(text, paper, 7.0) for text in ("ink", "ink-soft", "late", "info", "error") for paper in PAPERS]
    + [("ok", "paper", 7.0), ("ok", "sheet", 7.0), ("accent", "paper", 8.4), ("sheet", "accent", 9.0)]
    + [(state, f"{state}-tint", 7.0) for state in ("ok", "late", "info", "error")]
    + [("edge", paper, 3.0) for paper in PAPERS]
    + [("focus", "paper", 3.0), ("sheet", "ink", 7.0), ("sheet", "accent-dark", 7.0)],
)
def test_text_and_edges_have_the_contrast_of_the_table(token: str, on: str, least: float) -> None:
    assert contrast(TOKENS[token], TOKENS[on]) >= least


def test_the_style_sheet_is_within_its_budget() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= 15 * 1024


# Loaded by the room on a device alone, which has a budget of its own.
OF_THE_ROOM = {"htm.js", "preact.js", "preact-hooks.js"}


def test_a_first_visit_stays_within_its_budget() -> None:
    """design.md section 6: 60 KB on the wire in all; 12 KB of it are left to the page itself."""
    files = [path for path in STATIC.iterdir() if path.suffix in {".css", ".js", ".svg"}]
    files = [path for path in files if path.name not in OF_THE_ROOM]
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) <= 48 * 1024


def test_no_text_is_smaller_than_sixteen_pixels() -> None:
    """Root 18 px: 16 px are .889rem, and .89em inside the smallest would be too small."""
    screen = CSS[: CSS.index("/* ---------- 6. Print")]
    sizes = re.findall(r"font(?:-size: |: [0-9]+ )([0-9.]+)rem", screen)
    assert sizes
    assert min(map(float, sizes)) >= 0.889


def test_headings_leave_room_for_stacked_marks() -> None:
    assert re.search(r"^h1, h2, h3 \{[^}]*line-height: 1\.28", CSS, re.MULTILINE)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_floor_of_browsers_is_kept(path: Path) -> None:
    """Chrome 80 and iOS 13.4 know none of these."""
    css = path.read_text()
    for new in (":has(", ":is(", ":where(", "inset:", "aspect-ratio", ":focus-visible", "@layer", "@container", "dvh"):
        assert new not in css, new
    assert not re.search(r"display: (inline-)?flex[^}]*\bgap:", css)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_what_spans_columns_has_no_part_in_how_wide_they_are(path: Path) -> None:
    """Chrome 80 gives all its width to a column that is auto, and the one beside it stands letter under letter."""
    for rule in re.findall(r"\{[^{}]*grid-column: (?:[0-9]+ / -1|[^;]*span)[^{}]*\}", path.read_text()):
        assert "width: 0; min-width: 100%;" in rule, rule


def names_of_icons() -> set[str]:
    """Every icon that a template or a tag names."""
    names = {name for path in TEMPLATES for name in re.findall(r"""{% icon ["']([a-z0-9-]+)["']""", path.read_text())}
    names |= {name for _, name in look.STATUS.values()} | set(look.NOTICE_ICONS.values())
    names |= set(re.findall(r"\[\"([a-z-]+)\", \"", (STATIC / "sign.js").read_text()))
    return names


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE))
    assert names_of_icons() <= drawn, names_of_icons() - drawn


def test_the_sprite_says_where_it_comes_from() -> None:
    assert "ISC" in SPRITE
    assert (STATIC / "icons.LICENSE.txt").exists()
    assert (STATIC / "htmx.LICENSE.txt").exists()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_breaks_the_content_policy(path: Path) -> None:
    """No inline style, script or handler; htmx evaluates nothing."""
    text = re.sub(r"\{%.*?%\}", "", path.read_text())
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text)
    assert not re.search(r"hx-on|hx-vals=[\"']js:|javascript:", text)


FORM = re.compile(r"<form\b((?:\{%.*?%\}|\{\{.*?\}\}|[^>{])*)>(.*?)</form>", re.DOTALL)
TYPED = re.compile(
    r"""\{% field |\{% include|\{\{ *\w*form\b|<select|<textarea|<input(?![^>]*type="(?:hidden|checkbox|search)")"""
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_form_is_checked_by_the_browser(path: Path) -> None:
    """Its bubble speaks the browser's language, covers the field and goes away; ours stands beside it."""
    checked = [
        more for more, inside in FORM.findall(path.read_text()) if TYPED.search(inside) and "novalidate" not in more
    ]
    assert not checked


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", path.read_text())


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_can_be_drawn_with_no_context_at_all(name: str) -> None:
    drawn = render_to_string(name)
    assert "<h1>" in drawn
    assert "Về trang đầu" in drawn


def test_the_page_of_a_broken_server_needs_no_part_of_it() -> None:
    source = (SOURCE / "look" / "templates" / "500.html").read_text()
    assert "{%" not in source


def test_the_page_of_parts_shows_every_tag() -> None:
    answer = views.style(RequestFactory().get("/kieu-mau/"))
    assert answer.status_code == 200
    source = (SOURCE / "look" / "templates" / "look" / "style.html").read_text()
    for name in ("icon", "leaf", "status", "tag", "timebar", "bar", "progress", "year", "phases", "segments", "field",
                 "error_summary", "save_sign"):  # fmt: skip
        assert f"{{% {name} " in source, name


def test_demo_pages_say_that_their_figures_are_fictitious() -> None:
    assert "Số liệu hư cấu" in render_to_string("404.html", {"frame": {"fictitious": True}})
    assert "Số liệu hư cấu" not in render_to_string("404.html", {"frame": {"fictitious": False}})
