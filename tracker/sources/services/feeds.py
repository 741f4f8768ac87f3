"""What is followed: add, change, pause, resume, ask now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tracker.audit.selectors.writers import last_writer
from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput, NotFound, StaleRevision
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.sources.choices import FeedKind, FeedState
from tracker.sources.models import Feed
from tracker.sources.policies import require_may_manage_feeds
from tracker.sources.rules.feed_items import clean_address
from tracker.sources.rules.intervals import FIRST_INTERVAL
from tracker.sources.services.addresses import checked_address
from tracker.sources.services.feeds_alarms import clear_feed_alarms
from tracker.sources.services.outlets import outlet_named

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

#: What acts where no person does: polls, moves, pauses.
FOLLOWER = machine("follower")
_FOLLOWED = "This address is followed already."


@dataclass(frozen=True, slots=True)
class FeedValues:
    """What a person sets. "" and None as in the model; ``source`` is a name."""

    kind: FeedKind
    address: str
    title: str
    owner_id: int | None = None
    source: str = ""
    language: str = ""
    shortest: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=12)
    silence_limit: timedelta | None = None
    egress_proxy: str = ""


@transaction.atomic
def add_feed(*, values: FeedValues, actor: Actor, now: datetime) -> Feed:
    """Follow something from now on; its first poll is asked for at once.

    Raises NotAllowed, InvalidInput where the address is none or is followed already.
    """
    require_may_manage_feeds(actor)
    values = _checked(values)
    feed = Feed(made_at=now, next_poll_at=now)
    _fill(feed, values, actor)
    _save(feed)
    record_event(
        actor=actor, action="feed.add", target=feed, now=now, changes={"kind": values.kind.value}
    )
    enqueue_on_commit(Job.POLL_FEED, feed_id=feed.pk)
    return feed


@transaction.atomic
def edit_feed(
    *, feed_id: int, expected_revision: int, values: FeedValues, actor: Actor, now: datetime
) -> Feed:
    """Change the settings; with another address everything known of the old one is forgotten.

    Raises NotAllowed, NotFound, InvalidInput, StaleRevision.
    """
    require_may_manage_feeds(actor)
    feed = _locked(feed_id)
    if feed.revision != expected_revision:
        who = last_writer(feed, "feed.edit", "feed.resume", "feed.pause", "feed.move")
        raise StaleRevision(f"{who} changed this feed while you were typing. Look at it again.")
    values = _checked(values)
    is_elsewhere = (values.kind, values.address) != (feed.kind, feed.address)
    _fill(feed, values, actor)
    if is_elsewhere:
        forget_answers(feed)
        feed.next_poll_at = now
    _save(feed)
    record_event(
        actor=actor, action="feed.edit", target=feed, now=now, changes={"elsewhere": is_elsewhere}
    )
    return feed


@transaction.atomic
def pause_feed(*, feed_id: int, because: str, actor: Actor, now: datetime) -> Feed:
    """Ask no more until somebody resumes it. Raises NotAllowed, NotFound, InvalidInput."""
    require_may_manage_feeds(actor)
    if not because.strip():
        raise InvalidInput("Say why it is paused, for whoever finds it silent.")
    feed = _locked(feed_id)
    if feed.state == FeedState.PAUSED:
        raise InvalidInput("It is paused already.")
    set_paused(feed, because=because.strip(), actor=actor, now=now)
    return feed


@transaction.atomic
def resume_feed(*, feed_id: int, actor: Actor, now: datetime) -> Feed:
    """Ask again, at once. Raises NotAllowed, NotFound, InvalidInput where it is not paused."""
    require_may_manage_feeds(actor)
    feed = _locked(feed_id)
    if feed.state != FeedState.PAUSED:
        raise InvalidInput("It is not paused.")
    feed.state = FeedState.ACTIVE
    feed.paused_because = ""
    feed.changed_by = actor.alias
    feed.revision += 1
    feed.attempts = 0
    feed.next_poll_at = now
    feed.save()
    record_event(actor=actor, action="feed.resume", target=feed, now=now)
    enqueue_on_commit(Job.POLL_FEED, feed_id=feed.pk)
    return feed


@transaction.atomic
def poll_now(*, feed_id: int, actor: Actor, now: datetime) -> Feed:
    """Ask without waiting for its turn; the host's own turn is kept all the same.

    Raises NotAllowed, NotFound, InvalidInput where it is paused.
    """
    require_may_manage_feeds(actor)
    feed = _locked(feed_id)
    if feed.state != FeedState.ACTIVE:
        raise InvalidInput("It is paused; resume it first.")
    feed.next_poll_at = now
    feed.save(update_fields=["next_poll_at"])
    record_event(actor=actor, action="feed.poll_now", target=feed, now=now)
    enqueue_on_commit(Job.POLL_FEED, feed_id=feed.pk)
    return feed


def set_paused(feed: Feed, *, because: str, actor: Actor, now: datetime) -> None:
    """Pause a locked row; the fence makes a poll that is under way lose its right to write."""
    feed.state = FeedState.PAUSED
    feed.paused_because = because[:300]
    feed.changed_by = actor.alias
    feed.revision += 1
    feed.fence += 1
    feed.leased_until = None
    feed.save()
    clear_feed_alarms(feed, now=now)
    record_event(actor=actor, action="feed.pause", target=feed, now=now, reason=because)


def forget_answers(feed: Feed) -> None:
    """Nothing that the old address said holds for a new one."""
    feed.etag = feed.last_modified = feed.body_sha256 = feed.moved_to = feed.error = ""
    feed.moved_seen = feed.failures = feed.attempts = 0
    feed.failing_since = feed.unconditional_at = feed.leased_until = None
    feed.fence += 1


def _checked(values: FeedValues) -> FeedValues:
    address = values.address.strip()
    if values.kind is FeedKind.FOLDER:
        address = checked_folder(address)
    else:
        address = checked_address(address)
        if not clean_address(address):
            raise InvalidInput("This is not an address of the web.")
    title = " ".join(values.title.split())[:200]
    if not title:
        raise InvalidInput("Give it a name, so that people can tell it from others.")
    return replace(values, address=address, title=title)


def checked_folder(name: str) -> str:
    """The name of a folder below the drop root. Raises InvalidInput for a way out of it."""
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\x00" in name:
        raise InvalidInput("Give the name of a folder below the drop root, such as hospital-lists.")
    return str(path)


def key_of(kind: FeedKind, address: str) -> str:
    """What tells one thing that is followed from another."""
    return f"folder:{address}" if kind is FeedKind.FOLDER else clean_address(address)


def _fill(feed: Feed, values: FeedValues, actor: Actor) -> None:
    feed.kind = values.kind
    feed.address = values.address
    feed.address_key = key_of(values.kind, values.address)
    feed.title = values.title
    feed.owner_id = values.owner_id
    feed.source = outlet_named(" ".join(values.source.split()))
    feed.language = values.language.strip().lower()[:8]
    feed.shortest, feed.longest = values.shortest, values.longest
    feed.silence_limit = values.silence_limit
    feed.egress_proxy = values.egress_proxy.strip()
    feed.interval = min(max(feed.interval or FIRST_INTERVAL, values.shortest), values.longest)
    feed.changed_by = actor.alias
    feed.revision = feed.revision + 1 if feed.pk else 1


def _save(feed: Feed) -> None:
    """Save, and say in words what the database refuses. Raises InvalidInput."""
    try:
        feed.validate_constraints()
        with transaction.atomic():
            feed.save()
    except ValidationError as refusal:
        raise InvalidInput(" ".join(refusal.messages)) from refusal
    except IntegrityError as refusal:  # somebody added the same at the same moment
        raise InvalidInput(_FOLLOWED) from refusal


def _locked(feed_id: int) -> Feed:
    feed = Feed.objects.select_for_update().filter(pk=feed_id).first()
    if feed is None:
        raise NotFound(f"There is no feed {feed_id}.")
    return feed
