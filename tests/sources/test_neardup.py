"""A short version of ``benchmark neardup``: edited copies are found again."""

from __future__ import annotations

import pytest

from tests.benchmarks.edited_texts import EDITS
from tests.benchmarks.invented_pages import report
from tests.benchmarks.neardup import (
    insert,
    look_for_edits,
    recall_figures,
    store_articles,
    texts_at,
)
from tests.conftest import SHARED
from tracker.sources.rules.lineage_text import prepare
from tracker.sources.rules.signature import sign

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("invented", [True, False])
def test_edited_copies_are_found(invented: bool) -> None:  # noqa: FBT001  # a parameter of the table
    articles = SHARED / "gold" / "articles.dev.jsonl"
    if not invented and not articles.is_file():
        pytest.skip("no articles lie beside the checkout")
    texts = [report(n).text for n in range(40)] if invented else texts_at(articles)[:60]
    insert({a.pk: sign(prepare(a.text)) for a in store_articles(texts)})

    found = look_for_edits(texts)

    assert len(found) == len(EDITS) * len(texts)
    assert [str(figure) for figure in recall_figures(found) if not figure.is_reached] == []
