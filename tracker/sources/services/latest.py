"""The chain of an article's versions, from any of them to the last."""

from __future__ import annotations

from tracker.core.errors import NotFound
from tracker.sources.models import Article


def latest_version(article_id: int, *, is_locked: bool = False) -> Article:
    """The last of the versions that follow an article, or itself. Raises NotFound."""
    articles = Article.objects.select_related("capture")
    if is_locked:
        articles = articles.select_for_update(of=("self",))
    article = articles.filter(pk=article_id).first()
    if article is None:
        raise NotFound(f"There is no article {article_id}.")
    while (later := articles.filter(previous_id=article.pk).first()) is not None:
        article = later
    return article
