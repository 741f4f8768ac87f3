"""What is accepted about an incident, as the rules read it, and what they answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from tracker.core.families import home_of
from tracker.incidents.choices import ClaimState, Outcome
from tracker.incidents.models import Claim, IncidentParty, NamedFloor, Position, StrikeEvidence
from tracker.incidents.rules import (
    Assessment,
    ClaimFact,
    EvidenceFact,
    NamedVictims,
    PartyFact,
    PositionFact,
    Scenario,
    assess,
)
from tracker.incidents.rules.explanation import Explanation, explain
from tracker.incidents.rules.reading import as_json
from tracker.incidents.selectors.family import homes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.incidents.models import Incident
    from tracker.sources.models import Article, Source

_NOON = time(12, tzinfo=UTC)
_Row = TypeVar("_Row", Claim, IncidentParty, NamedFloor, Position, StrikeEvidence)


@dataclass(frozen=True, slots=True)
class Assessed:
    """An answer with everything it rests on; ``claims`` by the label sentences use (C1, C2 …).

    ``members`` are the incident and all that were merged into it; none where it is merged away.
    """

    incident: Incident
    members: list[int]
    scenario: Scenario
    assessment: Assessment
    explanation: dict[str, Explanation]
    claims: dict[str, Claim]


def assess_incident(incident: Incident) -> Assessed:
    """Run the published rules on what is accepted now, in six queries."""
    return assess_incidents([incident])[incident.pk]


def assess_incidents(incidents: Sequence[Incident]) -> dict[int, Assessed]:
    """The same for many, by id: still six queries."""
    facts = _gather(homes_of([incident.pk for incident in incidents]))
    return {incident.pk: _answer(incident, facts) for incident in incidents}


def assess_together(incident: Incident, other: Incident) -> Assessed:
    """What the rules would answer on ``incident`` if ``other`` were merged into it."""
    members = homes_of([incident.pk, other.pk])
    return _answer(incident, _gather(dict.fromkeys(members, incident.pk)))


def assess_as_one(
    incidents: Sequence[Incident], source: Source, target: Source
) -> dict[int, Assessed]:
    """What the rules would answer if all that ``source`` says and publishes were ``target``'s."""
    facts = _gather(homes_of([incident.pk for incident in incidents]))
    for claim in chain.from_iterable(facts.claims.values()):
        if claim.speaker_id == source.pk:
            claim.speaker = target
        if claim.article.outlet_id == source.pk:
            claim.article.outlet = target
    return {incident.pk: _answer(incident, facts) for incident in incidents}


def scenario_of(incident: Incident) -> Scenario:
    """The facts of one incident as the rules read them."""
    return assess_incident(incident).scenario


def lacks_confirmation(incident: Incident) -> bool:
    """Whether fewer than two independent origins assert harm, so that no claim confirms another."""
    return assess_incident(incident).assessment.provisional


def inputs_of(assessed: Assessed) -> dict[str, Any]:
    """What a computation rested on: claim ids with their revisions, and the facts as read."""
    return {
        "claims": [[claim.pk, claim.revision] for claim in assessed.claims.values()],
        "parties": [[p.id, p.accused] for p in assessed.scenario.parties],
        "positions": [
            [p.party, p.date.isoformat(), p.act, p.harm, p.responsibility, p.assessment]
            for p in assessed.scenario.positions
        ],
        "strike_evidence": [[e.kind, e.party] for e in assessed.scenario.strike_evidence],
        "named_victims": asdict(assessed.scenario.named_victims),
    }


def as_document(assessed: Assessed) -> dict[str, Any]:
    """The answer as JSON, with its explanation in words and each rule of the grades tried."""
    return {
        **as_json(assessed.assessment),
        "explanation": explained(assessed.explanation),
        "rules_tried": [asdict(rule) for rule in assessed.assessment.grading.tried],
    }


def explained(explanation: Mapping[str, Explanation]) -> dict[str, Any]:
    """Headline, sentence and steps by outcome."""
    return {outcome.lower(): asdict(words) for outcome, words in explanation.items()}


@dataclass(frozen=True, slots=True)
class _Facts:
    """The rows of all incidents at hand, by the id of the one they count for."""

    homes: Mapping[int, int]
    claims: dict[int, list[Claim]]
    parties: dict[int, list[IncidentParty]]
    positions: dict[int, list[Position]]
    evidence: dict[int, list[StrikeEvidence]]
    floors: dict[int, list[NamedFloor]]


def _gather(homes: Mapping[int, int]) -> _Facts:
    """The rows of these incidents, each under its home."""
    ids = list(homes)
    return _Facts(
        homes=homes,
        claims=_by_home(_claims_of(ids), homes),
        parties=_by_home(
            IncidentParty.objects.filter(incident__in=ids).select_related("party").order_by("id"),
            homes,
        ),
        positions=_by_home(
            Position.objects.filter(incident__in=ids).order_by("said_on", "id"), homes
        ),
        evidence=_by_home(StrikeEvidence.objects.filter(incident__in=ids).order_by("id"), homes),
        floors=_by_home(NamedFloor.objects.filter(incident__in=ids).order_by("id"), homes),
    )


