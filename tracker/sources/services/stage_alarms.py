"""Alarms when work waits too long at a stage, or nobody works on a queue."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from tracker.sources.choices import WAITING_STATES, ArticleState
from tracker.sources.selectors.pipeline import list_waiting_fetches, stage_counts
from tracker.watching.choices import AlarmKind
from tracker.watching.rules.limits import waits_too_long
from tracker.watching.selectors.pulse import list_workers, unattended_queues
from tracker.watching.services.alarms import clear_alarm, raise_alarm
from tracker.watching.services.heartbeats import forget_workers
from tracker.watching.services.throughput import forget_minutes

if TYPE_CHECKING:
    from datetime import datetime

_FETCHES = "addresses to be fetched"
_WAITING = {
    ArticleState.FETCHED: "articles to be read",
    ArticleState.PARSED: "articles to be compared",
    ArticleState.RELATED: "articles to be searched for claims",
}


def look_at_stages(*, now: datetime) -> None:
    """Raise or clear an alarm for each stage and for queues; forget what is old.

    An address that waits for its host's turn does not wait too long.
    """
    limit = timedelta(minutes=settings.ALARM_WAIT_MINUTES)
    for stage in stage_counts():
        if stage.state in WAITING_STATES:
            _judge(stage.state.value.lower(), _WAITING[stage.state], stage.oldest, limit, now)
    due = list_waiting_fetches().exclude(not_before__gt=now).first()
    _judge("fetches", _FETCHES, due.not_before or due.requested_at if due else None, limit, now)
    _judge_queues(now)
    forget_workers(now=now)
    forget_minutes(now=now)


def _judge(name: str, what: str, oldest: datetime | None, limit: timedelta, now: datetime) -> None:
    key = f"waiting-{name}"
    if oldest is None or not waits_too_long(oldest=oldest, limit=limit, now=now):
        clear_alarm(key=key, now=now)
        return
    # Since when, not for how long: a sentence that changes each minute would fill the history.
    raise_alarm(
        key=key,
        kind=AlarmKind.OLDEST_WAITING,
        sentence=f"The oldest of the {what} waits since {oldest:%Y-%m-%d %H:%M} UTC; "
        "look at the workers.",
        now=now,
    )


def _judge_queues(now: datetime) -> None:
    queues = unattended_queues(list_workers(now=now))
    if not queues:
        clear_alarm(key="queues", now=now)
        return
    raise_alarm(
        key="queues",
        kind=AlarmKind.QUEUE_UNATTENDED,
        sentence=f"No worker consumes {', '.join(queues)}; start one that does.",
        now=now,
    )
