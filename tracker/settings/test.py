"""Tests: real PostgreSQL, fast password hashing, everything else as it runs."""

import os
import tempfile
from pathlib import Path

_scratch = Path(tempfile.gettempdir()) / f"harm-tracker-test-{os.getpid()}"
os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789-abcdef")
os.environ.setdefault("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
os.environ.setdefault("BROKER_URL", "memory://")
os.environ.setdefault("CAPTURE_ROOT", str(_scratch / "captures"))
os.environ.setdefault("RESTRICTED_KEY_ROOT", str(_scratch / "keys"))
os.environ.setdefault("STATIC_ROOT", str(_scratch / "static"))
# WhiteNoise warns of a folder that is not there, and warnings are errors.
Path(os.environ["STATIC_ROOT"]).mkdir(parents=True, exist_ok=True)
os.environ.setdefault("PUBLIC_URL", "http://localhost:8000")
os.environ.setdefault("LOG_FORMAT", "console")

from tracker.settings.base import *  # noqa: E402, F403  # settings are inherited by name
from tracker.settings.base import ALLOWED_HOSTS, CELERY, DATABASES  # noqa: E402  # as above

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {
    "NAME": os.environ.get("TEST_DATABASE_NAME", "test_harm_tracker"),
    "TEMPLATE": os.environ.get("TEST_DATABASE_TEMPLATE"),  # one that is migrated already
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY = {**CELERY, "task_always_eager": False}
