"""Incidents an article may be about: found with their reasons, never linked by themselves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, IncidentFactory, PersonFactory, accepted_claim
from tests.factories.published import incident_in_review
from tracker.incidents.selectors.candidates import candidates_for_article
from tracker.sources.models import Story

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.sources.models import Article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    """About Ardesh, on 13 November, one of a story."""
    made: Article = ArticleFactory(story=Story.objects.create(made_at=NOW))
    return made


def _on(day: int, place: str, **fields: Any) -> Incident:
    made: Incident = IncidentFactory(
        date_start=date(2026, 11, day),
        date_end=date(2026, 11, day),
        date_precision="DAY",
        place_name=place,
        **{"title": "Not told yet", **fields},
    )
    return made


def test_incident_of_the_same_story_comes_first(article: Article, researcher: Person) -> None:
    _on(13, "Ardesh")
    told = IncidentFactory()
    for start in (1, 2):
        accepted_claim(
            by=researcher,
            incident=told,
            article=ArticleFactory(story=article.story),
            start=start,
        )

    candidates = candidates_for_article(article)

    assert candidates[0].incident == told
    assert candidates[0].reasons[0] == (
        "It rests on 2 claims of another article of the same story."
    )
    assert len(candidates) == 2


def test_own_claims_and_other_stories_are_no_reason(article: Article, researcher: Person) -> None:
    accepted_claim(by=researcher, incident=IncidentFactory(), article=article)
    accepted_claim(by=researcher, incident=IncidentFactory(), article=ArticleFactory())

    assert candidates_for_article(article) == []


@pytest.mark.parametrize(
    ("day", "place"), [(13, "Ardesh"), (10, "ARDESH"), (16, "Bakery street, Ardesh")]
)
def test_near_in_time_and_named_in_the_text(article: Article, day: int, place: str) -> None:
    incident = _on(day, place)

    candidates = candidates_for_article(article)

    assert [c.incident for c in candidates] == [incident]
    assert candidates[0].reasons[0] == (
        f"It happened within 3 days of the article, which names {place.rpartition(', ')[2]}."
    )


@pytest.mark.parametrize(
    ("day", "place"),
    [(9, "Ardesh"), (17, "Ardesh"), (13, "Marnesh"), (13, "Ard"), (13, "")],
    ids=["before", "after", "elsewhere", "half a word", "nowhere"],
)
def test_too_far_or_not_named_is_no_candidate(article: Article, day: int, place: str) -> None:
    _on(day, place)

    assert candidates_for_article(article) == []


def test_arabic_place_is_found_in_an_arabic_text() -> None:
    article = ArticleFactory(text="قتلت غارة جوية سبعة أشخاص في أردش، بحسب المسعفين.", title="غارة")
    incident = _on(12, "أردش، نهر")

    assert [c.incident for c in candidates_for_article(article)] == [incident]


def test_what_is_told_alike_on_the_same_day_is_offered_with_its_reasons(
    researcher: Person,
) -> None:
    told = ArticleFactory(
        title="Market strike kills nine in Marnesh",
        text="MARNESH, 12 November 2026 - An air strike on the vegetable market of Marnesh killed "
        "nine traders on Thursday, medics said.",
        published_on=date(2026, 11, 12),
    )
    ours = _on(12, "")
    accepted_claim(by=researcher, incident=ours, article=told)
    elsewhere = _on(12, "", title="Mine kills a shepherd")
    article = ArticleFactory(
        title="Nine traders killed at the market of Marnesh",
        text="Planes bombed the vegetable market in Marnesh yesterday and killed nine people, "
        "residents said.",
        published_on=date(2026, 11, 13),
    )

    (candidate,) = candidates_for_article(article)

    assert candidate.incident == ours != elsewhere
    assert candidate.percent >= 50
    assert candidate.reasons[:3] == [
        "Its article “Market strike kills nine in Marnesh” tells of harm on the same day.",
        "Both name Marnesh for harm of these days.",
        "Both give the figure 9.",
    ]


def test_own_articles_of_an_incident_are_not_compared_with_themselves(researcher: Person) -> None:
    article = ArticleFactory()
    accepted_claim(by=researcher, incident=_on(13, ""), article=article)

    assert candidates_for_article(article) == []


def test_marked_furniture_is_not_read(article: Article) -> None:
    _on(13, "Ardesh")
    article.marks = [[0, len(article.text), "RECURS"]]
    article.title = ""

    assert candidates_for_article(article) == []


def test_article_without_a_day_or_a_story_has_none() -> None:
    _on(13, "Ardesh")

    assert candidates_for_article(ArticleFactory(published_on=None)) == []


def test_both_reasons_stand_together_and_a_lock_is_said(article: Article) -> None:
    author = PersonFactory()
    locked = incident_in_review(
        researcher=author,
        date_start=date(2026, 11, 13),
        date_end=date(2026, 11, 13),
        place_name="Ardesh",
    )

    reasons = candidates_for_article(article)[0].reasons

    assert candidates_for_article(article)[0].incident == locked
    assert reasons[0].startswith("It happened within 3 days")
    assert "nothing can be added" in reasons[-1]


def test_ten_at_most_in_six_queries(
    article: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [_on(13, "Ardesh") for _ in range(12)]
    accepted_claim(
        by=PersonFactory(), incident=made[-1], article=ArticleFactory(story=article.story)
    )

    with django_assert_num_queries(6):
        candidates = candidates_for_article(article)

    assert [c.incident for c in candidates] == made[:1:-1]
