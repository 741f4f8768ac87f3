"""Texts that a person parted: each is read on its own from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories.sources import TEXT
from tests.sources.related import ORIGIN, parsed, relate
from tracker.incidents.models import Claim
from tracker.sources.choices import ArticleState, LinkState
from tracker.sources.models import LineageLink
from tracker.sources.services.links import decide_link
from tracker.verification.models import ReviewTask
from tracker.verification.services.extract import extract_articles

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db

REPORT = f"{TEXT}\n\n{ORIGIN}"


def _refuse(by: Person) -> None:
    decide_link(
        link_id=LineageLink.objects.get().pk,
        decision=LinkState.REFUSED,
        actor=by.as_actor(),
        now=NOW,
        reason="Both print the ministry's statement.",
    )


def test_parted_verbatim_copy_gets_a_task_and_claims_of_its_own(researcher: Person) -> None:
    first, second = parsed(REPORT, 1), parsed(REPORT, 2)
    relate(first, second)
    ids = [first.pk, second.pk]
    assert extract_articles(article_ids=ids, now=NOW) == 2
    assert set(ReviewTask.objects.values_list("article_id", flat=True)) == {first.pk}

    _refuse(researcher)
    assert extract_articles(article_ids=ids, now=NOW) == 1

    second.refresh_from_db()
    assert second.state == ArticleState.EXTRACTED
    assert set(ReviewTask.objects.values_list("article_id", flat=True)) == set(ids)
    assert set(Claim.objects.values_list("article_id", flat=True)) == set(ids)
    assert not Claim.objects.filter(copy_of__isnull=False).exists()


def test_open_claims_of_a_parted_copy_repeat_nothing(researcher: Person) -> None:
    first, second = parsed(REPORT, 1), parsed(REPORT.replace("seven", "eleven"), 2)
    relate(first, second)
    ids = [first.pk, second.pk]
    extract_articles(article_ids=ids, now=NOW)
    assert Claim.objects.filter(article=second, copy_of__article=first).exists()

    _refuse(researcher)
    extract_articles(article_ids=ids, now=NOW)

    assert not Claim.objects.filter(copy_of__isnull=False).exists()
    assert ReviewTask.objects.count() == 2
