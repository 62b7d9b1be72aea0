"""Public answers in the smallest form that a browser takes: Brotli over https and on the machine itself, else gzip.

Only for what is the same for everyone and repeats nothing of the question: where a secret stands beside what somebody
else chose, the length of a compressed answer tells of it.
"""

import gzip
from functools import lru_cache

import brotli  # type: ignore[import-untyped]

BROTLI, GZIP, PLAIN = "br", "gzip", ""


def preferred(accepted: str) -> str:
    """The encoding to answer in (RFC 9110, 12.5.3): the smallest that is not refused.

    Args:
        accepted: the header Accept-Encoding, or "" where there is none.
    """
    weights: dict[str, str] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = weight.strip().removeprefix("q=")
    for encoding in (BROTLI, GZIP):
        weight = weights.get(encoding, weights.get("*", "0"))
        if weight.strip("0.") or not weight:
            return encoding
    return PLAIN


@lru_cache(maxsize=16)
def compressed(content: str, encoding: str) -> bytes:
    """A text as it is sent in an encoding; remembered, since the best takes a second for the scripts of the room."""
    plain = content.encode()
    if encoding == BROTLI:
        return bytes(brotli.compress(plain, mode=brotli.MODE_TEXT))
    return gzip.compress(plain, mtime=0) if encoding == GZIP else plain
