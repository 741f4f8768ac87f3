"""Furniture by recurrence: what stands under several stories of a host is marked on all of them.

Stories are counted, not articles: a quote that ten copies of one text carry is seen once. A story
is known once an article was compared, so that a paragraph becomes furniture a little late; the
articles before are completed by ``complete_marks``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count

from tracker.extraction import extract
from tracker.sources.models import Article, ParagraphSighting, RecurringParagraph
from tracker.sources.rules.marks import Mark
from tracker.sources.rules.marks_recurring import (
    STORIES_OF_FURNITURE,
    Paragraph,
    host_of,
    joined,
    paragraphs_of,
)
from tracker.sources.rules.marks_tails import tail_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

#: Paragraphs one sweep looks at.
_PARAGRAPHS_A_SWEEP = 50


def marks_of(
    *, texts: Mapping[int, tuple[str, str]], now: datetime
) -> dict[int, list[tuple[int, int, str]]]:
    """The marks of articles from their addresses and texts, by the article's number.

    Notes their paragraphs in the surrounding transaction, each once for each article.
    """
    found = {
        article_id: (text, paragraphs_of(text, host=host_of(address)))
        for article_id, (address, text) in texts.items()
    }
    hosts = {article_id: host_of(address) for article_id, (address, _) in texts.items()}
    ParagraphSighting.objects.bulk_create(
        [
            ParagraphSighting(key=key, article_id=article_id)
            for article_id, (_, paragraphs) in sorted(found.items())
            for key in sorted({paragraph.key for paragraph in paragraphs})
        ],
        ignore_conflicts=True,
    )
    known = _recurring({p.key for _, paragraphs in found.values() for p in paragraphs})
    known |= _now_recurring(found, hosts, known, now=now)
    return {
        article_id: _as_rows(text, [p for p in paragraphs if p.key in known])
        for article_id, (text, paragraphs) in found.items()
    }


def complete_marks(*, now: datetime) -> int:
    """Mark, on articles stored before, what turned out to be furniture; return how many changed.

    Safe under several sweeps at once; claims that were proposed stay as they are.
    """
    waiting = RecurringParagraph.objects.filter(completed_at__isnull=True)
    keys = list(waiting.order_by("found_at", "key").values_list("pk", flat=True))
    return sum(_complete_one(key, now=now) for key in keys[:_PARAGRAPHS_A_SWEEP])


@transaction.atomic
def _complete_one(key: int, *, now: datetime) -> int:
    """One paragraph in one transaction, so that rows are locked in one order only."""
    recurring = (
        RecurringParagraph.objects.select_for_update(skip_locked=True)
        .filter(pk=key, completed_at__isnull=True)
        .first()
    )
    if recurring is None:
        return 0
    sighted = ParagraphSighting.objects.filter(key=key).values("article_id")
    articles = (
        Article.objects.filter(pk__in=sighted)
        .exclude(text="")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    changed = sum(_complete(article, recurring) for article in articles)
    recurring.completed_at = now
    recurring.save(update_fields=["completed_at"])
    return changed


def _complete(article: Article, recurring: RecurringParagraph) -> bool:
    new = [
        paragraph
        for paragraph in paragraphs_of(article.text, host=recurring.host)
        if paragraph.key == recurring.key
    ]
    marks = [Mark(*mark) for mark in article.marks]
    complete = joined(marks, new)
    if complete == marks:
        return False
    article.marks = _rows(complete)
    article.save(update_fields=["marks"])
    return True


def _recurring(keys: set[int]) -> set[int]:
    rows = RecurringParagraph.objects.filter(pk__in=keys)
    return set(rows.values_list("pk", flat=True))


def _now_recurring(
    found: Mapping[int, tuple[str, list[Paragraph]]],
    hosts: Mapping[int, str],
    known: set[int],
    *,
    now: datetime,
) -> set[int]:
    """Paragraphs of these that enough stories of their host hold by now.

    What a count of casualties is read from is evidence however often it is said.
    """
    said: dict[int, tuple[str, str]] = {}
    for article_id, (text, paragraphs) in found.items():
        for paragraph in paragraphs:
            if paragraph.key not in known:
                said[paragraph.key] = hosts[article_id], text[paragraph.start : paragraph.end]
    often = (
        ParagraphSighting.objects.filter(key__in=said, article__story__isnull=False)
        .values("key")
        .annotate(stories=Count("article__story", distinct=True))
        .filter(stories__gte=STORIES_OF_FURNITURE)
        .values_list("key", flat=True)
    )
    new = sorted(key for key in often if not extract(title="", text=said[key][1]).claims)
    RecurringParagraph.objects.bulk_create(
        [RecurringParagraph(key=key, host=said[key][0], found_at=now) for key in new],
        ignore_conflicts=True,
    )
    return set(new)


def _as_rows(text: str, recurring: list[Paragraph]) -> list[tuple[int, int, str]]:
    return _rows(joined(tail_marks(text), recurring))


def _rows(marks: Iterable[Mark]) -> list[tuple[int, int, str]]:
    return [(mark.start, mark.end, mark.why) for mark in marks]
