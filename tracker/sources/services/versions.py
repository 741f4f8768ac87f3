"""An article's page looked at again: the same text changes nothing, another text is a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput
from tracker.core.jobs import Job, enqueue_on_commit
from tracker.sources.choices import FetchState
from tracker.sources.models import Article, FetchRequest
from tracker.sources.parsing.kinds import Kind
from tracker.sources.parsing.parsed import Unreadable
from tracker.sources.parsing.read import read_article
from tracker.sources.parsing.text import text_digest
from tracker.sources.policies import require_may_ingest
from tracker.sources.rules.marks import unmarked
from tracker.sources.rules.marks_tails import tail_marks
from tracker.sources.services.capture_store import CaptureUnreadable, read_capture
from tracker.sources.services.failures import IngestResult, Outcome
from tracker.sources.services.items import ingest_item
from tracker.sources.services.latest import latest_version
from tracker.sources.services.leases import WORKER

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.sources.services.items import Item


@transaction.atomic
def request_recheck(*, article_id: int, actor: Actor, now: datetime) -> FetchRequest:
    """Have the address of an article looked at again; a request that waits is returned again.

    Raises NotAllowed, NotFound, InvalidInput where the article came from no address.
    """
    require_may_ingest(actor)
    article = latest_version(article_id)
    first = article.capture.first_retrieval
    url = first.url if first is not None else article.url
    if not url:
        raise InvalidInput("This article came from no address that could be looked at again.")
    last = FetchRequest.objects.filter(url=url).order_by("-id").first()
    request, is_new = FetchRequest.objects.get_or_create(
        url=url,
        state=FetchState.WAITING,
        defaults={
            "requested_by": actor.alias,
            "requested_at": now,
            "recheck_of": article,
            "egress_proxy": last.egress_proxy if last is not None else "",
        },
    )
    if is_new:
        record_event(
            actor=actor,
            action="fetch.recheck",
            target=request,
            now=now,
            changes={"article": article.pk},
        )
    enqueue_on_commit(Job.FETCH_ADDRESS, request_id=request.pk)
    return request


def store_recheck(*, article_id: int, item: Item, now: datetime) -> IngestResult:
    """Compare what came with the latest version; store a later one where the text is another.

    What is no article any more is a failure with its reason and leaves the versions as they are.
    Raises UnableToStore.
    """
    try:
        after = _digest(_text_of(item))
    except Unreadable as refusal:
        return IngestResult(item.reference, Outcome.FAILED, str(refusal), None)
    with transaction.atomic():
        before = latest_version(article_id, is_locked=True)
        if _digest(_text_before(before)) == after:
            return IngestResult(item.reference, Outcome.SAME, "", before.pk)
        result = ingest_item(item=item, actor=WORKER, now=now)
        if result.article_id is not None and result.outcome is not Outcome.SAME:
            Article.objects.filter(pk=result.article_id).update(previous=before)
        return result


def _text_of(item: Item) -> str:
    """The text of what came. Raises Unreadable."""
    return read_article(
        item.content,
        kind=item.kind,
        url=item.retrieved.final_url if item.retrieved else "",
        content_type=item.retrieved.content_type if item.retrieved else "",
    ).text


def _text_before(article: Article) -> str:
    """The text of a version that is there; "" where nothing of it can be read."""
    if article.text:
        return article.text
    try:
        content = read_capture(article.capture)
        return read_article(content, kind=Kind(article.capture.media_type)).text
    except (Unreadable, CaptureUnreadable, ValueError):
        return ""


def _digest(text: str) -> str:
    """Of the report alone: what its page says around it changes with every look."""
    return text_digest(unmarked(text, tail_marks(text)))
