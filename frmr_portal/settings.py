"""Settings of both processes: the portal and the mock provider share one code base and one file.

`SIDES` holds the few values in which they differ. Ports do not separate cookies, host names do, and
each side has its own cookie names and its own signing key besides.
"""

import logging
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.utils.csp import CSP

from frmr_portal import guard, logs
from frmr_portal.env import BASE_DIR, Values

values = Values()

# --- who we are -------------------------------------------------------------------------------
STAND_PROFILE = values.text("STAND_PROFILE")
PRODUCTION = STAND_PROFILE == "production"
DEBUG = STAND_PROFILE == "development"
STAND_SIDE = values.text("STAND_SIDE")
DATA_DIR = values.folder("DATA_DIR")
SECRETS_DIR = DATA_DIR / "secrets"
RUN_DIR = DATA_DIR / "run"

BIND = values.text("BIND")
STAND_ALLOW_REMOTE = values.flag("STAND_ALLOW_REMOTE")
PORT = values.number("PORT")
ESIA_PORT = values.number("ESIA_PORT")
PORTAL_PUBLIC_URL = values.portal_url()
ESIA_PUBLIC_URL = values.esia_url()
ESIA_INTERNAL_URL = (values.text("ESIA_INTERNAL_URL") or ESIA_PUBLIC_URL).rstrip("/")
ESIA_MOCK = values.flag("ESIA_MOCK", derived=not PRODUCTION)
ESIA_CLIENT_ID = values.text("ESIA_CLIENT_ID")

# --- keys: made at first start, never committed -----------------------------------------------
ESIA_CLIENT_KEY_FILE = SECRETS_DIR / "portal-client.key"
ESIA_CLIENT_CERTIFICATE_FILE = SECRETS_DIR / "portal-client.crt"
# what the portal trusts: its own copy of the provider's certificate, as a real client keeps one
ESIA_TRUSTED_CERTIFICATE_FILE = SECRETS_DIR / "portal-trusts-esia.crt"
ESIA_SIGNING_KEY_FILE = SECRETS_DIR / "esia-tokens.key"
ESIA_SIGNING_CERTIFICATE_FILE = SECRETS_DIR / "esia-tokens.crt"

# --- the two sides ----------------------------------------------------------------------------
TLS = PORTAL_PUBLIC_URL.startswith("https://")
PORTAL_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(PORTAL_PUBLIC_URL))
ESIA_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(ESIA_PUBLIC_URL))
# a browser honours the prefix only over TLS; the loopback stand runs without
_HOST_PREFIX = "__Host-" if TLS else ""


def _csp(*form_targets: str) -> dict[str, Any]:
    return {
        "default-src": [CSP.NONE],
        "script-src": [CSP.SELF],
        "style-src": [CSP.SELF],
        "img-src": [CSP.SELF, "data:"],
        "font-src": [CSP.SELF],
        "connect-src": [CSP.SELF],
        "manifest-src": [CSP.SELF],
        "form-action": [CSP.SELF, *form_targets],
        "frame-ancestors": [CSP.NONE],
        "base-uri": [CSP.NONE],
        "object-src": [CSP.NONE],
    }


_COMMON_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "frmr_portal.base.kit.middleware.RequestIdMiddleware",
    "frmr_portal.access_log.AccessLogMiddleware",
    "frmr_portal.base.kit.middleware.StandHeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # for browsers that do not know frame-ancestors
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "frmr_portal.base.kit.middleware.EncodingMiddleware",
    "frmr_portal.base.kit.middleware.RefusalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]

SIDES: dict[str, dict[str, Any]] = {
    "portal": {
        "STAND_SIDE": "portal",
        "ROOT_URLCONF": "frmr_portal.urls",
        "SECRET_KEY": values.secret("SECRET_KEY", stored_in=SECRETS_DIR / "portal.secret", required=PRODUCTION),
        "SESSION_COOKIE_NAME": f"{_HOST_PREFIX}frmr_session",
        "CSRF_COOKIE_NAME": f"{_HOST_PREFIX}frmr_csrf",
        "LANGUAGE_COOKIE_NAME": "frmr_language",
        "VIEW_COOKIE_NAME": "frmr_view",
        "MIDDLEWARE": [
            *_COMMON_MIDDLEWARE,
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            "frmr_portal.session.middleware.PortalSessionMiddleware",
        ],
        # a form of the portal leads to the provider: without its origin the browser blocks the redirect
        "SECURE_CSP": _csp(ESIA_ORIGIN),
    },
    "provider": {
        "STAND_SIDE": "provider",
        "ROOT_URLCONF": "frmr_portal.idp_urls",
        "SECRET_KEY": values.secret("SECRET_KEY", stored_in=SECRETS_DIR / "provider.secret", required=PRODUCTION),
        "SESSION_COOKIE_NAME": f"{_HOST_PREFIX}esia_stand_session",
        "CSRF_COOKIE_NAME": f"{_HOST_PREFIX}esia_stand_csrf",
        "LANGUAGE_COOKIE_NAME": "esia_stand_language",
        "VIEW_COOKIE_NAME": "esia_stand_view",
        "MIDDLEWARE": [
            *_COMMON_MIDDLEWARE,
            "django.contrib.messages.middleware.MessageMiddleware",
            # both sides install the same applications, and allauth does not load without its middleware
            "allauth.account.middleware.AccountMiddleware",
        ],
        # the consent view adds the origin of the one redirect address that it serves
        "SECURE_CSP": _csp(),
    },
}
_side = SIDES[STAND_SIDE]
ROOT_URLCONF = _side["ROOT_URLCONF"]
SECRET_KEY = _side["SECRET_KEY"]
SESSION_COOKIE_NAME = _side["SESSION_COOKIE_NAME"]
CSRF_COOKIE_NAME = _side["CSRF_COOKIE_NAME"]
LANGUAGE_COOKIE_NAME = _side["LANGUAGE_COOKIE_NAME"]
VIEW_COOKIE_NAME: str = _side["VIEW_COOKIE_NAME"]
MIDDLEWARE = _side["MIDDLEWARE"]
SECURE_CSP = _side["SECURE_CSP"]

