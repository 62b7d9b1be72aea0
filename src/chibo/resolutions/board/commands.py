"""What people do to a task between two meetings: say how far it is, take that back, remind."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.audit.events import record
from chibo.lib.dates import now, today
from chibo.resolutions.models import Progress, Reminder, Task


def may_report(task: Task, by: Standing) -> bool:
    """The leader, a helper, or the committee for a member without a phone."""
    if by.person_id is None:
        return False
    if by.leads(task.cell_id) or by.person_id == task.lead_id:
        return True
    return task.helper_rows.filter(person_id=by.person_id).exists()


def report_progress(*, task: Task, state: str, amount: Decimal | None = None, note: str = "", by: Standing) -> Progress:
    """Record how far a task is. For someone else it is kept as said on that person's behalf.

    Raises Http404 when the person may not report on the task or a meeting has settled it.
    """
    require(may_report(task, by) and task.settled_at is None)
    own = by.person_id == task.lead_id
    with transaction.atomic():
        progress = Progress.objects.create(
            task=task,
            meeting_id=task.meeting_id,
            cell_id=task.cell_id,
            body=task.body,
            state=state,
            amount=amount,
            note=note,
            by_id=by.me,
            on_behalf_of_id=None if own else task.lead_id,
        )
        said = {"progress": progress.pk, "state": state} | ({} if own else {"on_behalf_of": task.lead_id})
        record("task.progress", chain=task.cell_id, by=by.person_id, obj=task, **said)
    return progress


def withdraw_progress(*, progress: Progress, by: Standing) -> None:
    """Take one's own report back; it stays on record as withdrawn.

    Raises Http404 for someone else's report.
    """
    require(progress.by_id == by.person_id and progress.withdrawn_at is None)
    with transaction.atomic():
        progress.withdrawn_at = now()
        progress.save(update_fields=["withdrawn_at"])
        record("task.progress_withdrawn", chain=progress.cell_id, by=by.person_id, obj=progress.task)


def remind(*, task: Task, by: Standing) -> bool:
    """Remind the leader of a task on the leader's home page, at most once a day; False when already done today.

    Raises Http404 for whoever does not sit on the committee.
    """
    require(by.leads(task.cell_id) and task.settled_at is None)
    with transaction.atomic():
        Task.objects.select_for_update(no_key=True).get(pk=task.pk)
        if Reminder.objects.filter(task=task, at__date=today()).exists():
            return False
        Reminder.objects.create(
            task=task,
            meeting_id=task.meeting_id,
            cell_id=task.cell_id,
            body=task.body,
            person_id=task.lead_id,
            by=by.person_id,
        )
        record("task.reminded", chain=task.cell_id, by=by.person_id, obj=task)
    return True


def reminders_of(person_id: UUID, tasks: list[UUID]) -> dict[UUID, Reminder]:
    """The newest reminder of each of a person's tasks."""
    found = Reminder.objects.filter(person_id=person_id, task_id__in=tasks).order_by("at")
    return {reminder.task_id: reminder for reminder in found}
