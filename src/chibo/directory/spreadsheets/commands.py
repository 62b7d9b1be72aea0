"""The note that a list was taken out."""

from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.orgs.models import Organisation


@transaction.atomic
def note_export(*, by: Standing, root: Organisation, people: int) -> None:
    """Log that a list of members was taken out (design.md section 4).

    Raises:
        Http404: `by` keeps the lists of root neither from inside nor from above.
    """
    require(by.leads(root.pk) or by.oversees(root.path))
    events.record("members.exported", chain=root.pk, by=by.person_id, obj=root, people=people)
