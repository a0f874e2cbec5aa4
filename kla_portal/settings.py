"""WIRING: every setting is an environment variable with a default for the embedded portal.

Two ways to run: *embedded* (the default: SQLite under var/, no Redis, one machine, demo allowed) and *production*
(`KLA_PRODUCTION=1`: PostgreSQL, Redis, https only; refuses to start on an example key or an open host list).
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from kla_portal.secret import embedded_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PRODUCTION = env.bool("KLA_PRODUCTION", default=False)
VAR_DIR = Path(env.str("KLA_VAR", default=str(BASE_DIR / "var")))
DEBUG = False
DEMO_ALLOWED = not PRODUCTION

if PRODUCTION:
    SECRET_KEY = env.str("SECRET_KEY", default="")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
    if len(SECRET_KEY) < 50 or "example" in SECRET_KEY or "contoh" in SECRET_KEY:
        raise ImproperlyConfigured("SECRET_KEY must be a secret of its own, 50 characters or more.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the portal's host names.")
else:
    SECRET_KEY = env.str("SECRET_KEY", default="") or embedded_secret_key(VAR_DIR)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "kla_portal.apps.PortalStaticConfig",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "kla_portal",
    "accounts",
    "clusters",
    "jobs",
    "notices",
    "evaluations",
    "verification",
    "followup",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kla_portal.shedding.PagesGiveWayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.IdleLogoutMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kla_portal.middleware.PortalHeadersMiddleware",
    "kla_portal.middleware.ReadableAddressMiddleware",
    "kla_portal.sightings.SightingsMiddleware",
]

ROOT_URLCONF = "kla_portal.urls"
WSGI_APPLICATION = "kla_portal.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kla_portal.context.portal",
            ],
            "builtins": ["kla_portal.templatetags.portal"],
            "libraries": {"heroicons": "kla_portal.templatetags.icons"},
        },
    },
    {  # hot fragments only: rows of a cluster page (docs/decisions/0003-hot-pages.md)
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": [BASE_DIR / "templates" / "jinja"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "kla_portal.jinja.environment"},
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # DEFERRED loses a quarter of contended transactions; WAL of the library shipped with Debian 12 can corrupt.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["ENGINE"] = "kla_portal.postgres"
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        # What is prepared is prepared for every value: a plan for each one would cost more than it runs.
        "-c plan_cache_mode=force_generic_plan "
        # Nor is any statement of a page worth compiling: that alone takes longer than to run it.
        "-c jit=off "
        "-c lock_timeout=3s -c idle_in_transaction_session_timeout=30s -c statement_timeout="
        + env.str("KLA_STATEMENT_TIMEOUT", default="15s")
    )
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "kla_portal.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {
        "default": {
            "BACKEND": "kla_portal.cache.ForgivingFileCache",
            "LOCATION": str(VAR_DIR / "cache"),
        }
    }

# Log-in -------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PortalBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.ContextWordsValidator"},
    {"NAME": "accounts.passwords.MaximumLengthValidator", "OPTIONS": {"max_length": 128}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "accounts.adapter.PortalAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm", "reauthenticate": "accounts.forms.ConfirmPasswordForm"}
ACCOUNT_RATE_LIMITS = {  # nobody is ever locked: whoever waits a minute may try again
    "login": "120/m/ip",
    "login_failed": "5/m/key,60/m/ip",  # the key is account and network together
    "login_failed_anywhere": "60/m/key",  # the account, from wherever
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
PAPER_CHECKS_PER_MINUTE = env.int("PAPER_CHECKS_PER_MINUTE", default=60)  # codes of papers, per network
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if env.bool("BEHIND_PROXY", default=False) else 0)
MFA_ADAPTER = "accounts.adapter.PortalMFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.ConfirmCodeForm",
    "activate_totp": "accounts.forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Portal KLA"
SESSION_ENGINE = "accounts.sessions"
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=60 * 60)
SESSION_ABSOLUTE_SECONDS = SESSION_COOKIE_AGE = env.int("SESSION_ABSOLUTE_SECONDS", default=12 * 60 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kla_portal.errors.csrf_failure"

# Browser ------------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env.str('PORT', default='8000')}")
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sesi", "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
    if env.bool("BEHIND_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Language, numbers, time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
USE_I18N = True
USE_THOUSAND_SEPARATOR = (
    False  # it would print years and ids as 2.025: the filters `angka` and `rupiah` do it on purpose
)
FORMAT_MODULE_PATH = ["kla_portal.formats"]
USE_TZ = True
TIME_ZONE = "Asia/Makassar"

# Load: what one web process does at once (docs/decisions/0017-shedding.md) ------------------------------------------
PAGES_AT_ONCE = env.int("PAGES_AT_ONCE", default=2)
PAGES_WAITING = env.int("PAGES_WAITING", default=6)
PAGES_PATIENCE_SECONDS = env.float("PAGES_PATIENCE_SECONDS", default=3.0)
NOTE_SIGHTINGS = True  # who looked at documents and at cases of others stands in the trail
SAVES_BEFORE_PAGES = env.int("SAVES_BEFORE_PAGES", default=2)  # waiting in a process: then no page is begun
SAVES_AT_ONCE = env.int("SAVES_AT_ONCE", default=4)  # of the acts that thousands do in the same minute
BUNDLES_AT_ONCE = env.int("BUNDLES_AT_ONCE", default=3)  # archives of evidence one web process sends at once

# Files --------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "files"), "file_permissions_mode": 0o640},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "webp", "woff2", "gz", "br"]  # maps: 6 MB nobody loads
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = VAR_DIR / "files"
MEDIA_URL = "/tidak-ada/"  # evidence has no public address: downloads are views that ask and log
IMPORTS_KEPT_DAYS = env.int("IMPORTS_KEPT_DAYS", default=90)  # files of imports, after they were decided
EVIDENCE_MAX_BYTES = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 2000  # the handler keeps ten and says so; beyond this nobody is told politely
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = [
    "evaluations.uploads.LimitedUploadHandler",
]
EVIDENCE_ACCEL_PREFIX = env.str("EVIDENCE_ACCEL_PREFIX", default="")  # e.g. /berkas-dalam/: nginx sends the bytes
ANTIVIRUS = env.str(
    "ANTIVIRUS", default="off"
)  # off | advisory: warns | required: nothing unscanned is served or counts
CLAMD = env.str("CLAMD", default="")  # host:port or unix:/run/clamav/clamd.ctl
if ANTIVIRUS not in ("off", "advisory", "required") or (ANTIVIRUS != "off" and not CLAMD):
    raise ImproperlyConfigured("ANTIVIRUS is off, advisory or required; all but off need CLAMD, the scanner's address.")

# Jobs ---------------------------------------------------------------------------------------------------------------
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=45)  # a dead worker's job runs again after this long
JOB_HANDOVER_SECONDS = env.int("JOB_HANDOVER_SECONDS", default=20)  # handed to Celery and not begun: handed out again
JOB_TIME_LIMIT_SECONDS = 150
JOB_MAX_ATTEMPTS = 3
JOB_AUDIT = "accounts.audit.record"  # jobs knows nobody: who writes its trail is wired here
JOB_EXTRA_KINDS = "" if PRODUCTION else env.str("KLA_EXTRA_KINDS", default="")  # a module of the fault drills
CELERY_BROKER_URL = REDIS_URL or None

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal-kla@localhost")
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)  # a silent server holds the worker no longer than this

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
