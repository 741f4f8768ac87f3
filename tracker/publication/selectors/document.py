"""The document that partners read: everything that may leave of one incident, and nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tracker.incidents.models import Incident
from tracker.incidents.rules import RULES_VERSION
from tracker.incidents.rules.explanation import explain
from tracker.incidents.rules.reading import as_json
from tracker.incidents.selectors.family import family_of
from tracker.incidents.selectors.places import places_of
from tracker.publication.rules.location import PublicLocation, coarsen
from tracker.publication.rules.masking import outgoing_link, outgoing_quote
from tracker.publication.rules.speaker import SHOWN_BY_KIND, public_speaker
from tracker.sources.models import Article, Source
from tracker.sources.selectors.sources import standing_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.incidents.models import Claim, IncidentPlace
    from tracker.incidents.selectors.assessment import Assessed
    from tracker.sources.models import CredibilityNote

_COUNTS = (
    *("children_min", "children_max", "women_min", "women_max", "men_min", "men_max"),
    "credibility",
)


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source the incident cites, with what is in force now. None = unrated, no note."""

    source: Source
    reliability: str | None
    partner_note: CredibilityNote | None


def cited_standings(assessed: Assessed) -> list[CitedSource]:
    """Speakers and outlets of the incident's accepted claims, by id."""
    claims = assessed.claims.values()
    ids = {claim.speaker_id for claim in claims} | {claim.article.outlet_id for claim in claims}
    known = {pk for pk in ids if pk is not None}
    standings = standing_of(known)
    return [
        CitedSource(
            source=source,
            reliability=standings[source.pk].reliability,
            partner_note=standings[source.pk].partner_note,
        )
        for source in Source.objects.filter(pk__in=known).order_by("pk")
    ]


def build_document(
    *,
    assessed: Assessed,
    standings: Sequence[CitedSource],
    change_note: str,
    now: datetime,
    with_quotes: bool = True,
) -> dict[str, Any]:
    """The partner class of the incident as it stands, rounded and redacted."""
    incident = assessed.incident
    answer = as_json(assessed.assessment)
    location = _location(incident)
    return {
        "code": incident.code,
        "previous_codes": _previous_codes(incident),
        "version": incident.versions,
        "title": incident.title,
        "published_at": now.isoformat(),
        "change_note": change_note,
        "date": {
            "start": incident.date_start.isoformat() if incident.date_start else None,
            "end": incident.date_end.isoformat() if incident.date_end else None,
            "precision": incident.date_precision,
            "basis": incident.date_basis or None,
        },
        "time": {
            "term": incident.time_term or None,
            "start": incident.time_start.isoformat("minutes") if incident.time_start else None,
            "end": incident.time_end.isoformat("minutes") if incident.time_end else None,
            "zone": incident.time_zone or None,
        },
        "location": asdict(location),
        "further_locations": [_further(place) for place in places_of(assessed.members)],
        "grade": incident.grade,
        "grade_proposed": answer["grade"],
        "strike_status": answer["strike_status"],
        "independent_sources": answer["independent_groups"],
        "provisional": answer["provisional"],
        **_outcomes(assessed, answer),
        "belligerents": _belligerents(assessed),
        "claims": _claims(assessed, with_quotes=with_quotes),
        "sources": [_source(cited) for cited in standings],
        "methodology": {"rules": RULES_VERSION},
    }


def _further(place: IncidentPlace) -> dict[str, Any]:
    """A further place, as exact as the first one may be; without what was noted on it."""
    location = coarsen(
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        precision=place.geo_precision,
        radius_m=place.radius_m,
    )
    return asdict(location)


def _previous_codes(incident: Incident) -> list[str]:
    """Codes of what was merged into it."""
    merged = Incident.objects.filter(pk__in=family_of(incident), code__isnull=False)
    return [str(one) for one in merged.exclude(pk=incident.pk).order_by("code")]


def _outcomes(assessed: Assessed, answer: dict[str, Any]) -> dict[str, Any]:
    """Ranges with their reasons; the sentences name speakers as outsiders may know them."""
    names = {str(claim.pk): speaker_of(claim) for claim in assessed.claims.values()}
    words = explain(assessed.assessment, assessed.scenario, names=names)
    return {
        outcome.lower(): {
            "headline": words[outcome].headline,
            "explanation": words[outcome].sentence,
            **{
                name: {**found, "open_above": found["min"] is not None and found["max"] is None}
                for name, found in answer["ranges"][outcome.lower()].items()
            },
        }
        for outcome in ("KILLED", "INJURED")
    }


