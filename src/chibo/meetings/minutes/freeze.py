"""Freezing minutes: sections with salted digests, and the root that is signed (design.md section 3, rule 8)."""

import hashlib

from chibo.access.standing import Standing
from chibo.audit import events
from chibo.audit.chains import canonical, digest_of, new_salt
from chibo.lib.dates import now
from chibo.meetings.minutes.sections import Section, sections_of
from chibo.meetings.models import Meeting, Minutes, MinutesSection
from chibo.meetings.room.project import fit


class Tampered(Exception):
    """A frozen section no longer matches its digest, or the sections no longer match the root."""


def root_of(digests: list[bytes]) -> bytes:
    """One digest over the sections' digests, in their order."""
    return hashlib.sha256(b"".join(digests)).digest()


def freeze(meeting: Meeting, minutes: Minutes) -> None:
    """Assemble the minutes once and write them as sections; what is signed is what stands here."""
    rows = [_row(meeting, minutes, place, section) for place, section in enumerate(sections_of(meeting), 1)]
    MinutesSection.objects.bulk_create(rows)
    minutes.outline = [{"key": row.key, "title": row.title, "data_class": row.data_class} for row in rows]
    minutes.root = root_of([bytes(row.digest) for row in rows])
    minutes.frozen_at = now()
    minutes.save(update_fields=["outline", "root", "frozen_at"])


def thaw(minutes: Minutes) -> None:
    """Give the minutes back for correction: only before the second signature."""
    minutes.sections.all().delete()
    minutes.signatures.all().delete()
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
    """Hold the stored sections against their digests and the root.

    Raises Tampered when one byte of a section, or the order or number of sections, was changed.
    """
    rows = list(minutes.sections.order_by("position"))
    for row in rows:
        if digest_of(bytes(row.salt), canonical(row.content)) != bytes(row.digest):
            raise Tampered(f"section {row.position} of minutes {minutes.pk}")
    if minutes.root is not None and root_of([bytes(row.digest) for row in rows]) != bytes(minutes.root):
        raise Tampered(f"the sections of minutes {minutes.pk}")
