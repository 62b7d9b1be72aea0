"""What the machine says of itself in the dossier of data protection: how backups are kept."""

from chibo.lib.dates import format_date, format_time
from chibo.ops import backup_store
from chibo.ops.connection import ConfigurationError


def backup_facts() -> list[tuple[str, str]]:
    """When the last backup was made, how many are kept, whether they are encrypted, whether one was restored."""
    try:
        known, kept, words = backup_store.backups(), backup_store.kept(), backup_store.passphrase()
    except ConfigurationError as error:
        return [("Sao lưu", f"cấu hình chưa đúng: {error}")]
    newest = known[0] if known else None
    last = f"{format_time(newest.made_at)} ngày {format_date(newest.made_at)}" if newest else "CHƯA sao lưu lần nào"
    restored = any(one.record.verified == backup_store.RESTORED for one in known)
    return [
        ("Bản sao lưu mới nhất", last),
        ("Giữ bản sao lưu", f"{kept.days} ngày, {kept.weeks} tuần, {kept.months} tháng"),
        ("Mã hóa bản sao lưu", f"có, bằng {'mật khẩu sao lưu' if words else 'khóa khôi phục'}"),
        ("Đã khôi phục thử", "có" if restored else "chưa"),
    ]
