"""The Celery application; part of the composition root."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings.production")

app = Celery("tracker")
app.config_from_object("tracker.settings.celery")
app.autodiscover_tasks(["workers"])
