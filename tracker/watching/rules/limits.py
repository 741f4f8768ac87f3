"""When a worker counts as gone, a queue as unattended, and work as waiting too long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

#: A worker tells of itself every few seconds; one not heard of for so long is gone.
GONE_AFTER = timedelta(seconds=20)


def lives(*, seen_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a worker may be counted on; ``ended_at`` None = it said no goodbye."""
    return ended_at is None and now - seen_at <= GONE_AFTER


def unattended(queues: Sequence[str], *, consumed: Iterable[Iterable[str]]) -> list[str]:
    """Those that no living worker consumes, in the order given."""
    attended = {queue for of_one in consumed for queue in of_one}
    return [queue for queue in queues if queue not in attended]


def waits_too_long(*, oldest: datetime | None, limit: timedelta, now: datetime) -> bool:
    """Whether to call somebody; ``oldest`` None = nothing waits."""
    return oldest is not None and now - oldest > limit
