"""How often one caller may ask: so many requests a minute, counted in each process.

The limit keeps one program from taking the machine away from the meetings; it is no guard of secrets, since a token
of 256 random bits is not guessed. So it is counted in memory: a row written with each request would cost more than
most requests (docs/decisions/0026-the-api.md).
"""

import time
from dataclasses import dataclass, field
from threading import Lock

SECONDS = 60
MOST_CALLERS = 10_000


@dataclass
class Limit:
    """Counts of the minute that runs."""

    minute: int = -1
    counts: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def wait(self, caller: str, most: int) -> int:
        """Count a request; gives how many seconds the caller must wait, 0 where it may go on."""
        at = time.monotonic()
        with self.lock:
            if self.minute != int(at // SECONDS) or len(self.counts) > MOST_CALLERS:
                self.minute, self.counts = int(at // SECONDS), {}
            self.counts[caller] = self.counts.get(caller, 0) + 1
            return SECONDS - int(at % SECONDS) if self.counts[caller] > most else 0


requests, wrong_tokens = Limit(), Limit()
