"""The process that reads one file: run as a script by `chibo.lib.files.reader`, never imported by it."""

import io
import json
import sys
from pathlib import Path
from typing import IO

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
    limits.bind(limits.seconds_for(task, name, size), written=asked.get("unpacked_bytes", limits.UNPACKED_BYTES))
    content = given.read()
    try:
        if task == "paper":
            from chibo.lib.files import paper

            answer, rest = paper.clean(name, content)
            out.write(json.dumps(answer).encode() + b"\n" + rest)
        elif task == "workbook":
            _workbook(io.BytesIO(content), out, asked)
    except Refusal as refusal:
        out.write(json.dumps({"refused": str(refusal)}).encode())
    except Exception as error:  # the kind alone: what an error says may be words of the file
        out.write(json.dumps({"failed": type(error).__name__}).encode())
    out.flush()


def _workbook(file: IO[bytes], out: IO[bytes], bounds: dict[str, int]) -> None:
    """What sheets there are, then all their rows."""
    from chibo.lib.files import workbook

    try:
        sheets = workbook.sheets_of(file, **bounds)
    except workbook.NotRead as reason:
        out.write(json.dumps({"code": str(reason)}).encode())
        return
    told = [{"name": one.name, "is_empty": one.is_empty, "merged": one.merged} for one in sheets]
    out.write(json.dumps({"sheets": told}).encode() + b"\n")
    out.writelines(workbook.lines_of(sheets))


if __name__ == "__main__":
    main()
