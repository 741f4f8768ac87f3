"""One article to proposed claims: sentences with a figure and a harm word.

A first reading, meant to be corrected by people: it proposes what a sentence plainly counts, with
the passage to the letter, and leaves out what would need a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.arabic import find_arabic
from tracker.extraction.breakdown import fold
from tracker.extraction.figures import Count, find_counts
from tracker.extraction.model import Extraction, ProposedClaim
from tracker.extraction.numbers import Figure
from tracker.extraction.pairing import pair
from tracker.extraction.repeats import without_repeats
from tracker.extraction.sentences import split_sentences
from tracker.extraction.speakers import speaker_of
from tracker.extraction.words import AGGREGATE, BACKGROUND, CUMULATIVE, MAY_TELL_HARM

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_QUOTE = 300
_LONGEST_SENTENCE = 2_000
_MOST_CLAIMS = 200
_NOT_SAID = Figure(None, None)
#: How many sentences back "he said" may point.
_SPEAKER_BEFORE = 3


def extract(*, title: str, text: str) -> Extraction:
    """Propose the claims of an article; never raises, whatever the text.

    ``title`` takes no part yet: a headline's figure comes again in the body, with its speaker.
    """
    del title
    claims: list[ProposedClaim] = []
    sentences = list(split_sentences(text))
    for number in range(len(sentences)):
        claims += _claims_of(text, sentences, number)
        if len(claims) >= _MOST_CLAIMS:
            break
    kept = tuple(without_repeats(claims[:_MOST_CLAIMS]))
    harmed = any(_tells_harm(claim) for claim in kept)
    return Extraction(relevance="harm" if harmed else "no_harm", claims=kept)


def _claims_of(
    text: str, sentences: list[tuple[int, int]], statement: int
) -> Iterator[ProposedClaim]:
    offset, sentence_end = sentences[statement]
    if sentence_end - offset > _LONGEST_SENTENCE:
        return
    sentence = text[offset:sentence_end]
    yield from _arabic_claims(sentence, offset=offset, statement=statement)
    counts = fold(sentence, find_counts(sentence)) if MAY_TELL_HARM.search(sentence) else []
    pairs = pair(sentence, counts) if counts else []
    if not pairs:
        return
    before = sentences[max(0, statement - _SPEAKER_BEFORE) : statement]
    context = [text[start : min(end, start + _LONGEST_SENTENCE)] for start, end in before]
    speaker, named = speaker_of(sentence, context)
    scope = _scope_of(sentence)
    is_update = CUMULATIVE.search(sentence) is not None
    for one in pairs:
        start, end = _passage(sentence, one.start, one.end)
        count = one.count
        yield ProposedClaim(
            start=offset + start,
            end=offset + end,
            figure_start=offset + count.start,
            figure_end=offset + count.figure_end,
            outcome=one.outcome,
            subject_status=count.status,
            minimum=count.figure.minimum,
            maximum=count.figure.maximum,
            quantifier_raw=count.words[:100],
            polarity="ASSERTS_NO_HARM" if count.is_denial else "ASSERTS_HARM",
            scope=scope,
            speaker_text=speaker,
            speaker_named=named,
            statement=statement,
            rule=one.rule,
            is_cumulative_update=is_update,
            **_parts_of(count),
        )


def _parts_of(count: Count) -> dict[str, int | None]:
    children, women = count.children or _NOT_SAID, count.women or _NOT_SAID
    return {
        "children_min": children.minimum,
        "children_max": children.maximum,
        "women_min": women.minimum,
        "women_max": women.maximum,
    }


def _arabic_claims(sentence: str, *, offset: int, statement: int) -> Iterator[ProposedClaim]:
    for found in find_arabic(sentence):
        start, end = _passage(sentence, found.start, found.end)
        yield ProposedClaim(
            start=offset + start,
            end=offset + end,
            figure_start=offset + found.figure_start,
            figure_end=offset + found.figure_end,
            outcome=found.outcome,
            subject_status=found.status,
            minimum=found.figure.minimum,
            maximum=found.figure.maximum,
            quantifier_raw=sentence[found.figure_start : found.figure_end],
            polarity="ASSERTS_HARM",
            scope="INCIDENT",
            speaker_text=found.speaker,
            speaker_named=found.speaker_named,
            statement=statement,
            rule="Arabic harm word with figure",
        )


def _scope_of(sentence: str) -> str:
    if AGGREGATE.search(sentence):
        return "AGGREGATE"
    return "BACKGROUND" if BACKGROUND.search(sentence) else "INCIDENT"


def _passage(sentence: str, first: int, last: int) -> tuple[int, int]:
    """The whole sentence where it is short enough, else what holds figure and harm."""
    if len(sentence) <= LONGEST_QUOTE:
        return 0, len(sentence)
    start = max(0, min(first, last - LONGEST_QUOTE))
    end = min(len(sentence), start + LONGEST_QUOTE)
    while 0 < start < first and not sentence[start - 1].isspace():
        start += 1
    while last < end < len(sentence) and not sentence[end].isspace():
        end -= 1
    return start, end


def _tells_harm(claim: ProposedClaim) -> bool:
    return (
        claim.scope == "INCIDENT"
        and claim.outcome in {"KILLED", "INJURED"}
        and claim.subject_status != "COMBATANT"
    )
