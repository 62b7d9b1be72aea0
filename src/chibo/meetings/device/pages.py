"""Pages about devices: which ones a meeting has, cutting one off, taking in a copy that was carried by hand."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.request import Request
from chibo.lib.dates import format_time_sentence
from chibo.look import notices
from chibo.look.fields import FileField
from chibo.look.forms import Form
from chibo.meetings.device import copy_file, removal
from chibo.meetings.device.waiting import devices_of, waiting_for
from chibo.meetings.models import RoomDevice
from chibo.meetings.room.screens import meeting_of


class CopyForm(Form):
    """A copy that a device wrote."""

    file = FileField(
        label="Tệp bản sao",
        endings=(".json",),
        max_bytes=copy_file.MOST_BYTES,
        help_text="Tên tệp bắt đầu bằng “chibo-ban-sao”. Máy nào của buổi họp lưu ra cũng nạp được ở đây.",
    )


@login_required
def devices(request: Request, id: UUID) -> HttpResponse:
    """Which devices were made ready, when each was last heard from, what it still has to send."""
    meeting = meeting_of(request, id)
    rows, waiting = devices_of(meeting), {one.pk for one in waiting_for(meeting)}
    me, leads = request.standing.person_id, request.standing.leads(meeting.cell_id)
    chairs = me is not None and me == meeting.chair_id
    may_return = removal.may_return(meeting, request.standing) and meeting.state not in removal.OVER
    present = [one for one in rows if one.removed_at is None]
    context = {
        "meeting": meeting,
        "rows": [
            {
                "row": one,
                "may_cut": one.removed_at is None and (leads or chairs or one.person_id == me),
                "may_return": may_return and one.removed_at is not None and one.given_up_at is None,
                "silent": one.pk in waiting,
                "unsent_words": f"Còn {one.unsent} dòng chưa gửi",
                # What was recorded on it since then, nobody here knows.
                "sent_words": f"Đã gửi hết đến {format_time_sentence(one.last_heard_at)}",
            }
            for one in rows
        ],
        "number": len(present),
        "unsent": sum(one.unsent for one in present),
        "silent": sum(one.pk in waiting for one in present),
    }
    return render(request, "meetings/device/devices.html", context)


@login_required
@require_POST
def cut_off(request: Request, id: UUID, device: UUID) -> HttpResponse:
    """Cut a device off."""
    found = _device(request, id, device)
    removal.remove(device=found, by=request.standing)
    name = found.person.full_name
    notices.done(request, f"Đã ngắt máy của đồng chí {name}. Có mạng là máy ấy giao lại phần đang giữ, rồi khóa.")
    return redirect(f"/cuoc-hop/{id}/phong/may/")


@login_required
@require_POST
def take_back(request: Request, id: UUID, device: UUID) -> HttpResponse:
    """Take a device back that was cut off."""
    found = _device(request, id, device)
    try:
        number = removal.take_back(device=found, by=request.standing)
    except removal.TooLate:
        notices.fail(request, "Máy này không nhận lại được nữa. Chuẩn bị lại máy từ đầu.")
    else:
        joined = f" {number} dòng đã giao lại nay vào buổi họp." if number else ""
        notices.done(request, f"Đã nhận lại máy của đồng chí {found.person.full_name}.{joined}")
    return redirect(f"/cuoc-hop/{id}/phong/may/")


@login_required
@require_POST
def give_up(request: Request, id: UUID, device: UUID) -> HttpResponse:
    """Let a device that was cut off forget what it holds."""
    found = _device(request, id, device)
    removal.give_up(device=found, by=request.standing)
    notices.done(request, f"Có mạng là máy của đồng chí {found.person.full_name} xóa hẳn phần đang giữ.")
    return redirect(f"/cuoc-hop/{id}/phong/may/")


def _device(request: Request, id: UUID, device: UUID) -> RoomDevice:
    """A device of a meeting.

    Raises:
        Http404: not of a meeting that whoever asks keeps.
    """
    meeting = meeting_of(request, id)
    rows = RoomDevice.objects.visible_to(request.standing).filter(meeting=meeting).select_related("person", "meeting")
    return get_object_or_404(rows, pk=device)


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: Request, id: UUID) -> HttpResponse:
    """Take in a copy from a file."""
    meeting = meeting_of(request, id)
    form = CopyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = copy_file.load(request=request, meeting=meeting, content=form.cleaned_data["file"].read())
        except copy_file.NotACopy as reason:
            form.add_error("file", reason)
        else:
            _say(request, taken)
            return redirect(f"/cuoc-hop/{meeting.pk}/phong/may/")
    status = 422 if form.errors else 200
    return render(request, "meetings/device/copy.html", {"meeting": meeting, "form": form}, status=status)


def _say(request: Request, taken: copy_file.Taken) -> None:
    """What came of a file, in numbers."""
    name = taken.device.person.full_name
    said = [f"Đã nạp {taken.new} dòng mới từ máy của đồng chí {name}"]
    if not taken.new:
        said = [f"Bản sao từ máy của đồng chí {name} không có dòng nào mới"]
    said += [f"{taken.known} dòng đã có từ trước"] if taken.known else []
    said += [f"{taken.aside} dòng để riêng ở Ghi muộn"] if taken.aside else []
    if taken.refused:
        notices.warn(request, "; ".join([*said, f"{taken.refused} dòng không nhận được"]) + ".")
    else:
        notices.done(request, "; ".join(said) + ".")
