"""Every address has its rule: who gets in, role by role, compared with one table."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import (
    ArticleFactory,
    CaptureFactory,
    ClaimFactory,
    IncidentFactory,
    PersonFactory,
    ReviewTaskFactory,
    SourceFactory,
)
from tests.factories.feeds import FeedFactory
from tests.factories.requests import drafted_request
from tests.imports.tables import FIRST, csv_of, imported, mapping, received
from tests.incidents.one_speaker import as_one
from tests.incidents.restructured import merged
from tests.incidents.totals import running_total
from tests.places.lists import taught
from tests.places.merged import as_one_place
from tests.verification.coded import coded_twice, drawn
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.accounts.models import Person
    from tracker.incidents.models import Restructuring
    from tracker.sources.models import SourceMerge
    from tracker.verification.models import SecondCoding

EVERYBODY = frozenset(Role)
WORKERS = frozenset({Role.RESEARCHER, Role.REVIEWER, Role.COORDINATOR})
WATCHERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
REVIEWERS = frozenset({Role.REVIEWER, Role.COORDINATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
COORDINATORS = frozenset({Role.COORDINATOR})
#: By role: people are given that right one by one, or the coder alone; test_restricted.py,
#: test_second_coding.py.
NOBODY: frozenset[Role] = frozenset()
OPEN = "open to anybody"

#: Address name -> who may see it (with GET), or OPEN.
PAGES: dict[str, frozenset[Role] | str] = {
    "healthz": OPEN,
    "readyz": OPEN,
    "metrics": OPEN,  # to nobody without the token; test_watch.py
    "set_language": OPEN,
    "account_login": OPEN,
    "account_logout": OPEN,
    "account_inactive": OPEN,
    "account_signup": OPEN,
    "account_reset_password": OPEN,
    "one_time_link": OPEN,
    "desk": EVERYBODY,
    "me": EVERYBODY,
    "drop_typed": EVERYBODY,
    "sources": EVERYBODY,
    "source": EVERYBODY,
    "source_new": WORKERS,
    "source_merge": COORDINATORS,
    "source_merge_into": COORDINATORS,
    "source_merge_undo": COORDINATORS,
    "feeds": EVERYBODY,
    "feed": EVERYBODY,
    "feeds_export": EVERYBODY,
    "feed_new": WATCHERS,
    "feed_edit": WATCHERS,
    "feed_act": WATCHERS,
    "feeds_import": WATCHERS,
    "suggestion_decide": WORKERS,
    "add": WORKERS,
    "places": EVERYBODY,
    "place_withdraw": REVIEWERS,
    "place_merges": EVERYBODY,
    "place_merge": REVIEWERS,
    "place_merge_undo": REVIEWERS,
    "imports": REVIEWERS,
    "import_map": REVIEWERS,
    "import_try": REVIEWERS,
    "import": REVIEWERS,
    "import_results": REVIEWERS,
    "import_undo": REVIEWERS,
    "captures": WATCHERS,
    "captures_stamps": WATCHERS,
    "capture": EVERYBODY,
    "capture_copy": WORKERS,
    "capture_dispose": WATCHERS,
    "disposal_decide": WATCHERS,
    "watch": WATCHERS,
    "watch_alarm": WATCHERS,
    "watch_retry": WATCHERS,
    "people": ADMINISTRATORS,
    "person": ADMINISTRATORS,
    "queue": EVERYBODY,
    "queue_next": WORKERS,
    "queue_keep": EVERYBODY,
    "queue_filter": EVERYBODY,
    "task": EVERYBODY,
    "task_take": WORKERS,
    "task_close": WORKERS,
    "task_claim": WORKERS,
    "task_add": WORKERS,
    "task_link": WORKERS,
    "task_incident": WORKERS,
    "second_codings": WORKERS,
    "second_take": WORKERS,
    "second_coding": NOBODY,
    "second_code": WORKERS,
    "second_compare": COORDINATORS,
    "agreement": COORDINATORS,
    "task_talk": EVERYBODY,
    "incident_talk": EVERYBODY,
    "concern_mark": EVERYBODY,
    "agreement_give_back": COORDINATORS,
    "lineage": EVERYBODY,
    "lineage_link": WORKERS,
    "lineage_decide": WORKERS,
    "incidents": EVERYBODY,
    "incident": EVERYBODY,
    "incident_new": WORKERS,
    "incident_merge": REVIEWERS,
    "incident_merge_into": REVIEWERS,
    "incident_split": REVIEWERS,
    "merge_undo": REVIEWERS,
    "restricted": NOBODY,
    "restricted_new": NOBODY,
    "restricted_record": NOBODY,
    "restricted_show": NOBODY,
    "restricted_correct": NOBODY,
    "restricted_consent": NOBODY,
    "restricted_withdraw": NOBODY,
    "restricted_shred": NOBODY,
    "restricted_access": WATCHERS,
    "restricted_access_end": WATCHERS,
    "requests": EVERYBODY,
    "totals": EVERYBODY,
    "total": EVERYBODY,
    "total_part": WORKERS,
    "request": EVERYBODY,
    "request_new": WORKERS,
}

PROTECTED = sorted(name for name, who in PAGES.items() if who != OPEN)

#: Pages that more people read than may send a form to.
FORMS: dict[str, frozenset[Role]] = {
    "places": REVIEWERS,
    "source": WORKERS,
    "incident": WORKERS,
    "request": WORKERS,
    "task": WORKERS,
    "task_talk": WORKERS,
    "incident_talk": WORKERS,
    "second_code": NOBODY,
    "watch_retry": frozenset({Role.COORDINATOR}),
    "captures_stamps": frozenset({Role.COORDINATOR}),
}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _coding() -> SecondCoding:
    return drawn(PersonFactory(role=Role.RESEARCHER.value))


def _merge() -> Restructuring:
    reviewer = PersonFactory(role=Role.REVIEWER.value)
    return merged(IncidentFactory(), IncidentFactory(), reviewer)


def _source_merge() -> SourceMerge:
    coordinator = PersonFactory(role=Role.COORDINATOR.value)
    return as_one(SourceFactory(), SourceFactory(), coordinator)


def _importer() -> Person:
    return PersonFactory(role=Role.COORDINATOR.value)


def _import() -> int:
    return imported(csv_of(FIRST), _importer()).pk


_ARGUMENTS: dict[str, Callable[[], dict[str, object]]] = {
    "one_time_link": lambda: {"token": "no-such-token"},
    "watch_alarm": lambda: {"pk": 1},
    "watch_retry": lambda: {"kind": "article", "pk": 1},
    "feed": lambda: {"pk": FeedFactory().pk},
    "feed_edit": lambda: {"pk": FeedFactory().pk},
    "feed_act": lambda: {"pk": FeedFactory().pk, "act": "poll"},
    "suggestion_decide": lambda: {"pk": 1, "act": "accept"},
    "place_withdraw": lambda: {"pk": taught("Ardeche", _importer()).pk},
    "place_merge_undo": lambda: {"pk": as_one_place(_importer(), "Mervash", "Vardesh").pk},
    "import_map": lambda: {"pk": received(csv_of(FIRST), _importer()).pk},
    "import_try": lambda: {
        "pk": received(csv_of(FIRST), _importer()).pk,
        "mapping": mapping(_importer()).pk,
    },
    "import": lambda: {"pk": _import()},
    "import_results": lambda: {"pk": _import()},
    "import_undo": lambda: {"pk": _import()},
    "capture": lambda: {"pk": CaptureFactory().pk},
    "capture_copy": lambda: {"pk": CaptureFactory().pk},
    "capture_dispose": lambda: {"pk": CaptureFactory().pk},
    "disposal_decide": lambda: {"pk": 1},
    "source": lambda: {"pk": SourceFactory().pk},
    "source_merge": lambda: {"pk": SourceFactory().pk},
    "source_merge_into": lambda: {"pk": SourceFactory().pk, "into": SourceFactory().pk},
    "source_merge_undo": lambda: {"pk": _source_merge().pk},
    "person": lambda: {"pk": PersonFactory().pk},
    "task": lambda: {"pk": ReviewTaskFactory().pk},
    "task_take": lambda: {"pk": ReviewTaskFactory().pk},
    "task_close": lambda: {"pk": ReviewTaskFactory().pk},
    "task_claim": lambda: {"pk": ReviewTaskFactory().pk, "claim_id": ClaimFactory().pk},
    "task_add": lambda: {"pk": ReviewTaskFactory().pk},
    "task_link": lambda: {"pk": ReviewTaskFactory().pk},
    "task_incident": lambda: {"pk": ReviewTaskFactory().pk},
    "second_take": lambda: {"pk": _coding().pk},
    "second_coding": lambda: {"pk": _coding().pk},
    "second_code": lambda: {"pk": _coding().pk},
    "second_compare": lambda: {"pk": coded_twice(PersonFactory(), PersonFactory()).pk},
    "queue_filter": lambda: {"pk": 1},
    "task_talk": lambda: {"pk": ReviewTaskFactory().pk},
    "incident_talk": lambda: {"name": str(IncidentFactory())},
    "concern_mark": lambda: {"kind": "mention", "pk": 1},
    "agreement_give_back": lambda: {"pk": _coding().pk},
    "lineage": lambda: {"pk": ArticleFactory().pk},
    "lineage_link": lambda: {"pk": ArticleFactory().pk},
    "lineage_decide": lambda: {"pk": ArticleFactory().pk, "link_id": 1},
    "incident": lambda: {"name": str(IncidentFactory())},
    "restricted": lambda: {"name": str(IncidentFactory())},
    "restricted_new": lambda: {"name": str(IncidentFactory())},
    "restricted_record": lambda: {"pk": 1},
    "restricted_show": lambda: {"pk": 1},
    "restricted_correct": lambda: {"pk": 1},
    "restricted_consent": lambda: {"pk": 1},
    "restricted_withdraw": lambda: {"pk": 1},
    "restricted_shred": lambda: {"pk": 1},
    "restricted_access_end": lambda: {"pk": 1},
    "incident_merge": lambda: {"name": str(IncidentFactory())},
    "incident_merge_into": lambda: {
        "name": str(IncidentFactory()),
        "into": str(IncidentFactory()),
    },
    "incident_split": lambda: {"name": str(IncidentFactory())},
    "merge_undo": lambda: {"pk": _merge().pk},
    "total": lambda: {"pk": running_total(PersonFactory()).pk},
    "total_part": lambda: {"pk": running_total(PersonFactory()).pk},
    "request": lambda: {"pk": drafted_request(by=PersonFactory()).pk},
    "request_new": lambda: {"name": str(IncidentFactory())},
}


def _address(name: str) -> str:
    return reverse(name, kwargs=_ARGUMENTS.get(name, dict)())


def _signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(PersonFactory(role=role.value))
    return client


def test_every_address_outside_the_api_stands_in_the_table() -> None:
    names = {
        str(pattern.name)
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and "api" not in str(entry.pattern)
        for pattern in _patterns(entry)
    }

    assert names == set(PAGES)


@pytest.mark.parametrize("name", PROTECTED)
def test_page_sends_the_signed_out_to_the_sign_in(db: None, name: str) -> None:
    address = _address(name)

    for response in (Client().get(address), Client().post(address)):
        assert response.status_code == HTTPStatus.FOUND
        assert response["Location"].startswith(f"{reverse('account_login')}?next=")
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", PROTECTED)
def test_page_opens_to_exactly_the_roles_of_the_table(db: None, name: str) -> None:
    address = _address(name)

    for role in Role:
        response = _signed_in(role).get(address)
        if role in PAGES[name]:
            assert response.status_code in {
                HTTPStatus.OK,
                HTTPStatus.FOUND,
                HTTPStatus.METHOD_NOT_ALLOWED,
            }, role
            assert "/account/" not in response.get("Location", ""), role
        else:
            assert response.status_code == HTTPStatus.FORBIDDEN, role
        assert "no-store" in response["Cache-Control"], role


@pytest.mark.parametrize("name", PROTECTED)
def test_form_is_refused_to_every_other_role(db: None, name: str) -> None:
    address = _address(name)
    what = "edit" if name == "incident" else "note"

    for role in set(Role) - set(FORMS.get(name, PAGES[name])):
        response = _signed_in(role).post(address, {"what": what, "reason": "x"})
        assert response.status_code in {
            HTTPStatus.FORBIDDEN,
            HTTPStatus.METHOD_NOT_ALLOWED,
        }, role


@pytest.mark.parametrize("name", sorted(n for n, who in PAGES.items() if who == OPEN))
def test_open_address_asks_for_no_sign_in(db: None, name: str) -> None:
    address = _address(name)

    response = Client().get(address)

    # Signing out somebody who is not signed in leads to the sign-in page, and rightly so.
    if name != "account_logout":
        assert reverse("account_login") not in response.get("Location", "")


def test_api_takes_no_session(db: None) -> None:
    client = Client()
    client.force_login(PersonFactory(role=Role.ADMINISTRATOR.value))

    assert client.get("/api/v1/incidents/").status_code == HTTPStatus.UNAUTHORIZED


def test_refusal_is_audited_by_right_and_page(researcher: Person) -> None:
    client = Client()
    client.force_login(researcher)

    client.get(reverse("people"))

    event = AuditEvent.objects.get(action="access.refuse")
    assert event.actor_id == researcher.pk
    assert event.changes == {"right": "manage_people", "page": "people"}
