"""The rules in force on a day for an organisation, as plain values with their source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

VERIFIED, TRANSCRIBED, CUSTOMARY = "V", "S", "R"
CAVEATS = {
    VERIFIED: "",
    TRANSCRIBED: "theo bản lưu hành, chưa đối chiếu bản gốc",
    CUSTOMARY: "đặt theo thông lệ, sửa được",
}


@dataclass(frozen=True)
class RuleText:
    """One rule as a screen shows it: its value, one sentence, where it comes from."""

    key: str
    value: Any
    statement: str
    source: str
    url: str
    confidence: str

    @property
    def caveat(self) -> str:
        """What to say about a rule whose official text was not read; empty where it was."""
        return CAVEATS[self.confidence]

    @property
    def source_line(self) -> str:
        """The source, with its caveat where it has one."""
        return f"{self.source} ({self.caveat})" if self.caveat else self.source


class NoSuchRule(KeyError):
    """No rule with this key is in force on this day for this organisation."""


class RuleBook(Mapping[str, RuleText]):
    """All the rules in force on one day for one organisation; the nearest organisation's rule wins."""

    def __init__(self, rules: Mapping[str, RuleText]) -> None:
        """Take the rules by key."""
        self._rules = dict(rules)

    def __getitem__(self, key: str) -> RuleText:
        """Return a rule.

        Raises:
            NoSuchRule: it is not in force; use `.get()` where a rule only gives advice.
        """
        try:
            return self._rules[key]
        except KeyError:
            raise NoSuchRule(key) from None

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        return iter(self._rules)

    def __len__(self) -> int:
        """Count the rules."""
        return len(self._rules)

    def number(self, key: str) -> int:
        """Return the value of a rule that is a whole number.

        Raises:
            NoSuchRule: it is not in force.
            TypeError: its value is something else.
        """
        value = self[key].value
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"rule {key} holds {value!r}, not a whole number")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return the value of a rule that is a list of words.

        Raises:
            NoSuchRule: it is not in force.
            TypeError: its value is something else.
        """
        value = self[key].value
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise TypeError(f"rule {key} holds {value!r}, not a list of words")
        return tuple(value)
