"""Text to proposed claims and an open review task, in one transaction."""

from __future__ import annotations

from collections import Counter
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
from tracker.sources.rules.differences import evidence_changed
from tracker.sources.rules.marks import Mark, unmarked
from tracker.sources.services.leases import (
    WORKER,
    ArticleLease,
    advance_articles,
    hold_articles,
    lease_articles,
)
from tracker.verification.choices import CLOSED_STATES
from tracker.verification.models import ReviewTask
from tracker.verification.services.copies import link_to_origins
from tracker.watching.choices import Stage
from tracker.watching.services.throughput import count_stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tracker.extraction import ProposedClaim

_COUNTS = ("minimum", "maximum", "women_min", "women_max", "children_min", "children_max")


@dataclass(frozen=True, slots=True)
class _Found:
    """What was proposed for an article, the text it was read from, and that without furniture."""

    text: str
    own: str
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
        pk: _found(title, text, unmarked(text, [Mark(*mark) for mark in marks]))
        for pk, title, text, marks in rows.values_list("pk", "title", "text", "marks")
    }
    return _store_extracted(leases=leases, found=found, now=now)


def _found(title: str, text: str, own: str) -> _Found:
    """What is proposed from the report itself; its furniture is not read."""
    claims = extract(title=title, text=own).claims
    return _Found(text, own, [claim for claim in claims if _fits(claim, text)])


@transaction.atomic
def _store_extracted(
    *, leases: Sequence[ArticleLease], found: Mapping[int, _Found], now: datetime
) -> int:
    held = hold_articles(leases)
    holders = _queued_with(list(held.values())) | _unchanged_versions(held, found)
    alone = [article for article in held.values() if article.pk not in holders]
    counts = _propose(alone, found, now=now)
    ReviewTask.objects.bulk_create(
        [ReviewTask(article=article, queued_at=now) for article in alone], ignore_conflicts=True
    )
    link_to_origins(alone)
    reopened = _reopened(alone)
    advance_articles(list(held), state=ArticleState.EXTRACTED, now=now)
    record_events(
        actor=WORKER,
        action="article.extract",
        now=now,
        lines=[
            (
                article,
                {"claims": counts[article.pk], "queued_with": holders.get(article.pk)}
                | ({"reopens_task": reopened[article.pk]} if article.pk in reopened else {}),
            )
            for article in held.values()
        ],
    )
    count_stage(Stage.EXTRACT, done=len(held), now=now)
    return len(held)


def _queued_with(articles: Sequence[Article]) -> dict[int, int]:
    """For an article that people read in another one's place, which that is.

    A verbatim copy is read with its origin, and an origin that came late with the copy that has
    the task already.
    """
    copies = [a for a in articles if a.lineage_kind == LineageKind.VERBATIM_COPY]
    holders = {copy.pk: copy.origin_id for copy in copies if copy.origin_id is not None}
    with_task = Article.objects.filter(
        origin__in=[article.pk for article in articles if article.pk not in holders],
        lineage_kind=LineageKind.VERBATIM_COPY,
        task__isnull=False,
    )
    for origin, copy in with_task.order_by("-pk").values_list("origin_id", "pk"):
        if origin is not None:
            holders[origin] = copy
    return holders


def _unchanged_versions(held: Mapping[int, Article], found: Mapping[int, _Found]) -> dict[int, int]:
    """Later versions that say what the one before says: no figure and no day changed.

    They are read with it; a version that changed one gets a task of its own, which reopens the
    review of what the page says.
    """
    versions = {a.pk: a.previous_id for a in held.values() if a.previous_id is not None}
    before = Article.objects.filter(pk__in=set(versions.values()))
    own = {
        pk: unmarked(text, [Mark(*mark) for mark in marks])
        for pk, text, marks in before.values_list("pk", "text", "marks")
    }
    return {
        version: previous
        for version, previous in versions.items()
        if not evidence_changed(own[previous], found[version].own)
    }


def _reopened(versions: Sequence[Article]) -> dict[int, int]:
    """By a version with evidence of its own the finished task of the version before it."""
    before = {a.previous_id: a.pk for a in versions if a.previous_id is not None}
    done = ReviewTask.objects.filter(article__in=before, state__in=CLOSED_STATES)
    return {before[article_id]: pk for pk, article_id in done.values_list("pk", "article_id")}


def _propose(
    articles: Sequence[Article], found: Mapping[int, _Found], *, now: datetime
) -> Counter[int]:
    """Add what is not there yet; what people decided, and what they still may, stays as it is.

    Returns how many claims each article got.
    """
    names = {claim.speaker_text for article in articles for claim in found[article.pk].claims}
    speakers = _named_sources(names)
    known = {_identity(claim) for claim in Claim.objects.filter(article__in=articles)}
    claims = [
        _claim(article.pk, found[article.pk].text, proposal, speakers, now=now)
        for article in articles
        for proposal in found[article.pk].claims
    ]
    new = Claim.objects.bulk_create([c for c in claims if _identity(c) not in known])
    return Counter(claim.article_id for claim in new)


def _claim(
    article_id: int,
    text: str,
    proposal: ProposedClaim,
    speakers: dict[str, Source],
    *,
    now: datetime,
) -> Claim:
    speaker = speakers.get(_plain(proposal.speaker_text))
    return Claim(
        article_id=article_id,
        start=proposal.start,
        end=proposal.end,
        quote=text[proposal.start : proposal.end],
        statement=f"{article_id}-{proposal.statement}",
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
        claim.article_id,
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
