"""The board of tasks and the page of one task."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from chibo.access.hats import cell_of
from chibo.access.request import Request
from chibo.directory.history import readings
from chibo.look import notices
from chibo.orgs.models import Organisation
from chibo.resolutions.board import commands
from chibo.resolutions.board.forms import ProgressForm
from chibo.resolutions.board.lines import groups_of, lines_of, shows_who, title_of, with_board_rows
from chibo.resolutions.models import Progress, Task

FILTERS = (("", "Cả chi bộ"), ("cua-toi", "Của tôi"), ("da-xong", "Đã xong"))


def _task(request: Request, task_id: UUID) -> Task:
    """A given task that the person may see, or 404."""
    tasks = Task.objects.visible_to(request.standing).given().select_related("lead", "meeting", "cell")
    return get_object_or_404(tasks, pk=task_id)


@login_required
@require_GET
def board(request: Request) -> HttpResponse:
    """What is being done in the cell, the overdue first."""
    cell: Organisation = cell_of(request)
    lines = lines_of(with_board_rows(cell, request.standing), request.standing)
    chosen = request.GET.get("loc", "")
    shown = [line for line in lines if line.settled == (chosen == "da-xong")]
    if chosen == "cua-toi":
        shown = [line for line in shown if line.mine]
    context = {
        "title": title_of([line for line in lines if not line.settled]),
        "groups": groups_of(shown) if chosen != "da-xong" else [],
        "settled": shown if chosen == "da-xong" else [],
        "filters": FILTERS,
        "chosen": chosen,
        "leads": request.standing.leads(cell.pk),
        "named": readings.capacity_of(request.standing, cell.pk) is None,
        "any": bool(lines),
    }
    readings.note(request.standing, readings.What.TASKS, cell, cell_id=cell.pk)
    return render(request, "resolutions/board/board.html", context)


@login_required
@require_GET
def task_page(request: Request, task_id: UUID) -> HttpResponse:
    """One task: what was decided, what has been said of it since."""
    task = _task(request, task_id)
    readings.note(request.standing, readings.What.TASKS, task, cell_id=task.cell_id, meeting_id=task.meeting_id)
    return render(request, "resolutions/board/task.html", _task_context(request, task, ProgressForm(task=task)))


def _task_context(request: Request, task: Task, form: ProgressForm) -> dict[str, object]:
    """Everything on the page of a task."""
    own, named = request.standing.person_id == task.lead_id, shows_who(task, request.standing)
    progress = list(task.progress.select_related("by", "on_behalf_of").order_by("-at"))
    latest = next((one for one in progress if one.withdrawn_at is None), None)
    return {
        "task": task,
        "form": form,
        "own": own,
        "named": named,
        "may_report": task.settled_at is None and commands.may_report(task, request.standing),
        "leads": request.standing.leads(task.cell_id),
        "helpers": [row.person for row in task.helper_rows.select_related("person")] if named else [],
        "milestones": list(task.milestones.all()),
        "progress": progress,
        "reported_done": latest is not None and latest.state == Progress.State.DONE,
        "reviews": list(task.reviews.that_count().select_related("meeting").reverse()),
        "reminder": task.reminders.order_by("-at").first(),
        "states": Progress.State.choices,
    }


@login_required
@require_POST
def report(request: Request, task_id: UUID) -> HttpResponse:
    """Say how far a task is, in one tap or with a sentence."""
    task = _task(request, task_id)
    form = ProgressForm(request.POST, task=task)
    if not form.is_valid():
        return render(request, "resolutions/board/task.html", _task_context(request, task, form), status=422)
    data = form.cleaned_data
    progress = commands.report_progress(
        task=task, state=data["state"], amount=data.get("amount"), note=data["note"], by=request.standing
    )
    word = progress.get_state_display()
    said = (
        f"Đã ghi: {word}."
        if progress.on_behalf_of_id is None
        else f"Đã ghi thay đồng chí {task.lead.given_name}: {word}."
    )
    notices.done(request, said, undo_url=f"/cong-viec/{task.pk}/tien-do/{progress.pk}/rut/")
    return redirect(_back(request, task))


@login_required
@require_POST
def withdraw(request: Request, task_id: UUID, progress_id: UUID) -> HttpResponse:
    """Take a report back."""
    task = _task(request, task_id)
    progress = get_object_or_404(Progress.objects.visible_to(request.standing), pk=progress_id, task=task)
    commands.withdraw_progress(progress=progress, by=request.standing)
    notices.done(request, "Đã rút lại lời báo tiến độ.")
    return redirect(f"/cong-viec/{task.pk}/")


@login_required
@require_POST
def remind(request: Request, task_id: UUID) -> HttpResponse:
    """Remind the leader."""
    task = _task(request, task_id)
    name = task.lead.given_name
    if commands.remind(task=task, by=request.standing):
        notices.done(request, f"Đã nhắc đồng chí {name} trên trang đầu của đồng chí ấy.")
    else:
        notices.tell(request, f"Hôm nay đã nhắc đồng chí {name} rồi. Gọi điện nếu cần gấp.")
    return redirect(_back(request, task))


def _back(request: HttpRequest, task: Task) -> str:
    """The board when the act was done there, else the task's own page."""
    return "/cong-viec/" if request.POST.get("tu") == "bang" else f"/cong-viec/{task.pk}/"
