"""The kind of entry by which a meeting scores itself, and the shapes of the rubric and the facts that its
opening freezes (M21)."""

from chibo.meetings.room import project
from chibo.meetings.room.fold import Record, Room
from chibo.meetings.room.kinds import Kind, flag, listed, moment, one_of, optional, shaped, signed, text, whole, words
from chibo.meetings.room.rubric import EXPECTED, WITHOUT_EXCUSED

_condition = shaped(
    measure=words,
    at_least=optional(whole),
    over=optional(whole),
    at_most=optional(whole),
    under=optional(whole),
)
_criterion = shaped(
    code=words,
    words=words,
    maximum=whole,
    later=optional(flag),
    thematic=optional(flag),
    evidence=optional(listed(words)),
    bands=optional(listed(shaped(points=whole, when=listed(_condition)))),
)
rubric = shaped(
    key=words,
    title=words,
    issuer=optional(text),
    source=optional(text),
    step=whole,
    attendance=one_of(EXPECTED, WITHOUT_EXCUSED),
    groups=optional(listed(shaped(code=words, words=words))),
    criteria=listed(_criterion),
    grades=listed(shaped(word=words, at_least=whole)),
    gates=optional(listed(words)),
    agreeing=optional(flag),
)

facts = shaped(
    thematic=flag,
    planned=moment,
    minimum_minutes=optional(whole),
    old_tasks=whole,
    known=listed(shaped(measure=words, value=optional(whole), words=text)),
)


def _score(room: Room, record: Record) -> None:
    """Kept until the whole log is read: what a score is worth is judged by the rubric (chibo.meetings.room.judging)."""
    room.given.append(record)


KINDS = (
    Kind(
        "score",
        # Points in hundredths; below nought is no shape of its own, but marked, since it happened.
        {"rubric": words, "code": words, "points": signed, "note": optional(text)},
        _score,
        apply=project.nothing,
    ),
)
