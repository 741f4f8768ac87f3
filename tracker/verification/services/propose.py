"""What the extractor read of an article, as proposed claims with the reading kept beside each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Lower

from tracker.core.bulk import insert_rows
from tracker.core.families import home_of
from tracker.extraction import extract
from tracker.extraction.model import EXTRACTOR
from tracker.incidents.choices import ClaimState
from tracker.incidents.models import Claim, Reading
from tracker.incidents.selectors.claims import list_claims_of
from tracker.incidents.services.claim_fields import LARGEST_FIGURE
from tracker.sources.models import Source
from tracker.sources.rules.marks import Mark, unmarked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tracker.extraction import Extraction, ProposedClaim
    from tracker.extraction.places.known import KnownPlaces
    from tracker.sources.models import Article

_COUNTS = ("minimum", "maximum", "women_min", "women_max", "children_min", "children_max")
_LONGEST_NAME = 200
_LONGEST_REASON = 200
_OLDEST = 130
#: Identity of a proposal: what makes two readings of one article the same claim.
_Identity = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was read in an article: its text, that without furniture, the claims that fit."""

    text: str
    own: str
    claims: list[ProposedClaim]
    relevance: int
    reasons: list[str]


def read_article(article: Article, known: KnownPlaces) -> Found:
    """Read the report itself, not its furniture; no transaction is needed, it may take a while."""
    own = unmarked(article.text, [Mark(*mark) for mark in article.marks])
    outlet = article.outlet.name if article.outlet else ""
    read = extract(
        title=article.title,
        text=own,
        published=article.published_on,
        outlet=outlet,
        places=known,
    )
    return Found(
        text=article.text,
        own=own,
        claims=[claim for claim in read.claims if _fits(claim, article.text)],
        relevance=_per_cent(read),
        reasons=[reason[:_LONGEST_REASON] for reason in read.relevance.reasons],
    )


def propose(
    articles: Sequence[Article], found: Mapping[int, Found], *, now: datetime
) -> Counter[int]:
    """Add what is not there yet; what people decided, and what they still may, stays as it is.

    Returns how many claims each article got. Must run inside a transaction.
    """
    names = {claim.speaker_text for article in articles for claim in found[article.pk].claims}
    speakers = _named_sources(names)
    known = _known(articles)
    rows = [
        (_claim(article.pk, found[article.pk].text, proposal, speakers, now=now), proposal)
        for article in articles
        for proposal in found[article.pk].claims
        if identity(article.pk, proposal) not in known.identities
        and not known.has_decided(article.pk, proposal)
    ]
    insert_rows([claim for claim, _proposal in rows])
    insert_rows([_reading(claim, proposal) for claim, proposal in rows])
    return Counter(claim.article_id for claim, _proposal in rows)


def identity(article_id: int, proposal: ProposedClaim) -> _Identity:
    """What makes two proposals of an article the same one."""
    return (
        article_id,
        proposal.start,
        proposal.end,
        proposal.outcome,
        proposal.subject_status,
        proposal.scope,
        proposal.minimum,
        proposal.maximum,
        proposal.speaker_text[:_LONGEST_NAME],
    )


def identity_of(claim: Claim) -> _Identity:
    """The same of a claim as the machine read it, whatever people made of it since."""
    read: Claim | Reading = claim.reading if hasattr(claim, "reading") else claim
    return (
        claim.article_id,
        claim.start,
        claim.end,
        read.outcome,
        read.subject_status,
        read.scope,
        read.minimum,
        read.maximum,
        read.speaker_text,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What the articles have already."""

    identities: set[_Identity]
    decided: list[Claim]

    def has_decided(self, article_id: int, proposal: ProposedClaim) -> bool:
        """Whether a person decided this figure in this passage, however it was read before."""
        return any(
            claim.article_id == article_id
            and claim.outcome == proposal.outcome
            and (claim.minimum, claim.maximum) == (proposal.minimum, proposal.maximum)
            and claim.start < proposal.end
            and proposal.start < claim.end
            for claim in self.decided
        )


def _known(articles: Sequence[Article]) -> _Known:
    claims = list(list_claims_of([article.pk for article in articles]).select_related("reading"))
    return _Known(
        identities={identity_of(claim) for claim in claims},
        decided=[claim for claim in claims if claim.state != ClaimState.PROPOSED],
    )


def _per_cent(read: Extraction) -> int:
    return max(0, min(100, round(100 * read.relevance.probability)))


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
        speaker_text=proposal.speaker_text[:_LONGEST_NAME],
        party_id=speaker.party_id if speaker else None,
        outcome=proposal.outcome,
        subject_status=proposal.subject_status,
        polarity=proposal.polarity,
        scope=proposal.scope,
        minimum=proposal.minimum,
        maximum=proposal.maximum,
        quantifier_raw=proposal.quantifier_raw[:100],
        **_breakdown(proposal),
        is_cumulative_update=proposal.is_cumulative_update,
        extractor=EXTRACTOR[:60],
        proposed_at=now,
    )


def _breakdown(proposal: ProposedClaim) -> dict[str, int | None]:
    """Women and children; none where they would be more than all people: then one was misread."""
    counts = {name: getattr(proposal, name) for name in _COUNTS[2:]}
    together = (proposal.women_min or 0) + (proposal.children_min or 0)
    most = max(together, proposal.women_max or 0, proposal.children_max or 0)
    return {} if proposal.maximum is not None and most > proposal.maximum else counts


def _reading(claim: Claim, proposal: ProposedClaim) -> Reading:
    return Reading(
        claim=claim,
        extractor=claim.extractor,
        outcome=claim.outcome,
        subject_status=claim.subject_status,
        scope=claim.scope,
        minimum=claim.minimum,
        maximum=claim.maximum,
        speaker_text=claim.speaker_text,
        speaker_chain=[name[:_LONGEST_NAME] for name in proposal.speaker_chain],
        event=proposal.event,
        place=(proposal.place or "")[:_LONGEST_NAME],
        actor=(proposal.actor or "")[:_LONGEST_NAME],
        method=proposal.method or "",
        protected_kind=proposal.protected_kind,
        ages=[age for age in proposal.ages if age <= _OLDEST],
        infrastructure=list(proposal.infrastructure),
        is_double_tap=proposal.is_double_tap,
        evidence={
            field: [given.rule, given.spans, given.confidence]
            for field, given in proposal.evidence.items()
        },
        **_when(proposal),
    )


def _when(proposal: ProposedClaim) -> dict[str, Any]:
    """The window by the methodology, with the words and the day it was counted from."""
    when = proposal.when
    if when is None:
        return {}
    said = {"date_raw": when.phrase[:_LONGEST_NAME], "time_term": when.time_term}
    if when.first is None or when.last is None:
        return said
    return said | {
        "date_start": when.first,
        "date_end": when.last,
        "date_precision": when.precision,
        "date_basis": when.basis,
        "anchor_date": when.anchor,
        "anchor_kind": when.anchor_kind,
    }


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
    found: dict[str, Source] = {
        _plain(source.name): source
        for source in Source.objects.select_related("merged_into")
        .annotate(lower_name=Lower("name"))
        .filter(lower_name__in={*names, *(f"the {name}" for name in names)})
    }
    return {name: home_of(source) for name, source in found.items()}


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).removeprefix("the ")
