"""What an article's relevance is judged by: a few numbers, each with a name that people can read.

Half of them sum up the proposed claims, half count words of the topics of ``relevance.toml``.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import ProposedClaim

#: Feature -> what it says of an article where it speaks for harm, and where against.
SAYINGS = {
    "surest harm": (
        "a figure of people harmed in an event told as news, surely read",
        "no figure that surely tells of harm to people who may be civilians",
    ),
    "civilians": ("civilians are named as victims", "no victims are named as civilians"),
    "number": ("several figures of such harm", "few figures of such harm"),
    "in the lead": ("harm stands at the head of the text", "no harm at the head of the text"),
    "place or day": ("it is said where or when", "it is not said where or when"),
    "means of war": ("it is said by what means of war", "no means of war is named"),
    "war": ("words of war", "hardly a word of war"),
    "figures of fighters": ("few figures of fighters hurt", "several figures of fighters hurt"),
    "fighters": ("few words of fighters", "many words of fighters"),
    "civil life": ("words of homes, families, hospitals", "few words of civil life"),
    "people in harm": (
        "sentences that join harm and civil life",
        "no sentence joins harm and civil life",
    ),
    "talk": ("few words of talks and politics", "many words of talks and politics"),
    "sport": ("no words of sport", "words of sport"),
    "market": ("no words of the economy", "words of the economy"),
    "past": ("no words of remembrance", "words of lives and remembrance"),
    "invention": ("no words of films, games or exercises", "words of films, games or exercises"),
}
FEATURES = tuple(SAYINGS)
_TOPICS = ("war", "fighters", "civil life", "talk", "sport", "market", "past", "invention")
_OTHER_SUBJECTS = frozenset({"sport", "market", "past", "invention"})
_WEAK = (0.02, 0.98)
#: Words are counted in the beginning of the text; an article is not about what stands later.
_READ = 6_000
_LEAD = 400
#: A claim of whom nothing is said may be of fighters, one of fighters may be of others.
_MAY_BE_CIVILIAN = {"CIVILIAN": 0.98, "MIXED": 0.97, "UNKNOWN": 0.9, "COMBATANT": 0.06}
_MAY_BE_NEWS = {"INCIDENT": 0.95, "BACKGROUND": 0.2, "AGGREGATE": 0.12}
_HARM = frozenset({"KILLED", "INJURED"})


def features_of(document: Document, claims: Sequence[ProposedClaim]) -> dict[str, float]:
    """One number for each of ``FEATURES``."""
    harm = [claim for claim in claims if claim.outcome in _HARM]
    news = [claim for claim in harm if claim.scope == "INCIDENT"]
    told = [claim for claim in news if claim.subject_status != "COMBATANT"]
    lead = [claim for claim in told if claim.start < _LEAD]
    return {
        "surest harm": _log_odds(max(map(_chance, harm), default=0.0)),
        "civilians": float(any(claim.subject_status in {"CIVILIAN", "MIXED"} for claim in told)),
        "number": math.log1p(len(told)),
        "in the lead": float(bool(lead)),
        "place or day": float(
            any(claim.place or (claim.when and claim.when.day) for claim in told)
        ),
        "means of war": float(any(claim.method not in {None, "other"} for claim in told)),
        "figures of fighters": math.log1p(len(news) - len(told)),
        "people in harm": math.log1p(_people_in_harm(document)),
        **_topics(document),
    }


def _chance(claim: ProposedClaim) -> float:
    """That this claim is one of harm to people who may be civilians, as news."""
    figure = claim.evidence.get("figure")
    read = figure.confidence if figure and figure.confidence is not None else 0.8
    civilian = _MAY_BE_CIVILIAN.get(claim.subject_status, 0.9)
    return read * civilian * _MAY_BE_NEWS.get(claim.scope, 0.5)


def _log_odds(chance: float) -> float:
    low, high = _WEAK
    held = min(high, max(low, chance))
    return math.log(held / (1 - held))


def _people_in_harm(document: Document) -> int:
    """Sentences that join a word of harm and one of civil life, and name no fighters."""
    return sum(
        bool(
            _pattern("harm").search(words)
            and _pattern("civil life").search(words)
            and not _pattern("fighters").search(words)
        )
        for words in (
            sentence.words.lower() for sentence in document.sentences if sentence.start < _READ
        )
    )


def _topics(document: Document) -> dict[str, float]:
    """How dense each topic's words are, as a logarithm: the first few say the most.

    Words of another subject count as far as they outweigh words of war: a stadium may be shelled.
    """
    words = f"{document.title}\n{document.text[:_READ]}".lower()
    length = max(50, words.count(" ") + 1)
    dense = {
        name: math.log1p(100 * len(_pattern(name).findall(words)) / length) for name in _TOPICS
    }
    return {
        name: max(0.0, value - dense["war"] / 2) if name in _OTHER_SUBJECTS else value
        for name, value in dense.items()
    }


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(topic("relevance")[name]["words"], key=lambda word: (-len(word), word))
    parts = (
        re.escape(word.removesuffix("*")).replace(r"\ ", r"\s{1,3}")
        + (r"\w{0,12}" if word.endswith("*") else "")
        for word in words
    )
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")
