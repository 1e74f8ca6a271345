"""All settings of the site, from environment variables with strict parsing (`.env.example`).

Safe when empty: DEBUG is off, the address is loopback, and the database is the embedded
PostgreSQL. What depends on https follows the scheme of SITE_URL. Importing this starts nothing.
"""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from notes_site.secret_key import MINIMUM_LENGTH, SAMPLE_KEY, stored_secret_key
from operations.env import LOOPBACK, Env, WrongSetting

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
# What the site keeps beside its database: secret key, first login, collected files.
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")

# The site
DEBUG = env.flag("DEBUG")
SITE_NAME = env.text("SITE_NAME", "Talk Notes")
_port = env.number("PORT", 8000, least=1, most=65535)
SITE_URL = env.site_url("SITE_URL", f"http://127.0.0.1:{_port}")
OVER_HTTPS = SITE_URL.startswith("https://")
_site_host = urlsplit(SITE_URL).hostname or ""
_loopback_hosts = [] if OVER_HTTPS else ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = list(dict.fromkeys([_site_host, *_loopback_hosts, *env.words("ALLOWED_HOSTS")]))
if DEBUG and OVER_HTTPS and _site_host not in LOOPBACK:
    raise WrongSetting("DEBUG", "1", "0 where SITE_URL is public: debug pages show secrets")
if "*" in ALLOWED_HOSTS:
    raise WrongSetting("ALLOWED_HOSTS", "*", "host names separated by commas, never *")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if OVER_HTTPS else []
ROOT_URLCONF = "notes_site.urls"
WSGI_APPLICATION = "notes_site.wsgi.application"

# Applications
INSTALLED_APPS = [
    "notes_site.apps.NotesSiteConfig",
    "notes_site.apps.NotesAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "taggit",
    "axes",
    "csp",
    "operations",
    "foundation.pages",
    "foundation.kept",
    "accounts",
    "speakers",
    "conferences",
    "talks",
    "images",
    "recaps",
    "search",
    "exchange",
    "foundation.page_cache",
]
# The first ones put their headers on every answer, also on those that a later one refuses.
MIDDLEWARE = [
    "notes_site.access_log.AccessLogMiddleware",
    "notes_site.middleware.SecurityHeadersMiddleware",
    "notes_site.middleware.BodilessHeadMiddleware",
    "notes_site.middleware.NoStoreAdminMiddleware",
    "notes_site.middleware.RefusedEncodingsMiddleware",
    "foundation.page_cache.middleware.PageCacheMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "operations.middleware.LoopbackHealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "notes_site.middleware.GZipTextMiddleware",
    "notes_site.middleware.RefuseLargeBodiesMiddleware",
    "notes_site.middleware.NoTurnMiddleware",
    "notes_site.middleware.RefuseUnstorableTextMiddleware",
    "foundation.database.sessions.ForgivingSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "notes_site.other_spellings.OtherSpellingMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "notes_site.context.site",
            ],
        },
    }
]

# Database
EMBEDDED_PG_DIR = env.path("EMBEDDED_PG_DIR", VAR_DIR / "postgres")
DATABASE_URL = env.text("DATABASE_URL")
if DATABASE_URL:
    try:
        _database = dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
    except (ValueError, KeyError):
        _database = {}
    if _database.get("ENGINE") != "django.db.backends.postgresql":
        # The value holds a password: it is not repeated.
        raise WrongSetting("DATABASE_URL", "…", "postgres://user:password@host:5432/name")
    # A host that is gone is noticed in seconds, in commands too. How long pages may ask is
    # said in `database_limits`.
    _database.setdefault("OPTIONS", {}).update(connect_timeout=3, tcp_user_timeout=10_000)
