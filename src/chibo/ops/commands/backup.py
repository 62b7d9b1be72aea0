"""`bin/chibo backup [FILE]`: everything a tenant holds, in one file; `--verify` proves that one can be restored."""

import argparse
from pathlib import Path

from chibo.ops import backup, backup_check, backup_store, machine, recovery_key
from chibo.ops.connection import tenant_name
from chibo.ops.terminal import CommandError, Progress, say, table

HELP = "sao lưu một đơn vị vào một tệp (chạy được khi máy chủ đang hoạt động)"
CHECKS = {"": "chưa thử", "restored": "khôi phục thử được", "read": "đọc được", "broken": "HỎNG"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file, `--verify`, `--list`, `--key`, `--key-kept`."""
    parser.add_argument("file", type=Path, nargs="?", metavar="TỆP", help="mặc định: một tệp mới trong kho sao lưu")
    parser.add_argument("--verify", action="store_true", help="không sao lưu: khôi phục thử TỆP (hoặc bản mới nhất)")
    parser.add_argument("--key", action="store_true", help="không sao lưu: hiện khóa khôi phục, để chép ra giấy")
    parser.add_argument("--key-kept", action="store_true", help="không sao lưu: ghi là khóa khôi phục đã cất trên giấy")
    parser.add_argument("--list", action="store_true", help="không sao lưu: liệt kê các bản trong kho")


def run(options: argparse.Namespace) -> int:
    """Do what was asked for, and say what came of it."""
    if options.list:
        return show()
    if options.key:
        return show_key()
    if options.key_kept:
        return note_put_away()
    with machine.application():
        if options.verify:
            return verify(options.file)
        progress = Progress()
        if options.file:
            manifest = backup.write(options.file, passphrase=backup_store.sealing_words(), report=progress)
            file, time = options.file, manifest["time"]
        else:
            made = backup.make(report=progress)
            file, time = made.file, made.record.made_at
        progress.finish()
    size = file.stat().st_size / 1_000_000
    say(f"Đã sao lưu đơn vị “{tenant_name()}” lúc {time} vào {file} ({size:.1f} MB).")
    if recovery_key.is_waiting():
        show_key()
    return 0


def show_key() -> int:
    """The recovery key, to be put on paper; raises CommandError where a passphrase stands in its place."""
    if not (key := recovery_key.known()):
        raise CommandError("Máy này chưa có khóa khôi phục: chưa sao lưu, hoặc dùng CHIBO_BACKUP_PASSPHRASE_FILE.")
    say("")
    say(f"Bản sao lưu có mã hóa. KHÓA KHÔI PHỤC:  {key}")
    say("Chép ra giấy, ghi là của máy nào, cất trong két, xa máy này và xa nơi để bản sao lưu.")
    say("Mất máy mà không có khóa này thì không ai mở được bản sao lưu nào.")
    say(f"Cất xong thì chạy: {recovery_key.PUT_AWAY}. Xem lại khóa: bin/chibo backup --key")
    return 0


def note_put_away() -> int:
    """Somebody has put it away: the machine reminds no more. Raises CommandError where there is none."""
    if not recovery_key.known():
        raise CommandError("Máy này chưa có khóa khôi phục: chạy bin/chibo backup để có bản sao lưu đầu tiên và khóa.")
    recovery_key.put_away()
    say("Đã ghi: khóa khôi phục đã cất trên giấy.")
    return 0


def verify(file: Path | None) -> int:
    """Check a file, or the newest backup; raises CommandError when it cannot be restored."""
    known = next((one for one in backup_store.backups() if file in (None, one.file, one.file.name)), None)
    target = known.file if known else file
    if target is None:
        raise CommandError("Chưa có bản sao lưu nào trong kho. Hãy chạy: bin/chibo backup")
    progress = Progress()
    try:
        if known and known.record.sha256 not in ("", backup.digest(known.file)):
            raise backup.Damaged(f"{target} không còn như lúc ghi: dấu kiểm tra không khớp. Hãy dùng bản khác.")
        outcome = backup_check.verify(target, report=progress, ask=recovery_key.ask)
    except backup.Damaged:
        if known:
            known.checked(backup_store.BROKEN)
        raise
    finally:
        progress.finish()
    if known:
        known.checked(outcome)
    say(f"{target}: {CHECKS[outcome]}.")
    if outcome == backup_store.READ:
        say("Muốn khôi phục thử vào một cơ sở dữ liệu tạm: đặt DATABASE_ADMIN_URL.")
    return 0


def show() -> int:
    """The backups of this tenant, newest first."""
    rows = [
        [
            one.file.name,
            f"{one.made_at:%d/%m/%Y %H:%M}",
            f"{one.record.bytes / 1_000_000:.1f} MB",
            "có" if one.record.encrypted else "không",
            CHECKS[one.record.verified] if one.is_whole else "HỎNG: thiếu byte",
        ]
        for one in backup_store.backups()
    ]
    say(f"Kho sao lưu: {backup_store.folder()}")
    say(table(["Tệp", "Lúc", "Cỡ", "Mã hóa", "Kiểm tra"], rows) if rows else "Chưa sao lưu lần nào.")
    return 0
