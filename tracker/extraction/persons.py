"""Which words of a passage may name a private person (pure; English).

It marks everything that is spelled as a name and that nothing tells to be something else: a name
too many is a blank in a quote, a name too few may cost a life. Kept are the names that the caller
knows to be public, officials who are named with their office and speak, bodies, peoples, days, and
places no finer than a town.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic
from tracker.extraction.places.gazetteer import packaged
from tracker.extraction.places.words import COUNTRIES, NATIONALITIES, REGIONS, WORLD
from tracker.extraction.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.extraction.model import Span

#: The languages whose names can be told from other words; a passage in another one can't be masked.
LANGUAGES = frozenset({"en"})

_WORDS = topic("persons")
_OFFICES, _KIN, _HARMED, _BODIES, _FACILITIES, _DAYS, _WHERE, _AREAS, _TITLES, _PARTICLES = (
    frozenset(_WORDS[name])
    for name in (
        *("offices", "kin", "harmed", "bodies", "facilities", "days", "where", "areas"),
        *("titles", "particles"),
    )
)
_SPEAKING = frozenset([*topic("speech")["verbs"]["say"], "according", *_WORDS["speakers"]])
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_JOINED = re.compile(r"[^\S\n]{1,3}|-|\.[^\S\n]")
_PREFIXED = re.compile(r"(?:[a-z]{1,3}|[A-Z][a-z]{1,3})[-’'][A-Z]")
#: After it a word is in capitals as at the beginning of a sentence.
_OPENING = re.compile(r"[:–—“\"‘]|\s-\s")
_LONGEST_ACRONYM = 5
#: Of words in a line that are in capitals in a headline.
_HEADLINE = 0.6
_AROUND = 5
_BESIDE = 2
_NEXT = 4


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    is_acronym: bool = False

    @property
    def plain(self) -> str:
        """In small letters, without the mark of whose it is."""
        return re.sub(r"[’']s?$", "", self.text).casefold()

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper() or bool(_PREFIXED.match(self.text))


def private_names(text: str, *, within: Span, kept: Iterable[str] = ()) -> list[Span]:
    """Spans that overlap ``within`` and may name a private person, in order, apart from ``kept``.

    The rest of the text is read for what it tells of the words in the passage.
    """
    public = _spans_of(text, kept)
    common = {word.casefold() for word in re.findall(r"\b[^\W\d_]+\b", text) if word.islower()}
    found: list[Span] = []
    for start, end in split_sentences(text):
        if start < within[1] and within[0] < end:
            found += _of_sentence(text[start:end], start, public, common | _openers())
    return [span for span in found if span[0] < within[1] and within[0] < span[1]]


def _of_sentence(
    sentence: str, offset: int, public: Sequence[Span], common: set[str] | frozenset[str]
) -> list[Span]:
    words = _marked_capitals(
        [_Word(m.start() + offset, m.end() + offset, m[0]) for m in _WORD.finditer(sentence)]
    )
    capitals = [w for w in words if w.is_capital]
    is_headline = len(words) > _NEXT and len(capitals) > _HEADLINE * len(words)
    spans: list[Span] = []
    for first, last in _runs(words, sentence, offset, public):
        run = words[first:last]
        before = words[first - 1].end - offset if first else 0
        begins = first == 0 or _OPENING.search(sentence, before, run[0].start - offset)
        if begins or is_headline:
            run = _without_common(run, common, everywhere=is_headline)
        run = _without_peoples(run)
        if run and not _is_no_person(run, words, words.index(run[0])):
            spans.append((run[0].start, run[-1].end))
    return spans


def _marked_capitals(words: list[_Word]) -> list[_Word]:
    """With short words in capitals told as acronyms, unless they stand in a line of capitals."""
    capitals = [re.sub(r"[’']s$", "", word.text).isupper() for word in words]
    marked = []
    for at, word in enumerate(words):
        beside = [*capitals[max(0, at - 1) : at], *capitals[at + 1 : at + 2]]
        is_acronym = capitals[at] and 1 < len(word.plain) <= _LONGEST_ACRONYM and not any(beside)
        marked.append(replace(word, is_acronym=is_acronym))
    return marked


def _runs(
    words: Sequence[_Word], sentence: str, offset: int, public: Sequence[Span]
) -> list[tuple[int, int]]:
    """Runs of words in capitals with particles between them, outside what is public."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        if not _may_name(words[at], public):
            at += 1
            continue
        end = at + 1
        while end < len(words) and _joined(words[end - 1], words[end], sentence, offset):
            if _may_name(words[end], public):
                end += 1
            elif words[end].plain in _PARTICLES and end + 1 < len(words):
                if not _may_name(words[end + 1], public):
                    break
                end += 2
            else:
                break
        runs.append((at, end))
        at = end
    return runs


