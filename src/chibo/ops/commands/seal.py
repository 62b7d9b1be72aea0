"""`bin/chibo seal`: seal the chains that moved; write a seal as a small file, or a QR, to keep elsewhere."""

import argparse
from pathlib import Path

from chibo.ops import machine
from chibo.ops.terminal import CommandError, say

HELP = "niêm phong các chuỗi nhật ký; ghi niêm phong ra tệp nhỏ để cất ở nơi khác"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--number`, `--to` and `--qr`."""
    parser.add_argument("--number", type=int, metavar="SỐ", help="dùng niêm phong đã có, không niêm phong thêm")
    parser.add_argument("--to", type=Path, metavar="TỆP", help="ghi niêm phong ra tệp văn bản")
    parser.add_argument("--qr", type=Path, metavar="TỆP.svg", help="ghi niêm phong thành mã QR để in")


def run(options: argparse.Namespace) -> int:
    """Seal, then write what was asked for."""
    with machine.application():
        import segno

        from chibo.access.scope import system_scope
        from chibo.audit import sealing
        from chibo.audit.models import Checkpoint

        with system_scope():
            if options.number is None:
                checkpoint = sealing.seal()
            else:
                found = Checkpoint.objects.filter(number=options.number).first()
                if found is None:
                    raise CommandError(f"Không có niêm phong số {options.number}. Bỏ --number để niêm phong mới.")
                checkpoint = found
            letter = sealing.letter(checkpoint)
            if options.to is not None:
                _write(options.to, letter)
            if options.qr is not None:
                _write(options.qr, segno.make(str(sealing.note_of(checkpoint)), error="m").svg_inline(scale=4))
            say(letter)
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Không ghi được {path}: {error}") from error
