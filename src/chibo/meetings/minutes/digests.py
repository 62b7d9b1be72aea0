"""Digests over the rows that signatures cover: made when they are signed, held against the rows ever after.

Of each row a list keeps a salt, one digest over its columns, and a short mark of each column, which tells later what
of it was changed. The list's own digest is what is signed (root) and what goes into the cell's chain (seal): decision
0053. No content stands in a list, so rows that law erases leave their digests behind.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, F, Func, Q, QuerySet

from chibo.audit.chains import canonical, digest_of, new_salt
from chibo.documents.models import IssuedDocument
from chibo.meetings import registries
from chibo.meetings.documents import ANNOTATION, annotation_kind
from chibo.meetings.models import AgendaItem, Annotation, Attendance, DigestList, Meeting, Minutes, Signature
from chibo.meetings.registries import SignedTable

FORM = 2  # form 1: `root` is a digest over the digests of the sections alone
FIRST_FORM = 1
Covers = DigestList.Covers
_MARK = 4
_FILES = ("docx", "pdf")


@dataclass(frozen=True)
class Difference:
    """A row that is not as it was signed. columns: what of it was changed; of one that is gone, or new, none."""

    table: SignedTable
    row: str
    place: int
    how: str
    columns: tuple[str, ...] = ()


# By their ids, the values of the columns of a table.
Rows = dict[str, list[Any]]


# ---------- Reading ----------
def columns_of(table: SignedTable, covers: str) -> tuple[str, ...]:
    """The columns of a table that a list covers."""
    match covers:
        case Covers.ROOT:
            return table.root
        case Covers.SEAL:
            return table.seal
        case _:
            return table.root + table.seal


def _rows_of(table: SignedTable, meetings: Sequence[UUID]) -> QuerySet[Any]:
    """The rows of some meetings that may be signed; what was taken off a programme is not."""
    rows = table.model._base_manager.filter(**{f"{_meeting_of(table)}__in": meetings})
    return rows.filter(removed_at=None) if table.model is AgendaItem else rows


def _meeting_of(table: SignedTable) -> str:
    return "pk" if table.model is Meeting else "meeting_id"


def _signed_rows(table: SignedTable, minutes: Minutes, annotation: Annotation | None, covers: str) -> QuerySet[Any]:
    """Those of them that a list covers: of the minutes, or of one correction."""
    rows = _rows_of(table, [minutes.meeting_id])
    if covers == Covers.WHOLE:
        return rows
    if table.model is Annotation:
        return rows.filter(pk=annotation.pk) if annotation else rows.none()
    if table.model is Signature:
        return rows.filter(annotation=annotation)
    if table.model is IssuedDocument:
        return rows.filter(_kinds(annotation))
    return rows if annotation is None else rows.none()


def _kinds(annotation: Annotation | None) -> Q:
    return Q(kind=annotation_kind(annotation.number)) if annotation else ~Q(kind__startswith=ANNOTATION)


def _values(rows: QuerySet[Any], table: SignedTable, columns: Sequence[str]) -> dict[UUID, Rows]:
    """The columns of rows as plain values, by meeting and id; of a file the digest of its bytes, which the database
    makes."""
    read: list[Any] = [
        Func(F(one), function="sha256", output_field=BinaryField()) if one in _FILES else one for one in columns
    ]
    found: dict[UUID, Rows] = {}
    own = (one for one in table.model._meta.ordering or () if "__" not in str(one))  # a join would hide a row
    ordered = rows.order_by(*own, "pk")
    for meeting, pk, *values in ordered.values_list(_meeting_of(table), "pk", *read):
        found.setdefault(meeting, {})[str(pk)] = [_plain(one) for one in values]
    return found


def _plain(value: Any) -> Any:
    """A value as JSON holds it, the same on every machine."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)


# ---------- Making ----------
def make(minutes: Minutes, covers: str, annotation: Annotation | None = None) -> DigestList:
    """Write the list of what a root or a seal covers, of the rows as they stand now in the database."""
    if covers != Covers.SEAL and annotation is None:
        _digest_words(minutes.meeting_id)
    rows = []
    for table in registries.signed_tables:
        if columns := columns_of(table, covers):
            signed = _values(_signed_rows(table, minutes, annotation, covers), table, columns)
            found = signed.get(minutes.meeting_id, {})
            rows += [_line(table, row, columns, values, new_salt()) for row, values in found.items()]
    made = DigestList(
        meeting_id=minutes.meeting_id,
        cell_id=minutes.cell_id,
        body=minutes.body,
        minutes=minutes,
        annotation=annotation,
        covers=covers,
        form=FORM,
        rows=rows,
    )
    made.digest = digest_over(made)
    made.save(force_insert=True)
    return made


def _line(table: SignedTable, row: str, columns: Sequence[str], values: list[Any], salt: bytes) -> list[str]:
    digest = digest_of(salt, canonical([table.name, row, values]))
    marks = (digest_of(salt, canonical(pair))[:_MARK].hex() for pair in zip(columns, values, strict=True))
    return [table.name, row, salt.hex(), digest.hex(), "".join(marks)]


def digest_over(one: DigestList) -> bytes:
    """What a list comes to: its form, what it is of, the digest and the marks of each row; salts may be erased."""
    rows = [[table, row, digest, marks] for table, row, _, digest, marks in one.rows]
    said = [one.form, one.covers, str(one.minutes_id), one.annotation_id and str(one.annotation_id), rows]
    return hashlib.sha256(canonical(said).encode()).digest()


