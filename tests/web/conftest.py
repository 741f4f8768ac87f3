"""Browsers that are signed in, and what people have in their hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import translation

from tests.web.bench import held_task
from tests.web.incident_forms import worked_example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.verification.models import ReviewTask


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """Make a client in which a person is signed in."""

    def make(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return make


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A page asked for in Arabic leaves its language behind in the thread; the next test begins
    in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def task(researcher: Person) -> ReviewTask:
    """A task in the researcher's hands, with two open claims."""
    return held_task(researcher)


@pytest.fixture
def incident(researcher: Person) -> Incident:
    """The worked example of the method: 9 to 14, with a denial and a replaced figure."""
    return worked_example(researcher)
