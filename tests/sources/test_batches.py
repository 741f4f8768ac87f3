"""Items that are stored together end as they would one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from tests.conftest import NOW
from tracker.audit.models import AuditEvent
from tracker.core.actor import machine
from tracker.core.jobs import Job
from tracker.sources.models import Article, Capture, CustodyEvent, Source
from tracker.sources.parsing.kinds import Kind
from tracker.sources.services import items as service
from tracker.sources.services.failures import Outcome
from tracker.sources.services.ingest import ITEMS_A_BATCH, ingest_bytes
from tracker.sources.services.items import Item, ingest_batch

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

pytestmark = pytest.mark.django_db
ACTOR = machine("tests")


def _item(number: int, *, text: str = "", source: str = "Coast Herald") -> Item:
    record = {
        "id": f"a-{number}",
        "source": source,
        "published": "2026-11-02",
        "title": "",
        "text": text or f"Shells fell on quay {number}.",
    }
    return Item(json.dumps(record).encode(), Kind.RECORD, f"file.jsonl:{number}")


def test_batch_is_stored_at_once_with_one_hint(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    hints: list[object] = []
    monkeypatch.setattr("tracker.core.jobs.send_hint", lambda job, **ids: hints.append((job, ids)))
    batch = [_item(number) for number in range(ITEMS_A_BATCH)]

    with (
        django_capture_on_commit_callbacks(execute=True),
        django_assert_max_num_queries(25),  # whatever the number of items
    ):
        results = ingest_batch(items=batch, actor=ACTOR, now=NOW)

    articles = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    assert [result.article_id for result in results] == articles
    assert hints == [(Job.ADVANCE_ARTICLES, {"article_ids": articles})]
    assert Source.objects.get().name == "Coast Herald"
    assert CustodyEvent.objects.count() == 2 * len(batch)
    assert AuditEvent.objects.filter(action="article.ingest").count() == len(batch)


def test_repeats_within_a_batch_are_told_apart_and_keep_their_order() -> None:
    broken = Item(b'{"id": 1}', Kind.RECORD, "file.jsonl:9")
    again = _item(1)
    other_text_same_id = _item(1, text="Shells fell on another quay.")
    same_text = _item(2, text="Shells fell on quay 1.")

    results = ingest_batch(
        items=[_item(1), broken, again, other_text_same_id, same_text], actor=ACTOR, now=NOW
    )

    assert [result.reference for result in results] == [
        "file.jsonl:1",
        "file.jsonl:9",
        "file.jsonl:1",
        "file.jsonl:1",
        "file.jsonl:2",
    ]
    assert results[0].outcome is Outcome.NEW
    assert results[1].outcome is Outcome.FAILED
    assert (results[2].outcome, results[2].article_id) == (Outcome.SAME, results[0].article_id)
    assert (results[4].outcome, results[4].reason) == (
        Outcome.COPY,
        f"the same text as article {results[0].article_id}",
    )


def test_batch_that_meets_another_worker_is_stored_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored: list[int] = []
    whole = service._store

    def raced(together: list[service._Looked], **options: object) -> object:
        stored.append(len(together))
        if len(together) > 1:
            raise IntegrityError("somebody was quicker")
        return whole(together, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(service, "_store", raced)

    results = ingest_batch(items=[_item(1), _item(2)], actor=ACTOR, now=NOW)

    assert stored == [2, 1, 1]
    assert [result.outcome for result in results] == [Outcome.NEW, Outcome.NEW]


def test_lines_of_a_file_go_in_batches_and_failures_take_none_along() -> None:
    lines = [_item(number).content for number in range(ITEMS_A_BATCH + 5)]
    lines[3] = b"{not json"

    results = ingest_bytes(
        content=b"\n".join(lines), reference="a.jsonl", media_type=None, actor=ACTOR, now=NOW
    )

    assert [result.outcome for result in results].count(Outcome.FAILED) == 1
    assert Article.objects.count() == len(lines) - 1
    assert Capture.objects.count() == len(lines), "what failed is kept too"
