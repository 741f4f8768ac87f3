"""The list of incidents: figures, grades, statuses, pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ArticleFactory,
    IncidentFactory,
    PartyFactory,
    SourceFactory,
    accepted_claim,
)
from tracker.incidents.choices import DatePrecision, IncidentStatus, Outcome
from tracker.incidents.models import Incident
from tracker.web.selectors.incidents import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def test_row_shows_days_place_figures_grade_and_status(
    researcher: Person, viewer: Person, signed_in: SignIn
) -> None:
    incident = IncidentFactory(
        created_by=researcher,
        title="Strike on houses, Marnesh",
        place_name="Marnesh",
        date_start=date(2026, 11, 11),
        date_end=date(2026, 11, 12),
        date_precision=DatePrecision.FEW_DAYS,
    )
    accepted_claim(by=researcher, incident=incident, speaker=SourceFactory(), minimum=6, maximum=14)
    html = signed_in(viewer).get(reverse("incidents")).content.decode()
    assert "Strike on houses, Marnesh" in html
    assert "11–12 Nov 2026" in html
    assert '<span class="t-range">6–14</span>' in html
    assert '<span class="t-silent">silent</span>' in html
    assert "t-grade--weak" in html
    assert incident.handle in html
    assert "New incident" not in html
    assert "New incident" in signed_in(researcher).get(reverse("incidents")).content.decode()


def test_status_narrows_the_list(researcher: Person, viewer: Person, signed_in: SignIn) -> None:
    IncidentFactory(created_by=researcher, title="A draft")
    waiting = IncidentFactory(created_by=researcher, title="One in review")
    Incident.objects.filter(pk=waiting.pk).update(
        status=IncidentStatus.IN_REVIEW, submitted_by=researcher, submitted_at=timezone.now()
    )
    client = signed_in(viewer)
    html = client.get(reverse("incidents"), {"status": "IN_REVIEW"}).content.decode()
    assert "One in review" in html
    assert "A draft" not in html
    empty = client.get(reverse("incidents"), {"status": "PUBLISHED"}).content.decode()
    assert "No incident in this state." in empty
    everything = client.get(reverse("incidents"), {"status": "nonsense", "after": "x"})
    assert len(everything.context["rows"]) == 2


def test_pages_follow_each_other(researcher: Person, viewer: Person, signed_in: SignIn) -> None:
    made = [IncidentFactory(created_by=researcher).pk for _ in range(PAGE + 2)]
    client = signed_in(viewer)
    first = client.get(reverse("incidents"))
    second = client.get(reverse("incidents"), {"after": first.context["next_after"]})
    seen = [row.incident.pk for row in [*first.context["rows"], *second.context["rows"]]]
    assert seen == sorted(made, reverse=True)
    assert second.context["next_after"] is None


def test_list_asks_as_often_for_twenty_five_as_for_two(
    researcher: Person,
    viewer: Person,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(viewer)
    for many in (2, 23):
        for _ in range(many):
            incident = IncidentFactory(created_by=researcher)
            incident.parties.create(party=PartyFactory())
            article = ArticleFactory()
            for outcome in (Outcome.KILLED, Outcome.INJURED):
                accepted_claim(
                    by=researcher,
                    incident=incident,
                    article=article,
                    speaker=SourceFactory(party=PartyFactory()),
                    outcome=outcome,
                )
        with django_assert_max_num_queries(12):
            assert client.get(reverse("incidents")).status_code == 200
