"""What the parts of the extractor hand to each other, and what extraction gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

#: Name and version of the extractor, kept with every claim it proposes.
EXTRACTOR = "careful-reading-5"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: the rule's name, the words it rests on (offsets into the text).

    ``confidence`` is the calibrated chance that the field is right; None = not calibrated.
    """

    rule: str
    spans: tuple[Span, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure with its harm, in one sentence of a document; offsets are into the text.

    ``start``–``end`` is the passage to quote, ``core_start``–``core_end`` figure, group and harm
    word together. ``attribution`` is set where the reader of the language names the speaker itself.
    ``protected_kind`` is "medical", "rescue", "press", "aid", "education" or "", ``ages`` in years.
    """

    sentence: int
    start: int
    end: int
    core_start: int
    core_end: int
    figure_start: int
    figure_end: int
    outcome: str
    subject_status: str
    minimum: int | None
    maximum: int | None
    quantifier_raw: str
    is_denial: bool
    is_cumulative_update: bool
    rule: str
    status_rule: str = ""
    children_min: int | None = None
    children_max: int | None = None
    women_min: int | None = None
    women_max: int | None = None
    attribution: Attribution | None = None
    protected_kind: str = ""
    ages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who gives a figure; ``speaker`` "" = the outlet in its own voice.

    ``chain`` is who quotes whom, from the outlet's side to the origin ("SANA", "police source").
    """

    speaker: str
    is_named: bool
    chain: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Happening:
    """What a mention's event is said to be; mentions of one event share ``event``.

    Each value None = not said. ``method`` is a word of the annotation guide. ``infrastructure``:
    what is said to have been hit, by kind ("hospital"); ``is_double_tap``: those who came to help
    were struck in turn. ``own``: place and method as the mention's own sentence has them.
    """

    event: int
    place: str | None
    actor: str | None
    method: str | None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    infrastructure: tuple[str, ...] = ()
    is_double_tap: bool = False
    own: Mapping[str, tuple[str, Evidence]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class When:
    """The time of an event: ``day`` by the annotation guide, the window by the methodology.

    All None where nothing is said or can be resolved; ``phrase`` keeps the words, resolved or not.
    ``precision``, ``basis``, ``anchor_kind`` and ``time_term`` are words of the methodology (7.2).
    """

    day: date | None
    first: date | None
    last: date | None
    precision: str
    basis: str
    phrase: str
    anchor: date | None
    anchor_kind: str
    time_term: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """One figure for one harm to one group, in one passage; ``text[start:end]`` is the quote.

    Counts are None where not said. ``speaker_text`` "" = the outlet in its own voice.
    ``statement`` numbers the utterances of the article: rows of one utterance share it.
    ``evidence`` has an entry for each of figure, status, scope, speaker, day, place, actor, method.
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
    speaker_chain: tuple[str, ...] = ()
    infrastructure: tuple[str, ...] = ()
    is_double_tap: bool = False
    protected_kind: str = ""
    ages: tuple[int, ...] = ()
    event: int = 0
    place: str | None = None
    actor: str | None = None
    method: str | None = None
    when: When | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProposedPosition:
    """What an accused party says of its act, of harm and of responsibility, in one passage.

    The axes are words of the methodology (section 8); "" = that axis is not spoken of.
    """

    start: int
    end: int
    party: str
    act: str
    harm: str
    responsibility: str
    said_on: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Relevance:
    """How likely the article reports harm to civilians; ``reasons`` in words, strongest first."""

    is_harm: bool
    probability: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article says."""

    relevance: Relevance
    claims: tuple[ProposedClaim, ...]
