"""One item of any origin becomes one article: file, line, paste, upload or fetched page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from tracker.audit.services.record import record_events
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.sources.choices import Material
from tracker.sources.models import Article, Capture
from tracker.sources.parsing.parsed import Page, Parsed, Unreadable
from tracker.sources.parsing.read import look_into
from tracker.sources.parsing.text import text_digest
from tracker.sources.services.capture_store import Incoming, record_receipt, store_captures
from tracker.sources.services.failures import (
    IngestResult,
    Outcome,
    keep_failure,
    resolve_failures,
)
from tracker.sources.services.latest import latest_version
from tracker.sources.services.outlets import outlets_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tracker.audit.services.record import Value
    from tracker.core.actor import Actor
    from tracker.sources.models import Source
    from tracker.sources.parsing.kinds import Kind
    from tracker.sources.services.retrieved import Retrieved


@dataclass(frozen=True, slots=True)
class Item:
    """The bytes of one article and where they came from.

    ``retrieved`` None = not from the web. ``asked_by`` is the alias of the person or the feed it
    was fetched for, "" = the actor that hands it in. ``material`` is what a person says it is.
    """

    content: bytes = field(repr=False)
    kind: Kind
    reference: str
    retrieved: Retrieved | None = None
    asked_by: str = ""
    material: Material = Material.NEWS_REPORT

    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """The hash its capture is known by."""
        object.__setattr__(self, "digest", hashlib.sha256(self.content).hexdigest())


def ingest_item(*, item: Item, actor: Actor, now: datetime) -> IngestResult:
    """Store one item. As ``ingest_batch``."""
    return ingest_batch(items=[item], actor=actor, now=now)[0]


def ingest_batch(*, items: Sequence[Item], actor: Actor, now: datetime) -> list[IngestResult]:
    """Store the bytes and, for each that is new, an article that waits for the workers.

    Returns what became of each, in order. Safe to repeat: bytes that are there already change
    nothing. Raises UnableToStore.
    """
    results: dict[int, IngestResult] = {}
    readable: list[_Looked] = []
    for number, item in enumerate(items):
        try:
            readable.append(_Looked(number, item, _looked_into(item)))
        except Unreadable as refusal:
            results[number] = _refused(item, str(refusal), actor=actor, now=now)
    while readable:
        together, readable = _apart(readable)
        for number, result in _store_safely(together, actor=actor, now=now):
            results[number] = result
    return [results[number] for number in range(len(items))]


@dataclass(frozen=True, slots=True)
class _Looked:
    """An item with its place in the batch and what could be said without reading markup."""

    number: int
    item: Item
    found: Parsed | Page

    @property
    def text_sha256(self) -> str:
        return text_digest(self.found.text) if isinstance(self.found, Parsed) else ""

    @property
    def name(self) -> tuple[str, str] | None:
        """Outlet and id, where the sender gave an id."""
        if not self.found.external_id:
            return None
        return self.found.outlet.lower(), self.found.external_id


def _looked_into(item: Item) -> Parsed | Page:
    return look_into(
        item.content,
        kind=item.kind,
        url=item.retrieved.final_url if item.retrieved else "",
        content_type=item.retrieved.content_type if item.retrieved else "",
    )


def _apart(waiting: Sequence[_Looked]) -> tuple[list[_Looked], list[_Looked]]:
    """Those that can be stored together, and those that repeat one of them and have to wait."""
    together: list[_Looked] = []
    later: list[_Looked] = []
    seen: set[object] = set()
    for looked in waiting:
        marks = {looked.item.digest, looked.name} - {None}
        (later if marks & seen else together).append(looked)
        seen |= marks
    return together, later


def _store_safely(
    together: Sequence[_Looked], *, actor: Actor, now: datetime
) -> list[tuple[int, IngestResult]]:
    try:
        return _store(together, actor=actor, now=now)
    except IntegrityError:  # somebody stored one of them at the same moment; now it is there to see
        alone = [_store([looked], actor=actor, now=now) for looked in together]
        return [result for stored in alone for result in stored]


@transaction.atomic
def _store(
    together: Sequence[_Looked], *, actor: Actor, now: datetime
) -> list[tuple[int, IngestResult]]:
    there = _articles_of_bytes([looked.item.digest for looked in together])
    results = [
        (looked.number, _same_again(looked.item, there[looked.item.digest], actor=actor, now=now))
        for looked in together
        if looked.item.digest in there
    ]
    fresh = [looked for looked in together if looked.item.digest not in there]
    if not fresh:
        return results
    outlets = outlets_named(looked.found.outlet for looked in fresh)
    holders = _holders_of_ids(fresh, outlets)
    new: list[_Looked] = []
    before: dict[int, Article] = {}
    for looked in fresh:
        holder = holders.get(looked.number)
        if holder is not None and holder.text_sha256 == looked.text_sha256:
            result = _held(looked, holder, actor=actor, now=now)
            results.append((looked.number, result))
            continue
        if holder is not None:
            before[looked.number] = holder
        new.append(looked)
    return results + _store_new(new, outlets, before, actor=actor, now=now)


def _held(looked: _Looked, holder: Article, *, actor: Actor, now: datetime) -> IngestResult:
    """The sender's id is known already, and says the same."""
    store_captures(incoming=[_incoming(looked.item)], actor=actor, now=now)
    resolve_failures(arrived=[(looked.item.reference, looked.item.digest)], now=now)
    return IngestResult(looked.item.reference, Outcome.SAME, "", holder.pk)


