"""The page of an article's links: why, and what people say of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.factories import ReviewTaskFactory
from tests.sources.related import EDITED, ORIGIN, OTHER, parsed, relate
from tracker.sources.choices import LineageKind, LinkState
from tracker.sources.models import LineageLink
from tracker.web.selectors.lineage import reason_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> LineageLink:
    """An edited copy and its origin."""
    relate(parsed(ORIGIN, 1), parsed(EDITED.replace("her own", "<b>her own</b>"), 2))
    return LineageLink.objects.get()


def _post(client: Client, link: LineageLink, decision: str, reason: str = "") -> int:
    answer = client.post(
        f"/articles/{link.article_id}/links/{link.pk}/", {"decision": decision, "reason": reason}
    )
    link.refresh_from_db()
    return answer.status_code


def test_page_says_why_from_either_side(
    viewer: Person, signed_in: SignedIn, link: LineageLink
) -> None:
    client = signed_in(viewer)

    copy = client.get(f"/articles/{link.article_id}/links/").content.decode()
    origin = client.get(f"/articles/{link.other_id}/links/").content.decode()

    assert "Edited copy of" in copy
    assert "Copied and edited by" in origin
    for page in (copy, origin):
        assert "of the shorter report&#x27;s own sentences come from the other" in page
        assert "published 1 day later" in page
        assert "2 articles carry this story" in page
        assert "Refuse for good" not in page
    assert client.get("/articles/999999999/links/").status_code == HTTPStatus.NOT_FOUND


def test_person_confirms_and_refuses_with_a_reason(
    researcher: Person, signed_in: SignedIn, link: LineageLink
) -> None:
    client = signed_in(researcher)

    assert _post(client, link, "confirm") == HTTPStatus.FOUND
    assert link.state == LinkState.CONFIRMED
    assert _post(client, link, "refuse") == HTTPStatus.BAD_REQUEST
    assert link.state == LinkState.CONFIRMED
    assert _post(client, link, "refuse", "Same press release.") == HTTPStatus.FOUND
    assert (link.state, link.decision_reason) == (LinkState.REFUSED, "Same press release.")
    assert _post(client, link, "burn", "x") == HTTPStatus.BAD_REQUEST
    assert _post(client, link, "confirm", "x" * 1001) == HTTPStatus.BAD_REQUEST
    assert (
        "Same press release." in client.get(f"/articles/{link.article_id}/links/").content.decode()
    )


def test_viewer_decides_nothing(viewer: Person, signed_in: SignedIn, link: LineageLink) -> None:
    client = signed_in(viewer)

    assert _post(client, link, "refuse", "No.") == HTTPStatus.FORBIDDEN
    assert client.post(f"/articles/{link.article_id}/links/add/", {}).status_code == (
        HTTPStatus.FORBIDDEN
    )
    assert link.state == LinkState.PROPOSED


def test_translation_is_linked_by_hand(
    researcher: Person, signed_in: SignedIn, link: LineageLink
) -> None:
    relate(other := parsed(OTHER, 3))
    client = signed_in(researcher)
    path = f"/articles/{other.pk}/links/add/"
    values = {"other": link.other_id, "kind": "TRANSLATION", "reason": "Its Arabic version."}

    assert client.post(path, values | {"other": "x"}).status_code == HTTPStatus.BAD_REQUEST
    assert client.post(path, values | {"other": other.pk}).status_code == HTTPStatus.BAD_REQUEST
    assert client.post(path, values).status_code == HTTPStatus.FOUND

    other.refresh_from_db()
    assert (other.lineage_kind, other.origin_id) == (LineageKind.TRANSLATION, link.other_id)
    page = client.get(f"/articles/{other.pk}/links/").content.decode()
    assert "Translation of" in page
    assert "a person linked them" in page


def test_workbench_leads_there(researcher: Person, signed_in: SignedIn, link: LineageLink) -> None:
    task = ReviewTaskFactory.create(article=link.article)

    page = signed_in(researcher).get(f"/task/{task.pk}/").content.decode()

    assert f'href="/articles/{link.article_id}/links/"' in page


def test_links_cost_no_query_each(
    researcher: Person,
    signed_in: SignedIn,
    link: LineageLink,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    relate(*(parsed(EDITED, day) for day in range(3, 9)))
    client = signed_in(researcher)

    with django_assert_max_num_queries(16):
        client.get(f"/articles/{link.other_id}/links/")


def test_reason_of_another_release_is_told_by_its_words() -> None:
    assert reason_words({"code": "OMEN", "words": "a crow"}) == "a crow"
    assert reason_words({"code": "DAYS", "figure": 0}) == "published on the same day"
