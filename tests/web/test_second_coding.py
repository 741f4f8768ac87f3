"""The pages of the second coding: what the second coder sees, does, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import PersonFactory
from tests.verification.coded import coded_twice, drawn
from tracker.core.actor import Role
from tracker.verification.models import CodedClaim, CodingResolution, SecondCoding
from tracker.verification.selectors.share import share_in_force
from tracker.verification.services.second_coding import take_coding
from tracker.verification.services.tasks import reopen_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db

FIELDS = {
    "do": "code",
    "figure": "7+",
    "outcome": "KILLED",
    "subject_status": "CIVILIAN",
    "polarity": "ASSERTS_HARM",
    "scope": "INCIDENT",
    "speaker_text": "Nahr Rescue Service",
    "place": "Ardesh",
    "date_start": "2026-11-17",
}


@pytest.fixture
def coding(researcher: Person) -> SecondCoding:
    """A task that the researcher finished, drawn to be coded again."""
    return drawn(researcher, now=timezone.now(), title="Market struck")


@pytest.fixture
def coder(coding: SecondCoding, reviewer: Person) -> Person:
    """Who has it in hand."""
    take_coding(coding_id=coding.pk, actor=reviewer.as_actor(), now=timezone.now())
    return reviewer


def _claims(coding: SecondCoding) -> list[str]:
    return [str(claim.pk) for claim in coding.task.article.claims.order_by("start")]


def _post(client: Client, coding: SecondCoding, **fields: str) -> Any:
    return client.post(reverse("second_code", args=[coding.pk]), fields)


def test_drawn_task_is_taken_coded_and_finished_by_forms(
    coding: SecondCoding, reviewer: Person, signed_in: SignIn
) -> None:
    client = signed_in(reviewer)
    listed = client.get("/second/").content.decode()
    assert "Market struck" in listed
    page = reverse("second_coding", args=[coding.pk])
    taken: Any = client.post(reverse("second_take", args=[coding.pk]))
    assert taken.url == page
    killed, wounded = _claims(coding)
    assert client.get(page, {"claim": killed}).context["page"].rows[0].form is not None
    assert "Done: 2 claims left" in client.get(page).content.decode()

    saved = _post(client, coding, claim=killed, **FIELDS)
    assert saved.url == f"{page}#c-p2"
    assert _post(client, coding, claim=wounded, do="as_read").status_code == 302
    assert _post(client, coding, claim=wounded, do="no_claim").status_code == 302
    find = FIELDS | {"do": "add", "quote": "two missing children", "outcome": "MISSING"}
    assert "two missing" in client.get(page, {"add": "1"}).content.decode()
    assert _post(client, coding, **find).url == page
    html = client.get(page).content.decode()
    for words in ("7+", "civilians", "Ardesh", "no claim", "Take back"):
        assert words in html
    done = _post(client, coding, do="finish")

    assert done.url == "/second/"
    coding.refresh_from_db()
    assert coding.state == "DONE"
    rows = CodedClaim.objects.filter(coder="SECOND").order_by("start")
    assert [(row.is_claim, row.outcome) for row in rows] == [
        (True, "KILLED"),
        (False, ""),
        (True, "MISSING"),
    ]
    assert rows[0].date_end == rows[0].date_start


def test_page_of_the_second_coder_holds_no_word_of_the_first(
    coding: SecondCoding, coder: Person, researcher: Person, signed_in: SignIn
) -> None:
    """The first coder corrected a figure, a scope and a speaker, with a reason, and rejected."""
    client = signed_in(coder)
    page = reverse("second_coding", args=[coding.pk])

    pages = [
        client.get(page),
        *(client.get(page, {"claim": claim}) for claim in _claims(coding)),
        client.get(page, {"add": "1"}),
        client.get("/second/"),
        client.get("/queue/", {"state": "CODED"}),
        client.get("/"),
    ]

    for shown in pages:
        assert shown.status_code == 200
        html = shown.content.decode()
        for words in ("First Speaker", "First reason", "Not harm", "8–10", researcher.alias):
            assert words not in html
    sheet = pages[0].content.decode()
    assert "7+" in sheet
    assert "is-rejected" not in sheet
    assert "/incidents/" not in sheet.split("<main")[1]


def test_task_itself_is_closed_to_the_second_coder_until_the_end(
    coding: SecondCoding, coder: Person, coordinator: Person, signed_in: SignIn
) -> None:
    client = signed_in(coder)
    address = reverse("task", args=[coding.task_id])

    refused = client.get(address)
    assert refused.status_code == 403
    assert "without knowing the first coding" in refused.content.decode()
    assert "First Speaker" not in refused.content.decode()
    now = timezone.now()
    reopen_task(task_id=coding.task_id, actor=coordinator.as_actor(), now=now, reason="Again.")
    taken = client.post(reverse("task_take", args=[coding.task_id]))
    assert taken.status_code == 403
    assert "Nothing waits" in client.post("/queue/next/", follow=True).content.decode()

    for claim in _claims(coding):
        _post(client, coding, claim=claim, do="no_claim")
    _post(client, coding, do="finish")
    assert client.get(address).status_code == 200


def test_other_people_see_no_sheet(
    coding: SecondCoding, coder: Person, coordinator: Person, researcher: Person, signed_in: SignIn
) -> None:
    page = reverse("second_coding", args=[coding.pk])
    for person in (coordinator, researcher):
        assert signed_in(person).get(page).status_code == 403
        assert _post(signed_in(person), coding, do="finish").status_code == 403
    assert "Market struck" not in signed_in(researcher).get("/second/").content.decode()
    late = signed_in(coordinator).post(reverse("second_take", args=[coding.pk]), follow=True)
    assert "Somebody codes this one already" in late.content.decode()


def test_wrong_fields_stay_in_the_form_with_their_sentence(
    coding: SecondCoding, coder: Person, signed_in: SignIn
) -> None:
    client = signed_in(coder)
    killed = _claims(coding)[0]

    wrong = _post(client, coding, claim=killed, **FIELDS | {"figure": "7/9", "place": "Old Town"})
    assert wrong.status_code == 400
    assert "Write a figure such as" in wrong.content.decode()
    assert 'value="Old Town"' in wrong.content.decode()
    none = FIELDS | {"polarity": "ASSERTS_NO_HARM", "figure": "3"}
    assert "says 0" in _post(client, coding, claim=killed, **none).content.decode()
    future = FIELDS | {"date_start": "2999-01-01"}
    refused = _post(client, coding, claim=killed, **future)
    assert refused.status_code == 409
    assert "happened in the future" in refused.content.decode()
    find = FIELDS | {"do": "add", "quote": "words that nobody wrote"}
    assert "copy them exactly" in _post(client, coding, **find).content.decode()
    assert _post(client, coding, **find | {"quote": ""}).status_code == 400
    early = _post(client, coding, do="finish")
    assert early.status_code == 409
    assert "Still open: 2 proposals" in early.content.decode()
    assert _post(client, coding, do="nothing").status_code == 404


def test_find_is_taken_back_and_the_coding_given_back(
    coding: SecondCoding, coder: Person, signed_in: SignIn
) -> None:
    client = signed_in(coder)
    _post(client, coding, **FIELDS | {"do": "add", "quote": "two missing children"})
    find = CodedClaim.objects.get(coder="SECOND")

    assert _post(client, coding, do="drop", row=str(find.pk)).status_code == 302
    assert not CodedClaim.objects.filter(coder="SECOND").exists()
    assert _post(client, coding, do="give_back").url == "/second/"
    coding.refresh_from_db()
    assert coding.state == "OPEN"


def test_coordinators_see_agreement_and_open_what_differs(
    researcher: Person, reviewer: Person, coordinator: Person, signed_in: SignIn
) -> None:
    done = coded_twice(researcher, reviewer)
    client = signed_in(coordinator)

    html = client.get("/second/agreement/").content.decode()

    for words in ("Cohen", "undefined: nothing varies", "no pair yet", "50 %", "Overlapping"):
        assert words in html
    compare = reverse("second_compare", args=[done.pk])
    assert f"{compare}#case-" in html
    page = client.get(compare).content.decode()
    for words in (researcher.alias, reviewer.alias, "8–10", "7+", "First Speaker", "wounded 12"):
        assert words in page


def test_difference_is_resolved_on_the_page(
    researcher: Person, reviewer: Person, coordinator: Person, signed_in: SignIn
) -> None:
    done = coded_twice(researcher, reviewer)
    client = signed_in(coordinator)
    compare = reverse("second_compare", args=[done.pk])
    row = str(client.get(compare).context["cases"][0]["case"].row_id)

    empty = client.post(compare, {"row": row, "verdict": "SECOND", "note": ""})
    assert empty.status_code == 400
    noted: Any = client.post(compare, {"row": row, "verdict": "SECOND", "note": "Seven."})
    assert noted.url == compare
    again = client.post(compare, {"row": row, "verdict": "FIRST", "note": "Eight."})

    assert again.status_code == 409
    assert "resolved already" in again.content.decode()
    assert CodingResolution.objects.get().note == "Seven."
    listed = client.get("/second/agreement/").content.decode()
    assert "the second coding is right" in listed


def test_coder_among_the_coordinators_resolves_nothing_of_their_own(
    researcher: Person, signed_in: SignIn
) -> None:
    second = PersonFactory(role=Role.COORDINATOR.value)
    done = coded_twice(researcher, second)
    client = signed_in(second)
    compare = reverse("second_compare", args=[done.pk])
    page = client.get(compare)
    row = str(page.context["cases"][0]["case"].row_id)

    assert "another coordinator resolves what differs" in page.content.decode()
    assert "Say which is right" not in page.content.decode()
    sent = client.post(compare, {"row": row, "verdict": "SECOND", "note": "Mine."})
    assert sent.status_code == 409


def test_share_is_set_and_a_coding_freed_by_a_coordinator(
    coding: SecondCoding, coder: Person, coordinator: Person, signed_in: SignIn
) -> None:
    client = signed_in(coordinator)
    assert coder.alias in client.get("/second/agreement/").content.decode()

    assert client.post("/second/agreement/", {"per_cent": "140"}).status_code == 400
    assert client.post("/second/agreement/", {"per_cent": "7"}).status_code == 302
    assert client.post(reverse("agreement_give_back", args=[coding.pk])).status_code == 302

    assert share_in_force() == 7
    coding.refresh_from_db()
    assert coding.coder is None


def test_unfinished_coding_is_not_compared(
    coding: SecondCoding, coordinator: Person, signed_in: SignIn
) -> None:
    refused = signed_in(coordinator).get(reverse("second_compare", args=[coding.pk]))

    assert refused.status_code == 409
    assert "not finished" in refused.content.decode()


def test_agreement_asks_as_often_for_six_as_for_two(
    researcher: Person,
    reviewer: Person,
    coordinator: Person,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(coordinator)
    for many in (2, 4):
        for _ in range(many):
            coded_twice(researcher, reviewer)
        with django_assert_max_num_queries(16):
            assert client.get("/second/agreement/").status_code == 200
