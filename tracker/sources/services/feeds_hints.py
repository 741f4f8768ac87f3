"""What is known of an address from the feed that named it, for articles that do not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.sources.choices import DateBasis
from tracker.sources.models import FeedItem

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from tracker.sources.models import Article


@dataclass(frozen=True, slots=True)
class FeedHints:
    """The feed's default source and language, and the day it gives. None and "" = nothing."""

    source_id: int | None
    language: str
    published_on: date | None


def hints_for(*, addresses: Collection[str]) -> dict[str, FeedHints]:
    """Hints by the address that was fetched; one query, and none for no address.

    Where several feeds named it, the one that did first counts.
    """
    wanted = {address for address in addresses if address}
    if not wanted:
        return {}
    named = (
        FeedItem.objects.filter(address_key__in=wanted)
        .order_by("first_seen_at", "id")
        .values_list("address_key", "feed__source_id", "feed__language", "published_at")
    )
    hints: dict[str, FeedHints] = {}
    for address, source_id, language, published_at in named:
        day = published_at.date() if published_at else None
        hints.setdefault(address, FeedHints(source_id, language, day))
    return hints


def apply_hints(article: Article, hints: FeedHints | None) -> list[str]:
    """Fill in what the article does not say of itself; return the names of the fields."""
    if hints is None:
        return []
    if article.outlet_id is None and not article.external_id:  # an id is unique within its outlet
        article.outlet_id = hints.source_id
    article.language = article.language or hints.language
    if article.published_on is None and hints.published_on is not None:
        article.published_on = hints.published_on
        article.published_basis = DateBasis.FEED
    return ["outlet", "language", "published_on", "published_basis"]
