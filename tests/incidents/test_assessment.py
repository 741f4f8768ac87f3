"""Rows to the facts that the rules read: who speaks, for whom, after whom, and in what order."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    IncidentFactory,
    PartyFactory,
    SourceFactory,
    accepted_claim,
)
from tracker.incidents.choices import ClaimState, CopyDecision, EvidenceKind
from tracker.incidents.models import Claim, IncidentParty, Position, StrikeEvidence
from tracker.incidents.rules import ClaimFact, EvidenceFact, PartyFact, PositionFact
from tracker.incidents.selectors.assessment import (
    as_document,
    assess_incident,
    assess_incidents,
    inputs_of,
    scenario_of,
)
from tracker.sources.models import Story

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident() -> Incident:
    """A draft."""
    made: Incident = IncidentFactory()
    return made


def _fact(incident: Incident, claim: Claim) -> ClaimFact:
    return next(fact for fact in scenario_of(incident).claims if fact.id == str(claim.pk))


def _claim(incident: Incident, person: Person, **fields: Any) -> Claim:
    return accepted_claim(by=person, incident=incident, **fields)


def test_figures_reach_the_rules_as_they_stand(incident: Incident, researcher: Person) -> None:
    claim = _claim(
        incident,
        researcher,
        maximum=9,
        children_min=2,
        women_max=3,
        men_min=1,
        men_max=1,
        credibility=2,
        group="hospital",
        is_cumulative_update=True,
        covers_whole_incident=False,
        scope="BACKGROUND",
        subject_status="CIVILIAN",
    )

    fact = _fact(incident, claim)

    assert (fact.minimum, fact.maximum) == (7, 9)
    assert (fact.children, fact.women, fact.men) == ((2, None), (None, 3), (1, 1))
    assert (fact.credibility, fact.group, fact.subject_status) == (2, "hospital", "CIVILIAN")
    assert (fact.is_cumulative_update, fact.covers_whole_incident) == (True, False)
    assert (fact.scope, fact.linked) == ("BACKGROUND", True)
    assert (fact.statement, fact.state, fact.article) == (
        claim.statement,
        "ACCEPTED",
        str(claim.article_id),
    )


def test_named_speaker_brings_its_party(incident: Incident, researcher: Person) -> None:
    party = PartyFactory()
    source = SourceFactory(party=party)

    fact = _fact(incident, _claim(incident, researcher, speaker=source))

    assert (fact.speaker, fact.speaker_named, fact.party) == (source.name, True, str(party.pk))


def test_generic_speaker_has_no_name_of_its_own(incident: Incident, researcher: Person) -> None:
    party = PartyFactory()

    fact = _fact(incident, _claim(incident, researcher, speaker_text="officials", party=party))

    assert (fact.speaker, fact.speaker_named, fact.party) == ("officials", False, str(party.pk))


def test_no_speaker_is_the_outlet_in_its_own_voice(incident: Incident, researcher: Person) -> None:
    claim = _claim(incident, researcher, speaker_text="")

    fact = _fact(incident, claim)

    assert (fact.speaker, fact.speaker_named) == (None, False)
    assert fact.outlet == f"outlet {claim.article.outlet_id}"


def test_story_and_outlet_fall_back_on_the_article(incident: Incident, researcher: Person) -> None:
    alone = ArticleFactory(outlet=None)
    told = ArticleFactory(story=Story.objects.create(made_at=NOW))

    first = _fact(incident, _claim(incident, researcher, article=alone))
    second = _fact(incident, _claim(incident, researcher, article=told))

    assert first.story == first.outlet == f"article {alone.pk}"
    assert second.story == f"story {told.story_id}"


def test_days_fall_back_from_said_to_published_to_received(
    incident: Incident, researcher: Person
) -> None:
    dated = ArticleFactory(published_on=date(2026, 11, 13))
    undated = ArticleFactory(published_on=None)

    said = _fact(incident, _claim(incident, researcher, article=dated, said_on=date(2026, 11, 9)))
    published = _fact(incident, _claim(incident, researcher, article=dated, start=30))
    received = _fact(incident, _claim(incident, researcher, article=undated))

    assert said.said_at == date(2026, 11, 9)
    assert published.said_at == date(2026, 11, 13)
    assert published.published_at == datetime(2026, 11, 13, 12, tzinfo=UTC)
    assert (received.published_at, received.said_at) == (NOW, NOW.date())


def test_labels_follow_time_then_article_then_place(incident: Incident, researcher: Person) -> None:
    late = ArticleFactory(published_on=date(2026, 11, 19))
    undated = ArticleFactory(published_on=None, received_at=datetime(2026, 11, 1, tzinfo=UTC))
    early = ArticleFactory(published_on=date(2026, 11, 12))
    twin = ArticleFactory(published_on=date(2026, 11, 12))
    made = [
        _claim(incident, researcher, article=article, start=start)
        for article, start in ((late, 5), (early, 40), (early, 3), (twin, 9), (undated, 1))
    ]

    labels = {label: claim.pk for label, claim in assess_incident(incident).claims.items()}

    in_order = [made[4], made[2], made[1], made[3], made[0]]
    assert labels == {f"C{n}": claim.pk for n, claim in enumerate(in_order, start=1)}


def test_copy_speaks_after_an_origin_of_the_same_incident_only(
    incident: Incident, researcher: Person
) -> None:
    here = _claim(incident, researcher)
    elsewhere = _claim(IncidentFactory(), researcher)

    after_here = _claim(
        incident, researcher, copy_of=here, copy_decision=CopyDecision.ORIGIN_STANDS, minimum=9
    )
    after_elsewhere = _claim(incident, researcher, copy_of=elsewhere)

    fact = _fact(incident, after_here)
    assert (fact.copy_of, fact.copy_decided) == (str(here.pk), "origin_stands")
    assert _fact(incident, after_elsewhere).copy_of is None
    assert assess_incident(incident).assessment.taking.excluded[fact.id] == "COPY_OF_ORIGIN"


def test_part_points_at_its_whole_in_the_same_incident(
    incident: Incident, researcher: Person
) -> None:
    whole = _claim(incident, researcher, minimum=9, maximum=9)

    part = _claim(incident, researcher, part_of=whole, minimum=4, maximum=4)
    stray = _claim(incident, researcher, part_of=_claim(IncidentFactory(), researcher))

    assert _fact(incident, part).part_of == str(whole.pk)
    assert _fact(incident, stray).part_of is None


def test_retracted_claim_stays_visible_and_stands_for_no_copy(
    incident: Incident, researcher: Person
) -> None:
    gone = _claim(incident, researcher)
    copy = _claim(incident, researcher, copy_of=gone)
    Claim.objects.filter(pk=gone.pk).update(state=ClaimState.RETRACTED, revision=3)

    assessed = assess_incident(incident)

    assert assessed.assessment.taking.excluded == {str(gone.pk): "RETRACTED"}
    assert _fact(incident, copy).copy_of is None


def test_parties_positions_and_evidence_reach_the_rules(
    incident: Incident, researcher: Person
) -> None:
    party = PartyFactory()
    IncidentParty.objects.create(incident=incident, party=party, accused=True)
    entered = {"incident": incident, "entered_by": researcher, "entered_at": NOW}
    Position.objects.create(party=party, said_on=date(2026, 11, 12), act="ACKNOWLEDGES", **entered)
    StrikeEvidence.objects.create(kind=EvidenceKind.IMAGERY, **entered)

    scenario = scenario_of(incident)

    assert scenario.parties == (PartyFact(id=str(party.pk), accused=True, name=party.name),)
    assert scenario.positions == (
        PositionFact(party=str(party.pk), date=date(2026, 11, 12), act="ACKNOWLEDGES"),
    )
    assert scenario.strike_evidence == (EvidenceFact(kind="IMAGERY", party=None),)


def test_inputs_name_claims_with_their_revisions(incident: Incident, researcher: Person) -> None:
    claim = _claim(incident, researcher)

    assessed = assess_incident(incident)

    assert inputs_of(assessed) == {
        "claims": [[claim.pk, 2]],
        "parties": [],
        "positions": [],
        "strike_evidence": [],
        "named_victims": {"killed": 0, "injured": 0},
    }
    assert {"ranges", "explanation", "rules_tried", "grade"} <= set(as_document(assessed))


def test_incident_without_claims_has_an_answer_too(incident: Incident) -> None:
    assessed = assess_incident(incident)

    assert assessed.assessment.grade == "UNASSESSED"
    assert assessed.assessment.ranges["KILLED"]["civilians"].minimum is None


def test_many_incidents_cost_as_many_queries_as_one(
    researcher: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    incidents = [IncidentFactory() for _ in range(3)]
    for one in incidents:
        _claim(one, researcher, speaker=SourceFactory())
        IncidentParty.objects.create(incident=one, party=PartyFactory())

    with django_assert_num_queries(6):
        assessed = assess_incidents(incidents)

    assert {pk: len(found.claims) for pk, found in assessed.items()} == {
        one.pk: 1 for one in incidents
    }
