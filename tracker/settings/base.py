"""Settings that hold everywhere; the overlays add what differs."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import environ
import pghistory
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from tracker.core.logs import logging_config
from tracker.core.queue_settings import celery_settings
from tracker.settings import environment

ROOT = Path(__file__).resolve().parents[2]
ENV = environment.load()

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = sorted({ENV.host, "localhost", "127.0.0.1"})
PUBLIC_URL = ENV.public_url
TRUSTED_PROXY = ENV.trusted_proxy
CAPTURE_ROOT = ENV.capture_root
# The folder of the keys of private persons; None = none can be recorded here.
RESTRICTED_KEY_ROOT = ENV.restricted_key_root
# "host:port" of targets in a private network that may be fetched from all the same; for tests.
FETCH_ALLOW_PRIVATE = ENV.fetch_allow_private
# How the fetcher names itself, through which proxy it goes ("" = none), and how long it leaves a
# host alone between two requests.
FETCH_USER_AGENT = ENV.fetch_user_agent
FETCH_PROXY = ENV.fetch_proxy
FETCH_INTERVAL = ENV.fetch_interval
# "" = there is no /metrics.
METRICS_TOKEN = ENV.metrics_token
ALARM_WAIT_MINUTES = ENV.alarm_wait_minutes
# The RFC 3161 authority that captures are stamped by; "" = none. Its root certificate, if any.
TIMESTAMP_AUTHORITY = ENV.timestamp_authority
TIMESTAMP_CA = ENV.timestamp_ca
# The folder that holds the drop folders; "" = none are looked into.
DROP_ROOT = ENV.drop_root
# Whether addresses that partners suggest are fetched without staff looking at them first.
ACCEPT_SUGGESTIONS = ENV.accept_suggestions
CSRF_TRUSTED_ORIGINS = [ENV.public_url]

INSTALLED_APPS = [
    "tracker.core",
    "tracker.audit",
    "tracker.accounts",
    "tracker.watching",
    "tracker.places",
    "tracker.sources",
    "tracker.incidents",
    "tracker.verification",
    "tracker.imports",
    "tracker.publication",
    "tracker.restricted",
    "tracker.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "axes",
    "rest_framework",
    "api",  # before the package whose page it changes
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "workers",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.web.context.shell",
            ],
        },
    }
]

#: No statement runs for ever, and whoever stands still in a transaction gives up its locks.
_SESSION = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=2min"
DATABASES = {"default": environ.Env.db_url_config(ENV.database_url)}
DATABASES["default"].update(
    ENGINE="django.db.backends.postgresql",
    CONN_MAX_AGE=60,
    CONN_HEALTH_CHECKS=True,
    ATOMIC_REQUESTS=False,
    HOST=unquote(DATABASES["default"]["HOST"]),  # %2F…: a socket's folder
    OPTIONS={**DATABASES["default"].get("OPTIONS", {}), "options": _SESSION},
)
# History is read by its object alone; an index on each other key would only slow every write down.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True, related_name="events")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sessions, counters and limits live in PostgreSQL: never in the memory of one process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "tracker.web.adapter.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PREVENT_ENUMERATION = True
# Axes counts wrong passwords, in PostgreSQL and per address; a second count would only confuse.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": None}
ACCOUNT_SESSION_REMEMBER = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "tracker.web.accounts.signin.typed_login"
AXES_CLIENT_IP_CALLABLE = "tracker.web.accounts.signin.client_address"
AXES_LOCKOUT_CALLABLE = "tracker.web.errors.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxy else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "tracker.web.errors.csrf_failure"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [ROOT / "tracker" / "web" / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ENV.static_root
STATICFILES_FINDERS = ["tracker.web.static_files.UsedFilesFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Packed once, under the name that pages ask for. Source maps are for a debugger alone.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
FILE_UPLOAD_HANDLERS = [
    "tracker.web.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.PartnerKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.IsPartner"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.PerMinute", "api.throttling.PerDay"],
    "DEFAULT_THROTTLE_RATES": {
        "partner_minute": "120/min",
        "partner_day": "20000/day",
        "partner_suggestions": "500/day",
    },
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.problem_details",
    "UNAUTHENTICATED_USER": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Civilian-harm tracker, partner API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {"GradeEnum": "tracker.incidents.choices.Grade"},
    "SWAGGER_UI_DIST": "SIDECAR",
}

BROKER_URL = ENV.broker_url
CELERY = celery_settings(ENV.broker_url)
LOGGING = logging_config(log_format=ENV.log_format)
SILENCED_SYSTEM_CHECKS: list[str] = []
