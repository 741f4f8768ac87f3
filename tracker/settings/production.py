"""Many machines, TLS in front, secrets from the environment or from files."""

from tracker.settings.base import *  # noqa: F403  # settings are inherited by name
from tracker.settings.base import ENV

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
ALLOWED_HOSTS = [ENV.host]
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
