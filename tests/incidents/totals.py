"""Running totals, made as people make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.factories import ArticleFactory, ReviewTaskFactory, SourceFactory, accepted_claim

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Claim


def running_total(by: Person, **fields: Any) -> Claim:
    """64 people killed in a province, by a ministry, unless told otherwise."""
    article = ArticleFactory()
    ReviewTaskFactory(article=article)
    told: dict[str, Any] = {
        "article": article,
        "speaker": SourceFactory(kind="OFFICIAL"),
        "minimum": 64,
        "maximum": 64,
        "scope": "AGGREGATE",
        "incident": None,
    }
    return accepted_claim(by=by, **told | fields)
