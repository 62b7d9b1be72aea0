"""What signed minutes say, read from their sections; and the contradictions among it, reckoned without the fold."""

import re
from dataclasses import dataclass, field

from chibo.meetings.models import Meeting, MinutesSection
from chibo.meetings.room.fold import Record

VOTE = re.compile(r"Biểu quyết (.+?): (\d+)/(\d+) đồng chí tán thành[^;.]*(?:,\d+%|\d%)?(?:; (\d+) không tán thành)?")
PRESENT = re.compile(r"Dự họp: (\d+) ")
TASK = re.compile(r"(Việc số \d+)(?!\d)")
PART = re.compile(r"(Đoạn số \d+)(?!\d)")


@dataclass
class Facts:
    """votes: (title, in favour, base, against), in their order; texts: tasks and parts of the resolution as written."""

    present: int
    votes: list[tuple[str, int, int, int]] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    ends: int = 0
    broken_off: int = 0


def facts_of(meeting: Meeting) -> Facts:
    """The facts of signed minutes."""
    sections = MinutesSection.objects.filter(minutes__meeting=meeting).order_by("position")
    lines = [text for one in sections for block in one.content["blocks"] for text in _texts(block)]
    whole = "\n".join(lines)
    votes = [(title, int(favour), int(base), int(against or 0)) for title, favour, base, against in VOTE.findall(whole)]
    (present,) = PRESENT.findall(whole)
    tasks = [one for line in lines if "Việc số" in line for one in TASK.findall(line)]
    return Facts(
        present=int(present),
        votes=votes,
        tasks=tasks,
        parts=PART.findall(whole),
        ends=whole.count("Buổi họp kết thúc lúc"),
        broken_off=whole.count("Buổi họp hoãn giữa chừng"),
    )


def _texts(block: dict[str, object]) -> list[str]:
    found = []
    for value in block.values():
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            found += [str(one) for one in value]
    return found


def contradictions(facts: Facts, log: list[Record]) -> list[str]:
    """What signed minutes may not say; the log tells who had seen what, and nothing of what it means."""
    found = []
    for title, favour, base, against in facts.votes:
        if favour + against > facts.present or favour > base:
            found.append(f"{favour}/{base} and {against} against, with {facts.present} there: {title}")
    found += [f"given twice: {one}" for one in set(facts.tasks) if facts.tasks.count(one) > 1]
    if facts.ends + facts.broken_off > 1 + bool(facts.broken_off) or facts.ends > 1:
        found.append(f"{facts.ends} ends, {facts.broken_off} times broken off")
    return [*found, *_results(facts, log), *_not_voted(facts, log)]


def _results(facts: Facts, log: list[Record]) -> list[str]:
    """Of one matter, results that were taken without one having seen the other."""
    found = []
    for title in {one[0] for one in facts.votes}:
        said = [one[1:] for one in facts.votes if one[0] == title]
        taken = [one for one in log if one.kind == "vote" and one.payload["title"] == title]
        taken = [
            one for one in taken if (one.payload["in_favour"], len(one.payload["included"])) in {s[:2] for s in said}
        ]
        taken = [one for one in taken if not _taken_back(one, log)]
        apart = [(a, b) for a in taken for b in taken if a is not b and not (a.saw(b) or b.saw(a))]
        # Whoever voted anew and had both before them has settled it.
        if len(said) > 1 and any(not any(one.saw(a) and one.saw(b) for one in taken) for a, b in apart):
            found.append(f"results of one matter out of reach of each other: {title} {said}")
    return found


def _not_voted(facts: Facts, log: list[Record]) -> list[str]:
    """Texts of the resolution that the vote on it had not seen, and that nobody said to be covered."""
    votes = [one for one in log if one.kind == "vote" and one.payload["subject"] == "resolution"]
    votes = [one for one in votes if not _taken_back(one, log)]
    if not votes:
        return []
    last = max(votes, key=lambda one: one.place)
    covered = {
        entry
        for one in log
        if one.kind == "vote-covers" and one.payload["of"] == str(last.id) and not _taken_back(one, log)
        for entry in one.payload["entries"]
    }
    texts = {*facts.tasks, *facts.parts}
    return [
        f"newer than its vote: {text}"
        for one in log
        for text in texts & {*one.payload.get("parts", {}).values(), one.payload.get("what")}
        if not (last.saw(one) or str(one.id) in covered)
    ]


def _taken_back(one: Record, log: list[Record]) -> bool:
    """Whether an undo of it stands."""
    undos = [other for other in log if other.kind == "undo" and other.payload["of"] == str(one.id)]
    return any(not _taken_back(other, log) for other in undos if "about" not in other.payload)
