"""Bytes to text with offsets and a language."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_events
from tracker.core.jobs import Job, send_hint
from tracker.sources.choices import ArticleState
from tracker.sources.models import Article, Capture
from tracker.sources.parsing.kinds import HEAD, Kind, detect_kind
from tracker.sources.parsing.language import language_of
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.parsing.read import read_article
from tracker.sources.parsing.text import text_digest
from tracker.sources.rules.datelines import dateline_of
from tracker.sources.services.article_rows import save_articles
from tracker.sources.services.capture_store import CaptureUnreadable, read_capture
from tracker.sources.services.feeds_hints import apply_hints, hints_for
from tracker.sources.services.leases import (
    WORKER,
    ArticleLease,
    advance_article,
    fail_article,
    hold_articles,
    lease_articles,
    release_articles,
    renew_articles,
)
from tracker.sources.services.marking import marks_of
from tracker.sources.services.outlets import outlets_named
from tracker.watching.choices import Stage
from tracker.watching.services.throughput import count_stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from tracker.audit.services.record import Value
    from tracker.sources.models import Source
    from tracker.sources.parsing.parsed import Parsed

#: Seconds; well below a task's time limit, for one page may take ten more.
LONGEST_BATCH = 20.0
RENEW_AFTER = 3.0
_FILLED = (
    "text",
    "text_sha256",
    "language",
    "title",
    "author",
    "dateline",
    "published_on",
    "published_basis",
    "modified_on",
    "modified_basis",
    "canonical_url",
    "marks",
    "outlet",
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of an article that is still leased."""

    lease: ArticleLease
    parsed: Parsed
    language: str
    address: str


def parse_articles(*, article_ids: Sequence[int], clock: Callable[[], datetime]) -> int:
    """Read the captures of those that wait for it; return how many were read.

    What can't be read ends in FAILED with the reason; so does what ended three workers. What is
    not begun after ``LONGEST_BATCH`` seconds goes back to the queue.
    """
    leases = lease_articles(article_ids=article_ids, state=ArticleState.FETCHED, now=clock())
    rows = Article.objects.light().select_related("capture").prefetch_related("capture__retrievals")
    captures = {
        article.pk: article.capture
        for article in rows.filter(pk__in=[lease.article_id for lease in leases])
    }
    read: list[_Read] = []
    began = renewed = time.monotonic()
    for number, lease in enumerate(leases):
        if time.monotonic() - began > LONGEST_BATCH:
            _give_back(leases[number:])
            break
        if time.monotonic() - renewed > RENEW_AFTER:
            renew_articles(leases, now=clock())
            renewed = time.monotonic()
        capture = captures[lease.article_id]
        try:
            parsed = _read(capture)
        except (Unreadable, CaptureUnreadable) as refusal:
            fail_article(lease=lease, reason=str(refusal), now=clock())
            continue
        address = capture.first_retrieval.url if capture.first_retrieval else ""
        read.append(_Read(lease, parsed, language_of(parsed.text), address))
    return _store_parsed(read, now=clock())


def _give_back(leases: Sequence[ArticleLease]) -> None:
    release_articles(leases)
    send_hint(Job.ADVANCE_ARTICLES, article_ids=[lease.article_id for lease in leases])


def _read(capture: Capture) -> Parsed:
    """The article in a capture. Raises Unreadable, CaptureUnreadable."""
    content = read_capture(capture)
    kind = Kind(capture.media_type) if capture.media_type in set(Kind) else None
    if kind is not None:
        try:
            return _as_kind(content, kind, capture)
        except Unreadable:
            if kind in {Kind.HTML, Kind.PDF}:
                raise
    # These bytes came before under a name that promised something else: look at them alone.
    by_content = detect_kind(head=content[:HEAD])
    return _as_kind(content, Kind.RECORD if by_content is Kind.RECORDS else by_content, capture)


def _as_kind(content: bytes, kind: Kind, capture: Capture) -> Parsed:
    retrieval = capture.first_retrieval
    return read_article(
        content,
        kind=kind,
        url=retrieval.final_url if retrieval else "",
        content_type=retrieval.headers.get("content-type", "") if retrieval else "",
    )


@transaction.atomic
def _store_parsed(read: Sequence[_Read], *, now: datetime) -> int:
    held = hold_articles([found.lease for found in read])
    outlets = outlets_named(found.parsed.outlet for found in read)
    hints = hints_for(addresses=[found.address for found in read])
    texts = {
        found.lease.article_id: (found.address or found.parsed.url, found.parsed.text)
        for found in read
        if found.lease.article_id in held
    }
    marks = marks_of(texts=texts, now=now)
    lines: list[tuple[Article, dict[str, Value]]] = []
    fields: set[str] = set()
    for found in read:
        article = held.get(found.lease.article_id)
        if article is None:
            continue
        fields.update(_fill(article, found, outlets))
        article.marks = marks[article.pk]
        fields.update(apply_hints(article, hints.get(found.address)))
        fields.update(advance_article(article, state=ArticleState.PARSED, now=now))
        size = len(found.parsed.text)
        lines.append((article, {"characters": size, "language": found.language}))
    save_articles([article for article, _ in lines], fields=fields)
    record_events(actor=WORKER, action="article.parse", now=now, lines=lines)
    count_stage(Stage.PARSE, done=len(lines), now=now)
    return len(lines)


def _fill(article: Article, found: _Read, outlets: Mapping[str, Source]) -> list[str]:
    """Put what was read on the row; return the names of the fields."""
    parsed = found.parsed
    article.text = parsed.text
    article.text_sha256 = text_digest(parsed.text)
    article.language = found.language
    article.title = parsed.title
    article.author = parsed.author
    article.dateline = dateline_of(parsed.text)
    if article.published_on is None:
        article.published_on, article.published_basis = parsed.published_on, parsed.published_basis
    article.modified_on, article.modified_basis = parsed.modified_on, parsed.modified_basis
    article.canonical_url = parsed.canonical_url
    if article.outlet_id is None and not article.external_id:  # an id is unique within its outlet
        article.outlet = outlets.get(parsed.outlet)
    return list(_FILLED)
