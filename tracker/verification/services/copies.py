"""Claims of a copy and the claims of the text it descends from: the same words, perhaps edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from tracker.incidents.choices import ClaimState
from tracker.incidents.models import Claim
from tracker.incidents.selectors.claims import list_claims_of
from tracker.sources.choices import REWORKED, LineageKind
from tracker.sources.models import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def link_to_origins(articles: Sequence[Article]) -> None:
    """Point open claims at those they repeat, for these articles and for their copies.

    A copy may be extracted before its origin, so both directions are looked at; what a person
    decided stays as it is. Must run inside a transaction.
    """
    _forget_parted([article.pk for article in articles])
    edited = {a.pk: a.origin_id for a in articles if a.lineage_kind in REWORKED}
    for copy, origin in edited.items():
        if origin is not None:
            _link(_open_claims(article=copy), _claims_of(origin))
    for origin in _with_edited_copies([a.pk for a in articles if a.pk not in edited]):
        copies = Q(article__origin=origin, article__lineage_kind__in=REWORKED)
        open_copies = Claim.objects.filter(
            copies, state=ClaimState.PROPOSED, withdrawn_at__isnull=True
        )
        _link(open_copies, _claims_of(origin))


def _forget_parted(article_ids: Sequence[int]) -> None:
    """A person parted their texts, so these claims repeat nothing there."""
    Claim.objects.filter(
        article__in=article_ids,
        state=ClaimState.PROPOSED,
        copy_decision="",
        copy_of__isnull=False,
    ).exclude(copy_of__article__story=F("article__story")).update(copy_of=None)


def _with_edited_copies(article_ids: Sequence[int]) -> list[int]:
    copies = Article.objects.filter(origin__in=article_ids, lineage_kind__in=REWORKED)
    return list(copies.order_by("origin_id").values_list("origin_id", flat=True).distinct())


def _open_claims(*, article: int) -> Iterable[Claim]:
    return list_claims_of([article]).filter(state=ClaimState.PROPOSED)


def _claims_of(origin: int) -> list[Claim]:
    """Those of the origin, or of the verbatim copy that is read in its place."""
    return list(
        Claim.objects.filter(
            Q(article_id=origin)
            | Q(article__origin_id=origin, article__lineage_kind=LineageKind.VERBATIM_COPY.value),
            withdrawn_at__isnull=True,
        )
        .exclude(state=ClaimState.REJECTED)
        .order_by("start", "id")
    )


def _link(copies: Iterable[Claim], originals: list[Claim]) -> None:
    """The same outcome, status and speaker; whatever the figure, for a changed one is the point."""
    for claim in copies:
        alike = [o for o in originals if o.article_id != claim.article_id and _same(o, claim)]
        best = min(alike, key=lambda o: _distance(o, claim), default=None)
        if best is not None and claim.copy_of_id != best.pk:
            claim.copy_of = best
            claim.save(update_fields=["copy_of"])


def _same(origin: Claim, copy: Claim) -> bool:
    return (
        origin.outcome == copy.outcome
        and origin.subject_status == copy.subject_status
        and origin.speaker_text.casefold() == copy.speaker_text.casefold()
        and origin.scope == copy.scope
    )


def _distance(origin: Claim, copy: Claim) -> tuple[bool, bool, int]:
    """Equal figures first, then the nearest place in the text."""
    return (
        (origin.minimum, origin.maximum) != (copy.minimum, copy.maximum),
        origin.quote != copy.quote,
        abs(origin.start - copy.start),
    )
