"""Text to proposed claims and an open review task, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.functions import Lower

from tracker.audit.services.record import record_events
from tracker.extraction import extract
from tracker.extraction.model import EXTRACTOR
from tracker.incidents.models import Claim
from tracker.incidents.services.claim_fields import LARGEST_FIGURE
from tracker.sources.choices import ArticleState, LineageKind
from tracker.sources.models import Article, Source
from tracker.sources.services.leases import (
    WORKER,
    ArticleLease,
    advance_article,
    hold_articles,
    lease_articles,
)
from tracker.verification.models import ReviewTask
from tracker.verification.services.copies import link_to_origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tracker.audit.services.record import Value
    from tracker.extraction import ProposedClaim

_COUNTS = ("minimum", "maximum", "women_min", "women_max", "children_min", "children_max")


@dataclass(frozen=True, slots=True)
class _Found:
    """What was proposed for an article, and the text it was read from."""

    text: str
    claims: list[ProposedClaim]


def extract_articles(*, article_ids: Sequence[int], now: datetime) -> int:
    """Propose the articles' claims and open their tasks; return how many were searched.

    A verbatim copy is queued with its origin and gets no task and no claims of its own.
    """
    leases = lease_articles(article_ids=article_ids, state=ArticleState.RELATED, now=now)
    if not leases:
        return 0
    rows = Article.objects.filter(pk__in=[lease.article_id for lease in leases])
    found = {
        pk: _Found(text, [c for c in extract(title=title, text=text).claims if _fits(c, text)])
        for pk, title, text in rows.values_list("pk", "title", "text")
    }
    return _store_extracted(leases=leases, found=found, now=now)


@transaction.atomic
def _store_extracted(
    *, leases: Sequence[ArticleLease], found: Mapping[int, _Found], now: datetime
) -> int:
    held = hold_articles(leases)
    lines: list[tuple[Article, dict[str, Value]]] = []
    for article in held.values():
        holder = _queued_with(article)
        proposed: list[Claim] = []
        if holder is None:
            article.text = found[article.pk].text
            proposed = _propose(article, found[article.pk].claims, now=now)
            ReviewTask.objects.get_or_create(article=article, defaults={"queued_at": now})
            link_to_origin(article)
        article.save(update_fields=advance_article(article, state=ArticleState.EXTRACTED, now=now))
        lines.append((article, {"claims": len(proposed), "queued_with": holder}))
    record_events(actor=WORKER, action="article.extract", now=now, lines=lines)
    return len(lines)


def _queued_with(article: Article) -> int | None:
    """The article that people read in place of this one; None where it gets its own task."""
    if article.lineage_kind == LineageKind.VERBATIM_COPY:
        return article.origin_id
    return (
        Article.objects.filter(
            origin=article, lineage_kind=LineageKind.VERBATIM_COPY, task__isnull=False
        )
        .values_list("pk", flat=True)
        .first()
    )


def _propose(article: Article, found: list[ProposedClaim], *, now: datetime) -> list[Claim]:
    """Add what is not there yet; what people decided, and what they still may, stays as it is."""
    speakers = _named_sources({claim.speaker_text for claim in found})
    known = {_identity(claim) for claim in Claim.objects.filter(article=article)}
    claims = [_claim(article, proposal, speakers, now=now) for proposal in found]
    return Claim.objects.bulk_create([c for c in claims if _identity(c) not in known])


def _claim(
    article: Article, proposal: ProposedClaim, speakers: dict[str, Source], *, now: datetime
) -> Claim:
    speaker = speakers.get(_plain(proposal.speaker_text))
    return Claim(
        article=article,
        start=proposal.start,
        end=proposal.end,
        quote=article.text[proposal.start : proposal.end],
        statement=f"{article.pk}-{proposal.statement}",
        speaker=speaker,
        speaker_text=proposal.speaker_text[:200],
        party_id=speaker.party_id if speaker else None,
        outcome=proposal.outcome,
        subject_status=proposal.subject_status,
        polarity=proposal.polarity,
        scope=proposal.scope,
        minimum=proposal.minimum,
        maximum=proposal.maximum,
        quantifier_raw=proposal.quantifier_raw[:100],
        women_min=proposal.women_min,
        women_max=proposal.women_max,
        children_min=proposal.children_min,
        children_max=proposal.children_max,
        is_cumulative_update=proposal.is_cumulative_update,
        extractor=EXTRACTOR[:60],
        proposed_at=now,
    )


def _identity(claim: Claim) -> tuple[object, ...]:
    return (
        claim.start,
        claim.end,
        claim.outcome,
        claim.subject_status,
        claim.scope,
        claim.minimum,
        claim.maximum,
        claim.speaker_text,
    )


def _fits(claim: ProposedClaim, text: str) -> bool:
    """Whether the row's own constraints would take it: a passage that is there, a whole range."""
    counts = [getattr(claim, name) for name in _COUNTS]
    pairs = zip(counts[::2], counts[1::2], strict=True)
    return (
        0 <= claim.start < claim.end <= len(text)
        and all(count is None or 0 <= count <= LARGEST_FIGURE for count in counts)
        and all(low is None or high is None or low <= high for low, high in pairs)
    )


def _named_sources(texts: set[str]) -> dict[str, Source]:
    """Sources whose very name a passage gives; a generic speaker never becomes one."""
    names = {_plain(text) for text in texts if text}
    return {
        _plain(source.name): source
        for source in Source.objects.annotate(lower_name=Lower("name")).filter(
            lower_name__in={*names, *(f"the {name}" for name in names)}
        )
    }


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).removeprefix("the ")
