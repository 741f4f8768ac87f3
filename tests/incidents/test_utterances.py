"""Figures said together by one speaker add up; a part is taken out of its total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    IncidentFactory,
    SourceFactory,
    accepted_claim,
)
from tracker.core.errors import InvalidInput
from tracker.incidents.models import Claim
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.services.claim_fields import ClaimFields
from tracker.incidents.services.claims import accept
from tracker.incidents.services.utterances import Beside

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(researcher: Person) -> Incident:
    """Nothing is said of it yet."""
    made: Incident = IncidentFactory(created_by=researcher)
    return made


@pytest.fixture
def figure(incident: Incident, researcher: Person) -> Any:
    """Makes claims of one speaker in one article; each in words of its own."""
    article, speaker = ArticleFactory(), SourceFactory(name="Veria Monitor")
    begun = iter(range(0, 1000, 10))

    def make(count: int, **fields: Any) -> Claim:
        start = next(begun)
        places: dict[str, Any] = {"article": article, "start": start, "end": start + 5}
        told: dict[str, Any] = {"incident": incident, "speaker": speaker, **places, **fields}
        return accepted_claim(by=researcher, minimum=count, maximum=count, **told)

    return make


def put(claim: Claim, beside: Beside | None, by: Person, **fields: Any) -> Claim:
    """The claim is saved again, with what it was said with."""
    told: dict[str, Any] = {
        "outcome": claim.outcome,
        "subject_status": claim.subject_status,
        "minimum": claim.minimum,
        "maximum": claim.maximum,
        "speaker_id": claim.speaker_id,
        "beside": beside,
    }
    return accept(
        claim,
        correction=ClaimFields(**told | fields),
        incident_id=claim.incident_id,
        actor=by.as_actor(),
        now=NOW,
    )


def ends(incident: Incident) -> tuple[int | None, int | None]:
    found = assess_incident(incident).assessment.ranges["KILLED"]["civilians"]
    return found.minimum, found.maximum


def test_said_together_they_add_up_and_apart_again_they_do_not(
    incident: Incident, figure: Any, researcher: Person
) -> None:
    first, other = figure(11, subject_status="CIVILIAN"), figure(3, subject_status="DISPUTED")
    assert ends(incident) == (11, 11)

    put(other, Beside(first.pk), researcher)
    assert ends(incident) == (11, 14)

    put(other, None, researcher)
    assert ends(incident) == (11, 14), "saved again, it stays where it was"

    put(other, Beside(None), researcher)
    assert ends(incident) == (11, 11)


def test_parts_are_taken_out_of_their_total(
    incident: Incident, figure: Any, researcher: Person
) -> None:
    total = figure(14)
    soldiers = figure(4, subject_status="COMBATANT")
    put(soldiers, Beside(total.pk, is_part=True), researcher)

    assert ends(incident) == (10, 10)
    soldiers.refresh_from_db()
    assert (soldiers.part_of_id, soldiers.statement) == (total.pk, total.statement)


def test_figures_of_two_speakers_are_never_added(figure: Any, researcher: Person) -> None:
    first, other = figure(11), figure(3, speaker=SourceFactory(name="Ardesh Hospital"))

    with pytest.raises(InvalidInput, match="Figures of two speakers are never added up"):
        put(other, Beside(first.pk), researcher)


def test_another_speaker_parts_what_was_said_together(
    incident: Incident, figure: Any, researcher: Person
) -> None:
    first, other = figure(11, subject_status="CIVILIAN"), figure(3, subject_status="DISPUTED")
    put(other, Beside(first.pk), researcher)

    put(other, None, researcher, speaker_id=SourceFactory(name="Ardesh Hospital").pk)

    other.refresh_from_db()
    assert other.statement != first.statement
    assert ends(incident) == (0, 11)


def test_a_total_keeps_its_speaker_while_parts_rest_on_it(figure: Any, researcher: Person) -> None:
    total, part = figure(14), figure(4, subject_status="COMBATANT")
    put(part, Beside(total.pk, is_part=True), researcher)

    with pytest.raises(InvalidInput, match="Other claims count parts of this figure"):
        put(total, None, researcher, speaker_id=SourceFactory(name="Ardesh Hospital").pk)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"article": True}, "no other figure of this article"),
        ({"outcome": "INJURED"}, "A part has the outcome of its total"),
    ],
)
def test_a_total_is_of_the_same_article_and_outcome(
    figure: Any, researcher: Person, changes: dict[str, Any], sentence: str
) -> None:
    total = figure(
        14, **{**changes, **({"article": ArticleFactory()} if "article" in changes else {})}
    )
    part = figure(4)

    with pytest.raises(InvalidInput, match=sentence):
        put(part, Beside(total.pk, is_part=True), researcher)


def test_a_part_has_no_parts(figure: Any, researcher: Person) -> None:
    total, part = figure(14), figure(4, subject_status="COMBATANT")
    small = figure(1, subject_status="DISPUTED")
    put(part, Beside(total.pk, is_part=True), researcher)

    for claim, other in ((small, part), (total, small)):
        with pytest.raises(InvalidInput, match="A part has no parts of its own"):
            put(claim, Beside(other.pk, is_part=True), researcher)


def test_no_claim_is_a_part_of_itself(figure: Any, researcher: Person) -> None:
    claim = figure(4)

    with pytest.raises(InvalidInput, match="no other figure of this article"):
        put(claim, Beside(claim.pk, is_part=True), researcher)
    proposed = ClaimFactory()
    with pytest.raises(IntegrityError, match="claim_is_no_part_of_itself"), transaction.atomic():
        Claim.objects.filter(pk=proposed.pk).update(part_of=proposed.pk)
