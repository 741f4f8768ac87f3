"""A worker's hold on a feed, and what becomes of the feed after a poll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.sources.choices import FeedKind, FeedState, PollOutcome
from tracker.sources.models import Feed, FeedItem, FeedPoll
from tracker.sources.rules.feed_items import clean_address
from tracker.sources.rules.intervals import (
    asks_without_conditions,
    back_off,
    next_interval,
    usual_gap,
)
from tracker.sources.services.addresses import LONGEST_URL
from tracker.sources.services.feeds import FOLLOWER, forget_answers, set_paused
from tracker.sources.services.feeds_alarms import tell_failing, tell_silence
from tracker.sources.services.leases import MAX_ATTEMPTS, free_at

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.sources.services.retrieved import Retrieved

#: Longer than a task may run.
FEED_LEASE_LASTS = timedelta(seconds=90)
#: So often in a row it must say that it moved for good before that is believed.
MOVES_BELIEVED = 3
GONE = 410
_ARRIVALS = 60
_GAVE_UP = "Asking it ended its worker three times without an answer."


@dataclass(frozen=True, slots=True)
class FeedLease:
    """The right to ask one feed once. Validators "" = this poll is without conditions."""

    feed_id: int
    kind: FeedKind
    address: str
    fence: int
    etag: str
    last_modified: str
    body_sha256: str
    egress_proxy: str

    @property
    def is_conditional(self) -> bool:
        """Whether the server may answer "not modified"."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll brought. ``retrieved`` None = there was no request, as for a folder.

    ``is_whole`` False = there was no time for all of it: it is asked again at once, and what
    tells its body from a later one is not kept.
    """

    outcome: PollOutcome
    seconds: float
    items: int = 0
    new: int = 0
    changed: int = 0
    warning: str = ""
    retrieved: Retrieved | None = None
    body_sha256: str = ""
    moved_to: str = ""
    is_whole: bool = True


@transaction.atomic
def lease_feed(*, feed_id: int, now: datetime) -> FeedLease | None:
    """Take a feed that is due and count the attempt; None where there is nothing to do."""
    feed = (
        Feed.objects.select_for_update(skip_locked=True)
        .filter(free_at(now), pk=feed_id, state=FeedState.ACTIVE, next_poll_at__lte=now)
        .first()
    )
    if feed is None:
        return None
    if feed.attempts >= MAX_ATTEMPTS:
        feed.attempts = 0
        _note_failure(feed, reason=_GAVE_UP, status=None, retry_after=None, now=now)
        return None
    feed.attempts += 1
    feed.fence += 1
    feed.leased_until = now + FEED_LEASE_LASTS
    feed.save(update_fields=["attempts", "fence", "leased_until"])
    is_free = asks_without_conditions(last=feed.unconditional_at, now=now)
    return FeedLease(
        feed_id=feed.pk,
        kind=FeedKind(feed.kind),
        address=feed.address,
        fence=feed.fence,
        etag="" if is_free else feed.etag,
        last_modified="" if is_free else feed.last_modified,
        body_sha256=feed.body_sha256,
        egress_proxy=feed.egress_proxy,
    )


@transaction.atomic
def postpone_poll(*, lease: FeedLease, until: datetime) -> bool:
    """The host's turn has not come: give the feed back, and the attempt with it."""
    feed = hold_feed(lease)
    if feed is None:
        return False
    feed.attempts = max(feed.attempts - 1, 0)
    feed.leased_until = None
    feed.next_poll_at = until
    feed.save(update_fields=["attempts", "leased_until", "next_poll_at"])
    return True


@transaction.atomic
def fail_poll(
    *,
    lease: FeedLease,
    reason: str,
    status: int | None = None,
    retry_after: timedelta | None = None,
    seconds: float = 0.0,
    now: datetime,
) -> bool:
    """Note why nothing came and wait longer each time; what is gone for good is paused."""
    feed = hold_feed(lease)
    if feed is None:
        return False
    _note_failure(
        feed,
        reason=reason,
        status=status,
        retry_after=retry_after,
        seconds=seconds,
        is_conditional=lease.is_conditional,
        now=now,
    )
    if status == GONE:
        set_paused(
            feed,
            because="The server says that it is gone for good (410).",
            actor=FOLLOWER,
            now=now,
        )
    return True


@transaction.atomic
def finish_poll(*, lease: FeedLease, polled: Polled, now: datetime) -> bool:
    """Keep what the next poll needs, and say when that is; False where the lease was lost."""
    feed = hold_feed(lease)
    if feed is None:
        return False
    FeedPoll.objects.create(
        feed=feed,
        at=now,
        outcome=polled.outcome,
        status=polled.retrieved.status if polled.retrieved else None,
        is_conditional=lease.is_conditional,
        items=polled.items,
        new=polled.new,
        changed=polled.changed,
        seconds=polled.seconds,
        warning=polled.warning[:300],
    )
    _keep_answer(feed, lease, polled, now=now)
    _plan_next(feed, polled, now=now)
    feed.attempts = feed.failures = 0
    feed.failing_since = feed.leased_until = None
    feed.error = ""
    feed.last_success_at = now
    _note_move(feed, polled.moved_to, now=now)
    feed.save()
    tell_failing(feed, now=now)
    tell_silence(feed, now=now)
    return True


