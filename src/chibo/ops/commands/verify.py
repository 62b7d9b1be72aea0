"""`bin/chibo verify`: walk every hash chain and every seal to the first place that does not hold."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from chibo.audit.note import Note
from chibo.ops import machine
from chibo.ops.terminal import CommandError, complain, say

if TYPE_CHECKING:
    from chibo.audit.chains import Break

HELP = "kiểm tra nhật ký, ghi chép các cuộc họp và các niêm phong; mã thoát 1 khi có chỗ bị đổi"
# Breaks that are named; after so many a person has seen enough.
NAMED = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--since`, `--against` and `--json`."""
    parser.add_argument("--since", type=int, default=0, metavar="SỐ", help="chỉ kiểm tra từ niêm phong số này về sau")
    parser.add_argument("--against", type=Path, metavar="TỆP", help="đối chiếu với niêm phong cất bên ngoài")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Name the first breaks, each chain's first; the exit code is 1 when there is one."""
    note = _note(options.against)
    with machine.application():
        from chibo.access.scope import system_snapshot
        from chibo.audit import verify
        from chibo.meetings.minutes.verify import coverage

        with system_snapshot():  # heads and links of one moment: the server may be writing
            progress = verify.silent if options.json else Line()
            found = []
            for one in verify.breaks(since=options.since, against=note, progress=progress):
                found.append((one, _name(one.chain)))
                if len(found) == NAMED:
                    break
            if isinstance(progress, Line):
                progress.finish()
            covered = coverage()
        report = _as_json if options.json else _as_text
        report(found, covered)
    return 1 if found else 0


def _note(path: Path | None) -> Note | None:
    """The seal in a file that was kept outside."""
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Không đọc được {path}: {error}") from error
    note = Note.read(text)
    if note is None:
        raise CommandError(f"{path} không có dòng niêm phong “Chibo-niem-phong SỐ MÃ”. Kiểm tra lại tệp.")
    return note


def _name(chain: UUID) -> str:
    """What a chain is of, in words: at the terminal the cell or the day may be said, logs hold ids alone."""
    from chibo.lib.dates import format_date
    from chibo.meetings.models import Meeting
    from chibo.orgs.models import Organisation

    if chain.int == 0:
        return "các niêm phong"
    if (organisation := Organisation.objects.filter(pk=chain).first()) is not None:
        return f"nhật ký của {organisation.name}"
    if (meeting := Meeting.objects.filter(pk=chain).select_related("cell").first()) is not None:
        return f"ghi chép cuộc họp ngày {format_date(meeting.day)} của {meeting.cell.name}"
    return f"chuỗi {chain}"


def _as_text(found: "list[tuple[Break, str]]", covered: dict[str, int]) -> None:
    for one, name in found:
        place = f", mắt xích {one.seq}" if one.chain.int and one.seq else ""
        complain(f"{name}{place}: {one.why}")
    if len(found) == NAMED:
        complain(f"Dừng ở {NAMED} chỗ đầu tiên.")
    if not found:
        say("Nguyên vẹn: các chuỗi nhật ký, ghi chép cuộc họp, biên bản đã ký và niêm phong.")
    if earlier := covered["sealed_later"] + covered["text_alone"]:
        say(
            f"Biên bản mà chữ ký gồm mọi dữ kiện: {covered['signed']}. Biên bản ký từ trước, chữ ký chỉ gồm lời trong"
            f" các mục: {earlier}; trong đó {covered['sealed_later']} có niêm phong của hệ thống cho phần còn lại."
        )


def _as_json(found: "list[tuple[Break, str]]", covered: dict[str, int]) -> None:
    breaks = [{"chain": str(one.chain), "name": name, "seq": one.seq, "why": one.why} for one, name in found]
    say(json.dumps({"intact": not found, "breaks": breaks, "minutes": covered}, ensure_ascii=False, indent=1))


class Line:
    """One line that counts, where a person is looking; nothing in a file or a pipe."""

    def __init__(self) -> None:
        self.shown = False

    def __call__(self, done: int, of: int) -> None:
        """Count on."""
        if sys.stderr.isatty():
            print(f"\r  {done:,} / {of:,} mắt xích".replace(",", "."), end="", file=sys.stderr, flush=True)
            self.shown = True

    def finish(self) -> None:
        """End the line."""
        if self.shown:
            print(file=sys.stderr, flush=True)
