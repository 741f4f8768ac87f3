"""Incidents that an article may be about, with the reasons; people link, nothing merges itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from tracker.incidents.choices import ClaimState, IncidentStatus
from tracker.incidents.models import Claim, Incident

if TYPE_CHECKING:
    from tracker.sources.models import Article

NEAR = timedelta(days=3)
_SHOWN = 10
_LOOKED_AT = 300
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An incident this article may be about, and why, in sentences."""

    incident: Incident
    reasons: list[str] = field(default_factory=list)


def candidates_for_article(article: Article) -> list[Candidate]:
    """Incidents of the same story first, then those near in time whose place the text names.

    At most ten, in three queries; the same article gives the same list in the same order.
    """
    found: dict[int, Candidate] = {}
    for incident, claims in _of_the_story(article):
        reason = f"It rests on {_claims(claims)} of another article of the same story."
        found[incident.pk] = Candidate(incident, [reason])
    for incident, place in _near_by(article):
        candidate = found.setdefault(incident.pk, Candidate(incident))
        candidate.reasons.append(
            f"It happened within {NEAR.days} days of the article, which names {place}."
        )
    shown = list(found.values())[:_SHOWN]
    for candidate in shown:
        if candidate.incident.status == IncidentStatus.IN_REVIEW:
            candidate.reasons.append(
                "It is in review: nothing can be added until it is published or returned."
            )
    return shown


def _of_the_story(article: Article) -> list[tuple[Incident, int]]:
    if article.story_id is None:
        return []
    shared = dict(
        Claim.objects.filter(
            article__story=article.story_id, state=ClaimState.ACCEPTED, incident__isnull=False
        )
        .exclude(article=article)
        .values_list("incident")
        .annotate(shared=Count("id"))
        .order_by("-shared", "-incident")[:_SHOWN]
    )
    incidents = Incident.objects.in_bulk(list(shared))
    return [(incidents[pk], number) for pk, number in shared.items()]


def _near_by(article: Article) -> list[tuple[Incident, str]]:
    if article.published_on is None:
        return []
    incidents = (
        Incident.objects.filter(
            date_start__lte=article.published_on + NEAR, date_end__gte=article.published_on - NEAR
        )
        .exclude(place_name="")
        .order_by("-id")[:_LOOKED_AT]
    )
    text = f"{article.title}\n{article.text}".casefold()
    named = ((incident, _named_in(text, incident.place_name)) for incident in incidents)
    return [(incident, place) for incident, place in named if place]


def _named_in(text: str, place_name: str) -> str:
    """The first part of the place's name that stands in the text as words of its own, or ""."""
    for part in (piece.strip() for piece in re.split("[,،;()]", place_name)):
        words = re.escape(part.casefold())
        if len(part) >= _SHORTEST_NAME and re.search(rf"(?<!\w){words}(?!\w)", text):
            return part
    return ""


def _claims(number: int) -> str:
    return "a claim" if number == 1 else f"{number} claims"