def hold_feed(lease: FeedLease) -> Feed | None:
    """The locked row, if the lease is still the latest; must run inside a transaction."""
    return (
        Feed.objects.select_for_update()
        .filter(pk=lease.feed_id, fence=lease.fence, state=FeedState.ACTIVE)
        .first()
    )


def _keep_answer(feed: Feed, lease: FeedLease, polled: Polled, *, now: datetime) -> None:
    """New validators count even where the body is the same; half a reading counts for nothing."""
    if polled.retrieved is None or not polled.is_whole:
        return
    headers = polled.retrieved.headers
    if polled.outcome is not PollOutcome.NOT_MODIFIED:
        feed.etag = _validator(headers.get("etag", ""), 500)
        feed.last_modified = _validator(headers.get("last-modified", ""), 100)
        feed.body_sha256 = polled.body_sha256
    else:
        feed.etag = _validator(headers.get("etag", ""), 500) or feed.etag
        feed.last_modified = _validator(headers.get("last-modified", ""), 100) or feed.last_modified
    if not lease.is_conditional:
        feed.unconditional_at = now


def _validator(value: str, longest: int) -> str:
    """One that does not fit is none: half of it would be another one."""
    return value if len(value) <= longest and value.isprintable() else ""


def _plan_next(feed: Feed, polled: Polled, *, now: datetime) -> None:
    if polled.new or polled.changed:
        feed.last_new_at = now
    feed.usual_gap = usual_gap(_arrivals(feed))
    chosen = next_interval(
        gap=feed.usual_gap,
        last_new_at=feed.last_new_at,
        now=now,
        current=feed.interval,
        shortest=feed.shortest,
        longest=feed.longest,
    )
    feed.interval = chosen.length
    feed.interval_because = chosen.because[:200]
    feed.next_poll_at = now + chosen.length if polled.is_whole else now


def _arrivals(feed: Feed) -> list[datetime]:
    """When its latest items appeared: as it says itself where that can be, else as we saw them."""
    seen = (
        FeedItem.objects.filter(feed=feed)
        .order_by("-first_seen_at", "-id")
        .values_list("published_at", "first_seen_at")[:_ARRIVALS]
    )
    week = timedelta(days=7)
    return [
        said if said is not None and first - week <= said <= first else first
        for said, first in seen
    ]


def _note_failure(
    feed: Feed,
    *,
    reason: str,
    status: int | None,
    retry_after: timedelta | None,
    seconds: float = 0.0,
    is_conditional: bool = False,
    now: datetime,
) -> None:
    FeedPoll.objects.create(
        feed=feed,
        at=now,
        outcome=PollOutcome.FAILED,
        status=status,
        is_conditional=is_conditional,
        seconds=seconds,
        error=reason[:500],
    )
    feed.failures += 1
    feed.failing_since = feed.failing_since or now
    feed.error = reason[:500]
    feed.attempts = 0
    feed.leased_until = None
    feed.next_poll_at = now + back_off(
        failures=feed.failures, interval=feed.interval, retry_after=retry_after
    )
    feed.save()
    tell_failing(feed, now=now)
    tell_silence(feed, now=now)


def _note_move(feed: Feed, moved_to: str, *, now: datetime) -> None:
    """Count how often in a row it said that it moved for good, and believe it in the end."""
    if not clean_address(moved_to) or len(moved_to) > LONGEST_URL:
        feed.moved_to, feed.moved_seen = "", 0
        return
    feed.moved_seen = feed.moved_seen + 1 if moved_to == feed.moved_to else 1
    feed.moved_to = moved_to
    if feed.moved_seen < MOVES_BELIEVED:
        return
    key = clean_address(moved_to)
    if Feed.objects.exclude(pk=feed.pk).filter(address_key=key).exists():
        because = f"It moved for good to an address that is followed already: {moved_to}"
        set_paused(feed, because=because, actor=FOLLOWER, now=now)
        return
    etag, last_modified, body = feed.etag, feed.last_modified, feed.body_sha256
    forget_answers(feed)
    # The answer came from there: its validators are the new address's own.
    feed.etag, feed.last_modified, feed.body_sha256 = etag, last_modified, body
    feed.address, feed.address_key = moved_to, key
    feed.changed_by = FOLLOWER.alias
    feed.revision += 1
    record_event(actor=FOLLOWER, action="feed.move", target=feed, now=now)
