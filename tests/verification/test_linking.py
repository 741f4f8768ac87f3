"""Claims and incidents: who contributes, what is locked, what is one utterance, what confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    IncidentFactory,
    PersonFactory,
    SourceFactory,
    accepted_claim,
)
from tests.factories.published import published_version
from tests.verification.bench import KILLED, accept, read_as
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotFound
from tracker.incidents.choices import (
    ClaimState,
    IncidentStatus,
    Polarity,
    Scope,
    SubjectStatus,
)
from tracker.incidents.models import Claim, Contribution, Incident
from tracker.incidents.services.claims import UnableToDecide
from tracker.incidents.services.contribution import UnableToEdit
from tracker.incidents.services.review import submit_incident
from tracker.verification.services.decisions import (
    add_claim,
    link_claims,
    reject_claim,
)

if TYPE_CHECKING:
    from tests.verification.bench import Bench

pytestmark = pytest.mark.django_db


def test_linked_claim_makes_its_decider_a_contributor(bench: Bench) -> None:
    incident = IncidentFactory()

    claim = accept(bench, bench.claim(), incident_id=incident.pk)

    contribution = Contribution.objects.get()
    assert (contribution.incident, contribution.person_id) == (incident, bench.actor.id)
    assert (contribution.kind, contribution.after_version) == ("CLAIM", 0)
    assert claim.incident_id == incident.pk
    event = AuditEvent.objects.get(action="claim.accept")
    assert event.changes["incident"] == [None, str(incident.pk)]


def test_who_accepted_earlier_contributes_when_the_claim_is_linked(bench: Bench) -> None:
    earlier, incident = PersonFactory(), IncidentFactory()
    claim = accepted_claim(by=earlier, article=bench.task.article)

    link_claims(claim_ids=[claim.pk], incident_id=incident.pk, **bench.hold)

    people = set(Contribution.objects.values_list("person_id", flat=True))
    assert people == {earlier.pk, bench.actor.id}


def test_correcting_a_linked_claim_is_the_act_of_who_corrects(bench: Bench) -> None:
    incident = IncidentFactory()
    claim = accepted_claim(by=PersonFactory(), article=bench.task.article, incident=incident)

    accept(bench, claim, incident_id=incident.pk, correction=read_as(minimum=9))

    assert Contribution.objects.get().person_id == bench.actor.id


@pytest.mark.parametrize("how", ["unlink", "reject", "move"])
def test_taking_a_claim_away_is_a_contribution_too(bench: Bench, how: str) -> None:
    incident, other = IncidentFactory(), IncidentFactory()
    claim = accepted_claim(by=PersonFactory(), article=bench.task.article, incident=incident)

    if how == "reject":
        reject_claim(claim_id=claim.pk, expected_revision=2, reason="Misread.", **bench.hold)
    else:
        goes_to = other.pk if how == "move" else None
        with pytest.raises(InvalidInput, match=f"is on {incident}; say why it moves away"):
            accept(bench, claim, incident_id=goes_to)
        accept(bench, claim, incident_id=goes_to, reason="Another street.")

    claim.refresh_from_db()
    assert claim.incident_id == (other.pk if how == "move" else None)
    taken_from = Contribution.objects.filter(incident=incident)
    assert [c.person_id for c in taken_from] == [bench.actor.id]


def test_running_total_belongs_to_no_incident(bench: Bench) -> None:
    claim = bench.claim(scope=Scope.AGGREGATE)

    with pytest.raises(UnableToDecide, match="belongs to no single incident"):
        accept(bench, claim, incident_id=IncidentFactory().pk)

    assert accept(bench, claim).state == ClaimState.ACCEPTED


def test_recalled_event_can_be_linked(bench: Bench) -> None:
    incident = IncidentFactory()

    claim = accept(bench, bench.claim(scope=Scope.BACKGROUND), incident_id=incident.pk)

    assert claim.incident_id == incident.pk


def test_unknown_incident_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound, match="no incident 0"):
        accept(bench, bench.claim(), incident_id=0)


def test_change_to_a_published_incident_puts_it_under_revision(bench: Bench) -> None:
    incident = published_version().incident

    accept(bench, bench.claim(), incident_id=incident.pk)

    incident.refresh_from_db()
    assert incident.status == IncidentStatus.UNDER_REVISION
    since = Contribution.objects.filter(incident=incident, after_version=1)
    assert [c.person_id for c in since] == [bench.actor.id]


def test_incident_in_review_is_locked(bench: Bench) -> None:
    author = PersonFactory()
    incident = IncidentFactory()
    linked = accepted_claim(by=author, article=bench.task.article, incident=incident)
    submit_incident(incident_id=incident.pk, expected_revision=1, actor=author.as_actor(), now=NOW)

    with pytest.raises(UnableToEdit, match="in review and locked"):
        accept(bench, bench.claim(start=30), incident_id=incident.pk)
    with pytest.raises(UnableToEdit):
        accept(bench, linked, correction=read_as(minimum=9), incident_id=None)
    with pytest.raises(UnableToEdit):
        reject_claim(claim_id=linked.pk, expected_revision=2, reason="No.", **bench.hold)

    assert Incident.objects.get(pk=incident.pk).status == IncidentStatus.IN_REVIEW


# Utterances


def test_one_whole_figure_per_utterance(bench: Bench) -> None:
    incident = IncidentFactory()
    accept(bench, bench.claim(statement="1"), incident_id=incident.pk)
    second = bench.claim(statement="1", minimum=3)

    with pytest.raises(UnableToDecide, match="already has such a figure"):
        accept(bench, second, incident_id=incident.pk)

    part = accept(
        bench, second, incident_id=incident.pk, correction=read_as(covers_whole_incident=False)
    )
    assert part.statement != "1"


def test_rows_of_one_utterance_by_status_stay_together(bench: Bench) -> None:
    incident = IncidentFactory()

    rows = [
        accept(bench, bench.claim(statement="1", subject_status=status), incident_id=incident.pk)
        for status in (SubjectStatus.CIVILIAN, SubjectStatus.DISPUTED)
    ]

    assert [row.statement for row in rows] == ["1", "1"]


def test_two_speakers_of_one_sentence_are_two_utterances(bench: Bench) -> None:
    incident = IncidentFactory()
    accept(bench, bench.claim(statement="1"), incident_id=incident.pk)

    other = [
        accept(
            bench,
            bench.claim(statement="1", speaker_text="a hospital", subject_status=status),
            incident_id=incident.pk,
        )
        for status in (SubjectStatus.UNKNOWN, SubjectStatus.DISPUTED)
    ]

    assert other[0].statement == other[1].statement != "1"


# Added claims


def test_added_claim_stands_on_words_of_the_article(bench: Bench) -> None:
    incident = IncidentFactory()
    quote = "no civilian was killed"

    claim = add_claim(
        quote=f" {quote}\n",
        fields=read_as(
            polarity=Polarity.ASSERTS_NO_HARM.value, minimum=0, maximum=0, speaker_text="Coalition"
        ),
        incident_id=incident.pk,
        **bench.hold,
    )

    claim.refresh_from_db()
    assert bench.task.article.text[claim.start : claim.end] == quote == claim.quote
    assert (claim.state, claim.incident, claim.extractor) == (ClaimState.ACCEPTED, incident, "")
    assert claim.decision_reason == "Added from the passage."


@pytest.mark.parametrize("quote", ["", "  ", "eleven people", "AN AIR STRIKE"])
def test_words_that_are_not_in_the_article_are_no_claim(bench: Bench, quote: str) -> None:
    with pytest.raises(InvalidInput, match="to the letter"):
        add_claim(quote=quote, fields=KILLED, incident_id=None, **bench.hold)

    assert not Claim.objects.exists()


def test_added_figure_of_the_same_passage_joins_the_utterance(bench: Bench) -> None:
    incident = IncidentFactory()
    proposed = bench.claim(statement="1", subject_status=SubjectStatus.CIVILIAN)
    accept(bench, proposed, incident_id=incident.pk)

    added = add_claim(
        quote=proposed.quote,
        fields=read_as(subject_status=SubjectStatus.COMBATANT.value, minimum=2),
        incident_id=incident.pk,
        **bench.hold,
    )

    assert added.statement == "1"


# Linking several


def test_claims_are_linked_all_or_none(bench: Bench) -> None:
    incident = IncidentFactory()
    fine, total = bench.claim(), bench.claim(start=30, scope=Scope.AGGREGATE)

    with pytest.raises(UnableToDecide):
        link_claims(claim_ids=[fine.pk, total.pk], incident_id=incident.pk, **bench.hold)

    assert not Claim.objects.filter(incident=incident).exists()


def test_linked_twice_changes_nothing_the_second_time(bench: Bench) -> None:
    incident, claim = IncidentFactory(), bench.claim()
    link_claims(claim_ids=[claim.pk, claim.pk], incident_id=incident.pk, **bench.hold)
    revision = Claim.objects.get(pk=claim.pk).revision

    linked = link_claims(claim_ids=[claim.pk], incident_id=incident.pk, **bench.hold)

    assert [c.revision for c in linked] == [revision] == [2]
    assert linked[0].decision_reason == "Linked to the incident."


def test_rejected_claim_is_not_linked_by_the_way(bench: Bench) -> None:
    claim = bench.claim()
    reject_claim(claim_id=claim.pk, expected_revision=1, reason="Misread.", **bench.hold)

    with pytest.raises(UnableToDecide, match="is rejected; accept it first"):
        link_claims(claim_ids=[claim.pk], incident_id=IncidentFactory().pk, **bench.hold)


def test_linking_nothing_is_refused(bench: Bench) -> None:
    with pytest.raises(InvalidInput, match="at least one claim"):
        link_claims(claim_ids=[], incident_id=IncidentFactory().pk, **bench.hold)


# Credibility 1


def test_confirmed_by_others_needs_two_independent_origins(bench: Bench) -> None:
    incident = IncidentFactory()
    SourceFactory(name="Nahr Rescue Service")
    confirmed = read_as(credibility=1)

    with pytest.raises(UnableToDecide, match="two independent origins"):
        accept(bench, bench.claim(), incident_id=incident.pk, correction=confirmed)
    with pytest.raises(UnableToDecide, match="two independent origins"):
        accept(bench, bench.claim(), correction=confirmed)

    accepted_claim(
        by=PersonFactory(),
        incident=incident,
        article=ArticleFactory(),
        speaker=SourceFactory(name="Ardesh Hospital"),
        speaker_text="Ardesh Hospital",
    )
    claim = accept(bench, bench.claim(), incident_id=incident.pk, correction=confirmed)
    assert claim.credibility == 1


def test_generic_speaker_confirms_nobody(bench: Bench) -> None:
    incident = IncidentFactory()
    SourceFactory(name="Nahr Rescue Service")
    accepted_claim(by=PersonFactory(), incident=incident, speaker_text="residents")

    with pytest.raises(UnableToDecide, match="two independent origins"):
        accept(bench, bench.claim(), incident_id=incident.pk, correction=read_as(credibility=1))
