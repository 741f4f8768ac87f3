"""The acts of speech in a sentence: who says something, and on which side of the verb it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic
from tracker.extraction.speakers.adverbials import ends, rest_after
from tracker.extraction.speakers.contents import has_content, may_say, takes_lives
from tracker.extraction.speakers.phrases import (
    QUOTE_MARKS,
    Phrase,
    phrase_after,
    tokens_of,
)
from tracker.extraction.speakers.subjects import has_source, lower_at, opens, subject_of, token_at

if TYPE_CHECKING:
    from tracker.extraction.model import Span
    from tracker.extraction.speakers.phrases import Token

_VERBS = {kind: frozenset(words) for kind, words in topic("speech")["verbs"].items()}
_WORDS = {kind: frozenset(words) for kind, words in topic("speech")["words"].items()}
_MOST_ACTS = 30
_LONGEST_TITLE = 160
_TITLE_AFTER = 60


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody says something; offsets are into the sentence.

    ``who`` as it stands there, without its article; a pronoun stays one. ``before`` and ``after``:
    on which sides of ``start``–``end`` (speaker and verb) the words stand that are given by it.
    ``origin`` is whom the speaker quotes, ``carrier`` to whom it was told, ``title`` the speaker's
    words with what stands between them and the verb ("…, head of the hospital,").
    """

    who: str
    start: int
    end: int
    who_start: int
    who_end: int
    is_definite: bool
    before: bool
    after: bool
    rule: str
    verb: str = ""
    origin: str = ""
    carrier: str = ""
    title: str = ""
    is_continued: bool = False


def acts_of(sentence: str, quoted: tuple[Span, ...] = ()) -> list[Act]:
    """The acts of speech of a sentence in order; those inside a quotation are left out."""
    tokens = tokens_of(sentence)
    found: list[Act] = _headline(sentence, tokens)
    for at, token in enumerate(tokens):
        if len(found) >= _MOST_ACTS:
            break
        if any(start < token.start < end for start, end in quoted):
            continue
        act = _act_at(sentence, tokens, at)
        if act is not None:
            found.append(act)
    return _with_origins(sentence, tokens, found)


def _act_at(sentence: str, tokens: list[Token], at: int) -> Act | None:
    token = tokens[at]
    if token.lower == "according" and lower_at(tokens, at + 1) == "to":
        return _according(sentence, tokens, at)
    if token.lower in _VERBS["going_on"] and token.text.islower():
        return _going_on(tokens, at)
    if token.kind == "verb" and token.lower in _VERBS["quote"]:
        return _quoting(sentence, tokens, at)
    if token.kind == "verb" or (token.lower in _VERBS["nouns_too"] and token.text.islower()):
        return _saying(sentence, tokens, at)
    return None


def _headline(sentence: str, tokens: list[Token]) -> list[Act]:
    """ "Bombs kill 13: monitor", "Strike kills four - reports"."""
    for at in range(max(1, len(tokens) - 8), len(tokens) - 1):
        if tokens[at].text not in (":", "-", "–", "—", "_") or at < 3:  # noqa: PLR2004
            continue
        phrase = phrase_after(tokens, at + 1)
        if phrase is None or phrase.first != at + 1 or phrase.last < len(tokens) - 2:
            continue
        is_last = phrase.last == len(tokens) - 1 or tokens[-1].kind == "mark"
        if is_last and has_source(tokens, phrase):
            act = _act(sentence, tokens, phrase, "headline")
            return [replace(act, start=tokens[at].start, before=True)]
    return []


def _according(sentence: str, tokens: list[Token], at: int) -> Act | None:
    phrase = phrase_after(tokens, at + 2)
    after = token_at(tokens, phrase.last + 1) if phrase else None
    if phrase is None or (after is not None and after.lower in _VERBS["tolls"]):
        return None
    if after is not None and after.lower in _WORDS["carried"]:
        by = _find(tokens, phrase.last + 1, "by", 4)
        phrase = (phrase_after(tokens, by + 1) if by >= 0 else None) or phrase
    is_first = all(
        t.kind in ("mark", "time", "number") or t.lower in ("but", "and", "also")
        for t in tokens[:at]
    )
    between_commas = lower_at(tokens, at - 1) == "," and lower_at(tokens, phrase.last + 1) == ","
    act = _act(sentence, tokens, phrase, "according to", start=tokens[at].start)
    return replace(
        act,
        end=tokens[phrase.last].end,
        before=not is_first,
        after=is_first or between_commas or not ends(tokens, phrase.last + 1),
        is_definite=lower_at(tokens, at + 2) == "the",
    )


