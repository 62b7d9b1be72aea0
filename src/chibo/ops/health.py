"""Is this machine fit to serve: the database answers, its tables are current, its login is bound by the policies."""

from dataclasses import dataclass

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader


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
}


def findings() -> list[Finding]:
    """All checks; the later ones need the first."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return [Finding("co-so-du-lieu", "Không nối được cơ sở dữ liệu: xem postgres.log trong thư mục dữ liệu.")]
    return [Finding("co-so-du-lieu"), Finding("bang", migration_trouble()), Finding("quyen", login_trouble())]


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
    return ""
