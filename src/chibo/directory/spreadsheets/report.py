"""What looking at a file found, as its page shows it: figures, what to mend, and of very many names the first."""

from collections.abc import Sequence
from typing import Any

from chibo.directory.spreadsheets import staging
from chibo.directory.spreadsheets.importing import Import
from chibo.directory.spreadsheets.plan import Entry

LISTED = 200
MOST_PROBLEMS = 1_000
# What the committee of each cell keeps, in words.
WITHHELD = {"phone": "điện thoại", "exempt": "miễn sinh hoạt", "post": "chức vụ đơn vị"}
SEXES = {"male": "nam", "female": "nữ"}


def report_of(found: Import) -> dict[str, Any]:
    """The figures and lists of an import, ready to be kept."""
    cells = {one.cell.id for one in found.people.entries}
    several = len(cells) > 1
    bodies, added, changed = found.organisations.entries, found.people.added, found.people.changed
    return {
        "errors": staging.listed(found.problems.errors[:MOST_PROBLEMS]),
        "warnings": staging.listed(found.problems.warnings[:MOST_PROBLEMS]),
        "number_of_errors": len(found.problems.errors),
        "number_of_warnings": len(found.problems.warnings),
        "wrong_rows": found.wrong_rows,
        "same": found.same,
        "withheld": ", ".join(WITHHELD[one] for one in WITHHELD if one in found.people.withheld),
        "bodies": _some(
            bodies,
            [{"name": one.body.name, "words": "; ".join(one.words), "new": one.new} for one in bodies[:LISTED]],
        ),
        "changed": _some(
            changed, [{"name": one.row.full_name, "words": "; ".join(one.words)} for one in changed[:LISTED]]
        ),
        "added": _some(
            added, [{"name": one.row.full_name, "words": _words(one, several=several)} for one in added[:LISTED]]
        ),
        "offices": _some(
            found.offices.entries,
            [
                {"name": one.row.full_name, "words": f"{one.office.label}, {one.body.name}"}
                for one in found.offices.entries[:LISTED]
            ],
        ),
    }


def _some(all_: Sequence[Any], first: list[dict[str, Any]]) -> dict[str, Any]:
    return {"number": len(all_), "first": first, "more": len(all_) - len(first)}


def _words(one: Entry, *, several: bool) -> str:
    """ "Chính thức, sinh 1980, nam, 0912345678. Chi bộ thôn Phú Hòa"."""
    said = [
        one.kind_name.capitalize(),
        f"sinh {one.row.birth_year}" if one.row.birth_year else "",
        SEXES.get(one.row.sex, ""),
        *one.words,
    ]
    return ", ".join(filter(None, said)) + (f". {one.cell.name}" if several else "")
