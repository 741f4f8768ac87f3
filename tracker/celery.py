"""The Celery application; part of the composition root."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings.production")

app = Celery("tracker")
app.config_from_object("tracker.settings.celery")
# A connection for each task would cost more than the task: ``workers.connections`` sees to it
# that only those that work are kept.
app.conf["CELERY_DB_REUSE_MAX"] = 500
app.autodiscover_tasks(["workers"])
