"""Lower-case Celery settings by name, taken from the Django settings in force."""

from django.conf import settings

globals().update(settings.CELERY)
