"""Lists of feeds in and out: looked at first, then followed line by line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.core.errors import InvalidInput
from tracker.sources.choices import FeedKind
from tracker.sources.feeds.entries import UnreadableFeed
from tracker.sources.feeds.opml import FeedLine, read_opml, write_opml
from tracker.sources.models import Feed
from tracker.sources.policies import require_may_manage_feeds
from tracker.sources.rules.feed_items import clean_address
from tracker.sources.services.addresses import checked_address
from tracker.sources.services.feeds import FeedValues, add_feed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.core.actor import Actor

#: Kinds that a list from elsewhere may name; a folder of this machine never comes from a list.
_KINDS = {kind.value: kind for kind in (FeedKind.FEED, FeedKind.SITEMAP, FeedKind.PAGE)}


class LineOutcome(StrEnum):
    """What becomes, or became, of one line."""

    WILL_BE_ADDED = "will be added"
    ADDED = "added"
    FOLLOWED = "followed already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LineResult:
    """One line of the report; ``reason`` "" where there is nothing to say."""

    line: FeedLine
    outcome: LineOutcome
    reason: str = ""


def preview_opml(*, content: bytes, actor: Actor) -> list[LineResult]:
    """What would become of each line; nothing is changed. Raises NotAllowed, InvalidInput."""
    require_may_manage_feeds(actor)
    lines = _lines(content)
    followed = set(
        Feed.objects.filter(
            address_key__in=[clean_address(line.address) for line in lines]
        ).values_list("address_key", flat=True)
    )
    return [_looked_at(line, followed) for line in lines]


def import_opml(*, content: bytes, actor: Actor, now: datetime) -> list[LineResult]:
    """Follow each line that can be; the person becomes the owner.

    Each line stands for itself: one that is refused stops none of the others.
    Raises NotAllowed, InvalidInput.
    """
    results = preview_opml(content=content, actor=actor)
    owner = actor.person_id if actor.is_person else None
    return [_added(result, owner=owner, actor=actor, now=now) for result in results]


def export_opml(*, title: str, now: datetime) -> bytes:
    """Everything that is followed on the web, but the parts of indexes, which follow by them."""
    feeds = (
        Feed.objects.exclude(kind=FeedKind.FOLDER)
        .filter(part_of__isnull=True)
        .select_related("source")
        .order_by("title", "id")
    )
    lines: Sequence[FeedLine] = [
        FeedLine(
            address=feed.address,
            title=feed.title,
            kind="" if feed.kind == FeedKind.FEED else feed.kind,
            language=feed.language,
            source=feed.source.name if feed.source else "",
        )
        for feed in feeds
    ]
    return write_opml(lines, title=title, now=now)


def _lines(content: bytes) -> list[FeedLine]:
    try:
        lines = read_opml(content)
    except UnreadableFeed as refusal:
        raise InvalidInput(str(refusal)) from refusal
    if not lines:
        raise InvalidInput("The list names no feed.")
    return lines


def _looked_at(line: FeedLine, followed: set[str]) -> LineResult:
    """What a line would become; a second line of one address is followed by then."""
    try:
        checked_address(line.address)
    except InvalidInput as refusal:
        return LineResult(line, LineOutcome.REFUSED, str(refusal))
    key = clean_address(line.address)
    if not key:
        return LineResult(line, LineOutcome.REFUSED, "This is not an address of the web.")
    if line.kind and line.kind not in _KINDS:
        return LineResult(line, LineOutcome.REFUSED, "Such a thing is not followed from a list.")
    if key in followed:
        return LineResult(line, LineOutcome.FOLLOWED)
    followed.add(key)
    return LineResult(line, LineOutcome.WILL_BE_ADDED)


def _added(result: LineResult, *, owner: int | None, actor: Actor, now: datetime) -> LineResult:
    if result.outcome is not LineOutcome.WILL_BE_ADDED:
        return result
    line = result.line
    values = FeedValues(
        kind=_KINDS[line.kind or FeedKind.FEED.value],
        address=line.address,
        title=line.title,
        owner_id=owner,
        source=line.source,
        language=line.language,
    )
    try:
        add_feed(values=values, actor=actor, now=now)
    except InvalidInput as refusal:
        return LineResult(line, LineOutcome.REFUSED, str(refusal))
    return LineResult(line, LineOutcome.ADDED)
