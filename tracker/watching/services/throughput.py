"""How much each stage does: counted after the commit, once for a batch."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection, transaction

from tracker.watching.models import StageMinute

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.watching.choices import Stage

KEPT = timedelta(days=2)
_ADD = """
    INSERT INTO watching_stageminute (stage, minute, done, failed, retried)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (stage, minute) DO UPDATE SET
        done = watching_stageminute.done + excluded.done,
        failed = watching_stageminute.failed + excluded.failed,
        retried = watching_stageminute.retried + excluded.retried
"""


def count_stage(
    stage: Stage, *, now: datetime, done: int = 0, failed: int = 0, retried: int = 0
) -> None:
    """Add to the minute's figures once the surrounding transaction is committed.

    Outside of it, so that no two workers wait for each other's row.
    """
    if done or failed or retried:
        transaction.on_commit(partial(_add, stage.value, now, done, failed, retried), robust=True)


def forget_minutes(*, now: datetime) -> int:
    """Drop the figures of more than two days ago; return how many rows."""
    return StageMinute.objects.filter(minute__lt=now - KEPT).delete()[0]


def _add(stage: str, now: datetime, done: int, failed: int, retried: int) -> None:
    minute = now.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [stage, minute, done, failed, retried])
