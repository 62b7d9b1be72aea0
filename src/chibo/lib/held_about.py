"""What the system holds about a person, group by group: each app says its own (Luật 91/2025/QH15, quyền được biết).

An app adds its groups from `AppConfig.ready`. The lines are read as the system, by the person's id alone, so a group
gives what is about this person and names nobody else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class HeldLine:
    """One thing that is held, in plain words."""

    what: str
    detail: str = ""


@dataclass(frozen=True)
class HeldGroup:
    """Some data of a kind.

    title, purpose: what it is and what for, in Vietnamese. tables: where it stands, which also says who can see it.
    retention: the key of the rule that says how long it is kept. lines: what is held of the person with this id.
    also_seen_by: who sees some of it by pages that stand outside the table of rights, and what.
    """

    key: str
    title: str
    purpose: str
    tables: tuple[str, ...]
    retention: str
    lines: Callable[[UUID], Iterable[HeldLine]]
    also_seen_by: str = ""


GROUPS: dict[str, HeldGroup] = {}


def register(*groups: HeldGroup) -> None:
    """Add groups; from AppConfig.ready.

    Raises:
        ValueError: a group with this key is there already.
    """
    for group in groups:
        if group.key in GROUPS:
            raise ValueError(f"two groups of held data are called {group.key}")
        GROUPS[group.key] = group


def groups() -> Sequence[HeldGroup]:
    """All groups, in the order in which they were added."""
    return list(GROUPS.values())
