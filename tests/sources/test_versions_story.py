"""Versions of one page are one story, however little of the text stayed."""

from __future__ import annotations

import json

import pytest

from tests.conftest import NOW
from tracker.core.actor import machine
from tracker.sources.choices import LineageKind
from tracker.sources.models import Article
from tracker.sources.services.ingest import ingest_bytes
from tracker.verification.services.advance import advance_articles

pytestmark = pytest.mark.django_db
FIRST = "Shells hit a ferry near Ardesh on Thursday and two people were hurt, the clinic said."
LATER = (
    "The harbour of Sella was closed after an explosion whose cause nobody could name. Nine men "
    "died in hospital on Friday, according to a statement of the rescue service."
)


def _ingest(text: str) -> int:
    record = {"id": "a1", "source": "Herald", "published": None, "title": "Ferry", "text": text}
    (result,) = ingest_bytes(
        content=json.dumps(record).encode(),
        reference="a.jsonl",
        media_type=None,
        actor=machine("tests"),
        now=NOW,
    )
    assert result.article_id is not None, result.reason
    return result.article_id


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("is_together", [True, False])
def test_versions_that_share_no_sentence_are_one_story(
    *, order: tuple[int, int], is_together: bool
) -> None:
    versions = [_ingest(FIRST), _ingest(LATER)]
    ids = [versions[number] for number in order]
    for batch in [ids] if is_together else [[pk] for pk in ids]:
        advance_articles(article_ids=batch, clock=lambda: NOW)

    first, later = (Article.objects.get(pk=pk) for pk in versions)
    assert later.previous_id == first.pk
    assert first.story_id == later.story_id is not None
    assert (later.origin_id, later.lineage_kind) == (first.pk, LineageKind.UPDATED_COPY)
