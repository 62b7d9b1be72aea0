"""Every setting of Chibo, read from the environment with safe defaults for one machine."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from chibo.ops.connection import data_directory, database_settings, tenant_name


def envbool(name: str, default: bool) -> bool:
    """A yes or no from the environment: 1, true, yes, on count as yes."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def envlist(name: str, default: list[str]) -> list[str]:
    """A list from the environment, parted by commas."""
    value = os.environ.get(name)
    return default if value is None else [part.strip() for part in value.split(",") if part.strip()]


def secret(name: str, path: Path) -> str:
    """A secret from NAME, from the file named by NAME_FILE, or made once and kept at `path` (0600)."""
    if value := os.environ.get(name):
        return value
    path = Path(os.environ.get(f"{name}_FILE", path))
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def oidc_providers() -> dict[str, Any]:
    """The province's own sign-in (OpenID Connect), off unless CHIBO_OIDC_ISSUER and CHIBO_OIDC_CLIENT_ID are given."""
    issuer, client = os.environ.get("CHIBO_OIDC_ISSUER", ""), os.environ.get("CHIBO_OIDC_CLIENT_ID", "")
    if not (issuer and client):
        return {}
    file = os.environ.get("CHIBO_OIDC_SECRET_FILE")
    app = {
        "provider_id": "tinh",
        "name": "tỉnh",
        "client_id": client,
        "secret": Path(file).read_text().strip() if file else "",
        "settings": {
            "server_url": issuer,
            "oauth_pkce_enabled": True,
            "member_code_claim": os.environ.get("CHIBO_OIDC_CODE_CLAIM", "member_code"),
        },
    }
    return {"openid_connect": {"APPS": [app]}}


def urn_directory() -> Path:
    """Where the urns of ballots on devices stand while they are open: in memory, or where CHIBO_URN_DIR says.

    The name tells apart two installations of one account: each sweeps away what it does not know.
    """
    if value := os.environ.get("CHIBO_URN_DIR"):
        return Path(value).absolute()
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own inside it, checked before each use
    place = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    own = hashlib.sha256(str(DATA).encode()).hexdigest()[:8]
    return place / f"chibo-{os.getuid()}-{tenant_name()}-{own}"


PACKAGE = Path(__file__).resolve().parent
DATA = data_directory()

DEBUG = envbool("CHIBO_DEBUG", False)
SECRET_KEY = secret("CHIBO_SECRET_KEY", DATA / "secret-key")
# Signs packages that take a member to another tenant; made at the first use, kept with the secrets.
TRANSFER_KEY_FILE = os.environ.get("CHIBO_TRANSFER_KEY_FILE", DATA / f"transfer-key-{tenant_name()}")
ALLOWED_HOSTS = envlist("CHIBO_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
# `bin/start --lan` speaks TLS itself, at this address.
LAN = os.environ.get("CHIBO_LAN", "")
# Behind TLS this is switched on; on plain http://127.0.0.1 older browsers drop Secure cookies.
HTTPS = envbool("CHIBO_HTTPS", False) or bool(LAN)
# Only what a web server in front has written is believed of who asks and how.
BEHIND_PROXY = HTTPS and not LAN
# Encrypts what a second factor is proved with. Kept apart from the key above, which may be changed at any time.
FACTOR_KEY = secret("CHIBO_FACTOR_KEY", DATA / "factor-key")
# Whoever holds an office above the cells, or keeps the machine, must have a second factor; "optional" for trying out.
SECOND_FACTOR_REQUIRED = os.environ.get("CHIBO_SECOND_FACTOR", "required") != "optional"
# Open urns are lost when the machine starts anew, on purpose (decision 0035). Several machines share none: 0059.
URN_DIR = urn_directory()
# Who keeps this server, as voters are to read it: "Văn phòng Tỉnh ủy". Unknown: no secret ballots on devices (0066).
SERVER_KEEPER = os.environ.get("CHIBO_SERVER_KEEPER", "").strip()
FICTITIOUS = envbool("CHIBO_FICTITIOUS", False)
# Whom to call, as it is to be read: "Văn phòng Đảng ủy xã: 0252 555 0123". Empty: nothing is said.
HELP_CONTACT = os.environ.get("CHIBO_HELP", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "chibo.look.apps.LookConfig",
    "chibo.audit.apps.AuditConfig",
    "chibo.rules.apps.RulesConfig",
    "chibo.orgs.apps.OrgsConfig",
    "chibo.members.apps.MembersConfig",
    "chibo.accounts.apps.AccountsConfig",
    "chibo.access.apps.AccessConfig",
    "chibo.directory.apps.DirectoryConfig",
    "chibo.documents.apps.DocumentsConfig",
    "chibo.meetings.apps.MeetingsConfig",
    "chibo.resolutions.apps.ResolutionsConfig",
    "chibo.privacy.apps.PrivacyConfig",
    "chibo.home.apps.HomeConfig",
    "chibo.help.apps.HelpConfig",
    "chibo.api.apps.ApiConfig",
    "chibo.ops.apps.OpsConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chibo.access.middleware.HeadersMiddleware",
    "chibo.directory.tree.middleware.DueActsMiddleware",
    "chibo.access.middleware.ScopeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "chibo.api.middleware.ApiMiddleware",
    "chibo.access.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "chibo.access.second_factor.SecondFactorMiddleware",
    "chibo.accounts.middleware.DeviceMiddleware",
    "chibo.accounts.middleware.LostSignInMiddleware",
]

ROOT_URLCONF = "chibo.urls"
WSGI_APPLICATION = "chibo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "chibo.directory.frame.frame",
            ],
            "builtins": ["chibo.look.templatetags.look", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": database_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The second one alone for sessions from before the first; nobody has to sign in again.
AUTHENTICATION_BACKENDS = ["chibo.access.account.AccountBackend", "django.contrib.auth.backends.ModelBackend"]
SESSION_ENGINE = "chibo.accounts.sessions"
SESSION_COOKIE_AGE = 180 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "chibo.accounts.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [*envlist("CHIBO_ORIGINS", []), *([LAN] if LAN else [])]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# allauth: its models and ceremonies, behind our own pages and paths; no sign-up, no e-mail (decision 0021).
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "chibo.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = oidc_providers()

LANGUAGE_CODE = "vi"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# The pictures of the users' guide stand beside its text.
STATICFILES_DIRS = [("guide", PACKAGE.parents[1] / "docs" / "users" / "images")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "chibo.look.storage.StaticStorage"},
}
# Papers are kept in the database (one backup holds all); an upload is read into memory or a temporary file first.
PAPER_MAX_BYTES = 20 * 1024 * 1024
# A text far too long gets its form back with a sentence, nothing lost: 10 MB of it, three bytes a Vietnamese letter.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# How often one caller may ask the API in a minute, counted in each process.
API_REQUESTS_A_MINUTE = int(os.environ.get("CHIBO_API_REQUESTS", 300))

# Jobs are declared with chibo.lib.jobs and found by chibo.ops.jobs.worker, not by the queue.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Logs hold ids and paths, never names or text: no request bodies, no SQL parameters.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "chibo.lib.logs.Formatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"chibo": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
