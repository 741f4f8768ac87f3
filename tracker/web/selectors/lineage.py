"""The links of one article in words, for the page on which people decide about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.core.errors import NotFound
from tracker.sources.choices import LineageKind, LinkState
from tracker.sources.models import Article
from tracker.sources.rules.lineage_reasons import ReasonCode
from tracker.sources.selectors.lineage import links_of
from tracker.web.selectors.bench import name_of, task_url

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.sources.models import LineageLink

_KINDS: dict[LineageKind, tuple[Callable[[], str], Callable[[], str]]] = {
    LineageKind.VERBATIM_COPY: (lambda: _("Copy of"), lambda: _("Copied by")),
    LineageKind.EDITED_COPY: (lambda: _("Edited copy of"), lambda: _("Copied and edited by")),
    LineageKind.UPDATED_COPY: (
        lambda: _("Updated copy, with other figures or days, of"),
        lambda: _("Copied, with other figures or days, by"),
    ),
    LineageKind.EXCERPT: (lambda: _("Excerpt of"), lambda: _("Shortened by")),
    LineageKind.TRANSLATION: (lambda: _("Translation of"), lambda: _("Translated by")),
    LineageKind.PARTIAL_OVERLAP: (
        lambda: _("Shares passages with"),
        lambda: _("Shares passages with"),
    ),
}
_SENTENCES: dict[str, Callable[[int, str], str]] = {
    ReasonCode.SHARE: lambda n, _words: (
        _("%s %% of the shorter report's own sentences come from the other") % n
    ),
    ReasonCode.COPY: lambda n, _words: (
        _("copy: %s %% of the smaller text's wording is in both") % n
    ),
    ReasonCode.NEAR_COPY: lambda n, _words: (
        _("near copy: %s %% of the smaller text's wording is in both") % n
    ),
    ReasonCode.FIGURES: lambda _n, words: (
        _("figures or days differ in the same sentence: %s") % words
    ),
    ReasonCode.CREDITS_ORIGIN: lambda _n, words: _("it names the other as its source: %s") % words,
    ReasonCode.SAME_CREDIT: lambda _n, words: _("both name the same source: %s") % words,
    ReasonCode.CREDIT: lambda _n, words: _("it names as its source: %s") % words,
    ReasonCode.PERSON: lambda _n, _words: _("a person linked them"),
}
_STATES = {
    LinkState.PROPOSED: "t-state--note",
    LinkState.CONFIRMED: "t-state--ok",
    LinkState.REFUSED: "t-state--off",
}


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link as seen from the article at hand."""

    link: LineageLink
    relation: str
    other: Article
    other_name: str
    other_url: str
    reasons: list[str]
    state_class: str

    @property
    def may_confirm(self) -> bool:
        """Whether it is not confirmed yet."""
        return self.link.state != LinkState.CONFIRMED

    @property
    def may_refuse(self) -> bool:
        """Whether it still stands."""
        return self.link.state != LinkState.REFUSED


@dataclass(frozen=True, slots=True)
class LineagePage:
    """An article with what it is linked with, and how many carry its story."""

    article: Article
    name: str
    url: str
    rows: list[LinkRow]
    in_story: int


def lineage_page(article_id: int) -> LineagePage:
    """The article's links in words. Raises NotFound."""
    article = Article.objects.light().select_related("outlet", "task").filter(pk=article_id).first()
    if article is None:
        raise NotFound(f"There is no article {article_id}.")
    same_story = Article.objects.filter(story_id=article.story_id) if article.story_id else None
    return LineagePage(
        article=article,
        name=name_of(article),
        url=task_url(article),
        rows=[_row(link, article_id) for link in links_of(article)],
        in_story=same_story.count() if same_story is not None else 0,
    )


def reason_words(reason: Mapping[str, Any]) -> str:
    """One stored reason as a sentence."""
    figure, words = reason.get("figure"), str(reason.get("words") or "")
    if reason.get("code") == ReasonCode.DAYS:
        return _days(int(figure or 0))
    sentence = _SENTENCES.get(str(reason.get("code")))
    return sentence(round(100 * float(figure or 0)), words) if sentence else words


def _days(days: int) -> str:
    if days == 0:
        return _("published on the same day")
    return ngettext("published %s day later", "published %s days later", days) % days


def _row(link: LineageLink, article_id: int) -> LinkRow:
    descends = link.article_id == article_id
    other = link.other if descends else link.article
    words = _KINDS[LineageKind(link.kind)][0 if descends else 1]
    return LinkRow(
        link=link,
        relation=words(),
        other=other,
        other_name=name_of(other),
        other_url=task_url(other),
        reasons=[reason_words(reason) for reason in link.reasons],
        state_class=_STATES[LinkState(link.state)],
    )
