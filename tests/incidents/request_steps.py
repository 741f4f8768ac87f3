"""The steps of a request as a person enters them, each field with a value that fits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.conftest import NOW
from tests.factories.requests import DUE
from tracker.incidents.services.requests import (
    acknowledge_request,
    close_request,
    record_reply,
    reopen_request,
)

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import PartyRequest


def common(request: PartyRequest, by: Person, **more: Any) -> dict[str, Any]:
    return {
        "request_id": request.pk,
        "expected_revision": request.revision,
        "actor": by.as_actor(),
        "now": NOW,
        **more,
    }


def acknowledge(request: PartyRequest, by: Person, **more: Any) -> PartyRequest:
    given: dict[str, Any] = {
        "on": date(2026, 11, 5),
        "their_reference": "",
        "due_on": DUE,
        "words": "",
    }
    return acknowledge_request(**common(request, by), **given | more)


def reply(request: PartyRequest, by: Person, **more: Any) -> PartyRequest:
    given: dict[str, Any] = {
        "replied_on": date(2026, 11, 12),
        "outcome": "CREDIBLE",
        "refusal_reason": "",
        "quote": "",
        "article_id": None,
        "due_on": None,
    }
    return record_reply(**common(request, by), **given | more)


def close(request: PartyRequest, by: Person, **more: Any) -> PartyRequest:
    given: dict[str, Any] = {"on": date(2026, 11, 19), "reason": "No answer in a year."}
    return close_request(**common(request, by), **given | more)


def reopen(request: PartyRequest, by: Person, **more: Any) -> PartyRequest:
    given: dict[str, Any] = {
        "on": date(2026, 11, 19),
        "due_on": date(2026, 12, 19),
        "channel": "EMAIL",
        "reason": "A video shows the place.",
    }
    return reopen_request(**common(request, by), **given | more)
