"""The process that reads one file: run as a script by `chibo.lib.files.reader`, never imported by it."""

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    # Isolated from the environment, Python knows the packages beside it, and not where Chibo stands.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from chibo.lib.files import limits
from chibo.lib.files.refusal import Refusal


def main() -> None:
    """Read what was asked and the file; write the answer and what belongs to it."""
    given, out = sys.stdin.buffer, sys.stdout.buffer
    asked = json.loads(given.readline())
    task, name, size = asked.pop("task"), asked.pop("name"), asked.pop("size")
    limits.bind(limits.seconds_for(name, size), written=asked.pop("written", 64 << 20))
    content = given.read()
    try:
        if task == "paper":
            from chibo.lib.files import paper

            answer, rest = paper.clean(name, content)
            out.write(json.dumps(answer).encode() + b"\n" + rest)
    except Refusal as refusal:
        out.write(json.dumps({"refused": str(refusal)}).encode())
    except Exception as error:  # the kind alone: what an error says may be words of the file
        out.write(json.dumps({"failed": type(error).__name__}).encode())
    out.flush()


if __name__ == "__main__":
    main()
