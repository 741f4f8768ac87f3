"""People who may know names, and a record to know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import IncidentFactory, PersonFactory
from tests.factories.restricted import recorded, trusted
from tracker.restricted.choices import AccessLevel

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.restricted.models import PrivatePerson


@pytest.fixture
def writer(db: None) -> Person:
    """A researcher who was given the right to write."""
    return trusted(PersonFactory())


@pytest.fixture
def reader(db: None) -> Person:
    """A researcher who was given the right to read."""
    return trusted(PersonFactory(), AccessLevel.READ)


@pytest.fixture
def incident(db: None) -> Incident:
    """A draft."""
    return IncidentFactory()


@pytest.fixture
def record(incident: Incident, writer: Person) -> PrivatePerson:
    """A civilian who was killed."""
    return recorded(incident, by=writer)
