"""One entry of a feed becomes a request or an article, once, however many feeds name it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from tracker.core.actor import machine
from tracker.core.errors import InvalidInput
from tracker.sources.choices import DateBasis, FetchState
from tracker.sources.models import FeedItem, FetchRequest
from tracker.sources.parsing.kinds import Kind
from tracker.sources.rules.feed_items import (
    carries_whole_text,
    clean_address,
    item_digest,
    item_key,
)
from tracker.sources.rules.intervals import MOST_RECHECKS, next_recheck
from tracker.sources.services.addresses import request_fetch
from tracker.sources.services.items import Item, ingest_item
from tracker.sources.services.versions import request_recheck, store_recheck

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.sources.feeds.entries import Entry
    from tracker.sources.models import Feed


class Taken(StrEnum):
    """What an entry was to us."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FeedBody:
    """The answer that entries come from; its bytes are a capture of their own."""

    sha256: str
    address: str


def follower_of(feed: Feed) -> Actor:
    """The machine that asks on behalf of one feed; captures and requests carry its alias."""
    return machine(f"feed {feed.pk}")


def keys_of(entry: Entry) -> tuple[str, str, str]:
    """The key of an entry, the address to fetch, and the digest of its own words."""
    words = entry.text or entry.summary
    digest = item_digest(title=entry.title, text=words)
    address = clean_address(entry.address)
    key = item_key(identifier=entry.identifier, address=address, digest=digest)
    return key, address, digest


@transaction.atomic
def take_entry(
    *, feed: Feed, entry: Entry, known: FeedItem | None, body: FeedBody, now: datetime
) -> Taken:
    """Take what is new, look again at what changed, leave the rest alone.

    Safe to repeat: what was taken before is known by its key. Raises UnableToStore.
    """
    key, address, digest = keys_of(entry)
    if known is not None:
        return _take_again(feed, entry, known, digest=digest, body=body, now=now)
    _one_at_a_time(address or key)
    item = FeedItem(
        feed=feed,
        key=key,
        address=entry.address if address else "",
        address_key=address,
        title=entry.title,
        published_at=entry.published_at,
        updated_at=entry.updated_at,
        digest=digest,
        first_seen_at=now,
        taken_at=now,
    )
    if not _share(item):
        _ask_or_store(feed, item, entry, body=body, now=now)
    FeedItem.objects.bulk_create([item], ignore_conflicts=True)
    return Taken.NEW


def _take_again(
    feed: Feed, entry: Entry, item: FeedItem, *, digest: str, body: FeedBody, now: datetime
) -> Taken:
    # RSS has one time only, and outlets move it when they change an item.
    said_at = entry.updated_at or entry.published_at
    known_at = item.updated_at or item.published_at
    is_later = said_at is not None and (known_at is None or said_at > known_at)
    if digest == item.digest and not is_later:
        return Taken.SAME
    has_changed = digest != item.digest
    item.digest, item.updated_at, item.title = digest, said_at or item.updated_at, entry.title
    item.save(update_fields=["digest", "updated_at", "title"])
    text = whole_text_of(entry)
    if text and not has_changed:
        return Taken.SAME
    article_id = article_of(item)
    if article_id is None:
        return Taken.CHANGED if has_changed else Taken.SAME
    if text and item.fetch_request_id is None:
        record = _record(feed, entry, text, body)
        store_recheck(article_id=article_id, item=_item_of(feed, item, record), now=now)
        return Taken.CHANGED
    look_again(item, article_id=article_id, actor=follower_of(feed), now=now)
    return Taken.CHANGED


def look_again(item: FeedItem, *, article_id: int, actor: Actor, now: datetime) -> bool:
    """Ask for the article's page once more, within the bound; False where that is reached."""
    if item.rechecks >= MOST_RECHECKS:
        item.recheck_at = None
        item.save(update_fields=["recheck_at"])
        return False
    request_recheck(article_id=article_id, actor=actor, now=now)
    item.rechecks += 1
    item.recheck_at = next_recheck(first_seen_at=item.first_seen_at, now=now)
    item.save(update_fields=["rechecks", "recheck_at"])
    return True


def article_of(item: FeedItem) -> int | None:
    """The first version of the article an item led to; None while there is none."""
    if item.article_id is not None or item.fetch_request is None:
        return item.article_id
    return item.fetch_request.article_id


def whole_text_of(entry: Entry) -> str:
    """The entry's text where the feed gives all of it, else ""."""
    has_address = bool(clean_address(entry.address))
    text = entry.text if has_address else entry.text or entry.summary
    return text if carries_whole_text(text, has_address=has_address) else ""


def _one_at_a_time(name: str) -> None:
    """Two feeds that name one address at the same moment take it one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 17))", [name])


def _share(item: FeedItem) -> bool:
    """Lead where another item of the same thing, or somebody's own request, leads already."""
    if not item.address_key:
        return False
    others = FeedItem.objects.filter(address_key=item.address_key, taken_at__isnull=False)
    for other in others.order_by("first_seen_at", "id")[:20]:
        is_same = other.fetch_request_id is not None or item.digest == other.digest
        if is_same or (other.feed_id != item.feed_id and other.key == item.key):
            item.fetch_request_id = other.fetch_request_id
            item.article_id = other.article_id
            item.refusal = other.refusal
            return True
    request = (
        FetchRequest.objects.filter(url=item.address_key, recheck_of__isnull=True)
        .exclude(state=FetchState.FAILED)
        .order_by("id")
        .first()
    )
    if request is None:
        return False
    item.fetch_request = request
    return True


def _ask_or_store(
    feed: Feed, item: FeedItem, entry: Entry, *, body: FeedBody, now: datetime
) -> None:
    text = whole_text_of(entry)
    if text:
        result = ingest_item(
            item=_item_of(feed, item, _record(feed, entry, text, body)),
            actor=follower_of(feed),
            now=now,
        )
        item.article_id = result.article_id
        item.refusal = "" if result.article_id else result.reason[:500]
    elif item.address_key:
        item.fetch_request = _requested(feed, item, now=now)
    else:
        item.refusal = "It has neither a text nor an address of the web."
    if item.article_id or item.fetch_request is not None:
        item.recheck_at = next_recheck(first_seen_at=now, now=now) if item.address_key else None


def _requested(feed: Feed, item: FeedItem, *, now: datetime) -> FetchRequest | None:
    try:
        return request_fetch(
            url=item.address_key,
            egress_proxy=feed.egress_proxy,
            actor=follower_of(feed),
            now=now,
        )
    except InvalidInput as refusal:
        item.refusal = str(refusal)[:500]
        return None


def _item_of(feed: Feed, item: FeedItem, record: dict[str, Any]) -> Item:
    return Item(
        content=json.dumps(record, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace"),
        kind=Kind.RECORD,
        reference=f"{feed.address} {item.key}"[:500],
        asked_by=follower_of(feed).alias,
    )


def _record(feed: Feed, entry: Entry, text: str, body: FeedBody) -> dict[str, Any]:
    """The entry as one line of JSON, with the hash of the answer that it was cut from."""
    outlet = entry.outlet or (feed.source.name if feed.source is not None else "")
    day = entry.published_at.date().isoformat() if entry.published_at else None
    return {
        "id": None,
        "source": outlet or None,
        "published": day,
        "published_basis": DateBasis.FEED.value if day else None,
        "author": entry.author or None,
        "title": entry.title,
        "text": text,
        "url": clean_address(entry.address) or None,
        "feed": {"address": body.address, "sha256": body.sha256},
    }
