"""How well proposed claims agree with annotated ones: the measures of the evaluation kit, small.

A proposed and an annotated claim of one article match where harm, min and max are equal, one to
one; among equals those that agree in more fields go together.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from tracker.extraction.articles import Article, article_of, read
from tracker.extraction.guide import in_guide_words, is_of_guide

INVENTED = Path(__file__).parent / "invented"
NAMES = frozenset({"place", "speaker", "actor"})
FIELDS = ("status", "scope", "date", "place", "speaker", "actor", "method", "children", "women")

Claim = dict[str, Any]


def invented_articles() -> list[Article]:
    """The invented articles, in their order."""
    lines = (INVENTED / "articles.jsonl").read_bytes().splitlines()
    return [article_of(line) for line in lines]


def invented_gold() -> dict[str, dict[str, Any]]:
    """What the invented articles say, by article."""
    lines = (INVENTED / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def answer(article: Article) -> dict[str, Any]:
    """What the extractor says of an article, in the words of the guide."""
    found = read(article)
    claims = [in_guide_words(article.text, one) for one in found.claims if is_of_guide(one)]
    return {
        "relevance": "harm" if found.relevance.is_harm else "no_harm",
        "probability": found.relevance.probability,
        "claims": claims,
    }


def measured(gold: dict[str, dict[str, Any]], said: dict[str, dict[str, Any]]) -> dict[str, float]:
    """F1 of figures (all, incident, strict) and of harm; the share right of matched, by field."""
    counts: Counter[str] = Counter()
    for key, article in gold.items():
        ours, theirs = article["claims"], said[key]["claims"]
        pairs = matched(ours, theirs)
        _add(counts, "all", len(pairs), ours, theirs)
        one, other = ([c for c in side if c["scope"] == "incident"] for side in (ours, theirs))
        _add(counts, "incident", len(matched(one, other)), one, other)
        _add(counts, "strict", len(matched(ours, theirs, ("status", "scope"))), ours, theirs)
        counts.update(f for one, other in pairs for f in FIELDS if same(f, one[f], other[f]))
        judged = [row["relevance"] == "harm" for row in (article, said[key])]
        counts["harm hits"] += all(judged)
        counts["harm sides"] += sum(judged)
    shares = {field: counts[field] / max(1, counts["all hits"]) for field in FIELDS}
    parts = ("all", "incident", "strict", "harm")
    return shares | {p: 2 * counts[f"{p} hits"] / max(1, counts[f"{p} sides"]) for p in parts}


def matched(
    gold: list[Claim], said: list[Claim], also: tuple[str, ...] = ()
) -> list[tuple[Claim, Claim]]:
    """Pairs of one figure, the best agreeing first."""
    keys = ("harm", "min", "max", *also)
    candidates = sorted(
        (
            (-sum(same(field, one[field], other[field]) for field in FIELDS), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(said)
            if all(one[key] == other[key] for key in keys)
        ),
    )
    left, right = set(range(len(gold))), set(range(len(said)))
    pairs = []
    for _, i, j in candidates:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((gold[i], said[j]))
    return pairs


def same(field: str, one: object, other: object) -> bool:
    """Equal; a name also where one is a run of whole words of the other."""
    if field not in NAMES or one is None or other is None:
        return one == other
    short, long = sorted((_plain(str(one)), _plain(str(other))), key=len)
    if "".join(short) == "".join(long):
        return True
    runs = (long[at : at + len(short)] for at in range(len(long) - len(short) + 1))
    return any(run == short for run in runs)


def _plain(name: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return re.findall(r"\w+", re.sub(r"['‘’ʼʿʾ`.]", "", bare))


def _add(
    counts: Counter[str], part: str, hits: int, ours: list[Claim], theirs: list[Claim]
) -> None:
    counts[f"{part} hits"] += hits
    counts[f"{part} sides"] += len(ours) + len(theirs)
