"""Nothing without a key, everything as problem details."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rest_framework.test import APIClient

from tests.conftest import NOW
from tracker.accounts.services.partners import NewKey, revoke_partner_key
from tracker.audit.models import AuditEvent
from tracker.core.actor import machine

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db
ADDRESSES = ("/api/v1/incidents/", "/api/v1/incidents/CH-2026-000001/", "/api/v1/sources/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_key_the_answer_is_401_as_problem_details(address: str) -> None:
    answer = APIClient().get(address)

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not_authenticated"


def test_an_unknown_key_is_refused_and_the_refusal_is_on_record(db: None) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Bearer 0123456789ab.nothing")

    assert client.get("/api/v1/incidents/").status_code == 401
    assert AuditEvent.objects.filter(action="partner_key.refuse").count() == 1


def test_a_revoked_key_ends_at_once(partner: APIClient, key: NewKey) -> None:
    assert partner.get("/api/v1/incidents/").status_code == 200
    revoke_partner_key(prefix=key.key.prefix, actor=machine("tests"), now=NOW, reason="Lost.")

    assert partner.get("/api/v1/incidents/").status_code == 401


def test_a_session_of_staff_opens_nothing(researcher: Person) -> None:
    client = APIClient()
    client.force_login(researcher, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/api/v1/incidents/").status_code == 401


def test_the_key_is_kept_as_a_digest_only(key: NewKey) -> None:
    prefix, _, rest = key.secret.partition(".")

    assert key.key.prefix == prefix
    assert rest not in str(vars(key.key))


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/v1/nowhere/", "/api/v2/"])
def test_no_method_but_reading_is_offered(partner: APIClient, address: str) -> None:
    for method in (partner.post, partner.put, partner.patch, partner.delete):
        answer = method(address, data={})
        assert answer.status_code in {404, 405}
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_too_many_requests_are_counted_in_the_database(
    partner: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.throttling.PerMinute.rate", "2/min", raising=False)

    assert [partner.get("/api/v1/sources/").status_code for _ in range(3)] == [200, 200, 429]
    refused = partner.get("/api/v1/sources/")
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.json()["code"] == "throttled"


def test_what_nobody_anticipated_is_problem_details_too(
    key: NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("the words of an error stay inside")

    monkeypatch.setattr("api.v1.sources.list_published_sources", broken)
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key.secret}")

    answer = client.get("/api/v1/sources/")

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "words of an error" not in answer.content.decode()
