"""Nothing typed on the workbench is lost; a task ends when all of it is decided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    IncidentFactory,
    ReviewTaskFactory,
)
from tracker.incidents.choices import ClaimState
from tracker.sources.choices import LineageKind
from tracker.verification.choices import TaskState
from tracker.verification.models import Draft, ReviewTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]
from tests.web.bench import FIELDS, address_of, claims_of, close, decide, hold, run_out

pytestmark = pytest.mark.django_db


def test_words_typed_after_the_hold_ran_out_are_kept_and_come_back(
    task: ReviewTask, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    claim = claims_of(task)[0]
    run_out(task)
    hold(task, reviewer)
    name = f"task-{task.pk}-claim-{claim.pk}"
    fields = FIELDS | {"figure": "9-11", "reason": "typed with care", "form_name": name}
    response = decide(client, task, claim, decision="correct", **fields)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Your hold on this task ran out" in html
    assert reviewer.alias in html
    assert "typed with care" in html
    claim.refresh_from_db()
    assert claim.state == ClaimState.PROPOSED
    assert Draft.objects.get(person=researcher).form == name
    run_out(task)
    client.post(reverse("task_take", args=[task.pk]))
    again = client.get(address_of(task)).content.decode()
    assert "What you typed is here again" in again
    assert 'value="9-11"' in again
    assert "typed with care" in again
    task.refresh_from_db()
    assert decide(client, task, claim, decision="correct", **fields).status_code == 302
    assert not Draft.objects.exists()


def test_new_claim_and_reasons_are_kept_as_well(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    claim = claims_of(task)[0]
    run_out(task)
    stale = {"fence": str(task.fence)}
    client.post(
        reverse("task_add", args=[task.pk]),
        FIELDS | stale | {"quote": "wounded 12", "form_name": f"task-{task.pk}-new"},
    )
    client.post(reverse("task_take", args=[task.pk]))
    assert "wounded 12</textarea>" in client.get(address_of(task)).content.decode()
    Draft.objects.all().delete()
    run_out(task)
    rejected = {"decision": "reject", "why": "other", "words": "not a count"}
    decide(client, task, claim, form_name=f"task-{task.pk}-claim-{claim.pk}", **rejected)
    client.post(reverse("task_take", args=[task.pk]))
    assert 'value="not a count"' in client.get(address_of(task)).content.decode()
    Draft.objects.all().delete()
    run_out(task)
    close(client, task, "irrelevant", reason="weather", form_name=f"task-{task.pk}-irrelevant")
    client.post(reverse("task_take", args=[task.pk]))
    assert 'value="weather"' in client.get(address_of(task)).content.decode()


def test_words_sent_after_signing_out_come_back_in_the_form(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    claim = claims_of(task)[0]
    page = address_of(task, f"?edit={claim.pk}")
    client.get(page)
    client.cookies.pop("sessionid")
    fields = FIELDS | {
        "reason": "typed before lunch",
        "form_name": f"task-{task.pk}-claim-{claim.pk}",
        "form_page": page,
    }
    response = decide(client, task, claim, decision="correct", **fields)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
    assert Draft.objects.get().fields["reason"] == "typed before lunch"


def test_claim_saved_by_somebody_else_shows_both_versions(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    claim = claims_of(task)[0]
    assert decide(client, task, claim, decision="accept").status_code == 302
    fields = FIELDS | {"figure": "9-11", "reason": "mine"}
    response = decide(client, task, claim, decision="correct", **fields)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody saved this claim while you were typing" in html
    assert 'value="9-11"' in html
    assert re.search(r"<bdi>7\+</bdi></td><td><ins[^>]*><bdi>9–11</bdi>", html)
    assert 'name="revision" value="2"' in html
    late = decide(client, task, claim, decision="reject", why="twice")
    assert late.status_code == 409


def test_claim_of_another_article_is_not_found(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    stranger = ClaimFactory()
    assert decide(signed_in(researcher), task, stranger, decision="accept").status_code == 404
    assert signed_in(researcher).get("/task/999999999999999999/").status_code == 404


def test_task_is_done_when_everything_is_decided(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    early = close(client, task, "done")
    assert early.status_code == 409
    assert "Still open: 2 claims" in early.content.decode()
    incident = IncidentFactory(created_by=researcher)
    for claim in claims_of(task):
        decide(client, task, claim, decision="accept", incident=str(incident.pk))
    assert close(client, task, "done").url == reverse("queue")
    task.refresh_from_db()
    assert task.state == TaskState.CODED


def test_irrelevant_and_duplicate_ask_for_their_reason(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    assert (
        "Mark as irrelevant" in client.get(address_of(task, "?panel=irrelevant")).content.decode()
    )
    assert close(client, task, "irrelevant").status_code == 400
    assert close(client, task, "duplicate", original="9", reason="same").status_code == 409
    original = ArticleFactory()
    done = close(client, task, "duplicate", original=str(original.pk), reason="The same text.")
    assert done.status_code == 302
    task.refresh_from_db()
    assert task.state == TaskState.DUPLICATE
    assert task.duplicate_of == original


def test_duplicate_offers_the_origin_of_the_story(researcher: Person, signed_in: SignIn) -> None:
    origin = ArticleFactory()
    copy = ArticleFactory(origin=origin, overlap=0.94, lineage_kind=LineageKind.EDITED_COPY)
    task = hold(ReviewTaskFactory(article=copy), researcher)
    html = signed_in(researcher).get(address_of(task, "?panel=duplicate")).content.decode()
    assert f'value="{origin.pk}"' in html


def test_given_back_and_opened_again(
    task: ReviewTask, researcher: Person, coordinator: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    assert close(client, task, "keep").url == address_of(task)
    assert close(client, task, "irrelevant", reason="About the weather.").status_code == 302
    assert "Open again" not in client.get(address_of(task)).content.decode()
    boss = signed_in(coordinator)
    assert "Open again" in boss.get(address_of(task)).content.decode()
    assert "panel-h" in boss.get(address_of(task, "?panel=reopen")).content.decode()
    assert close(boss, task, "reopen").status_code == 400
    assert close(boss, task, "reopen", reason="It names the dead.").url == address_of(task)
    task.refresh_from_db()
    assert task.state == TaskState.QUEUED
    task = hold(task, researcher)
    assert close(client, task, "release").url == reverse("queue")
    task.refresh_from_db()
    assert task.state == TaskState.QUEUED


def test_a_task_is_set_aside_and_the_queue_says_for_what(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    assert "What it waits for" in client.get(address_of(task, "?panel=aside")).content.decode()
    refused = close(client, task, "aside", waits_for="LATER", reason="More is announced.")
    assert refused.status_code == 409
    assert "a day on which it comes back" in refused.content.decode()

    done = close(client, task, "aside", waits_for="TRANSLATION", reason="In Kurdish.")

    assert done.status_code == 302
    queue = client.get("/queue/?state=TRANSLATION").content.decode()
    assert "needs translation" in queue
    assert "In Kurdish." in queue
    assert "No article waits for a person." in queue
    assert "In Kurdish." in client.get(address_of(task)).content.decode()
