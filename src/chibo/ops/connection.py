"""Where the database is and who signs in to it; without Django, because settings.py reads this."""

import hashlib
import os
import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

Role = Literal["app", "owner"]

PROJECT = Path(__file__).resolve().parents[3]
DATABASE = "chibo"
EXTENSION_SCHEMA = "ext"
# btree_gist carries the exclusion constraints of dated rows; the other two serve the search.
EXTENSIONS = ("btree_gist", "unaccent", "pg_trgm")
TIME_ZONE = "Asia/Ho_Chi_Minh"
TENANT_NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")


class ConfigurationError(Exception):
    """A setting of the machine is missing or cannot be used; the text says which, in Vietnamese."""


def data_directory() -> Path:
    """The folder that holds everything to keep: CHIBO_DATA, else `var` in the project."""
    return Path(os.environ.get("CHIBO_DATA") or PROJECT / "var").absolute()


def tenant_name() -> str:
    """The tenant of this process: CHIBO_TENANT, else `chibo`.

    Raises ConfigurationError for a name that could not be the name of a schema.
    """
    return check_tenant_name(os.environ.get("CHIBO_TENANT") or "chibo")


def check_tenant_name(name: str) -> str:
    """Give `name` back when it may name a schema and two roles, else raise ConfigurationError."""
    if not TENANT_NAME.fullmatch(name):
        raise ConfigurationError(
            f"Tên đơn vị “{name}” không dùng được: chỉ gồm chữ thường không dấu, chữ số, gạch dưới; bắt đầu bằng chữ."
        )
    return name


def role_name(tenant: str, role: Role) -> str:
    """The login of a tenant: the owner changes tables, the application lives under row-level security."""
    return f"{tenant}_{role}"


def socket_directory(data: Path) -> Path:
    """The folder of the embedded server's socket: short and outside the data.

    A socket path holds 107 bytes and libpq splits a host at commas, so a data path cannot be trusted to
    hold it.
    """
    tag = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:12]
    return Path("/run" if os.geteuid() == 0 else "/tmp") / f"chibo-{os.geteuid()}-{tag}"  # noqa: S108 (owner and mode are checked)


def database_directory(data: Path) -> Path:
    """Where the embedded database's files stand: the data folder, or what a file in it names (a private tree)."""
    link = data / "postgres.home"
    return Path(link.read_text(encoding="utf-8").strip()) if link.exists() else data


def is_embedded() -> bool:
    """Whether this machine runs its own private PostgreSQL (no DATABASE_URL was given)."""
    return not os.environ.get("DATABASE_URL")


def database_settings(role: Role | None = None) -> dict[str, Any]:
    """DATABASES["default"] for Django.

    `role` is taken from CHIBO_DB_ROLE, else "app". With DATABASE_URL that address is the application's login,
    and DATABASE_OWNER_URL the owner's; without it the embedded cluster of the data directory is meant.
    Raises ConfigurationError when an address is missing or malformed.
    """
    role = role or role_from_environment()
    if is_embedded():
        address: dict[str, Any] = {
            "NAME": DATABASE,
            "USER": role_name(tenant_name(), role),
            "PASSWORD": "",
            "HOST": str(socket_directory(data_directory())),
            "PORT": "5432",
        }
    else:
        address = address_of("DATABASE_URL" if role == "app" else "DATABASE_OWNER_URL")
    # Policies make a query dear to plan; prepared on the connection, it is planned once (docs/decisions/0017).
    wanted = os.environ.get("CHIBO_PREPARED", "1") != "0"
    prepared: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 5} if wanted else {}
    options = {"application_name": f"chibo {role}", **prepared, **address.pop("OPTIONS", {})}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **address,
        "OPTIONS": options,
        # The roles have this zone too, so Django sends no SET on a new connection.
        "TIME_ZONE": TIME_ZONE,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def role_from_environment() -> Role:
    """The role named by CHIBO_DB_ROLE, else "app"; raises ConfigurationError for any other word."""
    match os.environ.get("CHIBO_DB_ROLE") or "app":
        case "app":
            return "app"
        case "owner":
            return "owner"
        case other:
            raise ConfigurationError(f"CHIBO_DB_ROLE là “{other}”: chỉ nhận app hoặc owner.")


def address_of(variable: str) -> dict[str, Any]:
    """Read a postgresql:// address from an environment variable into Django's keys.

    Raises ConfigurationError when the variable is empty or is no address of PostgreSQL.
    """
    value = os.environ.get(variable)
    if not value:
        raise ConfigurationError(
            f"Thiếu biến {variable}: đặt địa chỉ postgresql://tài_khoản:mật_khẩu@máy/tên_cơ_sở_dữ_liệu."
        )
    parts = urlsplit(value)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ConfigurationError(f"{variable} không phải địa chỉ PostgreSQL: cần postgresql://…/tên_cơ_sở_dữ_liệu.")
    # A host that is gone answers nothing at all: whoever asks is told within seconds, not after minutes.
    options = {"connect_timeout": "5"} | dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "") or "5432"),
        "OPTIONS": options,
    }