ALLOWED_HOSTS = values.items("ALLOWED_HOSTS") or sorted(
    {"127.0.0.1", "localhost", "[::1]", *(urlsplit(url).hostname or "" for url in (PORTAL_PUBLIC_URL, ESIA_PUBLIC_URL, ESIA_INTERNAL_URL))}
)

# nothing is served, run or migrated in an unsafe posture
guard.refuse_unsafe(
    guard.Posture(
        profile=STAND_PROFILE,
        side=STAND_SIDE,
        debug=DEBUG,
        mock=ESIA_MOCK,
        bind=BIND,
        allow_remote=STAND_ALLOW_REMOTE,
        portal_url=PORTAL_PUBLIC_URL,
        esia_url=ESIA_PUBLIC_URL,
        internal_url=ESIA_INTERNAL_URL,
        allowed_hosts=tuple(ALLOWED_HOSTS),
        secret_key=SECRET_KEY,
    )
)

# --- applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # its templates draw the widgets
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "frmr_portal.base.clock",
    "frmr_portal.base.kit",
    "frmr_portal.base.audit",
    "frmr_portal.base.mailbox",
    "frmr_portal.base.jobs",
    "gosuslugi_auth.client",
    "gosuslugi_auth.idp",
    "cabinet.notifications",
    "cabinet.home",
    "frmr_portal.session",
    "frmr_portal",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "frmr_portal.base.kit.context.stand",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]
FORM_RENDERER = "frmr_portal.base.kit.forms.StandFormRenderer"

# --- database ---------------------------------------------------------------------------------
_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "stand.sqlite3",
    # opening the file, its settings and its schema again costs a page 1.5 to 3 ms of processor
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "timeout": 20,
        # DEFERRED transactions fail with "database is locked" under four writers, IMMEDIATE ones wait
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;",
    },
    "TEST": {"NAME": None},
}


def _postgres(address: str) -> dict[str, Any]:
    found: dict[str, Any] = {**dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)}
    found["PASSWORD"] = values.text("DATABASE_PASSWORD") or found["PASSWORD"]
    limit_ms = values.number("DATABASE_STATEMENT_SECONDS") * 1000
    found["OPTIONS"] = {
        **found.get("OPTIONS", {}),
        "options": f"-c statement_timeout={limit_ms} -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000",
    }
    return found


_address = values.text("DATABASE_URL")
DATABASES = {"default": _postgres(_address) if _address else _SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- sessions and forms -----------------------------------------------------------------------
AUTH_USER_MODEL = "portal_session.Account"
AUTHENTICATION_BACKENDS = ["frmr_portal.session.backend.ProviderOnlyBackend"]
PASSWORD_HASHERS = ["gosuslugi_auth.idp.passwords.StandPasswordHasher"]
LOGIN_URL = "session:sign_in"
LOGIN_REDIRECT_URL = "home:index"
SESSION_IDLE_SECONDS = 15 * 60
SESSION_TOTAL_SECONDS = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_TOTAL_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
CSRF_FAILURE_VIEW = "frmr_portal.base.kit.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
X_FRAME_OPTIONS = "DENY"
# with no-referrer a browser sends `Origin: null` and every form fails its CSRF check (docs/decisions)
SECURE_REFERRER_POLICY = "strict-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = TLS
# whoever watches the process asks it directly, behind the proxy that ends TLS
SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$"]
SECURE_HSTS_SECONDS = 63_072_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None

# --- sign-in client ---------------------------------------------------------------------------
ACCOUNT_ADAPTER = "frmr_portal.session.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "frmr_portal.session.adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
# the portal mounts no form of allauth, so its checks about form fields do not apply
SILENCED_SYSTEM_CHECKS = ["account.W001"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email"]
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
# the order is signed, so it is kept as written
ESIA_SCOPE = ("openid", "fullname", "snils", "birthdate", "email", "mobile", "usr_org")
SOCIALACCOUNT_PROVIDERS = {
    "esia": {
        "APP": {"client_id": ESIA_CLIENT_ID, "secret": ""},
        "SCOPE": list(ESIA_SCOPE),
        "OAUTH_PKCE_ENABLED": True,
    }
}

# --- language, time, static files -------------------------------------------------------------
LANGUAGE_CODE = "ru"
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Moscow"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG

# --- mail: nothing leaves the machine -----------------------------------------------------------
MAILERS = {"default": {"BACKEND": "frmr_portal.base.mailbox.backends.MailboxBackend"}}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = "stand@frmr.test"

# --- logs -------------------------------------------------------------------------------------
LOGGING = logs.logging_config(level=values.text("LOG_LEVEL"), readable=DEBUG)
logs.configure()
# whoever is signed in stands in the journal; a user in each line would cost a query and be personal data
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG

# --- background work --------------------------------------------------------------------------
BROKER_SOCKET = RUN_DIR / "broker.sock"
CELERY_BROKER_URL = values.address("BROKER_URL", completed_by="BROKER_PASSWORD") or f"redis+socket://{BROKER_SOCKET}"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = 2
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # longer than the time limit of a task, or the same task would run twice
    "visibility_timeout": 900,
    "socket_timeout": 3,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_TIMEZONE = "Europe/Moscow"
