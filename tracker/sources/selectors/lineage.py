"""Links between texts, as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

from tracker.sources.choices import LinkState
from tracker.sources.models import LineageLink

if TYPE_CHECKING:
    from tracker.sources.models import Article

_MOST = 50


def links_of(article: Article) -> list[LineageLink]:
    """The links at whose either end the article is: to its origin first, then the open ones, then
    the strongest."""
    to_origin = Q(article=article.pk, other=article.origin_id or 0)
    order = Case(
        When(to_origin, then=Value(0)),
        When(state=LinkState.PROPOSED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = LineageLink.objects.filter(Q(article=article.pk) | Q(other=article.pk))
    return list(
        rows.select_related(
            "article__outlet",
            "article__task",
            "other__outlet",
            "other__task",
            "made_by",
            "decided_by",
        )
        .defer("article__text", "article__marks", "other__text", "other__marks")
        .order_by(order, "-share", "pk")[:_MOST]
    )
