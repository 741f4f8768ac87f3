"""Published incidents over the API: published data only, stable pages, clear refusals."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.v1.documents import MovedDocument
from tests.conftest import NOW
from tests.factories import IncidentFactory
from tests.factories.people import PersonFactory
from tests.factories.published import incident_in_review, published_version
from tests.incidents.restructured import merged, undone
from tests.web.incident_forms import submitted
from tracker.publication.services.publish import publish_incident

if TYPE_CHECKING:
    from rest_framework.test import APIClient

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_only_what_was_published_is_there(partner: APIClient) -> None:
    IncidentFactory()
    incident_in_review(researcher=PersonFactory())
    version = published_version()

    page = partner.get("/api/v1/incidents/").json()

    assert [i["code"] for i in page["results"]] == [version.code]
    assert page["cursor"] is None
    assert page["next"] is None


def test_an_incident_carries_its_range_its_grade_and_its_working(partner: APIClient) -> None:
    version = published_version()

    answer = partner.get(f"/api/v1/incidents/{version.code}/")
    incident = answer.json()

    assert answer.headers["ETag"] == f'"{version.code}-1"'
    assert incident["killed"]["civilians"]["min"] == 7
    assert incident["killed"]["civilians"]["max"] is None
    assert incident["killed"]["civilians"]["open_above"] is True
    assert incident["killed"]["civilians"]["stated_civilian_min"] is None
    assert incident["injured"]["civilians"]["min"] is None
    assert incident["grade"] == "WEAK"
    assert incident["provisional"] is True
    assert incident["methodology"] == {"rules": "AGG-1"}
    assert incident["sources"][0]["reliability"] == "B"
    assert incident["sources"][0]["note"] == "Counts bodies itself; corrects in public."
    assert incident["claims"][0]["counted"] is True


def test_no_title_of_an_article_or_fine_place_leaves(partner: APIClient) -> None:
    version = published_version()

    text = json.dumps(partner.get(f"/api/v1/incidents/{version.code}/").json())

    assert json.loads(text)["claims"][0]["quote"].startswith("An air strike on a market in [name]")
    assert "bakery street" not in text
    assert "12.3456" not in text
    location = json.loads(text)["location"]
    assert location["precision"] == "SETTLEMENT"
    assert location["radius_m"] == 5000
    assert location["name"] is None


def test_pages_neither_lose_nor_double_while_more_is_published(partner: APIClient) -> None:
    codes = [published_version(now=NOW + timedelta(minutes=n)).code for n in range(5)]

    first = partner.get("/api/v1/incidents/?limit=2").json()
    published_version(now=NOW + timedelta(hours=1))
    seen = [i["code"] for i in first["results"]]
    following = first["next"]
    while following:
        page = partner.get(following).json()
        seen += [i["code"] for i in page["results"]]
        following = page["next"]

    assert seen == codes[::-1]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limitt=5", "limitt"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=5&limit=6", "limit"),
        ("grade=fair", "grade"),
        ("date_from=2023-02-30", "date_from"),
        ("date_to=yesterday", "date_to"),
        ("updated_since=soon", "updated_since"),
        ("cursor=abc", "cursor"),
        ("cursor=WyJhIiwgMV0", "cursor"),
        ("cursor=%00", "cursor"),
    ],
)
def test_a_wrong_parameter_is_named(partner: APIClient, query: str, parameter: str) -> None:
    answer = partner.get(f"/api/v1/incidents/?{query}")

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [e["parameter"] for e in answer.json()["errors"]] == [parameter]


def test_an_unknown_code_is_404_and_says_so(partner: APIClient) -> None:
    answer = partner.get("/api/v1/incidents/CH-2026-999999/")

    assert answer.status_code == 404
    assert "CH-2026-999999" in answer.json()["detail"]


def test_the_list_costs_the_same_however_long_it_is(
    partner: APIClient, django_assert_max_num_queries: object
) -> None:
    for n in range(4):
        published_version(now=NOW + timedelta(minutes=n))

    # One for the key, one for the page; the rest are the two counters of the throttles.
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert len(partner.get("/api/v1/incidents/").json()["results"]) == 4


def test_filters_narrow_by_what_is_published(partner: APIClient) -> None:
    version = published_version()

    def codes(query: str) -> list[str]:
        return [i["code"] for i in partner.get(f"/api/v1/incidents/?{query}").json()["results"]]

    assert codes("grade=WEAK&date_from=2026-11-10&date_to=2026-11-10") == [version.code]
    assert codes("grade=FAIR") == []
    assert codes("date_from=2026-11-11") == []
    assert codes("date_to=2026-11-09") == []
    assert codes("updated_since=2026-11-20T12:00:01Z") == []


def test_sources_are_those_of_published_incidents(partner: APIClient) -> None:
    version = published_version()
    incident_in_review(researcher=PersonFactory())

    rows = partner.get("/api/v1/sources/").json()["results"]

    assert {row["name"] for row in rows} == {s["name"] for s in version.document["sources"]}
    assert all(row["incidents"] == [version.code] for row in rows)


def test_an_old_code_leads_to_where_its_incident_went(
    partner: APIClient, reviewer: Person, coordinator: Person
) -> None:
    old, new = published_version(), published_version(now=NOW + timedelta(minutes=1))
    done = merged(old.incident, new.incident, reviewer)

    answer = partner.get(f"/api/v1/incidents/{old.code}/")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"/api/v1/incidents/{new.code}/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.json() == {"code": old.code, "merged_into": new.code}
    assert set(answer.json()) == set(MovedDocument().fields)
    listed = partner.get("/api/v1/incidents/").json()["results"]
    assert [one["code"] for one in listed] == [new.code]
    assert listed[0]["previous_codes"] == [], "the public reads what was published"
    cited = partner.get("/api/v1/sources/").json()["results"]
    assert {code for row in cited for code in row["incidents"]} == {new.code}

    third = published_version()
    outer = merged(new.incident, third.incident, reviewer)
    again = partner.get(f"/api/v1/incidents/{old.code}/")
    assert again.json()["merged_into"] == third.code, "however far it leads"
    undone(outer, reviewer)
    undone(done, coordinator)

    assert partner.get(f"/api/v1/incidents/{old.code}/").json()["code"] == old.code


def test_the_next_version_names_the_codes_it_stands_for(
    partner: APIClient, reviewer: Person, coordinator: Person
) -> None:
    old, new = published_version(), published_version()
    merged(old.incident, new.incident, coordinator)
    incident = submitted(new.incident, coordinator)
    publish_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        change_note="Told twice.",
        actor=reviewer.as_actor(),
        now=NOW,
    )

    location = partner.get(f"/api/v1/incidents/{old.code}/").headers["Location"]
    document = partner.get(location).json()
    assert document["code"] == new.code
    assert document["previous_codes"] == [old.code]
    assert len(document["claims"]) == 2
