"""Running totals contain incidents, are added to none, and say what is left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.factories import IncidentFactory, accepted_claim
from tests.incidents.restructured import merged
from tests.incidents.totals import running_total
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.incidents.models import Aggregate, AggregateLink
from tracker.incidents.rules.residual import Residual, residual
from tracker.incidents.selectors.aggregates import (
    get_total,
    incidents_within,
    list_totals,
    totals_with,
)
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.services.aggregates import (
    NoRunningTotal,
    contain_incident,
    describe_aggregate,
    part_incident,
)
from tracker.incidents.services.contribution import MergedAway

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Claim, Incident

ENDS = st.one_of(st.none(), st.integers(0, 500))


def test_the_rest_of_the_example() -> None:
    """Methodology, 9.5: 64 contains 10-14, 20-22 and 3-3."""
    assert residual((64, 64), [(10, 14), (20, 22), (3, 3)]) == Residual(25, 31, is_too_small=False)


@pytest.mark.parametrize(
    ("total", "contained", "rest"),
    [
        ((64, None), [(10, 14)], Residual(50, None, is_too_small=False)),
        ((None, 64), [(10, 14)], Residual(None, 54, is_too_small=False)),
        ((64, 64), [(10, None)], Residual(0, 54, is_too_small=False)),
        ((64, 64), [(None, 30)], Residual(34, 64, is_too_small=False)),
        ((9, 9), [(10, 14)], Residual(0, 0, is_too_small=True)),
        ((9, 9), [], Residual(9, 9, is_too_small=False)),
    ],
)
def test_open_ends_and_totals_that_are_too_small(
    total: Any, contained: Any, rest: Residual
) -> None:
    assert residual(total, contained) == rest


@given(st.tuples(st.integers(0, 500), st.integers(0, 500)).map(sorted), st.lists(ENDS))
def test_the_rest_is_a_range_within_the_total(total: list[int], tops: list[int | None]) -> None:
    contained = [(0 if top is None else top // 2, top) for top in tops]

    rest = residual((total[0], total[1]), contained)

    assert rest.minimum is not None
    assert rest.maximum is not None
    assert rest.minimum >= 0
    assert rest.maximum <= total[1]
    if not rest.is_too_small:
        assert rest.minimum <= rest.maximum


@pytest.fixture
def claim(researcher: Person) -> Claim:
    """64 people killed in a province."""
    return running_total(researcher)


@pytest.fixture
def incident(researcher: Person) -> Incident:
    """Ten to fourteen people were killed on 3 March."""
    day = date(2026, 3, 3)
    made: Incident = IncidentFactory(
        created_by=researcher, date_start=day, date_end=day, date_precision="DAY"
    )
    accepted_claim(by=researcher, incident=made, minimum=10, maximum=14)
    return made


def inside(claim: Claim, incident: Incident, by: Person) -> AggregateLink:
    return contain_incident(
        claim_id=claim.pk, incident_id=incident.pk, actor=by.as_actor(), now=NOW
    )


def covering(claim: Claim, by: Person, first: date, last: date) -> Aggregate:
    return describe_aggregate(
        claim_id=claim.pk,
        scope_from=first,
        scope_to=last,
        scope_place=" Nahr Province ",
        actor=by.as_actor(),
        now=NOW,
    )


@pytest.mark.django_db
def test_an_incident_inside_is_taken_out_and_its_own_range_stays(
    claim: Claim, incident: Incident, researcher: Person
) -> None:
    inside(claim, incident, researcher)

    total = get_total(claim.pk)
    assert total.rest == Residual(50, 54, is_too_small=False)
    assert [one.link.incident for one in total.contained] == [incident]
    found = assess_incident(incident).assessment.ranges["KILLED"]["all_people"]
    assert (found.minimum, found.maximum) == (10, 14)
    assert totals_with(incident) == [claim]
    line = AuditEvent.objects.get(action="claim.contain")
    assert line.changes == {"incident": str(incident.pk)}


@pytest.mark.django_db
def test_it_is_taken_out_again_and_the_link_stays_on_record(
    claim: Claim, incident: Incident, researcher: Person
) -> None:
    link = inside(claim, incident, researcher)

    part_incident(link_id=link.pk, actor=researcher.as_actor(), now=NOW)

    assert get_total(claim.pk).rest is None
    assert AggregateLink.objects.get().ended_by == researcher
    with pytest.raises(NotFound):
        part_incident(link_id=link.pk, actor=researcher.as_actor(), now=NOW)
    inside(claim, incident, researcher)


@pytest.mark.django_db
def test_incidents_of_its_days_are_offered_until_they_are_linked(
    claim: Claim, incident: Incident, researcher: Person
) -> None:
    assert incidents_within(claim) == []
    aggregate = covering(claim, researcher, date(2026, 3, 1), date(2026, 3, 8))
    assert aggregate.scope_place == "Nahr Province"
    claim.refresh_from_db()
    assert incidents_within(claim) == [incident]

    inside(claim, incident, researcher)
    assert incidents_within(claim) == []
    (listed,) = list_totals(limit=5)
    assert (listed.pk, listed.incidents) == (claim.pk, 1)  # type: ignore[attr-defined]  # annotated


@pytest.mark.django_db
def test_what_is_no_running_total_or_is_there_already_is_refused(
    claim: Claim, incident: Incident, researcher: Person, viewer: Person, reviewer: Person
) -> None:
    single = accepted_claim(by=researcher, incident=incident)
    with pytest.raises(NoRunningTotal):
        inside(single, incident, researcher)
    with pytest.raises(NotAllowed):
        inside(claim, incident, viewer)
    inside(claim, incident, researcher)
    with pytest.raises(InvalidInput, match="contains the incident already"):
        inside(claim, incident, researcher)
    with pytest.raises(InvalidInput, match="days to come"):
        covering(claim, researcher, NOW.date(), NOW.date() + timedelta(days=2))
    with pytest.raises(NotFound):
        get_total(single.pk)
    away: Incident = IncidentFactory(created_by=researcher)
    merged(away, incident, reviewer)
    with pytest.raises(MergedAway):
        inside(claim, away, researcher)


@pytest.mark.django_db
def test_a_merged_incident_is_found_by_the_one_it_went_into(
    claim: Claim, incident: Incident, researcher: Person, reviewer: Person
) -> None:
    away: Incident = IncidentFactory(created_by=researcher)
    inside(claim, away, researcher)

    merged(away, incident, reviewer)

    assert totals_with(incident) == [claim]


@pytest.mark.django_db
def test_the_database_holds_it(claim: Claim, incident: Incident, researcher: Person) -> None:
    link = inside(claim, incident, researcher)
    single = accepted_claim(by=researcher, incident=incident)
    entered: dict[str, Any] = {"entered_by": researcher, "entered_at": NOW}
    with pytest.raises(DatabaseError, match="only a running total"), transaction.atomic():
        Aggregate.objects.create(claim=single, **entered)
    for values, why in (
        ({"scope_from": NOW.date()}, "aggregate_days_whole"),
        ({"scope_from": NOW.date(), "scope_to": date(2020, 1, 1)}, "aggregate_days_ordered"),
    ):
        with pytest.raises(IntegrityError, match=why), transaction.atomic():
            Aggregate.objects.filter(claim=claim).update(**values)
    again: dict[str, Any] = {"linked_by": researcher, "linked_at": NOW}
    with pytest.raises(IntegrityError, match="aggregate_contains_once"), transaction.atomic():
        AggregateLink.objects.create(aggregate=link.aggregate, incident=incident, **again)
    rows = AggregateLink.objects.filter(pk=link.pk)
    with pytest.raises(IntegrityError, match="aggregate_link_end_whole"), transaction.atomic():
        rows.update(ended_at=NOW)
    with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
        rows.update(incident=IncidentFactory())
    with pytest.raises(DatabaseError, match="Cannot delete rows"), transaction.atomic():
        rows._raw_delete("default")
