"""Incidents that an article may report, with score and reasons; people link, nothing merges
itself."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Window
from django.db.models.functions import DenseRank, Left

from tracker.incidents.choices import ClaimState, IncidentStatus
from tracker.incidents.models import Claim, Incident
from tracker.incidents.rules.matching import WINDOW, Match, match, spans_of
from tracker.incidents.rules.matching_accounts import (
    Account,
    Commonness,
    account_of_article,
    account_of_incident,
    words_of,
)
from tracker.incidents.rules.matching_reasons import reasons_of
from tracker.places.selectors.known import known_places
from tracker.sources.models import Article
from tracker.sources.rules.marks import Mark, unmarked

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.extraction.places.known import KnownPlaces

_SHOWN = 10
_LOOKED_AT = 300
_SHORTEST_NAME = 3
#: Of each incident so many articles are compared, and of each its beginning.
_ARTICLES_OF_EACH = 3
_ARTICLES = 60
_BEGINNING = 1_500
#: The latest texts say which words are common.
_LATEST = 300
_LEAD = 600


@dataclass(slots=True)
class Candidate:
    """An incident this article may report, how well it fits, and why, in sentences.

    ``score`` is that of the best comparison; 0.0 = only named or linked, nothing to compare.
    """

    incident: Incident
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)

    @property
    def percent(self) -> int:
        """The score as people read it."""
        return round(100 * min(self.score, 1.0))


def candidates_for_article(article: Article) -> list[Candidate]:
    """Incidents of the same story first, then those near in time that are told alike or whose
    place the text names, the best first.

    At most ten, in six queries; the same article gives the same list in the same order.
    """
    text = unmarked(article.text, [Mark(*mark) for mark in article.marks])
    known = known_places()
    account = account_of_article(
        title=article.title, text=text, published=article.published_on, known=known
    )
    told = _of_the_story(article)
    near = _near_by(account)
    compared = [*(candidate.incident for candidate in told), *near]
    fits = _best_fits(account, compared, article, known)
    there = {candidate.incident.pk for candidate in told}
    named = f"{article.title}\n{text}".casefold()
    offered = [
        Candidate(incident, reasons=_naming(named, incident, known))
        for incident in near
        if incident.pk not in there
    ]
    for candidate in [*told, *offered]:
        best, title = fits[candidate.incident.pk]
        candidate.score = best.score
        if best.is_same:
            candidate.reasons += reasons_of(best, title=title)
    offered.sort(key=lambda candidate: (-candidate.score, -candidate.incident.pk))
    shown = [*told, *(candidate for candidate in offered if candidate.reasons)][:_SHOWN]
    for candidate in shown:
        if candidate.incident.status == IncidentStatus.IN_REVIEW:
            candidate.reasons.append(
                "It is in review: nothing can be added until it is published or returned."
            )
    return shown


def candidates_for_incident(incident: Incident) -> list[Candidate]:
    """Incidents that may be this one told again: those that share its articles or stories first,
    then those near in time that are told alike, the best first.

    At most ten; people merge, nothing merges itself.
    """
    known = known_places()
    accounts = [account for account, _ in _accounts_of([incident], None, known)[incident.pk]]
    shared = {candidate.incident.pk: candidate for candidate in _of_the_same_stories(incident)}
    others = {one.pk: one for account in accounts for one in _near_by(account)}
    others |= {pk: candidate.incident for pk, candidate in shared.items()}
    others.pop(incident.pk, None)
    fits: dict[int, tuple[Match, str]] = {}
    for account in accounts:
        for pk, fit in _best_fits(account, list(others.values()), None, known).items():
            fits[pk] = max(fits.get(pk, fit), fit, key=lambda found: found[0].score)
    offered = []
    for pk, (best, title) in fits.items():
        candidate = shared.get(pk, Candidate(others[pk]))
        candidate.score = best.score
        if best.is_same:
            candidate.reasons += reasons_of(best, title=title)
        if candidate.reasons:
            offered.append(candidate)
    offered.sort(key=lambda one: (one.incident.pk not in shared, -one.score, -one.incident.pk))
    return offered[:_SHOWN]


def _of_the_same_stories(incident: Incident) -> list[Candidate]:
    own = Claim.objects.filter(incident=incident, state=ClaimState.ACCEPTED)
    shared = dict(
        Claim.objects.filter(
            Q(article__in=own.values("article"))
            | Q(article__story__in=own.exclude(article__story=None).values("article__story")),
            state=ClaimState.ACCEPTED,
            incident__isnull=False,
        )
        .exclude(incident=incident)
        .values_list("incident")
        .annotate(shared=Count("id"))
        .order_by("-shared", "-incident")[:_SHOWN]
    )
    incidents = Incident.objects.in_bulk(list(shared))
    return [
        Candidate(incidents[pk], reasons=[f"It rests on {_claims(number)} of the same stories."])
        for pk, number in shared.items()
    ]


def _of_the_story(article: Article) -> list[Candidate]:
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
    return [
        Candidate(
            incidents[pk],
            reasons=[f"It rests on {_claims(number)} of another article of the same story."],
        )
        for pk, number in shared.items()
    ]


def _near_by(account: Account) -> list[Incident]:
    """Within the window of the days that the article names, or of its own."""
    spans = spans_of(account)
    if account.report is not None:
        spans = [*spans, (account.report, account.report)]
    if not spans:
        return []
    earliest, latest = min(first for first, _ in spans), max(last for _, last in spans)
    incidents = Incident.objects.filter(
        date_start__lte=latest + WINDOW,
        date_end__gte=earliest - WINDOW,
        merged_into__isnull=True,
    ).exclude(status=IncidentStatus.DISCARDED)
    return list(incidents.order_by("-id")[:_LOOKED_AT])


def _best_fits(
    account: Account,
    incidents: Collection[Incident],
    article: Article | None,
    known: KnownPlaces,
) -> dict[int, tuple[Match, str]]:
    """For each incident the best comparison, and the title of its article that gave it."""
    if not incidents:
        return {}
    told = _accounts_of(incidents, article, known)
    common = Commonness([account.words, *_latest_words()])
    fits = {}
    for incident in incidents:
        matches = [(match(account, other, common), title) for other, title in told[incident.pk]]
        fits[incident.pk] = max(matches, key=lambda found: found[0].score)
    return fits


def _accounts_of(
    incidents: Collection[Incident], article: Article | None, known: KnownPlaces
) -> dict[int, list[tuple[Account, str]]]:
    """What people wrote of each incident, then what the first articles of its claims tell.

    ``article`` is left out; None = none of them.
    """
    told: dict[int, list[tuple[Account, str]]] = defaultdict(list)
    for incident in incidents:
        account = account_of_incident(
            title=incident.title,
            summary=incident.summary,
            place_name=incident.place_name,
            days=incident.days,
            known=known,
        )
        told[incident.pk] = [(account, "")]
    place = Window(DenseRank(), partition_by=F("incident"), order_by=F("article").asc())
    rows = (
        Claim.objects.filter(incident__in=list(told), state=ClaimState.ACCEPTED)
        .exclude(article=article)
        .annotate(place=place)
        .filter(place__lte=_ARTICLES_OF_EACH)
        .order_by("-incident", "article")
        .values_list(
            "incident",
            "article",
            "article__title",
            Left("article__text", _BEGINNING),
            "article__published_on",
        )
    )
    for incident_id, _, title, text, published in dict.fromkeys(rows[:_ARTICLES]):
        account = account_of_article(title=title, text=text, published=published, known=known)
        told[incident_id].append((account, title))
    return told


def _latest_words() -> list[list[str]]:
    latest = Article.objects.exclude(text="").order_by("-id")
    rows = latest.values_list("title", Left("text", _LEAD))[:_LATEST]
    return [words_of(f"{title} {lead}") for title, lead in rows]


def _naming(text: str, incident: Incident, known: KnownPlaces) -> list[str]:
    """That the text names the place, or the first part of its name that stands there, in the
    spelling of the incident or one that people taught."""
    for part in (piece.strip() for piece in re.split("[,،;()]", incident.place_name)):
        for name in (part, *known.spellings(part)):
            words = re.escape(name.casefold())
            if len(name) >= _SHORTEST_NAME and re.search(rf"(?<!\w){words}(?!\w)", text):
                return [
                    f"It happened within {WINDOW.days} days of the article, which names {name}."
                ]
    return []


def _claims(number: int) -> str:
    return "a claim" if number == 1 else f"{number} claims"
