"""The sitemaps that an index names are followed as parts of it, each with its own pulse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.sources.choices import FeedKind, FeedState
from tracker.sources.models import Feed
from tracker.sources.rules.feed_items import clean_address
from tracker.sources.services.feeds import FOLLOWER, set_paused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_NOT_NAMED = "Its index does not name it among the latest any more."


@transaction.atomic
def follow_parts(*, index: Feed, addresses: Sequence[str], now: datetime) -> int:
    """Follow the sitemaps that are named, pause those that are not; return how many are new.

    An index that is itself a part of one is not followed further.
    """
    if index.part_of_id is not None:
        return 0
    named = {key: address for address in addresses if (key := clean_address(address))}
    parts = {part.address_key: part for part in index.parts.select_for_update()}
    for key, part in parts.items():
        if key not in named and part.state == FeedState.ACTIVE:
            set_paused(part, because=_NOT_NAMED, actor=FOLLOWER, now=now)
        elif key in named and part.paused_because == _NOT_NAMED:
            part.state, part.paused_because = FeedState.ACTIVE, ""
            part.next_poll_at = now
            part.changed_by = FOLLOWER.alias
            part.save()
    new = [key for key in named if key not in parts]
    for key in new:
        _follow(index, key=key, address=named[key], now=now)
    return len(new)


def _follow(index: Feed, *, key: str, address: str, now: datetime) -> None:
    if Feed.objects.filter(address_key=key).exists():
        return
    part = Feed.objects.create(
        kind=FeedKind.SITEMAP,
        address=address,
        address_key=key,
        title=f"{index.title}: {address.rstrip('/').rsplit('/', 1)[-1]}"[:200],
        owner_id=index.owner_id,
        source_id=index.source_id,
        language=index.language,
        shortest=index.shortest,
        longest=index.longest,
        interval=index.interval,
        silence_limit=index.silence_limit,
        egress_proxy=index.egress_proxy,
        part_of=index,
        changed_by=FOLLOWER.alias,
        made_at=now,
        next_poll_at=now,
    )
    record_event(
        actor=FOLLOWER,
        action="feed.add",
        target=part,
        now=now,
        changes={"kind": FeedKind.SITEMAP.value, "part_of": index.pk},
    )
    enqueue_on_commit(Job.POLL_FEED, feed_id=part.pk)
