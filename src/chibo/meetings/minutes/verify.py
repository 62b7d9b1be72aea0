"""The part of `verify` that holds signed minutes against what was signed, and against the seal in the cell's chain."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from chibo.audit.chains import Break
from chibo.audit.models import Event
from chibo.meetings.minutes import digests
from chibo.meetings.minutes.column_words import in_words
from chibo.meetings.minutes.freeze import Tampered, check_frozen
from chibo.meetings.models import DigestList, Meeting, Minutes, Signature

Covers = DigestList.Covers
TOGETHER = 50
SEALS = (Covers.SEAL, Covers.WHOLE)
COMPLETING, CORRECTING = ("minutes.completed", "minutes.sealed"), ("minutes.corrected",)


def minutes_breaks(only: Iterable[UUID] | None = None) -> Iterator[Break]:
    """Whatever of signed minutes is not as it was signed, one break a row. only: of these meetings."""
    completed = Event.objects.filter(kind="minutes.completed")
    if only is not None:
        completed = completed.filter(object_id__in=list(only))
    there = Minutes.objects.filter(meeting=OuterRef("object_id"))
    for meeting in completed.exclude(Exists(there)).order_by("seq").values_list("object_id", flat=True):
        if meeting is not None:
            yield Break(meeting, 0, "biên bản đã ký không còn")
    signed = iter(_signed(only).iterator(chunk_size=TOGETHER))
    while batch := list(islice(signed, TOGETHER)):
        meetings = [one.meeting_id for one in batch]
        seals, stored = _recorded_seals(meetings), digests.Stored.of(meetings)
        for minutes in batch:
            yield from (Break(minutes.meeting_id, 0, why) for why in _Check(minutes, seals, stored).all())


def _signed(only: Iterable[UUID] | None) -> Any:
    """Minutes that are said to be signed by themselves, by a seal, or by the cell's chain."""
    sealed = DigestList.objects.filter(minutes=OuterRef("pk"), covers__in=SEALS)
    recorded = Event.objects.filter(kind="minutes.completed", object_id=OuterRef("meeting_id"))
    over = Meeting.objects.filter(pk=OuterRef("meeting_id"), signed_at__isnull=False)
    found = Minutes.objects.prefetch_related("digest_lists").filter(Exists(over) | Exists(sealed) | Exists(recorded))
    return (found if only is None else found.filter(meeting__in=list(only))).order_by("id")


def coverage() -> dict[str, int]:
    """How many signed minutes are covered how: by their signatures, by a later seal of the system, by neither whole."""
    signed = _signed(None)
    later = DigestList.objects.filter(minutes=OuterRef("pk"), covers=Covers.WHOLE)
    first = signed.filter(form=digests.FIRST_FORM)
    return {
        "signed": signed.exclude(form=digests.FIRST_FORM).count(),
        "sealed_later": first.filter(Exists(later)).count(),
        "text_alone": first.exclude(Exists(later)).count(),
    }


def _recorded_seals(meetings: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """What the cells' chains say of seals, by the meeting or the correction that they are of."""
    about = Q(kind__in=COMPLETING, object_id__in=meetings) | Q(kind__in=CORRECTING, about_id__in=meetings)
    found: dict[UUID, list[dict[str, Any]]] = {}
    for of, payload in Event.objects.filter(about).order_by("seq").values_list("object_id", "payload"):
        if of is not None:
            found.setdefault(of, []).append(json.loads(payload) if payload else {})
    return found


@dataclass(frozen=True)
class _Check:
    """One set of minutes, held against everything."""

    minutes: Minutes
    seals: dict[UUID, list[dict[str, Any]]]
    stored: digests.Stored

    def all(self) -> Iterator[str]:
        """What does not hold, in words."""
        lists = sorted(self.minutes.digest_lists.all(), key=lambda one: one.pk)
        recorded = self.seals.get(self.minutes.meeting_id, [])
        if self.minutes.form == digests.FIRST_FORM:
            yield from self._first_form(recorded)
        if not all(digests.holds(one) for one in lists):
            yield "danh mục dấu kiểm bị đổi"
            return
        yield from self._lists(lists, recorded)
        if any(one.covers in SEALS and one.annotation_id is None for one in lists):
            yield from self._rows(lists)
            yield from self._corrections(lists)

    def _first_form(self, recorded: list[dict[str, Any]]) -> Iterator[str]:
        """By the old rules: the text of the sections, and their root as the chain has it."""
        try:
            check_frozen(self.minutes)
        except Tampered:
            yield "biên bản đã ký bị đổi (chữ ký theo dạng cũ)"
            return
        # Without an event (minutes from before there were any) or with an erased one the root stands alone.
        if any(one["root"] != bytes(self.minutes.root or b"").hex() for one in recorded if one.get("root")):
            yield "biên bản khác với lúc ký đủ"

    def _lists(self, lists: list[DigestList], recorded: list[dict[str, Any]]) -> Iterator[str]:
        """What the lists come to is what was signed, and what the chain has."""
        own = {one.covers: bytes(one.digest).hex() for one in lists if one.annotation_id is None}
        if self.minutes.form != digests.FIRST_FORM and own.get(Covers.ROOT) != bytes(self.minutes.root or b"").hex():
            yield "biên bản khác với danh mục mà chữ ký chứng nhận"
        said = {one["seal"] for one in recorded if one.get("seal")}
        if said != {own[one] for one in SEALS if one in own}:
            yield "niêm phong khác với nhật ký của chi bộ"
        if self.minutes.form != digests.FIRST_FORM and not said:
            yield "niêm phong không còn trong nhật ký của chi bộ"

    def _rows(self, lists: list[DigestList]) -> Iterator[str]:
        for one, found in digests.differences(self.minutes, lists, self.stored):
            place = f" số {found.place}" if found.place else ""
            what = f" ({', '.join(in_words(column) for column in found.columns)})" if found.columns else ""
            by = f"; theo {one.get_covers_display()}" if one else ""
            yield f"{found.table.title}{place} {found.how}{what}{by}"

    def _corrections(self, lists: list[DigestList]) -> Iterator[str]:
        """Each signature under a correction signs its list; each completed correction is in the chain."""
        roots: dict[UUID | None, DigestList] = {
            one.annotation_id: one for one in lists if one.covers == Covers.ROOT and one.annotation_id is not None
        }
        if not roots:
            return
        for signature in Signature.objects.filter(minutes=self.minutes).exclude(annotation=None).order_by("pk"):
            root, signed = roots.get(signature.annotation_id), bytes(signature.root)
            # By the rules of form 1 a correction was signed with the root of its minutes.
            before = self.minutes.form == digests.FIRST_FORM and signed == bytes(self.minutes.root or b"")
            if root is not None and signed != bytes(root.digest) and not before:
                yield "chữ ký dưới đính chính khác với danh mục mà nó chứng nhận"
        for annotation in filter(None, roots):
            made = {bytes(one.digest).hex() for one in lists if one.annotation_id == annotation and one.covers in SEALS}
            if made != {one.get("seal") for one in self.seals.get(annotation, [])}:
                yield "niêm phong của đính chính khác với nhật ký của chi bộ"
