"""What is configured now: read off the program, the rules and the tables; counts alone, no content."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from chibo import __version__
from chibo.access.matrix import OPEN, TABLES
from chibo.access.models import Office, TermOfOffice
from chibo.accounts.models import User
from chibo.lib.dates import today
from chibo.members.models import Person
from chibo.orgs.models import Kind, Organisation

# (what, how it stands); "" where a person must fill it in.
Fact = tuple[str, str]
# Filled by the app that knows the machine: how backups are kept. From AppConfig.ready.
MACHINE: list[Callable[[], list[Fact]]] = []


@dataclass(frozen=True)
class Configuration:
    """The configuration of a moment."""

    version: str
    tenant: str
    place: str
    size: list[Fact] = field(default_factory=list)
    security: list[Fact] = field(default_factory=list)


def configuration(top: Organisation | None) -> Configuration:
    """What is configured now; in the system's scope."""
    return Configuration(
        version=__version__,
        tenant=top.name if top else "",
        place=top.locality if top else "",
        size=_size(),
        security=[*_security(), *(fact for source in MACHINE for fact in source())],
    )


def _size() -> list[Fact]:
    """How many bodies, people, accounts, offices."""
    bodies = Organisation.objects.filter(dissolved=None)
    held = TermOfOffice.objects.on(today())
    offices = [(Office(one).label, str(held.filter(office=one).count())) for one in Office.values]
    return [
        ("Chi bộ", str(bodies.filter(kind=Kind.CELL).count())),
        ("Cấp ủy cấp trên", str(bodies.exclude(kind=Kind.CELL).count())),
        ("Người có tên trong sổ", str(Person.objects.count())),
        ("Tài khoản đang dùng", str(User.objects.filter(is_active=True).count())),
        *((f"Người giữ chức vụ: {name.lower()}", count) for name, count in offices if count != "0"),
    ]


def _security() -> list[Fact]:
    """How data are guarded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_schema()")
        server, schema = cursor.fetchone()
    days = settings.SESSION_COOKIE_AGE // 86_400
    second = "bắt buộc với người giữ chức vụ trên cấp chi bộ" if settings.SECOND_FACTOR_REQUIRED else "chưa bắt buộc"
    return [
        ("Phần mềm", f"Chibo {__version__}, PostgreSQL {server}, lược đồ riêng “{schema}”"),
        ("Quyền xem", f"{len(TABLES)} bảng khóa từng dòng trong cơ sở dữ liệu; {len(OPEN)} bảng không chứa nội dung"),
        ("Đường truyền", "HTTPS" if settings.HTTPS else "CHƯA bật HTTPS: chỉ dùng trên một máy hoặc mạng nội bộ"),
        ("Lớp bảo vệ thứ hai khi đăng nhập", second),
        ("Phiên đăng nhập", f"{days} ngày, xem và cắt được từng thiết bị"),
        ("Mật khẩu", "chỉ giữ bản mã hóa một chiều Argon2"),
        ("Nhật ký", "chuỗi băm từng chi bộ, niêm phong hằng đêm; sửa một chữ là phát hiện"),
        ("Bí mật nhà nước", "bị chặn ở ô nhập và tệp tải lên; chữ trong ảnh, bản quét thì không đọc được"),
        ("Gửi ra ngoài", "không gửi nội dung cho dịch vụ nào; không dùng trí tuệ nhân tạo của bên ngoài"),
    ]
