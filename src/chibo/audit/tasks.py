"""Jobs of the log."""

from datetime import time

from chibo.lib.jobs import Figures, job
from chibo.lib.schedules import Daily


@job("audit.seal", title="Niêm phong các chuỗi nhật ký", every=Daily(time(0, 30)))
def seal() -> Figures:
    """A checkpoint over the heads of the chains that moved, every night (design.md section 3, rule 9)."""
    from chibo.audit.sealing import seal

    return {"niêm phong số": seal().number or 0}
