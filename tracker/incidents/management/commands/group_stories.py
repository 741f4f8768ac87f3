"""``manage.py group_stories``: stories and incidents of a file of articles, without a database."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.core.management.json_lines import JsonLinesCommand
from tracker.incidents.rules.matching_accounts import Account, account_of_article
from tracker.incidents.rules.matching_groups import group_events
from tracker.sources.rules.datelines import dateline_of
from tracker.sources.rules.lineage import TextToRelate
from tracker.sources.rules.lineage_credits import agency_credit
from tracker.sources.rules.lineage_stories import group_texts
from tracker.sources.rules.marks import unmarked
from tracker.sources.rules.marks_tails import tail_marks

if TYPE_CHECKING:
    from collections.abc import Iterable


class Command(JsonLinesCommand):
    """One line on standard output per readable article; exit status 1 where a line was not."""

    help = (
        "Print which text each article of a JSONL file descends from and which incidents it "
        "reports. Articles are lines of {id, source, published, title, text}, answers lines of "
        "{id, story, incidents}; those with one name belong together. Needs no database. "
        "Example: python3 manage.py group_stories articles.jsonl > stories.jsonl"
    )
    what = "an article"
    file_help = "a JSONL file of articles"
    unreadable = (ValueError, KeyError, TypeError, RecursionError)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._texts: list[TextToRelate] = []
        self._accounts: list[Account] = []

    def answer(self, line: bytes) -> None:
        """Read one article; the answers need all of them."""
        article = json.loads(line.decode("utf-8"))
        name, title, text = str(article["id"]), article["title"], article["text"]
        outlet, day = article.get("source") or "", article.get("published") or None
        if not all(isinstance(words, str) for words in (title, text, outlet)):
            raise TypeError("source, title and text must be texts")
        for words in (name, title, text, outlet):
            words.encode("utf-8")  # half a character (a lone surrogate) is in no text
        published = date.fromisoformat(day[:10]) if day else None
        own = unmarked(text, tail_marks(text))
        self._texts.append(
            TextToRelate(
                name=name,
                text=own,
                title=title,
                outlet=outlet,
                published=published,
                credit=agency_credit(own, dateline_of(text)),
            )
        )
        self._accounts.append(account_of_article(title=title, text=own, published=published))

    def conclude(self) -> Iterable[str]:
        """Group all that was read."""
        stories = group_texts(self._texts)
        incidents = group_events(self._accounts, stories)
        for text, story, names in zip(self._texts, stories, incidents, strict=True):
            answer = {"id": text.name, "story": story, "incidents": names}
            yield json.dumps(answer, ensure_ascii=False)
