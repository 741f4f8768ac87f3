"""``manage.py extract_claims``: what the extractor proposes, as JSON lines, without a database."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tracker.core.management.json_lines import JsonLinesCommand
from tracker.extraction import ProposedClaim, extract

_STATUS = {"CIVILIAN": "civilian", "COMBATANT": "combatant", "MIXED": "mixed"}
_HARM = {"KILLED": "killed", "INJURED": "injured"}


class Command(JsonLinesCommand):
    """One line on standard output per readable article; exit status 1 where a line was not."""

    help = (
        "Print the claims proposed for each article of a JSONL file ({id, source, published, "
        "title, text} a line) as {id, relevance, claims} a line. Needs no database. "
        "Example: python3 manage.py extract_claims articles.jsonl > claims.jsonl"
    )
    what = "an article"
    file_help = "a JSONL file of articles"
    unreadable = (ValueError, KeyError, TypeError, RecursionError)

    def answer(self, line: bytes) -> str:
        """The claims of one article."""
        article = json.loads(line.decode("utf-8"))
        title, text = article["title"], article["text"]
        if not isinstance(title, str) or not isinstance(text, str):
            raise TypeError("title and text must be texts")
        found = extract(
            title=title,
            text=text,
            published=_day(article.get("published")),
            outlet=str(article.get("source") or ""),
        )
        answer = {
            "id": str(article["id"]),
            "relevance": "harm" if found.relevance.is_harm else "no_harm",
            "claims": [_claim(text, claim) for claim in found.claims if claim.outcome in _HARM],
        }
        return json.dumps(answer, ensure_ascii=False)


def _day(words: object) -> date | None:
    """The day of publication; one that can't be read is not said."""
    try:
        return date.fromisoformat(str(words)[:10])
    except ValueError:
        return None


def _claim(text: str, claim: ProposedClaim) -> dict[str, Any]:
    return {
        "harm": _HARM[claim.outcome],
        "min": claim.minimum,
        "max": claim.maximum,
        "status": _STATUS.get(claim.subject_status, "unspecified"),
        "children": claim.children_min,
        "women": claim.women_min,
        "scope": claim.scope.lower(),
        "speaker": claim.speaker_text or None,
        "actor": claim.actor,
        "method": claim.method,
        "place": claim.place,
        "date": claim.when.day.isoformat() if claim.when and claim.when.day else None,
        "quote": text[claim.start : claim.end],
    }
