"""When and where an incident was, how that is known, and who has looked at it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import IncidentFactory, accepted_claim
from tests.factories.published import incident_in_review
from tests.incidents.restructured import merged
from tests.web.incident_forms import submitted
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.incidents.models import Incident, IncidentPlace
from tracker.incidents.selectors.family import family_of
from tracker.incidents.selectors.places import places_of
from tracker.incidents.services.contribution import UnableToEdit
from tracker.incidents.services.incidents import IncidentFields, edit_incident
from tracker.incidents.services.places import (
    PlaceFields,
    UnableToSign,
    add_place,
    sign_main_place,
    sign_place,
    withdraw_place,
)
from tracker.publication.models import Version
from tracker.publication.services.publish import publish_incident

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db

ROAD = PlaceFields(
    name="road to Tavir",
    geo_precision="STREET",
    geo_method="BELLIGERENT_COORDINATES",
    lat=12.3456,
    lon=45.6789,
    radius_m=500,
    geo_reference="38S MB 12345 67890",
    note="A second bomb fell on those who fled.",
)
TOLD = IncidentFields(
    title="Strike on a market",
    date_start=date(2026, 3, 3),
    date_end=date(2026, 3, 3),
    date_precision="DAY",
    date_raw="on Tuesday evening",
    date_basis="RELATIVE_RESOLVED",
    date_anchor=date(2026, 3, 4),
    time_term="EVENING",
    time_start=time(23, 50),
    time_end=time(0, 10),
    time_zone="Asia/Damascus",
    place_name="Ardesh",
    geo_precision="SETTLEMENT",
    geo_method="GAZETTEER",
)


@pytest.fixture
def incident(researcher: Person) -> Incident:
    """A draft with nothing but a title."""
    made: Incident = IncidentFactory(created_by=researcher)
    return made


def told(incident: Incident, by: Person, fields: IncidentFields = TOLD) -> Incident:
    """What, when and where, as entered by ``by``."""
    incident.refresh_from_db()
    return edit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        fields=fields,
        actor=by.as_actor(),
        now=NOW,
        reason="From the reports.",
    )


def entered(incident: Incident, by: Person, fields: PlaceFields = ROAD) -> IncidentPlace:
    return add_place(incident_id=incident.pk, fields=fields, actor=by.as_actor(), now=NOW)


def signed(incident: Incident, by: Person) -> Incident:
    incident.refresh_from_db()
    return sign_main_place(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        actor=by.as_actor(),
        now=NOW,
    )


def test_a_window_past_midnight_and_what_the_day_rests_on_are_kept(
    incident: Incident, researcher: Person
) -> None:
    told(incident, researcher)

    incident.refresh_from_db()
    assert (incident.time_start, incident.time_end) == (time(23, 50), time(0, 10))
    assert (incident.date_basis, incident.date_anchor) == ("RELATIVE_RESOLVED", date(2026, 3, 4))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"time_end": None}, "incident_window_whole|time"),
        ({"time_zone": ""}, "Give the times with their time zone"),
        ({"time_start": None, "time_end": None}, "Give the times with their time zone"),
        ({"time_zone": "Nahr/Ardesh"}, "Nahr/Ardesh is no time zone"),
        (
            {"date_start": None, "date_end": None, "date_precision": "UNKNOWN"},
            "what the day rests on only where there is a day",
        ),
    ],
)
def test_halves_are_refused(
    incident: Incident, researcher: Person, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        told(incident, researcher, replace(TOLD, **changes))


def test_a_reviewer_who_had_no_hand_in_it_signs_its_place_off(
    incident: Incident, researcher: Person, reviewer: Person
) -> None:
    with pytest.raises(UnableToSign, match="No place is entered yet"):
        signed(incident, reviewer)
    told(incident, researcher)

    signed(incident, reviewer)

    incident.refresh_from_db()
    assert (incident.place_signed_by, incident.place_signed_at) == (reviewer, NOW)
    assert AuditEvent.objects.filter(action="incident.sign_place").count() == 1


def test_who_entered_it_or_may_not_review_does_not_sign(
    incident: Incident, researcher: Person, reviewer: Person
) -> None:
    told(incident, reviewer)

    with pytest.raises(UnableToSign, match="You had a hand"):
        signed(incident, reviewer)
    with pytest.raises(NotAllowed):
        signed(incident, researcher)
    with pytest.raises(StaleRevision):
        sign_main_place(
            incident_id=incident.pk, expected_revision=0, actor=reviewer.as_actor(), now=NOW
        )


def test_another_place_needs_another_look_and_another_title_none(
    incident: Incident, researcher: Person, reviewer: Person
) -> None:
    told(incident, researcher)
    signed(incident, reviewer)

    told(incident, researcher, replace(TOLD, title="Strike on the market of Ardesh"))
    incident.refresh_from_db()
    assert incident.place_signed_by == reviewer

    told(incident, researcher, replace(TOLD, radius_m=900))
    incident.refresh_from_db()
    assert incident.place_signed_by is None
    assert incident.place_signed_at is None


def test_a_further_place_is_entered_signed_by_another_and_withdrawn(
    incident: Incident, researcher: Person, reviewer: Person
) -> None:
    place = entered(incident, researcher)
    hold: dict[str, Any] = {"incident_id": incident.pk, "place_id": place.pk, "now": NOW}

    sign_place(**hold, actor=reviewer.as_actor())
    place.refresh_from_db()
    assert place.signed_by == reviewer
    line = AuditEvent.objects.get(action="incident.add_place")
    assert line.changes == {"geo_precision": [None, "STREET"], "fields": ["name"]}

    withdraw_place(**hold, actor=researcher.as_actor())
    assert not places_of([incident.pk]).exists()
    assert IncidentPlace.objects.get().withdrawn_by == researcher
    with pytest.raises(NotFound, match="that stands"):
        sign_place(**hold, actor=reviewer.as_actor())


def test_nobody_signs_what_they_entered(incident: Incident, reviewer: Person) -> None:
    place = entered(incident, reviewer)

    with pytest.raises(UnableToSign, match="You entered this place"):
        sign_place(incident_id=incident.pk, place_id=place.pk, actor=reviewer.as_actor(), now=NOW)


def test_half_a_point_and_no_name_are_refused(incident: Incident, researcher: Person) -> None:
    with pytest.raises(InvalidInput):
        entered(incident, researcher, replace(ROAD, lat=None))
    with pytest.raises(InvalidInput):
        entered(incident, researcher, replace(ROAD, name=" "))


def test_a_locked_incident_gets_no_place(researcher: Person) -> None:
    locked = incident_in_review(researcher=researcher)

    with pytest.raises(UnableToEdit):
        entered(locked, researcher)


def test_places_are_read_with_what_they_were_merged_into(
    incident: Incident, researcher: Person, reviewer: Person
) -> None:
    entered(incident, researcher)
    target: Incident = IncidentFactory(created_by=researcher)

    merged(incident, target, reviewer)

    assert [place.name for place in places_of(family_of(target))] == [ROAD.name]


def test_partners_read_rounded_places_times_and_no_note(
    incident: Incident, researcher: Person, reviewer: Person
) -> None:
    told(incident, researcher)
    entered(incident, researcher)
    entered(incident, researcher, replace(ROAD, name="Tavir", geo_precision="SETTLEMENT"))
    accepted_claim(by=researcher, incident=incident)
    incident.refresh_from_db()
    incident = submitted(incident, researcher)
    publish_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        change_note="First version.",
        actor=reviewer.as_actor(),
        now=NOW,
    )

    document = Version.objects.get().document
    assert document["date"]["basis"] == "RELATIVE_RESOLVED"
    assert document["time"] == {
        "term": "EVENING",
        "start": "23:50",
        "end": "00:10",
        "zone": "Asia/Damascus",
    }
    road, town = document["further_locations"]
    assert (road["name"], town["name"]) == (None, "Tavir")
    assert (road["lat"], road["radius_m"], road["precision"]) == (12.325, 5000, "SETTLEMENT")
    assert ROAD.note not in str(document)
    assert ROAD.geo_reference not in str(document)
