"""What stands in the way of undoing a merge is said, each thing by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import PersonFactory
from tests.factories.published import published_version
from tests.incidents.restructured import accusing, decided, merged, named_alone, told, undone
from tracker.incidents.models import (
    Claim,
    Incident,
    IncidentParty,
)
from tracker.incidents.selectors.family import family_of
from tracker.incidents.selectors.requests import requests_of
from tracker.incidents.services.claims import UnableToDecide
from tracker.incidents.services.contribution import MergedAway
from tracker.incidents.services.incidents import set_party
from tracker.incidents.services.merge import (
    UnableToUndo,
)
from tracker.incidents.services.requests import open_request
from tracker.incidents.services.review import submit_incident
from tracker.publication.services.publish import publish_incident

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(researcher: Person) -> Incident:
    """Told by two speakers; the army is named, not accused."""
    return named_alone(researcher)


@pytest.fixture
def source() -> Incident:
    """The same strike, told by two more, who accuse the army."""
    return accusing(PersonFactory())


def test_undo_says_what_was_decided_or_moved_since(
    source: Incident, target: Incident, reviewer: Person, researcher: Person
) -> None:
    anew, moved = Claim.objects.filter(incident=source).order_by("id")
    done = merged(source, target, reviewer)
    anew.refresh_from_db()
    moved.refresh_from_db()
    decided(anew, target, researcher)
    decided(moved, None, researcher, reason="Of another day.")

    with pytest.raises(UnableToUndo) as refused:
        undone(done, reviewer)

    assert str(refused.value) == (
        f"Claim {anew.pk} was decided anew since, by {researcher.alias}. "
        f"Claim {moved.pk} was moved on or rejected since."
    )


def test_undo_says_which_party_was_changed(target: Incident, reviewer: Person) -> None:
    source = told(reviewer, title="Shells", killed=(5,), accused="Militia")
    done = merged(source, target, reviewer)
    set_party(
        incident_id=target.pk,
        party_name="Militia",
        accused=False,
        actor=reviewer.as_actor(),
        now=NOW,
    )
    with pytest.raises(UnableToUndo, match="Whether Militia is accused was changed since"):
        undone(done, reviewer)


def test_undo_after_publication_or_another_merge_is_refused(
    source: Incident, target: Incident, reviewer: Person, coordinator: Person
) -> None:
    done = merged(source, target, coordinator)
    submit_incident(
        incident_id=target.pk,
        expected_revision=target.revision,
        actor=coordinator.as_actor(),
        now=NOW,
    )
    with pytest.raises(UnableToUndo, match="in review and locked"):
        undone(done, coordinator)
    target.refresh_from_db()
    publish_incident(
        incident_id=target.pk,
        expected_revision=target.revision,
        change_note="First.",
        actor=reviewer.as_actor(),
        now=NOW,
    )
    with pytest.raises(UnableToUndo, match=r"Version 1 of CH-.* was published since"):
        undone(done, coordinator)

    merged(target, published_version().incident, coordinator)
    with pytest.raises(UnableToUndo, match="was itself merged into"):
        undone(done, coordinator)


def test_a_merge_is_undone_once_and_may_be_made_again(
    source: Incident, target: Incident, reviewer: Person
) -> None:
    done = merged(source, target, reviewer)
    undone(done, reviewer)
    with pytest.raises(UnableToUndo, match="undone before"):
        undone(done, reviewer)
    again = merged(source, target, reviewer)
    with pytest.raises(UnableToUndo, match="undone before"):
        undone(done, reviewer)
    undone(again, reviewer)


def test_nobody_is_left_confirmed_by_what_went(
    reviewer: Person, researcher: Person, source: Incident
) -> None:
    target = told(researcher, title="Alone", killed=(7,))
    done = merged(source, target, reviewer)
    first = Claim.objects.filter(incident=target, minimum=7).get()
    first.credibility, first.revision = 1, first.revision + 1
    first.save()

    with pytest.raises(UnableToDecide, match="independent origins"):
        undone(done, reviewer)


def test_requests_stay_with_what_they_were_about(
    source: Incident, target: Incident, reviewer: Person, researcher: Person
) -> None:
    militia = set_party(
        incident_id=source.pk,
        party_name="Militia",
        accused=True,
        actor=researcher.as_actor(),
        now=NOW,
    )
    asked: dict[str, Any] = {
        "party_id": militia.party_id,
        "allegation": "That it shelled the market.",
        "actor": researcher.as_actor(),
        "now": NOW,
    }
    earlier = open_request(incident_id=source.pk, **asked)
    done = merged(source, target, reviewer)

    assert done.pre_image["requests"] == [earlier.pk]
    with pytest.raises(MergedAway):
        open_request(incident_id=source.pk, **asked)
    later = open_request(incident_id=target.pk, **asked)
    assert list(requests_of(family_of(target))) == [earlier, later]

    undone(done, reviewer)

    assert list(requests_of(family_of(target))) == [later]
    named = IncidentParty.objects.filter(party=militia.party_id)
    assert {row.incident_id for row in named} == {source.pk, target.pk}
