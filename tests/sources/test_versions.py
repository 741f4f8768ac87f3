"""A page looked at again: nothing, a later version, or a reason why it is no article any more."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory
from tracker.core.actor import ANONYMOUS, machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.sources.models import Article, FetchRequest
from tracker.sources.parsing.kinds import Kind
from tracker.sources.services.failures import IngestResult, Outcome
from tracker.sources.services.fetched import Fetched, lease_fetch, store_fetched
from tracker.sources.services.items import Item, ingest_item
from tracker.sources.services.latest import latest_version
from tracker.sources.services.retrieved import Retrieved
from tracker.sources.services.versions import request_recheck, store_recheck

pytestmark = pytest.mark.django_db
ACTOR = machine("tests")
URL = "https://herald.example/ferry"
STORY = "ARDESH - Shells hit a ferry on Thursday and two people were hurt, the clinic said."


def _retrieved(url: str = URL) -> Retrieved:
    return Retrieved(
        url=url, final_url=url, status=200, headers={"content-type": "text/plain; charset=utf-8"}
    )


def _item(text: str) -> Item:
    return Item(
        content=text.encode(), kind=Kind.TEXT, reference=URL, retrieved=_retrieved(), asked_by="x"
    )


@pytest.fixture
def first() -> Article:
    """The article as it was first stored, and not read yet."""
    result = ingest_item(item=_item(STORY), actor=ACTOR, now=NOW)
    return _article(result)


def _article(result: IngestResult) -> Article:
    assert result.article_id is not None, result.reason
    return Article.objects.get(pk=result.article_id)


def _again(article: Article, text: str) -> IngestResult:
    return store_recheck(article_id=article.pk, item=_item(text), now=NOW)


def test_same_text_stores_nothing(first: Article) -> None:
    for text in (STORY, f"{STORY}\n\n", f"{STORY}\n\nShare this article on social media\n"):
        result = _again(first, text)
        assert (result.outcome, result.article_id) == (Outcome.SAME, first.pk)

    assert Article.objects.count() == 1


def test_another_text_is_a_version_of_the_latest(first: Article) -> None:
    second = _article(_again(first, STORY.replace("two", "three")))
    third = _article(_again(first, STORY.replace("two", "four")))

    assert (second.previous, third.previous) == (first, second)
    assert latest_version(first.pk) == third


def test_what_is_no_article_any_more_leaves_the_versions_alone(first: Article) -> None:
    result = _again(first, "   ")

    assert (result.outcome, result.article_id) == (Outcome.FAILED, None)
    assert result.reason
    assert Article.objects.count() == 1


def test_version_that_was_never_readable_is_followed_by_one_that_is() -> None:
    broken = ArticleFactory(text="", text_sha256="")

    assert _article(_again(broken, STORY)).previous == broken


def test_request_goes_to_the_address_as_it_was_asked_first(first: Article) -> None:
    request = request_recheck(article_id=first.pk, actor=ACTOR, now=NOW)

    assert (request.url, request.recheck_of, request.requested_by) == (URL, first, "tests")
    assert request_recheck(article_id=first.pk, actor=ACTOR, now=NOW) == request


def test_request_goes_the_way_of_the_last_one(first: Article) -> None:
    FetchRequest.objects.create(
        url=URL,
        requested_at=NOW,
        state="STORED",
        article=first,
        egress_proxy="http://proxy.example:3128",
    )

    request = request_recheck(article_id=first.pk, actor=ACTOR, now=NOW)

    assert request.egress_proxy == "http://proxy.example:3128"


def test_request_is_of_the_latest_version(first: Article) -> None:
    second = _again(first, STORY.replace("two", "three")).article_id

    assert request_recheck(article_id=first.pk, actor=ACTOR, now=NOW).recheck_of_id == second


def test_what_has_no_address_or_is_not_there_is_said() -> None:
    with pytest.raises(InvalidInput, match="from no address"):
        request_recheck(article_id=ArticleFactory(url="").pk, actor=ACTOR, now=NOW)
    with pytest.raises(NotFound):
        request_recheck(article_id=10**9, actor=ACTOR, now=NOW)
    with pytest.raises(NotAllowed):
        request_recheck(article_id=1, actor=ANONYMOUS, now=NOW)


@pytest.mark.parametrize(
    ("text", "state", "versions"),
    [(STORY, "STORED", 1), (STORY.replace("two", "three"), "STORED", 2), ("  ", "FAILED", 1)],
)
def test_fetched_page_of_a_recheck(first: Article, text: str, state: str, versions: int) -> None:
    request = request_recheck(article_id=first.pk, actor=ACTOR, now=NOW)
    lease = lease_fetch(request_id=request.pk, now=NOW)
    assert lease is not None

    fetched = Fetched(content=text.encode(), media_type="text/plain", retrieved=_retrieved())
    store_fetched(lease=lease, fetched=fetched, now=NOW)

    request.refresh_from_db()
    assert request.state == state
    assert Article.objects.count() == versions