def _store_new(
    new: Sequence[_Looked],
    outlets: Mapping[str, Source],
    before: Mapping[int, Article],
    *,
    actor: Actor,
    now: datetime,
) -> list[tuple[int, IngestResult]]:
    """Those that are new; ``before`` is, by an item's number, the version that it follows."""
    incoming = [_incoming(looked.item) for looked in new]
    captures = store_captures(incoming=incoming, actor=actor, now=now)
    twins = _twins([looked.text_sha256 for looked in new])
    articles = Article.objects.bulk_create(
        Article(
            capture=captures[looked.item.digest][0],
            outlet=outlets.get(looked.found.outlet),
            external_id=looked.found.external_id,
            url=looked.found.url,
            title=looked.found.title,
            author=looked.found.author,
            material=looked.item.material,
            published_on=looked.found.published_on,
            published_basis=looked.found.published_basis,
            text_sha256=looked.text_sha256,
            previous=before.get(looked.number),
            received_at=now,
            state_since=now,
        )
        for looked in new
    )
    pairs = list(zip(new, articles, strict=True))
    results = []
    lines: list[tuple[Article, dict[str, Value]]] = []
    for looked, article in pairs:
        twin = twins.get(article.text_sha256)
        if twin is None and article.text_sha256:
            twins[article.text_sha256] = article.pk  # the next of this batch may say the same
        said: dict[str, Value] = {"capture": article.capture_id, "same_text_as": twin}
        outcome, reason = Outcome.NEW, ""
        if article.previous_id is not None:
            said["later_version_of"] = article.previous_id
            reason = f"a later version of article {article.previous_id}"
        lines.append((article, said))
        if twin is not None:
            outcome, reason = Outcome.COPY, f"the same text as article {twin}"
        result = IngestResult(looked.item.reference, outcome, reason, article.pk)
        results.append((looked.number, result))
    record_events(actor=actor, action="article.ingest", now=now, lines=lines)
    resolve_failures(arrived=[(one.reference, one.digest) for one in incoming], now=now)
    if articles:
        enqueue_on_commit(Job.ADVANCE_ARTICLES, article_ids=[article.pk for article in articles])
    return results


def _incoming(item: Item) -> Incoming:
    return Incoming(
        content=item.content,
        digest=item.digest,
        media_type=item.kind.value,
        reference=item.reference,
        retrieved=item.retrieved,
        asked_by=item.asked_by,
    )


def _articles_of_bytes(digests: Sequence[str]) -> dict[str, int]:
    found = Article.objects.filter(capture__sha256__in=digests)
    return dict(found.values_list("capture__sha256", "pk"))


def _holders_of_ids(fresh: Sequence[_Looked], outlets: Mapping[str, Source]) -> dict[int, Article]:
    """By the item's number the article that has its outlet and id already: its last version."""
    named = [looked for looked in fresh if looked.found.external_id]
    if not named:
        return {}
    known = {
        (article.outlet_id, article.external_id): article
        for article in Article.objects.light().filter(
            external_id__in=[looked.found.external_id for looked in named],
            previous__isnull=True,
        )
    }
    holders = {}
    for looked in named:
        outlet = outlets.get(looked.found.outlet)
        holder = known.get((outlet.pk if outlet else None, looked.found.external_id))
        if holder is not None:
            holders[looked.number] = latest_version(holder.pk, is_locked=True)
    return holders


def _twins(digests: Sequence[str]) -> dict[str, int]:
    """The first article of each text."""
    found = Article.objects.filter(text_sha256__in=[digest for digest in digests if digest])
    return dict(found.order_by("-pk").values_list("text_sha256", "pk"))


def _same_again(item: Item, article_id: int, *, actor: Actor, now: datetime) -> IngestResult:
    """Bytes that are there already may still have come from another place or at another time."""
    if item.retrieved is not None:
        record_receipt(
            capture=Capture.objects.get(article__pk=article_id),
            retrieved=item.retrieved,
            asked_by=item.asked_by,
            actor=actor,
            now=now,
        )
    resolve_failures(arrived=[(item.reference, item.digest)], now=now)
    return IngestResult(item.reference, Outcome.SAME, "", article_id)


def _refused(item: Item, reason: str, *, actor: Actor, now: datetime) -> IngestResult:
    return keep_failure(
        reference=item.reference,
        reason=reason,
        content=item.content,
        media_type=item.kind.value,
        retrieved=item.retrieved,
        asked_by=item.asked_by,
        actor=actor,
        now=now,
    )
