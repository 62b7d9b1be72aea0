"""How a line of the log looks: ids, paths and places in the code, never what people typed.

The message of an exception may quote a row ("Failing row contains …"), so of a traceback only its kind and its places
in the code are written.
"""

import logging
import traceback
from types import TracebackType


class Formatter(logging.Formatter):
    """Writes exceptions without their messages."""

    def formatException(  # noqa: N802 (the name of the base class)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Kinds and places of an exception and of those that it came from, the first cause first."""
        parts, one = [], ei[1]
        while one is not None:
            places = [
                f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(one.__traceback__)
            ]
            parts.append("\n".join([f"{type(one).__module__}.{type(one).__qualname__}", *places]))
            one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        return "\n".join(reversed(parts))
