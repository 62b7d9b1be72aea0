"""Jobs of lists on their way in, and of acts on the tree that fall due."""

from datetime import time
from uuid import UUID

from chibo.lib.jobs import Figures, job
from chibo.lib.schedules import Daily


@job("directory.import", title="Nhập danh sách dài", alone=True)
def import_list(run: str, person: str) -> Figures:
    """Look at a long list, or write it piece by piece, each in a transaction of its own (decision 0020)."""
    from chibo.access.scope import person_scope
    from chibo.directory.spreadsheets import runs

    pieces, more = 0, True
    while more:
        # The standing of this moment: whoever lost the office meanwhile writes nothing more.
        with person_scope(UUID(person)) as by:
            more = runs.advance(by=by, run_id=UUID(run))
        pieces += 1
    return {"phần": pieces}


@job(
    "directory.apply_due", title="Thi hành việc về tổ chức đến ngày", every=Daily(time(0, 5)), at_start=True, alone=True
)
def apply_due() -> Figures:
    """Acts on the tree take effect on their day, each in a transaction of its own."""
    from chibo.directory.tree import commands

    return {"việc": commands.apply_due()}
