"""Seals: what completing minutes, or a correction, adds to what was signed; its digest goes into the cell's chain.

Minutes that were signed before there were seals get one later, of everything as it stands then (decision 0053).
"""

from typing import Any
from uuid import UUID

from chibo.access.scope import system_scope
from chibo.audit.events import record
from chibo.meetings.minutes import digests
from chibo.meetings.minutes.freeze import Tampered, check_frozen
from chibo.meetings.models import Annotation, DigestList, Minutes

Covers = DigestList.Covers


def seal(minutes: Minutes) -> dict[str, Any]:
    """Seal minutes that were just completed; what the event of it says."""
    first = minutes.form == digests.FIRST_FORM
    made = digests.make(minutes, Covers.WHOLE if first else Covers.SEAL)
    return _said(minutes, made)


def sign_correction(annotation: Annotation) -> bytes:
    """What the signatures under a correction sign: made at the first of them."""
    minutes = annotation.minutes
    found = annotation.digest_lists.filter(covers=Covers.ROOT).first()
    return bytes((found or digests.make(minutes, Covers.ROOT, annotation)).digest)


def seal_correction(annotation: Annotation, by: UUID | None) -> None:
    """Seal a correction that both have signed."""
    made = digests.make(annotation.minutes, Covers.SEAL, annotation)
    said = {"form": made.form, "seal": bytes(made.digest).hex(), "number": annotation.number}
    record("minutes.corrected", chain=annotation.cell_id, by=by, obj=annotation, **said)


def seal_earlier() -> int:
    """Seal minutes that were completed before there were seals, as they stand now; how many. As the system, each in a
    transaction of its own: it holds the chain of a cell.

    Those whose text is not what was signed stay without: `verify` names them.
    """
    sealed = DigestList.objects.filter(annotation=None, covers__in=(Covers.SEAL, Covers.WHOLE)).values("minutes")
    waiting = Minutes.objects.filter(form=digests.FIRST_FORM, meeting__signed_at__isnull=False).exclude(pk__in=sealed)
    with system_scope():
        found = list(waiting.order_by("pk").values_list("pk", flat=True))
    count = 0
    for pk in found:
        with system_scope():
            count += _seal_one(pk)
    return count


def _seal_one(pk: UUID) -> bool:
    minutes = Minutes.objects.select_related("meeting").select_for_update(of=("self",)).get(pk=pk)
    try:
        check_frozen(minutes)
    except Tampered:
        return False
    made = digests.make(minutes, Covers.WHOLE)
    record("minutes.sealed", chain=minutes.cell_id, by=None, obj=minutes.meeting, **_said(minutes, made))
    return True


def _said(minutes: Minutes, made: DigestList) -> dict[str, Any]:
    root, digest = bytes(minutes.root or b"").hex(), bytes(made.digest).hex()
    return {"form": made.form, "root": root, "seal": digest, "number": minutes.number}
