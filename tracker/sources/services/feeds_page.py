"""A page that is watched: an article, and a later version of it whenever its text changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.core.errors import InvalidInput
from tracker.sources.models import FeedItem
from tracker.sources.parsing.kinds import HEAD, Kind, detect_kind
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.parsing.read import read_article
from tracker.sources.parsing.text import text_digest
from tracker.sources.services.feeds_items import Taken, article_of, follower_of
from tracker.sources.services.items import Item, ingest_item
from tracker.sources.services.versions import store_recheck

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.sources.models import Feed
    from tracker.sources.services.feeds_answer import Received


def take_page(*, feed: Feed, received: Received, now: datetime) -> list[Taken]:
    """Compare the page's text with the last one that was taken.

    Raises InvalidInput where there is no text in it, UnableToStore.
    """
    try:
        kind = detect_kind(head=received.content[:HEAD], media_type=received.media_type)
        if kind is Kind.RECORDS:
            raise InvalidInput("It leads to JSON lines, which are no page.")
        parsed = read_article(
            received.content,
            kind=kind,
            url=received.retrieved.final_url,
            content_type=received.retrieved.content_type,
        )
    except Unreadable as refusal:
        raise InvalidInput(str(refusal)) from refusal
    digest = text_digest(parsed.text)
    item = Item(
        content=received.content,
        kind=kind,
        reference=feed.address,
        retrieved=received.retrieved,
        asked_by=follower_of(feed).alias,
    )
    return [_keep(feed, item, title=parsed.title, digest=digest, now=now)]


@transaction.atomic
def _keep(feed: Feed, item: Item, *, title: str, digest: str, now: datetime) -> Taken:
    known = FeedItem.objects.select_for_update().filter(feed=feed, key=feed.address[:500]).first()
    if known is not None and known.digest == digest:
        return Taken.SAME
    article_id = article_of(known) if known is not None else None
    if article_id is not None and known is not None:
        store_recheck(article_id=article_id, item=item, now=now)
        known.digest, known.updated_at = digest, now
        known.save(update_fields=["digest", "updated_at"])
        return Taken.CHANGED
    result = ingest_item(item=item, actor=follower_of(feed), now=now)
    FeedItem.objects.update_or_create(
        feed=feed,
        key=feed.address[:500],
        defaults={
            "address": feed.address,
            "address_key": feed.address,
            "title": title,
            "digest": digest,
            "first_seen_at": known.first_seen_at if known else now,
            "taken_at": now,
            "article_id": result.article_id,
            "refusal": "" if result.article_id else result.reason[:500],
        },
    )
    return Taken.NEW
