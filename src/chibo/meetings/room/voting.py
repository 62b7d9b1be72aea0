"""The screen of a show of hands: one tap when all agree, the arithmetic of the base beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.lib.dates import period_name
from chibo.look import notices
from chibo.meetings.models import Vote
from chibo.meetings.room import commands
from chibo.meetings.room.differing import Shown, shown
from chibo.meetings.room.forms import MatterForm, VoteForm
from chibo.meetings.room.project import base_of
from chibo.meetings.room.screens import (
    K,
    Screen,
    base_now,
    draft_title,
    found_or_404,
    screen_of,
    undo_url,
)
from chibo.members.base_of_vote import FRACTION_NAMES, Base, Fraction, Miscount, format_hundredths

# What may not be voted while a differing opinion is open (M14).
DECIDING = (Vote.Subject.RESOLUTION, Vote.Subject.CONCLUSION)


@dataclass(frozen=True)
class Question:
    """What is put to the vote: the resolution, the programme, a differing opinion, another matter or several."""

    subject: str
    title: str
    fraction: Fraction = "half"
    put: Shown | None = None
    matters: tuple[str, ...] = ()


@login_required
def vote(request: Request, id: UUID) -> HttpResponse:
    """Put something to the vote. `noi-dung` says what: resolution, conclusion, agenda, or another matter in words."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    values = request.POST if request.method == "POST" else request.GET
    subject = values.get("noi-dung", "")
    if subject not in Vote.Subject.values or (subject in DECIDING and subject not in _kinds_of(screen)):
        return _page(request, screen, None)
    if subject == Vote.Subject.OTHER:
        matter = MatterForm(values)
        if not matter.is_valid():
            return _page(request, screen, None, matter=matter, status=422)
        typed = matter.cleaned_data
        question = Question(subject, typed["title"], typed["fraction"], matters=tuple(typed["matters"]))
    elif subject == Vote.Subject.DIFFERING:
        put = _put(screen, values)
        question = Question(subject, put.vote_title, put=put)
    else:
        question = Question(subject, _title(screen, subject))
    return _take(request, screen, question) if request.method == "POST" else _page(request, screen, question)


def _put(screen: Screen, values: Mapping[str, str]) -> Shown:
    """The differing opinion that is put to the cell.

    Raises:
        Http404: there is none, or the cell has settled it.
    """
    rows = {str(row.one.id): row for row in shown(screen)}
    found = found_or_404(rows.get(values.get("y-kien", "")))
    require(found.one.is_open)
    return found


def _title(screen: Screen, subject: str) -> str:
    if subject == Vote.Subject.AGENDA:
        group = f"{screen.meeting.group_words}, " if screen.meeting.group_words else ""
        return f"Chương trình họp {group}{period_name(screen.meeting.period)}"
    return draft_title(screen.meeting, subject)


def _take(request: Request, screen: Screen, question: Question) -> HttpResponse:
    base, exclusions = base_now(screen, screen.book)
    form = VoteForm(request.POST if "all" not in request.POST else None)
    if "all" in request.POST:
        counts = {"in_favour": base.present, "against": 0, "abstained": 0}
        if request.POST["all"] != str(base.present):
            form = VoteForm(counts)
            form.is_valid()
            form.add_error(None, f"Điểm danh vừa đổi, nay có {base.present} đồng chí biểu quyết. Đếm lại rồi ghi.")
            return _page(request, screen, question, form=form, status=409)
    elif form.is_valid():
        counts = form.cleaned_data
    else:
        return _page(request, screen, question, form=form, status=422)
    put = question.put
    try:
        entry = commands.take_vote(
            pen=screen.pen,
            base=base,
            exclusions=exclusions,
            subject=question.subject,
            title=question.title,
            fraction=question.fraction,
            item=put.one.item if put else screen.room.current,
            differing=put.one.id if put else None,
            matters=question.matters,
            room=screen.room,
            **counts,
        )
    except commands.DifferingOpen:
        return _page(request, screen, question, form=form, status=409)
    except Miscount as error:
        if not form.is_bound:
            form = VoteForm(counts)
        form.is_valid()
        form.add_error("in_favour" if counts["in_favour"] > base.size else None, str(error))
        return _page(request, screen, question, form=form, status=422)
    title, result = question.title, base.result_sentence(counts["in_favour"], question.fraction)
    say = notices.done if counts["in_favour"] >= base.needed(question.fraction) else notices.warn
    say(request, f"{capfirst(title)}: {result}", undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}muc/{put.one.item}/#khac" if put else _after(screen, question.subject))


def _after(screen: Screen, subject: str) -> str:
    """Where the hall goes on."""
    if subject == Vote.Subject.AGENDA:
        return f"{screen.path}diem-danh/"
    if subject in DECIDING:
        return f"{screen.path}ket-thuc/"
    return f"{screen.path}bieu-quyet/"


def _page(
    request: Request,
    screen: Screen,
    question: Question | None,
    *,
    form: VoteForm | None = None,
    matter: MatterForm | None = None,
    status: int = 200,
) -> HttpResponse:
    book = screen.book
    base, _ = base_now(screen, book)
    asked = question or Question("", "")
    context = screen.context(
        K.OPENING if asked.subject == Vote.Subject.AGENDA else K.CONCLUSION,
        guided=False,
        subject=asked.subject,
        title=asked.title,
        lower_title=asked.title[:1].lower() + asked.title[1:],
        fraction=asked.fraction,
        put=asked.put,
        matters=asked.matters,
        differing_open=screen.room.differing_open if asked.subject in DECIDING else [],
        sheet=screen.sheet if asked.subject == Vote.Subject.RESOLUTION else None,
        fraction_name=FRACTION_NAMES[asked.fraction],
        base=base,
        needed=base.needed(asked.fraction),
        percent=format_hundredths(base.percent(base.present)),
        waiting=screen.counts.waiting,
        rule=book.get("vote_base_exclusions"),
        form=form or VoteForm(),
        matter=matter or MatterForm(),
        votes=taken(screen),
        draft_titles=[(kind, draft_title(screen.meeting, kind)) for kind in _kinds_of(screen)],
    )
    return render(request, "meetings/room/vote.html", context, status=status)


def _kinds_of(screen: Screen) -> tuple[str, ...]:
    """In what a gathering can end; a resolution needs the whole cell."""
    return ("conclusion",) if screen.meeting.group_id else ("resolution", "conclusion")


def taken(screen: Screen) -> list[dict[str, Any]]:
    """The votes of this meeting, newest first."""
    found = sorted(screen.room.votes.values(), key=lambda one: -one.order)
    return [{"vote": one, "base": base_of(one), "result": _result(base_of(one), one.in_favour)} for one in found]


def _result(base: Base, in_favour: int) -> str:
    return f"{in_favour}/{base.size}, {format_hundredths(base.percent(in_favour))}"
