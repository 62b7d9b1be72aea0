"""The parts of the look as template tags, and the Vietnamese forms of dates, numbers and sizes as filters."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from math import cos, pi, sin
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from chibo.lib import dates
from chibo.lib.lunar import lunar_day
from chibo.lib.vietnamese import NO_BREAK_SPACE
from chibo.look import gate
from chibo.look.parts import Month, Theme, quarters_of

register = template.Library()
# With more boxes than this, one question stands in a window of its own, so that the next one is in reach.
LONG_LIST = 30

Moment = date | datetime | time

# kind → (class, icon); the words of look.md (done, late, waiting, error) and the short ones mean the same.
STATUS = {
    "ok": ("status-ok", "check"),
    "late": ("status-late", "clock"),
    "missing": ("status-late", "triangle-alert"),
    "dissent": ("status-late", "split"),
    "info": ("status-info", "info"),
    "error": ("status-error", "circle-alert"),
    "plan": ("", "circle"),
}
STATUS |= {"done": STATUS["ok"], "waiting": STATUS["info"], "": STATUS["plan"]}
NOTICE_ICONS = {"ok": "check", "late": "triangle-alert", "error": "circle-alert", "info": "info"}
NOTICE_KINDS = {"success": "ok", "warning": "late", "error": "error"}
LIMIT_WORTH_SAYING = 2000
NUMBER_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


# ---------- Marks ----------
@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; beside a word it is hidden from screen readers, alone it needs a label."""
    address = static("look/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, address, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', address, name)


@register.simple_tag
def ring(month: int | date | None = None) -> SafeString:
    """The mark: twelve dots in a circle, this month's larger and red."""
    number = month if isinstance(month, int) else (month or dates.today()).month
    dots = []
    for place in range(1, 13):
        angle = place * pi / 6
        x, y = f"{14 + 10.6 * sin(angle):.2f}", f"{14 - 10.6 * cos(angle):.2f}"
        dots.append((x, y, "3", "ring-now") if place == number else (x, y, "1.9", "ring-dot"))
    drawn = format_html_join("", '<circle cx="{}" cy="{}" r="{}" class="{}"/>', dots)
    return format_html('<svg class="ring" viewBox="0 0 28 28" aria-hidden="true">{}</svg>', drawn)


@register.simple_tag
def leaf(day: date | datetime, clock: time | None = None) -> SafeString:
    """A date as a page of the block calendar, with weekday, time and lunar day."""
    if isinstance(day, datetime):
        clock = clock or dates.local_time(day)
        day = dates.local_date(day)
    lunar = lunar_day(day)
    leap = " nhuận" if lunar.leap else ""
    at = f", {dates.format_time_sentence(clock)}" if clock else ""
    weekday = dates.weekday_name(day)
    return format_html(
        '<time class="leaf" datetime="{}"><span class="leaf-month">Tháng&nbsp;{}<i> · {}</i></span> '
        '<span class="leaf-day">{}</span> <span class="leaf-week">{}<i>{}</i></span> '
        '<span class="leaf-lunar">{}/{}{} âm lịch</span></time>',
        day.isoformat(),
        day.month,
        day.year,
        day.day,
        capfirst(weekday),
        at,
        lunar.day,
        lunar.month,
        leap,
    )


@register.simple_tag
def status(kind: str, text: object, icon_name: str = "") -> SafeString:
    """How a thing stands: icon and words, colour third.

    kind: ok (done), late, missing, dissent, info (waiting), error, plan (or empty).
    """
    style, name = STATUS[kind]
    return format_html('<span class="status {}">{}{}</span>', style, icon(icon_name or name), text)


@register.simple_tag
def tag(work: bool | str, text: str = "") -> SafeString:
    """Party work ■ or professional work □. work: "party" or "professional", or True for professional."""
    professional = _is_professional(work)
    words = text or ("Chuyên môn" if professional else "Công tác đảng")
    return format_html('<span class="tag{}">{}</span>', " tag-work" if professional else "", words)


@register.simple_tag
def timebar(items: Iterable[Any]) -> SafeString:
    """The minutes of an agenda side by side; an item has `minutes` and `work` (see `tag`)."""
    parts = [(int(_value(item, "minutes") or 0), _is_professional(_value(item, "work"))) for item in items]
    total = sum(minutes for minutes, _ in parts)
    if not total:
        return SafeString("")
    start, rects, borders = 0, [], []
    for minutes, professional in parts:
        rects.append((start, minutes, SafeString(' class="work"' if professional else "")))
        start += minutes
        borders.append((start,))
    work = sum(minutes for minutes, professional in parts if professional)
    return format_html(
        '<svg class="timebar" viewBox="0 0 {} 6" preserveAspectRatio="none" role="img" '
        'aria-label="Công tác đảng {} phút, chuyên môn {} phút">{}<path d="{}"/></svg>',
        total,
        total - work,
        work,
        format_html_join("", '<rect x="{}" width="{}" height="6"{}/>', rects),
        format_html_join("", "M{} 0V6", borders[:-1]),
    )


@register.simple_tag
def bar(part: float, whole: float, late: bool = False) -> SafeString:
    """A small bar in a table cell, beside its figure; hidden from screen readers, who hear the figure."""
    width = min(100.0, 100 * part / whole) if whole else 0
    return format_html(
        '<svg class="bar{}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="10"/></svg>',
        " bar-late" if late else "",
        f"{width:.1f}",
    )


@register.simple_tag
def progress(part: int, whole: int, label: str) -> SafeString:
    """How far something is: label, "12/23" and a bar, as in "Đang lập báo cáo, 12/23 chi bộ"."""
    return format_html(
        '<div class="progress"><p>{}</p><svg viewBox="0 0 {} 1" preserveAspectRatio="none" role="img" '
        'aria-label="{} trên {}"><rect width="{}" height="1"/></svg></div>',
        label,
        max(whole, 1),
        part,
        whole,
        min(part, whole),
    )


@register.simple_tag
def save_sign(text: str = "", name: str = "check") -> SafeString:
    """Where the typing is. keep.js changes it; `text` is what stands there when the page comes."""
    inside = format_html("{}{}", icon(name), text) if text else SafeString("")
    return format_html('<p class="save" role="status" data-save>{}</p>', inside)


# ---------- Parts with a template of their own ----------
@register.inclusion_tag("look/year.html")
def year(months: Sequence[Month], themes: Sequence[Theme | None] = ()) -> dict[str, Any]:
    """Twelve months in four quarters, the thematic meeting of each, and how the months were scored (look.parts)."""
    return {"quarters": quarters_of(months, themes), "scored": [month for month in months if month.points]}


@register.inclusion_tag("look/phases.html")
def phases(current: int, *notes: str) -> dict[str, Any]:
    """Prepare, hold, after: which is now (1 to 3), and a few words to each."""
    names = ("Chuẩn bị", "Họp", "Sau họp")
    rows = [(n, name, notes[n - 1] if n <= len(notes) else "", n == current) for n, name in enumerate(names, 1)]
    return {"rows": rows}


@register.inclusion_tag("look/segments.html")
def segments(name: str, choices: Iterable[tuple[Any, Any]], value: Any, label: str) -> dict[str, Any]:
    """Two or three answers, each a submit button: one tap, no script; stands inside a form with its token.

    choices: (value, words) as Django's `Choices.choices`; value: the answer given, None or "" for none yet.
    """
    given = None if value in (None, "") else str(value)
    buttons = [(key, words, str(key) == given) for key, words in choices if key not in (None, "")]
    return {"name": name, "buttons": buttons, "label": label, "two": len(buttons) == 2}


@register.inclusion_tag("look/field.html")
def field(bound: BoundField, hint: str = "", label: str = "", style: str = "") -> dict[str, Any]:
    """A field of a form: label, hint, error, input, in this order.

    style: "short" for a date or a number, "segments" for radio buttons as one row of two or three.
    """
    kind = bound.widget_type
    choices = len(list(getattr(bound.field, "choices", ()))) if bound.use_fieldset else 0
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "label": label or bound.label,
        "many": bound.use_fieldset,
        "single_choice": kind == "checkbox",
        "style": style,
        "two": choices == 2,
        "long": choices > LONG_LIST,
        "control": _control(bound, hint, style),
        "limit": _shown_limit(bound),
    }