def _may_name(word: _Word, public: Sequence[Span]) -> bool:
    is_public = any(start <= word.start and word.end <= end for start, end in public)
    return word.is_capital and not word.is_acronym and not is_public


def _joined(word: _Word, other: _Word, sentence: str, offset: int) -> bool:
    between = sentence[word.end - offset : other.start - offset]
    return bool(_JOINED.fullmatch(between))


def _without_common(
    run: Sequence[_Word], common: set[str] | frozenset[str], *, everywhere: bool
) -> list[_Word]:
    """Without words that are in capitals for where they stand only."""
    if everywhere:
        return [word for word in run if word.plain not in common]
    return list(run[1:] if run[0].plain in common else run)


def _without_peoples(run: Sequence[_Word]) -> list[_Word]:
    left = list(run)
    while left and (left[0].plain in _DAYS or left[0].plain in NATIONALITIES):
        left = left[1:]
    while left and left[-1].plain in _DAYS:
        left = left[:-1]
    return left


def _is_no_person(run: Sequence[_Word], words: Sequence[_Word], at: int) -> bool:
    plain = [word.plain for word in run]
    if _FACILITIES.intersection(plain):
        return False
    if _BODIES.intersection(plain):
        return True
    name = " ".join(plain)
    if name in COUNTRIES or name in REGIONS or name in WORLD:
        return True
    before = [word.plain for word in words[max(0, at - _AROUND) : at]]
    after = [word.plain for word in words[at + len(run) : at + len(run) + _AROUND]]
    if _is_place(run, before, after):
        return True
    return _is_official(plain, before, after, words)


def _is_place(run: Sequence[_Word], before: Sequence[str], after: Sequence[str]) -> bool:
    """A town, a province or a country, named as where something is and not as whose it is."""
    if run[-1].text[-2:] in ("'s", "’s") or run[-1].text[-1:] in "'’":
        return False
    is_where = bool(before) and before[-1] in _WHERE
    is_area = bool(after) and after[0] in _AREAS
    names = [word.text for word in run]
    if run[-1].plain in _AREAS:
        names, is_area = names[:-1], True
    return (is_where or is_area) and bool(packaged().look_up(" ".join(names)))


def _is_official(
    run: Sequence[str], before: Sequence[str], after: Sequence[str], words: Sequence[_Word]
) -> bool:
    """Named with an office, speaking, and neither harmed nor anybody's kin."""
    has_office = (
        bool(_OFFICES.intersection(run))
        or bool(_OFFICES.intersection(before[-_BESIDE:]))
        or bool(_OFFICES.intersection(after[:_NEXT]))
    )
    speaks = any(word.plain in _SPEAKING for word in words)
    private = _KIN.intersection([*before, *after]) or _HARMED.intersection(
        [*before[-_BESIDE:], *after[:_BESIDE]]
    )
    return has_office and speaks and not private and not _TITLES.intersection(run[:1])


def _spans_of(text: str, names: Iterable[str]) -> list[Span]:
    """Where the names stand in the text, in whatever case, as whole words."""
    spans: list[Span] = []
    for name in names:
        bare = re.sub(r"(?i)^the\s", "", name.strip())
        if bare:
            pattern = re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)", re.IGNORECASE)
            spans += [match.span() for match in pattern.finditer(text)]
    return spans


@cache
def _openers() -> frozenset[str]:
    return frozenset(_WORDS["openers"])