def _going_on(tokens: list[Token], at: int) -> Act | None:
    """ "…, adding that": by whoever spoke before in the sentence, else by whom it begins with."""
    token = tokens[at]
    if at == 0 or takes_lives(tokens, at):
        return None
    return Act(
        *("", token.start, token.end, token.start, token.start),
        is_definite=False,
        before=False,
        after=True,
        rule="speaks on",
        verb=token.lower,
        is_continued=True,
    )


def _quoting(sentence: str, tokens: list[Token], at: int) -> Act | None:
    if lower_at(tokens, at - 1) in _WORDS["being"]:
        return _was_quoted(sentence, tokens, at)
    phrase = subject_of(tokens, at)
    if phrase is None:
        return None
    origin = phrase_after(tokens, at + 1)
    act = _act(sentence, tokens, phrase, "quotes somebody", verb=tokens[at])
    is_end = origin is not None and ends(tokens, _over_saying(tokens, origin.last + 1))
    return replace(
        act,
        before=is_end and not opens(tokens, phrase),
        after=True,
        origin=_words(sentence, tokens, origin) if origin else "",
    )


def _over_saying(tokens: list[Token], at: int) -> int:
    """Past "as saying on Thursday"."""
    if lower_at(tokens, at) == "as" and lower_at(tokens, at + 1) in _VERBS["going_on"]:
        return rest_after(tokens, at + 1)[0]
    return at


def _was_quoted(sentence: str, tokens: list[Token], at: int) -> Act | None:
    """ "The mayor was quoted (by an agency) as saying": the agency speaks."""
    quoted = subject_of(tokens, at - 1)
    by = at + 1 if lower_at(tokens, at + 1) == "by" else _find(tokens, at + 1, "by", 12)
    agency = phrase_after(tokens, by + 1) if by >= 0 else None
    who = agency or quoted
    if who is None:
        return None
    act = _act(sentence, tokens, who, "quoted by", verb=tokens[at])
    start = tokens[quoted.first].start if quoted else act.start
    origin = _words(sentence, tokens, quoted) if agency and quoted else ""
    rest = agency.last + 1 if agency else at + 1
    if lower_at(tokens, rest) == "as":
        rest += 2
    return replace(
        act,
        start=min(start, act.start),
        end=max(act.end, tokens[at].end),
        origin=origin,
        before=ends(tokens, rest),
        after=True,
    )


def _saying(sentence: str, tokens: list[Token], at: int) -> Act | None:
    if lower_at(tokens, at - 1) in _WORDS["being"] or _is_passive(tokens, at):
        return _by(sentence, tokens, at)
    if not has_content(tokens, at):
        return None
    inverted = _inverted(sentence, tokens, at)
    if inverted is not None:
        return inverted
    phrase = subject_of(tokens, at)
    if phrase is None or not may_say(tokens, phrase, at):
        return None
    return _placed(sentence, tokens, at, phrase)


def _is_passive(tokens: list[Token], at: int) -> bool:
    """ "a toll reported by the agency"."""
    return lower_at(tokens, at + 1) == "by" and tokens[at].lower in _VERBS["passive_by"]


def _placed(sentence: str, tokens: list[Token], at: int, phrase: Phrase) -> Act:
    """With the sides on which the words stand that the subject ``phrase`` says."""
    rest, carrier = rest_after(tokens, at)
    is_end = ends(tokens, rest)
    onward = lower_at(tokens, rest)
    stands_after = (
        is_end
        or onward in _WORDS["content_before"] | _VERBS["going_on"]
        or _picks_out(tokens, rest)
        or _is_relative(tokens, phrase)
        or _closes_clause(tokens, phrase, onward)
    )
    act = _act(sentence, tokens, phrase, "says", verb=tokens[at])
    return replace(
        act,
        before=not opens(tokens, phrase) and (stands_after or onward == "and"),
        after=True,
        carrier=_words(sentence, tokens, carrier) if carrier else "",
        rule="told an outlet" if carrier else "says",
    )


def _picks_out(tokens: list[Token], at: int) -> bool:
    """ "…, the agency said, most of them women": of whom the words before count."""
    last = lower_at(tokens, at + 2 if lower_at(tokens, at + 1) == "of" else at + 1)
    return lower_at(tokens, at) in _WORDS["picking_out"] and last in ("them", "whom")