def speaker_of(claim: Claim) -> str:
    """The speaker as outsiders may know them, with the party of an unnamed one."""
    shown = public_speaker(
        source_name=claim.speaker.name if claim.speaker else None,
        source_kind=claim.speaker.kind if claim.speaker else None,
        words=claim.speaker_text,
    )
    if claim.speaker is None and claim.speaker_text and claim.party is not None:
        return f"{shown} of {claim.party.name}"
    return shown


def outgoing_passages(assessed: Assessed) -> list[tuple[str, str | None]]:
    """Each claim's label with its passage as partners would read it, None where it doesn't leave.

    For who reviews: only a person sees the name that no rule knows.
    """
    return [(claim["label"], claim["quote"]) for claim in _claims(assessed, with_quotes=True)]


def _location(incident: Incident) -> PublicLocation:
    return coarsen(
        name=incident.place_name,
        lat=incident.lat,
        lon=incident.lon,
        precision=incident.geo_precision,
        radius_m=incident.radius_m,
    )


def _claims(assessed: Assessed, *, with_quotes: bool) -> list[dict[str, Any]]:
    """Every claim with its passage as it may leave."""
    claims = assessed.claims.values()
    articles = Article.objects.filter(pk__in={claim.article_id for claim in claims})
    texts = dict(articles.values_list("pk", "text"))
    kept = _public_names(assessed)
    found = [
        _claim(label, claim, assessed, text=texts[claim.article_id], kept=kept)
        for label, claim in assessed.claims.items()
    ]
    return found if with_quotes else [{**claim, "quote": None} for claim in found]


def _public_names(assessed: Assessed) -> set[str]:
    """Names that the document tells anyway."""
    place = _location(assessed.incident).name
    names = {party.name for party in assessed.scenario.parties}
    for claim in assessed.claims.values():
        names |= {claim.party.name} if claim.party else set()
        for source in (claim.speaker, claim.article.outlet):
            if source is not None and source.kind not in SHOWN_BY_KIND:
                names.add(source.name)
    return names | ({place} if place else set())


def _claim(
    label: str, claim: Claim, assessed: Assessed, *, text: str, kept: set[str]
) -> dict[str, Any]:
    taking = assessed.assessment.taking
    article = claim.article
    return {
        "label": label,
        "quote": outgoing_quote(
            text, start=claim.start, end=claim.end, language=article.language, kept=kept
        ),
        "speaker": speaker_of(claim),
        "speaker_source": claim.speaker_id,
        "party": claim.party.name if claim.party else None,
        "said_on": claim.said_on.isoformat() if claim.said_on else None,
        "outcome": claim.outcome,
        "subject_status": claim.subject_status,
        "polarity": claim.polarity,
        "scope": claim.scope,
        "min": claim.minimum,
        "max": claim.maximum,
        **{name: getattr(claim, name) for name in _COUNTS},
        "counted": str(claim.pk) in {fact.id for fact in taking.counted},
        "excluded_because": taking.excluded.get(str(claim.pk)),
        "citation": {
            "outlet": article.outlet.name if article.outlet else None,
            "published_on": article.published_on.isoformat() if article.published_on else None,
            "url": outgoing_link(article.url, text=text, language=article.language, kept=kept),
        },
    }


def _belligerents(assessed: Assessed) -> list[dict[str, Any]]:
    """Parties with what they said; their own assessments are not published yet."""
    return [
        {
            "name": party.name,
            "accused": party.accused,
            "position_summary": assessed.assessment.position_summary.get(party.id),
            "positions": [
                {
                    "date": said.date.isoformat(),
                    "act": said.act,
                    "harm": said.harm,
                    "responsibility": said.responsibility,
                }
                for said in assessed.scenario.positions
                if said.party == party.id and (said.act or said.harm or said.responsibility)
            ],
        }
        for party in assessed.scenario.parties
    ]


def _source(cited: CitedSource) -> dict[str, Any]:
    note = cited.partner_note
    return {
        "id": cited.source.pk,
        "name": public_speaker(
            source_name=cited.source.name, source_kind=cited.source.kind, words=""
        ),
        "kind": cited.source.kind,
        "reliability": cited.reliability,
        "note": note.text if note else None,
        "note_made_on": note.made_at.date().isoformat() if note else None,
    }
