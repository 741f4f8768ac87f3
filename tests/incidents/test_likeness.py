"""Incidents that may be the same event: found by what is recorded, and merged by nobody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import IncidentFactory, SourceFactory, accepted_claim
from tests.incidents.restructured import merged
from tests.places.lists import taught
from tests.places.merged import two_lists
from tracker.incidents.selectors.likeness import incidents_alike

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident

pytestmark = pytest.mark.django_db


def _recorded(day: int = 4, place: str = "Sella", **more: Any) -> Incident:
    on = date(2026, 11, day)
    made: Incident = IncidentFactory(
        date_start=on, date_end=on, date_precision="DAY", place_name=place, **more
    )
    return made


def test_the_nearest_comes_first_with_figures_and_sources(researcher: Person) -> None:
    monitor = SourceFactory(name="Veria Monitor")
    here = _recorded(lat=35.5, lon=36.5)
    near = _recorded(lat=35.51, lon=36.5)
    next_day = _recorded(day=5, lat=35.5, lon=36.5)
    _recorded(day=6, lat=35.5, lon=36.5)
    _recorded(place="Marnesh", lat=36.5, lon=36.5)
    for incident, minimum in ((here, 5), (near, 4), (next_day, 9)):
        accepted_claim(
            by=researcher, incident=incident, speaker=monitor, minimum=minimum, maximum=6 + minimum
        )

    first, second = incidents_alike(here)

    assert (first.incident, second.incident) == (near, next_day)
    assert first.likeness.km == pytest.approx(1.1, abs=0.1)
    assert first.likeness.places == ("Sella",)
    assert first.likeness.outcomes == ("KILLED",)
    assert first.likeness.sources == ("Veria Monitor",)
    assert incidents_alike(here, without=[near.pk, next_day.pk]) == []


def test_a_taught_spelling_is_the_place(reviewer: Person) -> None:
    two_lists()
    here, there = _recorded(place="Vardesh, Nahr"), _recorded(place="Ardesh")
    assert incidents_alike(here) == []

    taught("Ardesh", reviewer, name="Vardesh")

    assert [one.incident for one in incidents_alike(here)] == [there]


def test_what_was_merged_away_or_says_no_day_or_place_is_not_asked(reviewer: Person) -> None:
    here, away, other = _recorded(), _recorded(), _recorded(place="")
    merged(away, here, reviewer)
    undated = IncidentFactory(
        date_start=None, date_end=None, date_precision="UNKNOWN", place_name="Sella"
    )

    assert incidents_alike(here) == []
    assert incidents_alike(other) == []
    assert incidents_alike(undated) == []


def test_queries_do_not_grow_with_what_is_near(
    researcher: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    here = _recorded()
    accepted_claim(by=researcher, incident=here)
    for _ in range(12):
        accepted_claim(by=researcher, incident=_recorded())

    with django_assert_max_num_queries(9):
        assert len(incidents_alike(here)) == 5