def _digest_words(meeting: UUID) -> None:
    """Give the words of absences a salted digest of their own: it stays when they are erased after the term."""
    lines = list(Attendance.objects.filter(meeting=meeting))
    for line in lines:
        salt = new_salt() if line.reason_text else None
        line.reason_salt, line.reason_digest = salt, digest_of(salt, line.reason_text) if salt else None
    Attendance.objects.bulk_update(lines, ["reason_salt", "reason_digest"])


# ---------- Checking ----------
def holds(one: DigestList) -> bool:
    """Whether a list is what its own digest says, in the form that this version knows."""
    try:
        return one.form == FORM and digest_over(one) == bytes(one.digest)
    except (TypeError, ValueError):
        return False


@dataclass(frozen=True)
class Stored:
    """What the database has of some meetings, read together: by table and meeting; words of absences by meeting."""

    rows: Mapping[str, Mapping[UUID, Rows]]
    words: Mapping[UUID, list[Attendance]]

    @classmethod
    def of(cls, meetings: Sequence[UUID]) -> "Stored":
        """Read it."""
        tables = registries.signed_tables
        rows = {one.name: _values(_rows_of(one, meetings), one, one.root + one.seal) for one in tables}
        words: dict[UUID, list[Attendance]] = {}
        lines = Attendance.objects.filter(meeting__in=meetings).order_by("pk")
        for line in lines.only("meeting_id", "reason_text", "reason_salt", "reason_digest"):
            words.setdefault(line.meeting_id, []).append(line)
        return cls(rows, words)

    def table(self, table: SignedTable, meeting: UUID, columns: Sequence[str]) -> Rows:
        """Some columns of a meeting's rows."""
        read = table.root + table.seal
        places = [read.index(name) for name in columns]
        there = self.rows[table.name].get(meeting, {})
        return {row: [values[place] for place in places] for row, values in there.items()}


def differences(
    minutes: Minutes, lists: Sequence[DigestList], stored: Stored
) -> Iterator[tuple[DigestList | None, Difference]]:
    """What is not as these lists have it: rows that were changed or are gone, and rows that none of them has."""
    for table in registries.signed_tables:
        known = set()
        for one in lists:
            known |= {line[1] for line in one.rows if line[0] == table.name}
            yield from ((one, found) for found in _changed(table, one, stored))
        for row in stored.table(table, minutes.meeting_id, ()):
            if row not in known and not _waits(table, row, lists, stored):
                yield None, Difference(table, row, 0, "thêm vào sau khi ký")
    yield from ((None, found) for found in _words_that_differ(stored.words.get(minutes.meeting_id, [])))


def changed(one: DigestList) -> Iterator[Difference]:
    """What of the rows in a list was changed or is gone."""
    stored = Stored.of([one.meeting_id])
    for table in registries.signed_tables:
        yield from _changed(table, one, stored)


def _changed(table: SignedTable, one: DigestList, stored: Stored) -> Iterator[Difference]:
    lines = [line for line in one.rows if line[0] == table.name]
    if lines:
        columns = columns_of(table, one.covers)
        yield from _compare(table, columns, lines, stored.table(table, one.meeting_id, columns))


def _compare(
    table: SignedTable, columns: Sequence[str], lines: Sequence[Sequence[str]], there: Rows
) -> Iterator[Difference]:
    """The lines of a list against the rows that there are."""
    for place, (_, row, salt, digest, marks) in enumerate(lines, 1):
        values = there.get(row)
        if values is None:
            yield Difference(table, row, place, "không còn")
            continue
        _, _, _, digest_now, marks_now = _line(table, row, columns, values, _salt(salt))
        if digest_now != digest:
            pairs = zip(columns, _apart(marks), _apart(marks_now), strict=True)
            yield Difference(table, row, place, "bị đổi", tuple(name for name, was, now in pairs if was != now))


def _salt(text: str) -> bytes:
    """A salt as written; none where it is not one, and then nothing matches."""
    try:
        return bytes.fromhex(text)
    except (TypeError, ValueError):
        return b""


def _apart(marks: str) -> list[str]:
    return [marks[at : at + 2 * _MARK] for at in range(0, len(marks), 2 * _MARK)]


def _waits(table: SignedTable, row: str, lists: Iterable[DigestList], stored: Stored) -> bool:
    """Whether a row is the first signature under a correction that the other one has not signed yet."""
    if table.model is not Signature:
        return False
    sealed = {str(one.annotation_id) for one in lists if one.covers == Covers.SEAL}
    meetings = stored.rows[table.name].values()
    values = next(rows[row] for rows in meetings if row in rows)
    annotation = values[(table.root + table.seal).index("annotation_id")]
    return annotation is not None and annotation not in sealed


def _words_that_differ(lines: Iterable[Attendance]) -> Iterator[Difference]:
    """Words of absence that are not those of the signing; words and salt erased together are no difference."""
    table = next(one for one in registries.signed_tables if one.model is Attendance)
    for place, line in enumerate(lines, 1):
        if not line.reason_text and line.reason_salt is None:
            continue
        salt = bytes(line.reason_salt or b"")
        if not salt or digest_of(salt, line.reason_text) != bytes(line.reason_digest or b""):
            yield Difference(table, str(line.pk), place, "bị đổi", ("reason_text",))
