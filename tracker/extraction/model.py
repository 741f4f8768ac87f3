"""What extraction gives back."""

from __future__ import annotations

from dataclasses import dataclass

#: Name and version of the extractor, kept with every claim it proposes.
EXTRACTOR = "sentence-patterns-1"


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """One figure for one harm to one group, in one passage; ``text[start:end]`` is the quote.

    Counts are None where not said. ``speaker_text`` "" = the outlet in its own voice.
    ``statement`` numbers the utterances of the article: rows of one utterance share it.
    """

    start: int
    end: int
    figure_start: int
    figure_end: int
    outcome: str
    subject_status: str
    minimum: int | None
    maximum: int | None
    quantifier_raw: str
    polarity: str
    scope: str
    speaker_text: str
    speaker_named: bool
    statement: int
    rule: str
    children_min: int | None = None
    children_max: int | None = None
    women_min: int | None = None
    women_max: int | None = None
    is_cumulative_update: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article says; ``relevance`` is "harm" or "no_harm"."""

    relevance: str
    claims: tuple[ProposedClaim, ...]
