"""Screens of a secret vote: put to the cell, ballots printed, the tellers' sums, what came of it (M14).

While a ballot on devices is open its page is that of chibo.meetings.urn.keepers.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.look import notices
from chibo.meetings.models import Attendance, Entry
from chibo.meetings.room import counting
from chibo.meetings.room.deciding import Ballot, Choice, Secret, ballots_of, secrets_of
from chibo.meetings.room.forms import BallotForm, CountForm
from chibo.meetings.room.screens import K, Screen, base_now, found_or_404, screen_of, undo_url
from chibo.meetings.urn import commands as urn
from chibo.meetings.urn import keepers, nodes
from chibo.meetings.urn.sweeping import sweep_meeting
from chibo.members.base_of_vote import Miscount, format_hundredths, hundredths
from chibo.rules.book import RuleBook


@dataclass(frozen=True)
class Result:
    """One line of a counted ballot."""

    choice: Choice
    passed: bool
    share: str


def results_of(secret: Secret) -> list[Result]:
    """Each line with its share of the base, and whether it passed."""
    return [
        Result(
            one,
            one.in_favour >= secret.needed,
            format_hundredths(hundredths(one.in_favour, secret.size)),
        )
        for one in secret.choices
    ]


def _present(screen: Screen) -> list[tuple[str, str]]:
    here = [line for line in screen.lines if line.state == Attendance.State.PRESENT and not line.suspended]
    return [(str(line.person_id), line.person.full_name) for line in here]


@login_required
def ballots(request: Request, id: UUID) -> HttpResponse:
    """Put something to a secret vote; those of this meeting stand below."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    book = screen.book
    allowed = urn.may_be_held(book) and not screen.meeting.held_on_paper
    several = allowed and nodes.others()
    form = BallotForm(request.POST or None, present=_present(screen), devices=allowed)
    if several and form.is_valid() and form.cleaned_data["medium"] == "device":
        form.add_error("medium", "Chibo đang chạy trên nhiều máy chủ, hòm phiếu chỉ nằm ở một máy. Chọn phiếu giấy.")
    if request.method == "POST" and form.is_valid():
        entry = _put(screen, book, form.cleaned_data)
        on_devices = form.cleaned_data.get("medium") == "device"
        what = "Mỗi đồng chí mở điện thoại mà bỏ." if on_devices else "In phiếu, phát cho từng đồng chí."
        notices.done(request, f"Đã đưa ra bỏ phiếu kín. {what}", undo_url(screen.meeting, entry))
        return redirect(f"{screen.path}bo-phieu-kin/{entry.pk}/")
    sweep_meeting(screen.meeting, screen.room)
    counted = secrets_of(screen.room)
    rows = [(one, counted.get(one.id)) for one in ballots_of(screen.room).values()]
    context = screen.context(K.CONCLUSION, guided=False, form=form, rows=rows, anyone=bool(_present(screen)))
    context["several_nodes"] = several
    return render(request, "meetings/room/ballots.html", context, status=422 if form.errors else 200)


def _put(screen: Screen, book: RuleBook, values: dict[str, Any]) -> Entry:
    """Put to the vote what the form says, on paper or on devices."""
    asked = {key: values[key] for key in ("title", "names", "fraction")}
    asked["tellers"] = [UUID(one) for one in values["tellers"]]
    election = values.get("election") == "yes"
    if values.get("medium") == "device":
        return urn.put_on_devices(pen=screen.pen, room=screen.room, book=book, election=election, **asked)
    return counting.put_to_ballot(pen=screen.pen, item=screen.room.current, election=election, **asked)


@login_required
def ballot(request: Request, id: UUID, ballot: UUID) -> HttpResponse:
    """One secret vote: the way to the ballots, the tellers' sums, the result."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    one = found_or_404(ballots_of(screen.room).get(ballot))
    if one.on_devices and one.id not in secrets_of(screen.room):
        return keepers.open_urn(request, screen, one)
    base, exclusions = base_now(screen, screen.book)
    form = CountForm(request.POST or None, lines=one.lines, base=base)
    if request.method == "POST" and form.is_valid():
        require(not one.on_devices)  # there is nothing left to count again
        typed = {key: form.cleaned_data[key] for key in ("issued", "returned", "invalid")}
        try:
            entry = counting.count_ballots(
                pen=screen.pen,
                ballot=one,
                base=base,
                exclusions=exclusions,
                sums=counting.Sums(**typed, choices=form.choices),
            )
        except Miscount as error:
            form.add_error(None, str(error))
        else:
            notices.done(request, f"Đã ghi kết quả kiểm phiếu: {one.title}.", undo_url(screen.meeting, entry))
            return redirect(f"{screen.path}bo-phieu-kin/{one.id}/")
    counted = secrets_of(screen.room).get(one.id)
    context = screen.context(
        K.CONCLUSION,
        guided=False,
        ballot=one,
        base=base,
        form=form,
        counted=counted,
        results=results_of(counted) if counted else [],
        tellers=", ".join(screen.name_of(person) for person in one.tellers),
        needed=base.needed(one.fraction),
    )
    return render(request, "meetings/room/ballot.html", context, status=422 if form.errors else 200)


@login_required
def papers(request: Request, id: UUID, ballot: UUID) -> HttpResponse:
    """The ballots to print: as many as there are voters in the room, nothing on them that tells one from another."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    one: Ballot = found_or_404(ballots_of(screen.room).get(ballot))
    base, _ = base_now(screen, screen.book)
    context = {
        "meeting": screen.meeting,
        "ballot": one,
        "path": screen.path,
        "copies": range(base.present),
        "tellers": [screen.name_of(person) for person in one.tellers],
    }
    return render(request, "meetings/room/ballot_papers.html", context)
