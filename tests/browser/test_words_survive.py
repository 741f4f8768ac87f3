"""Nothing typed is lost, and nothing that an article says runs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.browser.researcher import fill
from tests.browser.test_seed_story import NOTE
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    IncidentFactory,
    PersonFactory,
    ReviewTaskFactory,
    SourceFactory,
    accepted_claim,
    advance_article,
)
from tests.factories.people import PASSWORD
from tracker.sources.models import CredibilityNote
from tracker.verification.models import ReviewTask
from tracker.verification.services.leases import lease_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor
    from tracker.accounts.models import Person
    from tracker.incidents.models import Claim

TYPED = {"Speaker": "the head of the clinic", "Why": "She was asked by telephone."}
SCRIPT = "<script>alert('a')</script>"
TRICKS = (
    f"\"'>{SCRIPT}<img src=x onerror=alert('b')><svg onload=alert('c')>"
    "<a href=\"javascript:alert('d')\">{{ 7|add:7 }}</a></textarea></title>"
)


@pytest.fixture
def heron() -> Person:
    """A researcher who signs in."""
    return PersonFactory(alias="Heron")


@pytest.fixture
def claim() -> Claim:
    """An open claim of an article in the queue."""
    article = advance_article(ArticleFactory())
    ReviewTaskFactory(article=article)
    return ClaimFactory(article=article)


def _editing(visitor: Visitor, person: Person, claim: Claim) -> None:
    """Sign in, hold the task, open the claim and type."""
    visitor.sign_in(person.email, PASSWORD)
    page = visitor.open(f"/task/{_task(claim).pk}/")
    visitor.press("Take this task")
    visitor.follow(page.get_by_role("link", name="Edit"))
    fill(page.locator("form.t-edit"), TYPED)


def _task(claim: Claim) -> ReviewTask:
    return ReviewTask.objects.get(article=claim.article)


def test_words_typed_before_the_session_ended_are_there_after_signing_in(
    heron: Person, claim: Claim, visit: Callable[..., Visitor]
) -> None:
    visitor = visit()
    _editing(visitor, heron, claim)
    Session.objects.all().delete()

    visitor.press("Accept as corrected")
    page = visitor.page
    page.get_by_label("E-mail address").fill(heron.email)
    page.get_by_label("Password").fill(PASSWORD)
    visitor.press("Sign in")

    page.get_by_text("What you typed is here again.").wait_for()
    form = page.locator("form.t-edit")
    for label, words in TYPED.items():
        assert form.get_by_label(label, exact=True).input_value() == words
    visitor.press("Accept as corrected", within=form)
    claim.refresh_from_db()
    assert (claim.state, claim.speaker_text) == ("ACCEPTED", TYPED["Speaker"])


def test_words_typed_while_another_took_the_task_are_shown(
    heron: Person, claim: Claim, visit: Callable[..., Visitor]
) -> None:
    visitor = visit()
    _editing(visitor, heron, claim)
    task = _task(claim)
    ran_out = timezone.now() - timedelta(minutes=1)
    ReviewTask.objects.filter(pk=task.pk).update(held_until=ran_out)
    other = PersonFactory(alias="Wren")
    lease_task(task_id=task.pk, actor=other.as_actor(), now=timezone.now())

    visitor.press("Accept as corrected")

    page = visitor.page
    page.get_by_text("Your hold on this task ran out.").wait_for()
    shown = [area.input_value() for area in page.locator("textarea[readonly]").all()]
    assert set(TYPED.values()) <= set(shown)
    assert "Wren" in page.locator(".t-task").inner_text()
    claim.refresh_from_db()
    assert claim.state == "PROPOSED"


def test_nothing_in_an_article_runs(heron: Person, visit: Callable[..., Visitor]) -> None:
    """Title, text and outlet are shown as they came on every page that shows them."""
    outlet = SourceFactory(name=f"Herald {TRICKS}"[:200])
    CredibilityNote.objects.create(
        source=outlet, reliability="B", text=f"{NOTE} {TRICKS}", audience="PARTNERS",
        author=heron, made_at=timezone.now(),
    )  # fmt: skip
    text = f"{TRICKS} At least seven people were killed. {TRICKS}"
    article = advance_article(ArticleFactory(title=TRICKS, text=text, outlet=outlet))
    task = ReviewTaskFactory(article=article)
    claim = ClaimFactory(
        article=article, start=0, quote=text, end=len(text), speaker_text=TRICKS[:200]
    )
    incident = IncidentFactory(title=f"{TRICKS}"[:200], place_name=TRICKS[:200], created_by=heron)
    accepted_claim(
        by=heron, incident=incident, article=article, start=0, end=len(text), quote=text,
        speaker_text=TRICKS[:200], quantifier_raw=TRICKS[:100],
    )  # fmt: skip
    visitor = visit()
    visitor.sign_in(heron.email, PASSWORD)

    for path in (
        "/", "/queue/", f"/task/{task.pk}/", f"/task/{task.pk}/?edit={claim.pk}", "/incidents/",
        f"/incidents/{incident}/", "/sources/", f"/sources/{outlet.pk}/",
    ):  # fmt: skip
        page = visitor.open(path)
        assert page.locator("script, img, svg, a[href^='javascript:']").count() == 0
    assert SCRIPT in visitor.open(f"/task/{task.pk}/").locator("article").inner_text()