def _is_relative(tokens: list[Token], phrase: Phrase) -> bool:
    """ "strikes which the agency said were Ruritanian"."""
    at = phrase.first - 1
    if at >= 0 and tokens[at].kind == "determiner":
        at -= 1
    return lower_at(tokens, at) == "which"


def _closes_clause(tokens: list[Token], phrase: Phrase, onward: str) -> bool:
    """ "Nine people died, the mayor said …": two main clauses, the first of which is his."""
    at = phrase.first - 1
    if at >= 0 and tokens[at].kind == "determiner":
        at -= 1
    if at < 1 or tokens[at].text not in (",", "–", "—") or onward == "that":
        return False
    start = next((k + 1 for k in range(at - 1, -1, -1) if tokens[k].text in ";:"), 0)
    return tokens[start].lower not in _WORDS["subordinating"]


def _by(sentence: str, tokens: list[Token], at: int) -> Act | None:
    """ "was reported by the agency", "as reported by"."""
    by = _find(tokens, at + 1, "by", 3)
    phrase = phrase_after(tokens, by + 1) if by >= 0 else None
    if phrase is None:
        return None
    act = _act(sentence, tokens, phrase, "reported by", verb=tokens[at])
    return replace(
        act, start=tokens[by].start, before=True, after=not ends(tokens, phrase.last + 1)
    )


def _inverted(sentence: str, tokens: list[Token], at: int) -> Act | None:
    """ "…, said the governor"; where what follows is not the subject of what is said."""
    token = tokens[at]
    phrase = phrase_after(tokens, at + 1)
    if token.lower not in _VERBS["inverted"] or at == 0 or phrase is None:
        return None
    is_name = all(t.kind == "name" for t in tokens[phrase.first : phrase.last + 1])
    if tokens[at + 1].lower == "," or not (is_name or has_source(tokens, phrase)):
        return None
    closes = tokens[at - 1].text in QUOTE_MARKS or tokens[at - 1].lower == ","
    following = token_at(tokens, phrase.last + 1)
    is_end = (
        following is None
        or following.text in ".,;:("
        or following.kind == "time"
        or following.lower in _WORDS["after_inverted"]
    )
    if not is_end and not closes:
        return None
    left = subject_of(tokens, at)
    if left is not None and tokens[at - 1].text not in QUOTE_MARKS and opens(tokens, left):
        return None
    act = _act(sentence, tokens, phrase, "said by", verb=token)
    return replace(
        act,
        start=token.start,
        end=tokens[phrase.last].end,
        before=True,
        after=True,
        is_definite=tokens[at + 1].lower == "the",
    )


def _with_origins(sentence: str, tokens: list[Token], acts: list[Act]) -> list[Act]:
    """ "…, citing a hospital": whom the nearest act quotes."""
    for at, token in enumerate(tokens):
        if token.lower not in _VERBS["quoting"] or not acts:
            continue
        phrase = phrase_after(tokens, at + 1)
        if phrase is None:
            continue
        nearest = min(range(len(acts)), key=lambda k: abs(acts[k].end - token.start))
        if not acts[nearest].origin:
            acts[nearest] = replace(acts[nearest], origin=_words(sentence, tokens, phrase))
    return acts


def _act(
    sentence: str,
    tokens: list[Token],
    phrase: Phrase,
    rule: str,
    *,
    verb: Token | None = None,
    start: int | None = None,
) -> Act:
    who_start, who_end = tokens[phrase.first].start, tokens[phrase.last].end
    if verb is not None and verb.start < who_start:
        start, end = verb.start, who_end
    else:
        end = verb.end if verb is not None else who_end
    before = lower_at(tokens, phrase.first - 1)
    return Act(
        who=_words(sentence, tokens, phrase),
        start=who_start if start is None else start,
        end=end,
        who_start=who_start,
        who_end=who_end,
        is_definite=before in ("the", "this", "its", "that"),
        before=False,
        after=False,
        rule=rule,
        verb=verb.lower if verb else "",
        title=sentence[who_start : max(who_end, min(end, who_start + _LONGEST_TITLE))]
        if verb is not None and verb.start > who_start
        else sentence[who_start : who_end + _TITLE_AFTER],
    )


def _words(sentence: str, tokens: list[Token], phrase: Phrase) -> str:
    return " ".join(sentence[tokens[phrase.first].start : tokens[phrase.last].end].split())


def _find(tokens: list[Token], at: int, word: str, within: int) -> int:
    return next(
        (k for k in range(at, min(len(tokens), at + within)) if tokens[k].lower == word), -1
    )
