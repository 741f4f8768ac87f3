"""A worker's sign of life: told by its main process, every few seconds."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import structlog
from celery.signals import heartbeat_sent, worker_ready, worker_shutdown
from celery.worker import state
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from tracker.core.jobs import QUEUES
from tracker.watching.services import heartbeats

if TYPE_CHECKING:
    from collections.abc import Callable

logger = structlog.get_logger(__name__)
EVERY = 5.0


class _Pulse:
    """When this process told last, and what it calls itself."""

    last = 0.0
    name = ""
    queues: tuple[str, ...] = ()


@worker_ready.connect
def begin(sender: Any, **_: object) -> None:
    """The worker stands: note what it consumes and tell at once."""
    _Pulse.name = sender.hostname
    # ``queues`` itself holds what is only known as well: the default queue, routes sent to.
    _Pulse.queues = tuple(q for q in QUEUES if q in sender.app.amqp.queues.consume_from)
    _tell()


@heartbeat_sent.connect
def go_on(**_: object) -> None:
    """As often as ``EVERY`` says; Celery's own heart beats faster."""
    if _Pulse.name and time.monotonic() - _Pulse.last >= EVERY:
        _tell()


@worker_shutdown.connect
def end(**_: object) -> None:
    """Told to stop: say what was done since the last beat, and so, or people would look for it."""
    if _Pulse.name:
        _tell()
        _reach(lambda: heartbeats.say_goodbye(name=_Pulse.name, now=timezone.now()))


def _tell() -> None:
    _Pulse.last = time.monotonic()
    done = sum(state.total_count.values())
    _reach(
        lambda: heartbeats.beat(
            name=_Pulse.name,
            process_id=os.getpid(),
            queues=_Pulse.queues,
            tasks_done=done,
            now=timezone.now(),
        )
    )


def _reach(tell: Callable[[], None]) -> None:
    """A database that is away costs one beat and nothing else."""
    close_old_connections()
    try:
        tell()
    except (DatabaseError, InterfaceError) as failure:
        logger.warning("heartbeat_not_told", reason=type(failure).__name__)
        connection.close()
