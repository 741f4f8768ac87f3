"""What the tests of the workbench share: an article, its claims, and the forms they send."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    ReviewTaskFactory,
)
from tracker.incidents.choices import Outcome
from tracker.incidents.models import Claim
from tracker.verification.models import ReviewTask
from tracker.verification.services.leases import lease_task

if TYPE_CHECKING:
    from typing import Any

    from django.test import Client

    from tracker.accounts.models import Person
    from tracker.sources.models import Article


TEXT = (
    "ARDESH (Meridian Wire) - An air strike on a market in Ardesh killed at least seven people "
    "and wounded 12 on Tuesday, the Nahr Rescue Service said.\n\n"
    "The Coalition said no civilian was killed.\n\n"
    "Sixty-four people have been killed in the province since 1 March."
)


FIELDS = {
    "figure": "7+",
    "outcome": "KILLED",
    "subject_status": "UNKNOWN",
    "polarity": "ASSERTS_HARM",
    "scope": "INCIDENT",
    "speaker_text": "Nahr Rescue Service",
    "covers_whole_incident": "on",
}


def propose(article: Article, quote: str, **fields: Any) -> Claim:
    start = article.text.index(quote)
    claim: Claim = ClaimFactory(
        article=article, start=start, end=start + len(quote), quote=quote, **fields
    )
    return claim


def hold(task: ReviewTask, person: Person) -> ReviewTask:
    return lease_task(task_id=task.pk, actor=person.as_actor(), now=timezone.now())


def address_of(task: ReviewTask, query: str = "") -> str:
    return reverse("task", args=[task.pk]) + query


def claims_of(task: ReviewTask) -> list[Claim]:
    return list(Claim.objects.filter(article=task.article).order_by("start", "id"))


def decide(client: Client, task: ReviewTask, claim: Claim, **fields: str) -> Any:
    sent = {"fence": str(task.fence), "revision": str(claim.revision)} | fields
    return client.post(reverse("task_claim", args=[task.pk, claim.pk]), sent)


def close(client: Client, task: ReviewTask, do: str, **fields: str) -> Any:
    sent = {"fence": str(task.fence), "do": do} | fields
    return client.post(reverse("task_close", args=[task.pk]), sent)


def run_out(task: ReviewTask) -> None:
    ReviewTask.objects.filter(pk=task.pk).update(held_until=timezone.now() - timedelta(minutes=1))


def held_task(researcher: Person) -> ReviewTask:
    """A task in the researcher's hands, with two open claims."""
    article = ArticleFactory(text=TEXT)
    propose(article, "killed at least seven people", quantifier_raw="at least seven")
    propose(
        article,
        "wounded 12 on Tuesday",
        outcome=Outcome.INJURED,
        minimum=12,
        maximum=12,
        quantifier_raw="12",
    )
    return hold(ReviewTaskFactory(article=article), researcher)
