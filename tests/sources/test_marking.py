"""What stands under several stories of one host is furniture; a quote in ten copies is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.conftest import NOW
from tests.factories import ArticleFactory
from tracker.sources.models import Article, ParagraphSighting, RecurringParagraph, Story
from tracker.sources.rules.marks import Mark, unmarked
from tracker.sources.rules.marks_recurring import host_of, joined, paragraphs_of
from tracker.sources.services.marking import complete_marks, marks_of

pytestmark = pytest.mark.django_db
HOST = "https://www.herald.example/"
FOOT = "The Herald is printed by the harbour and read in five valleys"
TOLL = "Since March shelling of the valley has killed 212 people, the harbour office said."
BODIES = (
    "A bakery in Ardesh was hit at dawn, its owner said.",
    "The ferry to Sella stayed in port after a fire on its deck.",
    "Schools near the mill open again next week, a teacher told us.",
    "Two roads north of the river were cut by rain.",
)


def _marked(body: str, foot: str, *, story: Story | None, address: str = HOST) -> Article:
    """An article whose furniture was looked for, and that was compared where it has a story."""
    article = ArticleFactory(text=f"{body}\n{foot}")
    marks = marks_of(texts={article.pk: (address, article.text)}, now=NOW)
    article.marks = [list(mark) for mark in marks[article.pk]]
    article.story = story
    article.save(update_fields=["marks", "story"])
    return article


def _left(article: Article) -> str:
    return unmarked(article.text, [Mark(*mark) for mark in article.marks]).strip()


def _story() -> Story:
    return Story.objects.create(made_at=NOW)


def test_paragraph_under_three_stories_is_marked_on_the_next_and_then_on_those_before() -> None:
    before = [_marked(body, FOOT, story=_story()) for body in BODIES[:3]]
    assert [article.marks for article in before] == [[], [], []]

    next_one = _marked(BODIES[3], f"  {FOOT.upper()}.", story=None)

    assert _left(next_one) == BODIES[3]
    assert complete_marks(now=NOW) == 3
    assert [_left(Article.objects.get(pk=a.pk)) for a in before] == list(BODIES[:3])
    assert complete_marks(now=NOW) == 0


def test_quote_that_copies_of_one_text_repeat_is_no_furniture() -> None:
    one = _story()
    for body in (*BODIES, *BODIES):
        _marked(body, FOOT, story=one)

    assert not RecurringParagraph.objects.exists()


def test_another_host_has_its_own_furniture_and_an_upload_has_none() -> None:
    for body in BODIES[:3]:
        _marked(body, FOOT, story=_story())

    assert _marked(BODIES[3], FOOT, story=None, address="https://coast.example/a").marks == []
    assert _marked(BODIES[3], FOOT, story=None, address="").marks == []
    assert _left(_marked(BODIES[3], FOOT, story=None)) == BODIES[3]


def test_casualties_are_evidence_however_often_they_are_said() -> None:
    for body in BODIES:
        _marked(body, TOLL, story=_story())

    assert _marked(BODIES[0], TOLL, story=None).marks == []


def test_paragraph_counts_once_for_each_article() -> None:
    article = _marked(FOOT, FOOT, story=_story())
    marks_of(texts={article.pk: (HOST, article.text)}, now=NOW)

    assert ParagraphSighting.objects.count() == 1
    with pytest.raises(IntegrityError, match="sighting_counts_once"), transaction.atomic():
        ParagraphSighting.objects.create(article=article, key=ParagraphSighting.objects.get().key)


def test_recurring_paragraph_has_a_host_and_is_completed_after_it_was_found() -> None:
    with pytest.raises(IntegrityError, match="recurring_has_host"), transaction.atomic():
        RecurringParagraph.objects.create(key=1, host="", found_at=NOW)
    with pytest.raises(IntegrityError, match="completed_after_found"), transaction.atomic():
        RecurringParagraph.objects.create(
            key=1, host="a.example", found_at=NOW, completed_at=NOW - timedelta(seconds=1)
        )


def test_recurring_paragraph_is_never_deleted() -> None:
    row = RecurringParagraph.objects.create(key=1, host="a.example", found_at=NOW)

    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        row.delete()


def test_marks_never_overlap() -> None:
    text = f"{FOOT}\n\n***\n{BODIES[0]}"
    first, second = paragraphs_of(text, host="a.example")
    tail = Mark(first.start, first.end - 3, "link")

    assert text[second.start : second.end] == BODIES[0]
    assert joined([tail], [first, second]) == [tail, Mark(second.start, second.end, "recurs")]


@pytest.mark.parametrize(
    ("address", "host"),
    [(HOST, "herald.example"), ("", ""), ("no address", ""), ("http://[", "")],
)
def test_host_of_an_address(address: str, host: str) -> None:
    assert host_of(address) == host
