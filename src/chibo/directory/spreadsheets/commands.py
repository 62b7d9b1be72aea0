"""Writing an import as one act of one person, and the note that a list was taken out."""

from datetime import date

from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.spreadsheets.importing import Import
from chibo.directory.spreadsheets.problems import Problem
from chibo.directory.spreadsheets.write import write_organisations, write_people
from chibo.orgs.models import Organisation


@transaction.atomic
def import_rows(*, by: Standing, root: Organisation, found: Import, since: date) -> list[Problem]:
    """Write every right row of an import, all or none; rows that the database refuses are given back.

    Raises:
        Http404: `by` keeps the lists of root neither from inside nor from above.
    """
    require(by.leads(root.pk) or by.covers(root.path))
    if found.organisations.entries:
        write_organisations(by=by, entries=found.organisations.entries, since=since)
    refused = write_people(by=by, entries=found.people.entries)
    events.record(
        "members.imported",
        chain=root.pk,
        by=by.person_id,
        obj=root,
        organisations=len(found.organisations.entries),
        added=len(found.people.added),
        changed=len(found.people.changed),
    )
    return refused


@transaction.atomic
def note_export(*, by: Standing, root: Organisation, people: int) -> None:
    """Log that a list of members was taken out (design.md section 4).

    Raises:
        Http404: `by` keeps the lists of root neither from inside nor from above.
    """
    require(by.leads(root.pk) or by.covers(root.path))
    events.record("members.exported", chain=root.pk, by=by.person_id, obj=root, people=people)