@register.inclusion_tag("look/error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """What must be corrected, each with a link to its field; nothing where all is right or untouched."""
    errors: list[tuple[str, str]] = []
    for form in forms:
        if form is None or not form.is_bound:
            continue
        errors += [("", str(error)) for error in form.non_field_errors()]
        errors += [(bound.auto_id, str(error)) for bound in form for error in bound.errors]
    return {"errors": errors, "places": number_word(len(errors))}


@register.inclusion_tag("look/notices.html", takes_context=True)
def notices(context: Context) -> dict[str, Any]:
    """The messages of `chibo.look.notices`, once, on top of the page."""
    shown = []
    for message in context.get("messages") or ():
        kind = NOTICE_KINDS.get(message.level_tag, "info")
        shown.append({"kind": kind, "icon": NOTICE_ICONS[kind], "text": str(message), "undo": message.extra_tags})
    return {"notices": shown, "csrf_token": context.get("csrf_token")}


# ---------- Filters ----------
@register.filter
def viet_date(moment: date | datetime | None) -> str:
    """03/12/2026."""
    return dates.format_date(moment) if moment else ""


@register.filter
def viet_day(moment: date | datetime | None) -> str:
    """03/12, where the year is plain from what stands around it."""
    return dates.format_date(moment)[:5] if moment else ""


@register.filter
def viet_time(moment: time | datetime | None) -> str:
    """19:30, for tables."""
    return dates.format_time(moment) if moment is not None else ""


@register.filter
def viet_time_sentence(moment: time | datetime | None) -> str:
    """19 giờ 30, for sentences."""
    return dates.format_time_sentence(moment) if moment is not None else ""


@register.filter
def weekday(moment: date | datetime | None) -> str:
    """thứ Năm."""
    return dates.weekday_name(moment) if moment else ""


@register.filter
def month_name(month: int | date | None) -> str:
    """tháng 12, with a space that does not break."""
    if month is None:
        return ""
    return f"tháng{NO_BREAK_SPACE}{month if isinstance(month, int) else month.month}"


@register.filter
def period_name(period: date | None) -> str:
    """tháng 12/2026."""
    return dates.period_name(period) if period else ""


@register.filter
def decimal_comma(number: float | None, places: int = 1) -> str:
    """91,2 and 1.234,5; a whole number loses its empty decimals."""
    if number is None:
        return ""
    text = f"{number:,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def file_size(size: int) -> str:
    """340 KB, 0,2 MB, 20 MB, 75,4 GB."""
    if size < 100_000:
        return f"{max(1, round(size / 1024))}{NO_BREAK_SPACE}KB"
    if size >= 1024**3:
        return f"{decimal_comma(size / 1024**3)}{NO_BREAK_SPACE}GB"
    return f"{decimal_comma(size / 1024 / 1024)}{NO_BREAK_SPACE}MB"


@register.filter
def number_word(number: int) -> str:
    """một … mười for small numbers in a title, then digits."""
    return NUMBER_WORDS[number] if 0 <= number < len(NUMBER_WORDS) else str(number)


@register.filter
def is_refused_as_classified(bound: BoundField) -> bool:
    """Whether the gate has refused what stands in a field, so that the placeholder is offered."""
    return gate.is_refused(bound)


# ---------- Inside ----------
def _value(item: Any, name: str) -> Any:
    """An attribute or a key."""
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


def _is_professional(work: Any) -> bool:
    """Whether an item is professional work: True or "professional"."""
    return work is True or str(work) == "professional"


def _shown_limit(bound: BoundField) -> int | None:
    """The limit of a text, where it is near enough to be worth a line."""
    limit = int(bound.field.widget.attrs.get("data-limit") or 0)
    return limit if 0 < limit <= LIMIT_WORTH_SAYING else None


def _control(bound: BoundField, hint: str, style: str) -> SafeString:
    """The input itself; tells it about a hint that the form did not know."""
    attributes: dict[str, Any] = {}
    if hint and not bound.help_text and not bound.use_fieldset:
        attributes["aria-describedby"] = f"{bound.auto_id}_helptext {bound.aria_describedby or ''}".strip()
    if style == "short":
        attributes["class"] = f"{bound.field.widget.attrs.get('class', '')} input-short".strip()
    return bound.as_widget(attrs=attributes)