else:
    _database = {
        "ENGINE": "operations.embedded_postgres",
        "NAME": "notes",
        "USER": "postgres",
        "HOST": str(EMBEDDED_PG_DIR),
        "PORT": "5432",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
DATABASES = {"default": _database}
# Dumps (`dumpdata`) hold moments as they are stored.
SERIALIZATION_MODULES = {"json": "operations.whole_json"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and passwords
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validation}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # also where another site's address was asked for
# Ten failures within five minutes, for one account or from one address, refuse further tries.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 5 / 60
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_ON_SUCCESS = False
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "notes_site.error_pages.too_many_tries"
AXES_CLIENT_IP_CALLABLE = "notes_site.client_address.client_address"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
# Log lines name the account and the address; passwords are never in them.
AXES_SENSITIVE_PARAMETERS: list[str] = []
AXES_VERBOSE = False
# How many of our own proxies append to X-Forwarded-For before a request arrives here.
# gunicorn itself speaks plain http: where readers come by https, a proxy brings them.
PROXY_COUNT = env.number("PROXY_COUNT", int(OVER_HTTPS), least=int(OVER_HTTPS), most=9)

# Secrets and cookies
_is_given = bool(DATABASE_URL or env.text("SECRET_KEY"))
try:
    SECRET_KEY = env.text("SECRET_KEY") if _is_given else stored_secret_key(VAR_DIR / "secret_key")
except (OSError, ValueError) as error:
    accepts = f"a folder of the site's own, where it keeps its secret key ({error})"
    raise WrongSetting("VAR_DIR", str(VAR_DIR), accepts) from error
if len(SECRET_KEY) < MINIMUM_LENGTH or SECRET_KEY == SAMPLE_KEY:
    accepts = f"at least {MINIMUM_LENGTH} random characters, not the sample"
    raise WrongSetting(
        "SECRET_KEY", "…", accepts if _is_given else f"{accepts}: delete {VAR_DIR}/secret_key"
    )
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
SESSION_COOKIE_NAME = "__Host-sessionid" if OVER_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if OVER_HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "foundation.database.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CSRF_FAILURE_VIEW = "notes_site.error_pages.csrf_failure"

# Headers
SECURE_SSL_REDIRECT = OVER_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
# Browsers remember for so long that this host speaks https alone. Other hosts below it, and the
# browsers' own lists, are asked for by their owner: neither can be taken back in a day.
_year = 365 * 24 * 3600
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", _year, most=10 * _year) if OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = OVER_HTTPS and env.flag("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = OVER_HTTPS and env.flag("HSTS_PRELOAD")
if SECURE_HSTS_PRELOAD and not (SECURE_HSTS_INCLUDE_SUBDOMAINS and _year <= SECURE_HSTS_SECONDS):
    raise WrongSetting("HSTS_PRELOAD", "1", "0, or 1 with HSTS_SUBDOMAINS=1 and a year or more")
# They want HSTS_SUBDOMAINS and HSTS_PRELOAD, which are the operator's to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
_unused_features = [
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
]
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in _unused_features}

# Limits, in bytes. A body holds forms and one file; nginx says the same (README).
LARGEST_BODY = 16_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
# Heavy work takes turns (`operations.turns`): by locked files, and by the threads of a process.
TURNS_DIR = VAR_DIR / "turns"
THREADS = env.number("THREADS", 4, least=1, most=64)  # as in `gunicorn_config`

# Languages and times
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
FORMAT_MODULE_PATH = "notes_site.formats"  # 3 April 2017, 14:30
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")
USE_I18N = USE_TZ = True

# Static files
STATIC_URL = "/static/"
# A file that was not collected costs its own link and not the page, least of all an error page.
WHITENOISE_MANIFEST_STRICT = False
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
_static_storage = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "notes_site.static_files.ModuleStaticFilesStorage"
)
# Images that people upload; `images.files` writes them, and nothing else does.
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
}

# Tags: a comma is the only separator, in forms as in files.
TAGGIT_TAGS_FROM_STRING = "talks.tagging.text.tag_names"
TAGGIT_STRING_FROM_TAGS = "talks.tagging.text.tag_text"

# Kept pages (docs/adr/0021). Each process has its own; those in Redis are shared by all.
PAGE_CACHE = env.flag("PAGE_CACHE", default=not DEBUG)
PAGE_CACHE_BYTES = 32_000_000
REDIS_URL = env.redis_url("REDIS_URL")

# Broken rows are left out of pages and logged (docs/adr/0023); the tests let them raise.
BROKEN_ROWS_RAISE = False

# Logs
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
ACCESS_LOG = env.flag("ACCESS_LOG", default=not DEBUG)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "refused": {
            "()": "django.utils.log.CallbackFilter",
            "callback": "ext://foundation.logs.lines.refusals_in_short",
        }
    },
    "formatters": {"line": {"()": "foundation.logs.lines.OneLineFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refused"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        "axes": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "markdown_it": {"level": "WARNING"},
    },
}
