"""``manage.py extract_claims``: what the extractor proposes, as JSON lines, without a database."""

from __future__ import annotations

import json

from tracker.core.management.json_lines import JsonLinesCommand
from tracker.extraction.articles import UNREADABLE, article_of, read
from tracker.extraction.guide import in_guide_words, is_of_guide


class Command(JsonLinesCommand):
    """One line on standard output per readable article; exit status 1 where a line was not."""

    help = (
        "Print the claims proposed for each article of a JSONL file ({id, source, published, "
        "title, text} a line) as {id, relevance, probability, claims} a line. Needs no database. "
        "Example: python3 manage.py extract_claims articles.jsonl > claims.jsonl"
    )
    what = "an article"
    file_help = "a JSONL file of articles"
    unreadable = UNREADABLE

    def answer(self, line: bytes) -> str:
        """The claims of one article."""
        article = article_of(line)
        found = read(article)
        answer = {
            "id": article.id,
            "relevance": "harm" if found.relevance.is_harm else "no_harm",
            "probability": found.relevance.probability,
            "claims": [
                in_guide_words(article.text, claim) for claim in found.claims if is_of_guide(claim)
            ],
        }
        return json.dumps(answer, ensure_ascii=False)
