"""Merging, undoing and splitting through the pages, each shown before it is done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    IncidentFactory,
    PersonFactory,
    ReviewTaskFactory,
    accepted_claim,
)
from tests.factories.published import published_version
from tests.incidents.restructured import merged, told
from tests.web.incident_forms import url_of
from tracker.core.actor import Role
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Claim, Incident, Restructuring
from tracker.incidents.services.incidents import set_party
from tracker.sources.models import Story

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignedIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(researcher: Person) -> Incident:
    return told(researcher, title="Shells on Ardesh", killed=(5, 12), accused="Army")


@pytest.fixture
def target(researcher: Person) -> Incident:
    return told(researcher, title="Strike on a market", killed=(7,))


def _into(source: Incident, target: Incident) -> str:
    return reverse("incident_merge_into", args=[str(source), str(target)])


def _merge(client: Client, source: Incident, target: Incident, **more: str) -> Any:
    sent = {
        "source_revision": str(source.revision),
        "target_revision": str(target.revision),
        "reason": "One strike, told twice.",
    } | more
    return client.post(_into(source, target), sent)


def test_two_are_compared_merged_and_parted_again(
    source: Incident, target: Incident, reviewer: Person, signed_in: SignedIn
) -> None:
    client = signed_in(reviewer)
    assert reverse("incident_merge", args=[str(source)]) in client.get(url_of(source)).text
    shown = client.get(_into(source, target)).text
    assert "5–12" in shown
    assert not Restructuring.objects.exists()

    done = _merge(client, source, target)

    assert done.headers["Location"] == url_of(target)
    page = client.get(url_of(source)).text
    assert f"Merged into {target}." in page
    assert url_of(target) in page
    assert "One strike, told twice." in page
    assert "Edit what, when and where" not in page
    assert "No harm to civilians" not in page, "it has no figure of its own, not even none"
    record = Restructuring.objects.get()
    undo = reverse("merge_undo", args=[record.pk])
    history = client.get(url_of(target)).text
    assert "Took in" in history
    assert undo in history
    assert "goes back" in client.get(undo).text

    parted = client.post(undo, {"reason": "Two streets."})

    assert parted.headers["Location"] == url_of(source)
    source.refresh_from_db()
    assert source.status == IncidentStatus.DRAFT
    history = client.get(url_of(target)).text
    assert "Two streets." in history
    assert undo not in history


def test_those_told_alike_are_offered_with_reasons(
    reviewer: Person, researcher: Person, signed_in: SignedIn
) -> None:
    days = {"date_start": date(2026, 11, 10), "date_end": date(2026, 11, 10)}
    here = {"date_precision": "DAY", "place_name": "Ardesh", **days}
    one = IncidentFactory(title="Strike on the vegetable market", **here)
    same = IncidentFactory(title="Vegetable market of Ardesh hit", **here)
    other = IncidentFactory(title="Bridge mined", **here | {"place_name": "Qalat"})
    story = Story.objects.create(made_at=NOW)
    retold = IncidentFactory()
    for incident in (one, retold):
        accepted_claim(by=researcher, incident=incident, article=ArticleFactory(story=story))

    page = signed_in(reviewer).get(reverse("incident_merge", args=[str(one)])).text

    assert _into(one, same) in page
    assert "tells of harm on the same day" in page
    assert _into(one, other) not in page
    assert _into(one, retold) in page
    assert "It rests on a claim of the same stories." in page
    assert page.index(_into(one, retold)) < page.index(_into(one, same))


def test_another_is_found_by_its_code(
    source: Incident, target: Incident, reviewer: Person, signed_in: SignedIn
) -> None:
    client = signed_in(reviewer)
    choose = reverse("incident_merge", args=[str(source)])
    assert client.get(choose, {"into": f" {target} "}).headers["Location"] == _into(source, target)
    unknown = client.get(choose, {"into": "CH-2026-999999"})
    assert unknown.status_code == 400
    assert "There is no incident CH-2026-999999." in unknown.text


def test_what_can_not_be_merged_says_why(
    target: Incident, reviewer: Person, signed_in: SignedIn
) -> None:
    client = signed_in(reviewer)
    public = published_version().incident
    page = client.get(_into(public, target)).text
    assert "merge the other way round" in page
    assert _into(target, public) in page
    assert 'name="reason"' not in page
    refused = _merge(client, public, target)
    assert refused.status_code == 409


def test_a_stale_page_merges_nothing_and_keeps_the_words(
    source: Incident, target: Incident, reviewer: Person, signed_in: SignedIn
) -> None:
    client = signed_in(reviewer)
    set_party(
        incident_id=target.pk,
        party_name="Army",
        accused=True,
        actor=reviewer.as_actor(),
        now=NOW,
    )
    refused = _merge(client, source, target)
    assert refused.status_code == 409
    assert f"{reviewer.alias} entered what, where or when since you opened it" in refused.text
    assert "One strike, told twice." in refused.text
    assert _merge(client, source, target, reason="").status_code == 400


def test_a_merged_one_has_no_forms_and_leads_on(
    source: Incident, target: Incident, reviewer: Person, signed_in: SignedIn
) -> None:
    merged(source, target, reviewer)
    client = signed_in(reviewer)
    for name in ("incident_merge", "incident_split"):
        refused = client.get(reverse(name, args=[str(source)]))
        assert refused.status_code == 409
        assert f"{source} was merged into {target}" in refused.text
    sent = client.post(url_of(source), {"what": "party", "revision": "1", "party_name": "X"})
    assert sent.status_code == 409
    listed = client.get("/incidents/").text
    assert url_of(source) not in listed
    assert url_of(source) in client.get("/incidents/?status=MERGED").text


def test_undo_says_what_conflicts(
    source: Incident, target: Incident, reviewer: Person, signed_in: SignedIn
) -> None:
    done = merged(source, target, reviewer)
    claim = Claim.objects.filter(incident=target, minimum=5).get()
    Claim.objects.filter(pk=claim.pk).update(minimum=6, maximum=6, revision=claim.revision + 1)
    client = signed_in(reviewer)
    undo = reverse("merge_undo", args=[done.pk])

    page = client.get(undo).text

    assert f"Claim {claim.pk} was decided anew since" in page
    assert 'name="reason"' not in page
    assert client.post(undo, {"reason": "Two."}).status_code == 409
    assert client.get(reverse("merge_undo", args=[0])).status_code == 404


def test_ticked_claims_are_split_off(
    source: Incident, reviewer: Person, signed_in: SignedIn
) -> None:
    client = signed_in(reviewer)
    split = reverse("incident_split", args=[str(source)])
    claims = Claim.objects.filter(incident=source).order_by("id")
    page = client.get(split).text
    assert all(f'id="claim-{claim.pk}"' in page for claim in claims)
    sent = {
        "revision": str(source.revision),
        "title": "Strike on a bridge",
        "reason": "Another street.",
    }
    nothing = client.post(split, sent)
    assert nothing.status_code == 400
    assert "Strike on a bridge" in nothing.text
    everything = client.post(split, sent | {"claims": [str(c.pk) for c in claims]})
    assert everything.status_code == 409
    assert "One claim has to stay" in everything.text
    assert " checked" in everything.text

    done = client.post(split, sent | {"claims": [str(claims[0].pk)]})

    made = Incident.objects.get(title="Strike on a bridge")
    assert done.headers["Location"] == url_of(made)
    history = client.get(url_of(source)).text
    assert "Claims split off to" in history
    assert _into(made, source) in history, "merging the two undoes it"
    assert "Split off from" in client.get(url_of(made)).text


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.VIEWER, Role.ADMINISTRATOR])
def test_others_may_not(
    role: Role, source: Incident, target: Incident, reviewer: Person, signed_in: SignedIn
) -> None:
    client = signed_in(PersonFactory(role=role.value))
    assert "Merge into…" not in client.get(url_of(source)).text
    assert client.get(reverse("incident_merge", args=[str(source)])).status_code == 403
    assert client.get(reverse("incident_split", args=[str(source)])).status_code == 403
    assert _merge(client, source, target).status_code == 403
    done = merged(source, target, reviewer)
    undo = reverse("merge_undo", args=[done.pk])
    assert undo not in client.get(url_of(target)).text
    assert client.post(undo, {"reason": "Two."}).status_code == 403


def test_the_comparison_costs_the_same_however_much_there_is(
    reviewer: Person,
    researcher: Person,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(reviewer)
    for killed in ((1,), (1, 2, 3, 4, 5, 6)):
        one, two = (told(researcher, title=t, killed=killed) for t in ("One", "Two"))
        for claim in Claim.objects.filter(incident=one):
            ReviewTaskFactory(article=claim.article)
        with django_assert_max_num_queries(24):
            client.get(_into(one, two))
        with django_assert_max_num_queries(16):
            client.get(reverse("incident_split", args=[str(one)]))
