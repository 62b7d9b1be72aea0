"""Is this machine fit to serve, and what will soon be wrong with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from chibo.lib.dates import now
from chibo.ops import disk
from chibo.ops.connection import TIME_ZONE

MOST_CLOCK_SECONDS = 60
BACKUP_TOO_OLD = timedelta(days=2)
CERTIFICATE_SOON_DAYS = 21


@dataclass(frozen=True)
class Finding:
    """One check; `trouble` says what is wrong and what to do, and is empty when all is well."""

    name: str
    trouble: str = ""

    @property
    def title(self) -> str:
        """The check's name on the page."""
        return TITLES[self.name]


TITLES = {
    "co-so-du-lieu": "Cơ sở dữ liệu",
    "bang": "Các bảng đúng với phiên bản",
    "quyen": "Quyền của ứng dụng trong cơ sở dữ liệu",
    "dia": "Chỗ trống trên đĩa",
    "gio": "Đồng hồ và múi giờ",
    "ngay": "Ngày của máy",
    "bo-nho": "Bộ nhớ",
    "viec-nen": "Việc nền",
    "sao-luu": "Sao lưu",
    "chung-chi": "Chứng chỉ HTTPS",
}


def findings() -> list[Finding]:
    """What must be well for the machine to serve; the later ones need the first."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        lost = "Không nối được cơ sở dữ liệu. Chibo tự nối lại; nếu kéo dài, xem postgres.log trong thư mục dữ liệu."
        return [Finding("co-so-du-lieu", lost), Finding("dia", disk.trouble())]
    return [
        Finding("co-so-du-lieu"),
        Finding("bang", migration_trouble()),
        Finding("quyen", login_trouble()),
        Finding("dia", disk.trouble()),
        Finding("gio", clock_trouble()),
    ]


def warnings() -> list[Finding]:
    """What the IT officer is to see to before it hurts; the machine serves all the same."""
    from django.conf import settings

    from chibo.directory import clock

    found = [
        Finding("ngay", clock.contradicted()),
        Finding("bo-nho", memory_trouble()),
        Finding("viec-nen", jobs_trouble()),
        Finding("sao-luu", backup_trouble(now())),
    ]
    return [*found, Finding("chung-chi", certificate_trouble())] if settings.HTTPS else found


def migration_trouble() -> str:
    """Empty when every migration of the program was applied."""
    loader = MigrationLoader(connection)
    missing = sorted(set(loader.disk_migrations) - set(loader.applied_migrations))
    if not missing:
        return ""
    return f"Còn {len(missing)} bước cập nhật bảng chưa chạy (đầu tiên: {'.'.join(missing[0])}): bin/chibo prepare"


def login_trouble() -> str:
    """Empty when row-level security binds the login.

    It binds nobody who is superuser, has BYPASSRLS or owns the table (design.md section 4).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        superuser, bypasses = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user"
        )
        owned = cursor.fetchone()[0]
    if superuser or bypasses:
        return "Tài khoản của ứng dụng có quyền vượt chính sách dòng: dùng tài khoản …_app, không phải quản trị."
    if owned:
        return f"Tài khoản của ứng dụng sở hữu {owned} bảng: dùng tài khoản …_app, không phải …_owner."
    return seal_trouble()


def seal_trouble() -> str:
    """Empty when the database believes the scopes that this process seals: both hold the same key."""
    from chibo.access.scope import system_scope

    with system_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('access_sealed()') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT access_sealed()")
            if cursor.fetchone()[0]:
                return ""
    return (
        "Cơ sở dữ liệu không nhận khóa của ứng dụng, nên không trang nào đọc được gì: "
        "chạy bin/chibo prepare với đúng CHIBO_SECRET_KEY mà máy này đang dùng."
    )


def clock_trouble() -> str:
    """Empty when the database keeps Vietnamese time and its clock agrees with this machine's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('TimeZone'), clock_timestamp()")
        zone, moment = cursor.fetchone()
    if zone != TIME_ZONE:
        return f"Cơ sở dữ liệu dùng múi giờ {zone}, phải là {TIME_ZONE}: bin/chibo tenant create đặt lại cho tài khoản."
    if (apart := int(abs((moment - now()).total_seconds()))) > MOST_CLOCK_SECONDS:
        return (
            f"Đồng hồ máy này và máy cơ sở dữ liệu lệch nhau {apart} giây: bật đồng bộ giờ (chrony, systemd-timesyncd)."
        )
    return ""


def memory_trouble() -> str:
    """Empty while a tenth of the memory is free."""
    from chibo.ops.server.figures import memory

    room = memory()
    return (
        "" if room.free_percent >= 10 else f"Chỉ còn {room.free // 1_000_000} MB bộ nhớ trống ({room.free_percent}%)."
    )


def jobs_trouble() -> str:
    """Empty when a worker lives and no job waits in vain for its retry."""
    from chibo.ops.server.figures import jobs_by_state, worker_is_alive

    if not worker_is_alive():
        return "Không có tiến trình nào chạy việc nền: xem nhật ký của bin/start, hoặc chạy bin/chibo jobs."
    failed = jobs_by_state()["failed"]
    return f"{failed} việc hỏng sau mọi lần thử lại: xem trang Việc nền." if failed else ""


def backup_trouble(moment: datetime) -> str:
    """Empty when the newest backup is fresh and none was found broken."""
    from chibo.ops import recovery_key
    from chibo.ops.backup_store import BROKEN, backups

    known = backups()
    if not known:
        return "Chưa sao lưu lần nào. Mở trang Sao lưu, bấm “Sao lưu ngay”."
    if moment - known[0].made_at > BACKUP_TOO_OLD:
        return f"Bản mới nhất đã {(moment - known[0].made_at).days} ngày: xem việc “Sao lưu” ở trang Việc nền."
    if known[0].record.verified == BROKEN or not known[0].is_whole:
        return "Bản mới nhất không khôi phục được: sao lưu lại ngay, và giữ các bản cũ."
    if recovery_key.is_waiting():
        return "Khóa khôi phục chưa cất trên giấy. Ở máy chủ, chạy bin/chibo backup --key rồi làm như lệnh ấy nói."
    return ""


def certificate_trouble() -> str:
    """Empty while the certificate lasts three weeks."""
    from chibo.ops.server.figures import certificate_days

    days = certificate_days()
    if days is None:
        return "Chưa đọc được chứng chỉ: kiểm tra CHIBO_ORIGINS, hoặc chạy bin/chibo jobs run ops.look_at_certificate"
    if days > CERTIFICATE_SOON_DAYS:
        return ""
    from django.conf import settings

    cure = "dừng rồi chạy lại bin/start --lan" if settings.LAN else "gia hạn ở máy chủ web đứng trước"
    return f"Chứng chỉ còn {days} ngày: {cure}."