def _answer(incident: Incident, facts: _Facts) -> Assessed:
    claims = facts.claims[incident.pk]
    scenario = Scenario(
        id=str(incident.pk),
        claims=_claim_facts(claims),
        parties=_party_facts(facts.parties[incident.pk]),
        positions=tuple(_position_fact(row) for row in facts.positions[incident.pk]),
        strike_evidence=tuple(_evidence_fact(row) for row in facts.evidence[incident.pk]),
        named_victims=_named_victims(facts.floors[incident.pk]),
    )
    assessment = assess(scenario)
    return Assessed(
        incident=incident,
        members=[member for member, home in facts.homes.items() if home == incident.pk],
        scenario=scenario,
        assessment=assessment,
        explanation=explain(assessment, scenario),
        claims={f"C{n}": claim for n, claim in enumerate(claims, start=1)},
    )


def _claims_of(incident_ids: Sequence[int]) -> list[Claim]:
    """Linked claims, as printed: by time of the article, then place in it."""
    found = list(
        Claim.objects.filter(incident__in=incident_ids)
        .select_related("article__outlet", "article__capture", "speaker__party", "party")
        .defer("article__text")
    )
    found.sort(key=lambda c: (_published_at(c.article), c.article_id, c.start, c.pk))
    return found


def _by_home(rows: Iterable[_Row], homes: Mapping[int, int]) -> dict[int, list[_Row]]:
    grouped: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        if row.incident_id is not None:
            grouped[homes[row.incident_id]].append(row)
    return grouped


def _published_at(article: Article) -> datetime:
    """When it came out: noon of its day, or else when it was received."""
    if article.published_on is None:
        return article.received_at
    return datetime.combine(article.published_on, _NOON)


def _claim_facts(claims: Sequence[Claim]) -> tuple[ClaimFact, ...]:
    # An origin that nobody accepted into this incident can't stand for its copy.
    accepted = {claim.pk for claim in claims if claim.state == ClaimState.ACCEPTED}
    return tuple(
        _claim_fact(claim, label=f"C{n}", accepted=accepted)
        for n, claim in enumerate(claims, start=1)
    )


def _claim_fact(claim: Claim, *, label: str, accepted: set[int]) -> ClaimFact:
    article = claim.article
    published = _published_at(article)
    party = claim.party_id or (claim.speaker.party_id if claim.speaker else None)
    return ClaimFact(
        id=str(claim.pk),
        label=label,
        article=str(article.pk),
        published_at=published,
        outcome=claim.outcome,
        said_at=claim.said_on or published.date(),
        speaker=claim.speaker.name if claim.speaker else claim.speaker_text or None,
        speaker_named=claim.speaker_id is not None,
        party=str(party) if party else None,
        group=claim.group or None,
        outlet=f"outlet {home_of(article.outlet).pk}"
        if article.outlet
        else f"article {article.pk}",
        story=f"story {article.story_id}" if article.story_id else f"article {article.pk}",
        statement=claim.statement,
        subject_status=claim.subject_status,
        minimum=claim.minimum,
        maximum=claim.maximum,
        children=(claim.children_min, claim.children_max),
        women=(claim.women_min, claim.women_max),
        men=(claim.men_min, claim.men_max),
        part_of=str(claim.part_of_id) if claim.part_of_id in accepted else None,
        covers_whole_incident=claim.covers_whole_incident,
        is_cumulative_update=claim.is_cumulative_update,
        scope=claim.scope,
        linked=True,
        polarity=claim.polarity,
        credibility=claim.credibility,
        copy_of=str(claim.copy_of_id) if claim.copy_of_id in accepted else None,
        copy_decided=claim.copy_decision.lower() or None,
        state=claim.state,
    )


def _party_facts(rows: Sequence[IncidentParty]) -> tuple[PartyFact, ...]:
    """Each party once; two rows there are only while a merge is weighed, and an accusation
    stands."""
    accused = {row.party_id for row in rows if row.accused}
    named = {row.party_id: row.party.name for row in rows}
    return tuple(
        PartyFact(id=str(pk), accused=pk in accused, name=name) for pk, name in named.items()
    )


def _position_fact(row: Position) -> PositionFact:
    return PositionFact(
        party=str(row.party_id),
        date=row.said_on,
        act=row.act or None,
        harm=row.harm or None,
        responsibility=row.responsibility or None,
        assessment=row.assessment or None,
    )


def _evidence_fact(row: StrikeEvidence) -> EvidenceFact:
    return EvidenceFact(kind=row.kind, party=str(row.party_id) if row.party_id else None)


def _named_victims(rows: Sequence[NamedFloor]) -> NamedVictims:
    """The largest number of all that were merged: their lists may name the same people."""
    floors = {
        outcome: max((row.victims for row in rows if row.outcome == outcome), default=0)
        for outcome in (Outcome.KILLED, Outcome.INJURED)
    }
    return NamedVictims(killed=floors[Outcome.KILLED], injured=floors[Outcome.INJURED])
