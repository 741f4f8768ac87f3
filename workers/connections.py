"""Database connections that outlive a task, as long as they work."""

from __future__ import annotations

from celery.signals import task_prerun
from django.db import close_old_connections


@task_prerun.connect
def drop_broken_connections(**_: object) -> None:
    """Before each task: what failed or grew old is closed, and the rest is asked for a sign."""
    close_old_connections()
