"""The machine's way with a batch of articles, from bytes to open review tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.sources.services.parse import parse_articles
from tracker.sources.services.relate import relate_articles
from tracker.verification.services.extract import extract_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime


def advance_articles(*, article_ids: Sequence[int], clock: Callable[[], datetime]) -> None:
    """Take each article as far as it goes; each step is a transaction of its own.

    Safe to repeat: an article that is further already, or that another worker holds, is left.
    """
    parse_articles(article_ids=article_ids, clock=clock)
    relate_articles(article_ids=article_ids, now=clock())
    extract_articles(article_ids=article_ids, now=clock())
