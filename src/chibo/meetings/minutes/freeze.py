"""Freezing minutes: sections, and the root over all that is signed (design.md section 3, rule 8; decision 0053)."""

import hashlib

from chibo.access.standing import Standing
from chibo.audit import events
from chibo.audit.chains import canonical, digest_of, new_salt
from chibo.lib.dates import now
from chibo.meetings.minutes import digests
from chibo.meetings.minutes.figures import signed_sections
from chibo.meetings.minutes.sections import Section
from chibo.meetings.models import DigestList, Meeting, Minutes, MinutesSection
from chibo.meetings.room.project import fit


class Tampered(Exception):
    """What stands under a signature is not what was signed."""


def root_of(sections: list[bytes]) -> bytes:
    """The root of form 1: one digest over the sections' digests, in their order."""
    return hashlib.sha256(b"".join(sections)).digest()


def freeze(meeting: Meeting, minutes: Minutes) -> None:
    """Assemble the minutes once and write them as sections; what is signed is what stands here."""
    rows = [_row(meeting, minutes, place, section) for place, section in enumerate(signed_sections(meeting), 1)]
    MinutesSection.objects.bulk_create(rows)
    figures = MinutesSection.DataClass.FIGURES  # no part of the paper
    minutes.outline = [
        {"key": row.key, "title": row.title, "data_class": row.data_class} for row in rows if row.data_class != figures
    ]
    minutes.form, minutes.frozen_at = digests.FORM, now()
    minutes.save(update_fields=["outline", "form", "frozen_at"])
    minutes.root = digests.make(minutes, DigestList.Covers.ROOT).digest
    minutes.save(update_fields=["root"])


def thaw(minutes: Minutes) -> None:
    """Give the minutes back for correction: only before the second signature."""
    minutes.sections.all().delete()
    minutes.signatures.all().delete()
    minutes.digest_lists.all().delete()
    minutes.outline, minutes.root, minutes.frozen_at = [], None, None
    minutes.save(update_fields=["outline", "root", "frozen_at"])


def lapse(meeting: Meeting, by: Standing) -> None:
    """A first signature stands under what is not the whole any more: it is given back, and the whole is signed."""
    minutes = Minutes.objects.filter(meeting=meeting, frozen_at__isnull=False).first()
    if minutes is not None:
        thaw(minutes)
        events.record("minutes.signature_lapsed", chain=meeting.cell_id, by=by.person_id, obj=meeting)


def _row(meeting: Meeting, minutes: Minutes, place: int, section: Section) -> MinutesSection:
    content, salt = section.content(), new_salt()
    row = MinutesSection(
        **meeting.keys,
        minutes=minutes,
        position=place,
        key=section.key,
        title=section.title,
        data_class=section.data_class,
        content=content,
        salt=salt,
        digest=digest_of(salt, canonical(content)),
    )
    fit(row)
    return row


def check_frozen(minutes: Minutes) -> None:
    """Hold what is stored against the root, by the rules of its form.

    Raises Tampered when anything that the root covers was changed, taken away or added.
    """
    if minutes.form == digests.FIRST_FORM:
        _check_sections(minutes)
        return
    lists = list(minutes.digest_lists.filter(annotation=None, covers=DigestList.Covers.ROOT))
    if not lists or not digests.holds(lists[0]) or bytes(lists[0].digest) != bytes(minutes.root or b""):
        raise Tampered(f"the root of minutes {minutes.pk}")
    if (found := next(digests.changed(lists[0]), None)) is not None:
        raise Tampered(f"{found.table.name} {found.row} of minutes {minutes.pk}")


def _check_sections(minutes: Minutes) -> None:
    """By the rules of form 1: each section's text, and their order."""
    rows = list(minutes.sections.order_by("position"))
    for row in rows:
        if digest_of(bytes(row.salt), canonical(row.content)) != bytes(row.digest):
            raise Tampered(f"section {row.position} of minutes {minutes.pk}")
    if minutes.root is not None and root_of([bytes(row.digest) for row in rows]) != bytes(minutes.root):
        raise Tampered(f"the sections of minutes {minutes.pk}")
