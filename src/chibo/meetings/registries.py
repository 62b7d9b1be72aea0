"""Three small registries that a later app fills in AppConfig.ready to join in (design.md section 2, rule 5)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chibo.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True)
class AgendaLine:
    """One thing that an app puts under an item of the programme: an old task, an answer from above."""

    text: str
    detail: str
    url: str
    status: str = ""  # a status of the look: late, ok, waiting
    status_text: str = ""


@dataclass(frozen=True)
class ClosingBar:
    """Why a meeting cannot be closed yet, and where to mend it."""

    reason: str
    url: str
    action: str


AgendaSource = Callable[[Meeting, AgendaItem], list[AgendaLine]]
ClosingCheck = Callable[[Meeting], list[ClosingBar]]

agenda_sources: list[AgendaSource] = []
closing_checks: list[ClosingCheck] = []
# kind of entry → how it is checked, folded and projected; see chibo.meetings.room.kinds
entry_kinds: dict[str, Any] = {}
# (meeting, state of the room) → None: writes the rows of a later app from a folded log
projectors: list[Callable[[Meeting, Any], None]] = []
