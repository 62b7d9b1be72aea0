"""The room's screens of an open urn: how many have cast, paper for those without a phone, closing; the device that is
passed round."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.look import notices
from chibo.meetings.room.deciding import Ballot
from chibo.meetings.room.screens import K, Screen, base_now, found_or_404, screen_of, undo_url
from chibo.meetings.urn import box, commands, nodes, places
from chibo.meetings.urn.forms import ClosingForm, boxes_of, rows_of
from chibo.meetings.urn.secrecy import who_may_see
from chibo.members.base_of_vote import Base, Miscount


def open_urn(request: Request, screen: Screen, one: Ballot) -> HttpResponse:
    """The page of a ballot on devices until it is counted, and what is done on it."""
    if request.method != "POST":
        return _page(request, screen, one)
    acts = {"close": _close, "papers": _give_papers, "again": _begin_again, "give_up": _give_up}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return act(request, screen, one)


def _address(screen: Screen, one: Ballot) -> str:
    return f"{screen.path}bo-phieu-kin/{one.id}/"


def _look(screen: Screen, one: Ballot) -> box.Marks | None:
    """Who was given what; None when the urn is lost."""
    try:
        return box.look(places.path_of(screen.meeting, one.id))
    except box.Lost:
        return None


def _here(screen: Screen, base: Base) -> list[tuple[UUID, str]]:
    """Who may cast now, by name in the order of the roll."""
    able = set(base.here)
    return [(line.person_id, line.person.full_name) for line in screen.lines if line.person_id in able]


def _page(
    request: Request, screen: Screen, one: Ballot, form: ClosingForm | None = None, status: int = 200
) -> HttpResponse:
    base, _ = base_now(screen, screen.book)
    marks = _look(screen, one)
    context: dict[str, Any] = {"ballot": one, "base": base, "needed": base.needed(one.fraction), "marks": marks}
    context["tellers"] = ", ".join(screen.name_of(person) for person in one.tellers)
    if marks is None:
        context["elsewhere"] = nodes.others()
    else:
        paper = set(marks.on_paper)
        here = _here(screen, base)
        context |= {
            "receivers": [(person, name, person in paper) for person, name in here],
            "papers": len(paper),
            "passed": marks.count(box.Mark.PASSED),
            "able": max(base.present, marks.cast + len(paper)),
            "waiting": max(0, base.present - marks.cast - len(paper)),
            "form": form or ClosingForm(lines=one.lines, given=len(paper)),
            "too_few": commands.too_few(marks, 0 if marks.cast else len(paper)),
            "who_may_see": who_may_see(),
            "in_memory": places.is_in_memory(),
        }
    return render(
        request, "meetings/room/urn.html", screen.context(K.CONCLUSION, guided=False, **context), status=status
    )


def _close(request: Request, screen: Screen, one: Ballot) -> HttpResponse:
    marks = _look(screen, one)
    if marks is None:
        return redirect(_address(screen, one))
    base, exclusions = base_now(screen, screen.book, marks.voted)
    form = ClosingForm(request.POST, lines=one.lines, given=len(marks.on_paper))
    if not form.is_valid():
        return _page(request, screen, one, form, status=422)
    try:
        commands.close(
            pen=screen.pen, ballot=one, base=base, exclusions=exclusions, papers=form.papers, tellers_agree=True
        )
    except Miscount as error:
        form.add_error(None, str(error))
        return _page(request, screen, one, form, status=422)
    except (commands.AlreadyCounted, box.Lost):
        return redirect(_address(screen, one))
    notices.done(request, f"Đã đóng hòm phiếu và ghi kết quả: {one.title}.")
    return redirect(_address(screen, one))


def _give_papers(request: Request, screen: Screen, one: Ballot) -> HttpResponse:
    base, _ = base_now(screen, screen.book)
    chosen = set(request.POST.getlist("paper"))
    names = {person: name for person, name in _here(screen, base) if str(person) in chosen}
    try:
        have_cast = box.give_paper(places.path_of(screen.meeting, one.id), voters=list(names))
    except box.Shut:
        notices.fail(request, "Hòm phiếu đã đóng, không phát thêm phiếu giấy.")
    except (box.Lost, box.NoVoter):
        notices.fail(request, "Chưa ghi được ai nhận phiếu giấy. Xem lại trang này.")
    else:
        given = len(names) - len(have_cast)
        notices.done(request, f"Đã ghi {given} đồng chí nhận phiếu giấy." if given else "Không ai nhận phiếu giấy.")
        for person in have_cast:
            notices.warn(request, f"Đồng chí {names[person]} đã bỏ phiếu trên máy, không phát phiếu giấy.")
    return redirect(_address(screen, one))


def _begin_again(request: Request, screen: Screen, one: Ballot) -> HttpResponse:
    try:
        commands.begin_again(pen=screen.pen, ballot=one, room=screen.room, book=screen.book)
    except (commands.StillThere, nodes.SeveralNodes):
        return redirect(_address(screen, one))
    notices.done(request, "Đã mở hòm phiếu mới. Mọi đồng chí bỏ phiếu lại, kể cả ai đã bỏ.")
    return redirect(_address(screen, one))


def _give_up(request: Request, screen: Screen, one: Ballot) -> HttpResponse:
    entry = commands.give_up(pen=screen.pen, ballot=one)
    said = "Đã chuyển sang phiếu giấy. Phiếu trên máy không tính; mọi đồng chí bỏ phiếu lại."
    notices.done(request, said, undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}bo-phieu-kin/{entry.pk}/")


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def passed_round(request: Request, id: UUID, ballot: UUID) -> HttpResponse:
    """The device that goes from hand to hand: who votes takes their name, votes alone with it, hands it back."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    one = found_or_404(commands.open_on_devices(screen.room).get(ballot))
    base, _ = base_now(screen, screen.book)
    here = dict(_here(screen, base))
    voter = next((person for person in here if str(person) == request.POST.get("person")), None)
    nameless = request.POST.get("person") == ""
    require(request.method != "POST" or voter is not None or nameless)
    unfinished = False
    if "cast" in request.POST and voter is not None:
        boxes = boxes_of(request.POST, len(one.lines))
        unfinished = boxes is None
        if boxes is not None:
            return redirect(f"{_address(screen, one)}chuyen-may/?{_cast(screen, one, voter, boxes)}")
    context = {
        "ballot": one,
        "here": here.items(),
        "back": _address(screen, one),
        "voter": voter,
        "voter_name": here.get(voter, "") if voter else "",
        "rows": rows_of(one.lines),
        "unfinished": unfinished,
        "nameless": nameless,
        "thanks": "da-bo" in request.GET,
        "refused": "chua-bo" in request.GET,
        "who_may_see": who_may_see(),
    }
    answer = render(request, "meetings/room/passed_round.html", context, status=422 if unfinished or nameless else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _cast(screen: Screen, one: Ballot, voter: UUID, boxes: list[int]) -> str:
    """Cast it; what the page says then. The same for a first ballot and for one that was cast before."""
    try:
        box.cast(places.path_of(screen.meeting, one.id), voter=voter, boxes=boxes, passed=True)
    except (box.Lost, box.Shut, box.NoVoter):
        return "chua-bo"
    return "da-bo"
