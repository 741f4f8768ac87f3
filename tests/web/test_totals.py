"""The pages of running totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.factories import IncidentFactory, accepted_claim
from tests.incidents.totals import running_total
from tests.web.incident_forms import url_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def test_a_total_is_described_and_incidents_are_put_inside_and_taken_out(
    researcher: Person, viewer: Person, signed_in: SignIn
) -> None:
    client, claim = signed_in(researcher), running_total(researcher)
    incident = IncidentFactory(created_by=researcher, title="Strike on a market, Ardesh")
    accepted_claim(by=researcher, incident=incident, minimum=10, maximum=14)
    page = reverse("total", args=[claim.pk])
    assert "No incident is named yet." in client.get(page).content.decode()

    half = client.post(page, {"what": "scope", "scope_from": "2026-03-01"})
    whole = {"what": "scope", "scope_from": "2026-03-01", "scope_to": "2026-03-08"}
    saved = client.post(page, whole | {"scope_place": "Nahr Province"})
    unknown = client.post(page, {"what": "contain", "incident": "CH-2026-999999"})
    put = client.post(page, {"what": "contain", "incident": str(incident)})
    twice = client.post(page, {"what": "contain", "incident": str(incident)})

    assert (half.status_code, saved.status_code) == (400, 302)
    assert (unknown.status_code, put.status_code, twice.status_code) == (409, 302, 409)
    shown = client.get(page).content.decode()
    assert "Strike on a market, Ardesh" in shown
    assert "50–54" in shown
    assert "Nahr Province" in client.get(reverse("totals")).content.decode()
    assert "Counted too in a running total" in client.get(url_of(incident)).content.decode()
    assert "Save" not in signed_in(viewer).get(page).content.decode()
    link = claim.aggregate.links.get()
    part = reverse("total_part", args=[claim.pk])
    assert client.post(part, {"link": link.pk}).status_code == 302
    assert client.post(part, {"link": link.pk}).status_code == 404
    assert "No incident is named yet." in client.get(page).content.decode()


def test_who_only_reads_changes_nothing(
    researcher: Person, viewer: Person, signed_in: SignIn
) -> None:
    claim = running_total(researcher)

    answer = signed_in(viewer).post(reverse("total", args=[claim.pk]), {"what": "scope"})

    assert answer.status_code == 403
