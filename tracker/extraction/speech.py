"""The acts of speech in a sentence: who says something, and on which side of the verb it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import topic
from tracker.extraction.phrases import (
    QUOTE_MARKS,
    SOURCES,
    Phrase,
    is_capital,
    phrase_after,
    phrase_before,
    tokens_of,
)

if TYPE_CHECKING:
    from tracker.extraction.model import Span
    from tracker.extraction.phrases import Token

_VERBS = {kind: frozenset(words) for kind, words in topic("speech")["verbs"].items()}
_WORDS = {kind: frozenset(words) for kind, words in topic("speech")["words"].items()}
_PLURAL_SOURCES = frozenset(
    word for kind in ("person", "body", "media") for word in SOURCES[kind] if word.endswith("s")
)
_REPORT_VERBS = frozenset(
    {"reports", "report", "claims", "claim", "estimates", "estimate", "notes"}
)
_SHORTEST_PASSIVE = frozenset({"killed", "dead", "wounded", "injured", "missing", "to", "as"})
#: So far back a speaker may stand from the verb.
_FURTHEST = 28
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
    if token.lower == "according" and _lower(tokens, at + 1) == "to":
        return _according(sentence, tokens, at)
    if token.lower in _VERBS["going_on"] and token.text.islower():
        return _going_on(sentence, tokens, at)
    if token.kind == "verb" and token.lower in _VERBS["quote"]:
        return _quoting(sentence, tokens, at)
    if token.kind == "verb" or (token.lower in _REPORT_VERBS and token.text.islower()):
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
        if phrase.last == len(tokens) - 1 or tokens[-1].kind == "mark":
            if any(t.kind == "source" for t in tokens[phrase.first : phrase.last + 1]):
                act = _act(sentence, tokens, phrase, "headline")
                return [replace(act, start=tokens[at].start, before=True)]
    return []


def _according(sentence: str, tokens: list[Token], at: int) -> Act | None:
    phrase = phrase_after(tokens, at + 2)
    if phrase is None:
        return None
    after = _token(tokens, phrase.last + 1)
    if after is not None and after.lower in _WORDS["carried"]:
        by = _find(tokens, phrase.last + 1, "by", 4)
        phrase = (phrase_after(tokens, by + 1) if by >= 0 else None) or phrase
    opens = all(
        t.kind in ("mark", "time", "number") or t.lower in ("but", "and", "also")
        for t in tokens[:at]
    )
    between_commas = _lower(tokens, at - 1) == "," and _lower(tokens, phrase.last + 1) == ","
    ends = _ends(tokens, phrase.last + 1)
    act = _act(sentence, tokens, phrase, "according to", start=tokens[at].start)
    return replace(
        act,
        end=tokens[phrase.last].end,
        before=not opens,
        after=opens or between_commas or not ends,
        is_definite=_lower(tokens, at + 2) == "the",
    )


def _going_on(sentence: str, tokens: list[Token], at: int) -> Act | None:
    """ "…, adding that": by whoever spoke before in the sentence, else by whom it begins with."""
    if at == 0:
        return None
    token = tokens[at]
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
    if _lower(tokens, at - 1) in _WORDS["being"]:
        return _was_quoted(sentence, tokens, at)
    phrase = _subject(tokens, at)
    if phrase is None:
        return None
    origin = phrase_after(tokens, at + 1)
    act = _act(sentence, tokens, phrase, "quotes somebody", verb=tokens[at])
    ends = origin is not None and _ends(tokens, origin.last + 1)
    return replace(
        act,
        before=ends and not _opens(tokens, phrase),
        after=True,
        origin=_words(sentence, tokens, origin) if origin else "",
    )


def _was_quoted(sentence: str, tokens: list[Token], at: int) -> Act | None:
    """ "The mayor was quoted (by an agency) as saying": the agency speaks."""
    quoted = _subject(tokens, at - 1)
    by = at + 1 if _lower(tokens, at + 1) == "by" else _find(tokens, at + 1, "by", 12)
    agency = phrase_after(tokens, by + 1) if by >= 0 else None
    if agency is None and quoted is None:
        return None
    who = agency or quoted
    assert who is not None  # noqa: S101 - one of them is set
    act = _act(sentence, tokens, who, "quoted by", verb=tokens[at])
    start = tokens[quoted.first].start if quoted else act.start
    origin = _words(sentence, tokens, quoted) if agency and quoted else ""
    rest = agency.last + 1 if agency else at + 1
    if _lower(tokens, rest) == "as":
        rest += 2
    ends = _ends(tokens, rest)
    return replace(
        act, start=min(start, act.start), origin=origin, before=ends, after=True,
        end=max(act.end, tokens[at].end),
    )  # fmt: skip


def _saying(sentence: str, tokens: list[Token], at: int) -> Act | None:
    token = tokens[at]
    following = _lower(tokens, at + 1)
    if following in _VERBS["no_content"] or (token.lower == "claimed" and following == "by"):
        return None
    previous = _lower(tokens, at - 1)
    if previous in _WORDS["being"]:
        return _by(sentence, tokens, at)
    if token.lower in ("reported", "confirmed") and following in _SHORTEST_PASSIVE:
        return None
    if following == "by" and token.lower in ("reported", "published", "confirmed", "broadcast"):
        return _by(sentence, tokens, at)
    if token.lower in ("put", "puts", "placed") and not _is_toll(tokens, at):
        return None
    if token.lower in _VERBS["speaking"] and following != "of":
        return None
    if token.lower in _VERBS["finding"] and following != "that":
        return None
    inverted = _inverted(sentence, tokens, at)
    if inverted is not None:
        return inverted
    phrase = _subject(tokens, at)
    if phrase is None or not _may_say(tokens, phrase, at):
        return None
    return _placed(sentence, tokens, at, phrase)


def _placed(sentence: str, tokens: list[Token], at: int, phrase: Phrase) -> Act:
    """With the sides on which the words stand that the subject ``phrase`` says."""
    rest, carrier = _rest(tokens, at)
    is_end = _ends(tokens, rest)
    onward = _lower(tokens, rest)
    opens = _opens(tokens, phrase)
    stands_after = is_end or onward in _WORDS["content_before"] or onward in _VERBS["going_on"]
    stands_after = (
        stands_after or onward in ("in", "with", "for") or _closes_clause(tokens, phrase, onward)
    )
    act = _act(sentence, tokens, phrase, "says", verb=tokens[at])
    return replace(
        act,
        before=not opens and (stands_after or onward == "and"),
        after=True,
        carrier=_words(sentence, tokens, carrier) if carrier else "",
        rule="told an outlet" if carrier else "says",
    )


def _closes_clause(tokens: list[Token], phrase: Phrase, onward: str) -> bool:
    """ "Nine people died, the mayor said …": two main clauses, of which the first is what he said."""
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
    if phrase is None or not any(
        t.kind in ("source", "name") for t in tokens[phrase.first : phrase.last + 1]
    ):
        return None
    act = _act(sentence, tokens, phrase, "reported by", verb=tokens[at])
    return replace(
        act, start=tokens[by].start, before=True, after=not _ends(tokens, phrase.last + 1)
    )


def _inverted(sentence: str, tokens: list[Token], at: int) -> Act | None:
    """ "…, said the governor"; where what follows is not the subject of what is said."""
    token = tokens[at]
    if token.lower not in _VERBS["inverted"] or at == 0:
        return None
    phrase = phrase_after(tokens, at + 1)
    if phrase is None or tokens[at + 1].lower == ",":
        return None
    whole = tokens[phrase.first : phrase.last + 1]
    if not any(t.kind == "source" for t in whole) and not all(t.kind == "name" for t in whole):
        return None
    closes = tokens[at - 1].text in QUOTE_MARKS or tokens[at - 1].lower == ","
    following = _token(tokens, phrase.last + 1)
    ends = (
        following is None
        or following.text in ".,;:("
        or following.lower
        in (
            "a",
            "an",
            "who",
            "which",
            "that",
            "speaking",
            "on",
            "in",
            "adding",
            "also",
            "whose",
            "told",
            "late",
            "at",
        )
        or following.kind == "time"
    )
    if not ends and not closes:
        return None
    left = _subject(tokens, at)
    if left is not None and not closes and _opens(tokens, left):
        return None
    if closes and tokens[at - 1].lower == "," and left is not None and _opens(tokens, left):
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


def _subject(tokens: list[Token], verb: int) -> Phrase | None:
    """The noun phrase, or the pronoun, that is the subject of the verb."""
    at = _over_adverbs(tokens, verb - 1)
    if at < 0:
        return None
    token = tokens[at]
    if token.lower in ("he", "she", "it", "they"):
        return Phrase(at, at)
    if token.lower in _WORDS["relatives"]:
        at -= 2 if _lower(tokens, at - 1) == "," else 1
        return phrase_before(tokens, at)
    if token.text == ",":
        return _over_parenthesis(tokens, at)
    phrase = phrase_before(tokens, at)
    antecedent = _antecedent(tokens, phrase, at)
    return antecedent or (_with_coordinate(tokens, phrase) if phrase else None)


def _with_coordinate(tokens: list[Token], phrase: Phrase) -> Phrase:
    """ "a monitor and rebels": both speak."""
    at = phrase.first - 1
    if _lower(tokens, at) in ("the", "a", "an"):
        at -= 1
    if at < 1 or tokens[at].lower != "and" or tokens[at - 1].kind != "source":
        return phrase
    first = phrase_before(tokens, at - 1)
    return Phrase(first.first, phrase.last) if first is not None else phrase


def _over_adverbs(tokens: list[Token], at: int) -> int:
    """From the word before the verb back over "has also", "later on Tuesday", "(NRS)"."""
    for _ in range(6):
        if at < 0:
            return at
        token = tokens[at]
        if token.text == ")":
            opening = next((k for k in range(at, max(-1, at - 8), -1) if tokens[k].text == "("), -1)
            if opening < 0:
                return at
            at = opening - 1
        elif (
            (token.lower in _WORDS["auxiliaries"] and token.kind == "other")
            or token.kind == "time"
            or token.kind == "number"
            or (token.lower == "on" and tokens[at + 1].kind == "time")
            or (token.kind == "word" and token.lower.endswith("ly"))
        ):
            at -= 1
        else:
            return at
    return at


def _over_parenthesis(tokens: list[Token], comma: int) -> Phrase | None:
    """The phrase before ", a group of volunteers," or ", citing doctors,"."""
    for at in range(comma - 1, max(-1, comma - _FURTHEST), -1):
        if tokens[at].text in ";:" or tokens[at].text in QUOTE_MARKS:
            break
        if tokens[at].text == ",":
            phrase = phrase_before(tokens, at - 1)
            if phrase is not None:
                return _with_name_after(tokens, phrase, comma)
            if tokens[at + 1].lower in ("who", "which", "whose"):
                return None
    return phrase_before(tokens, comma - 1)


def _with_name_after(tokens: list[Token], phrase: Phrase, comma: int) -> Phrase:
    """ "the governor, Petra Dorn, said": the name itself."""
    inner = phrase_before(tokens, comma - 1)
    if inner is None or inner.first <= phrase.last + 1:
        return phrase
    role = tokens[phrase.first].text.islower() or tokens[phrase.last].text.islower()
    between = tokens[phrase.last + 1 : inner.first]
    named = all(is_capital(t) or t.text == "." for t in tokens[inner.first : inner.last + 1])
    is_title = bool(between) and between[0].text == "," and len(between) == 1
    return Phrase(phrase.first, inner.last) if role and named and is_title else phrase


def _antecedent(tokens: list[Token], phrase: Phrase | None, last: int) -> Phrase | None:
    """The group of "the group which watches the war said"; ``phrase`` is what ends at ``last``."""
    first = phrase.first if phrase else last
    for at in range(first - 1, max(-1, first - _FURTHEST), -1):
        token = tokens[at]
        if token.kind == "verb" or token.text in ";:," or token.text in QUOTE_MARKS:
            return None
        is_participle = (
            token.lower in _WORDS["participles"] and at > 0 and tokens[at - 1].kind == "source"
        )
        if not is_participle and token.lower not in ("who", "which", "whose"):
            continue
        if at + 1 >= first and not is_participle:
            return None
        group = phrase_before(tokens, at - 1)
        if group is None or not _has_source(tokens, group):
            return None
        is_other = phrase is not None and _has_source(tokens, phrase)
        is_new = _lower(tokens, first - 1) in ("a", "an") and (
            tokens[first - 2].kind != "preposition"
        )
        return None if is_other and (is_new or not _opens(tokens, group)) else group
    return None


def _has_source(tokens: list[Token], phrase: Phrase) -> bool:
    return any(token.kind == "source" for token in tokens[phrase.first : phrase.last + 1])


def _may_say(tokens: list[Token], phrase: Phrase, verb: int) -> bool:
    """A pronoun, a source or a name; "counts" and "claims" are nouns after others."""
    whole = tokens[phrase.first : phrase.last + 1]
    if whole[0].lower in ("he", "she", "it", "they"):
        return True
    last = whole[-1]
    if last.lower in ("toll", "attack", "attacks", "strike", "strikes"):
        return False
    if tokens[verb].lower in _REPORT_VERBS and (
        _lower(tokens, phrase.first - 1) in ("to", "of", "by", "from", "those", "these")
        or _lower(tokens, verb + 1) in ("of", "say", "said", "suggest", "suggested", "that", "also")
        or last.lower in ("media", "news", "press", "initial")
    ):
        return last.lower in ("media", "press") and _lower(tokens, verb + 1) == "that"
    has_source = any(t.kind == "source" for t in whole)
    if tokens[verb].lower in _VERBS["showing"]:
        return any(t.lower in SOURCES["document"] for t in whole)
    if tokens[verb].lower in _VERBS["counting"]:
        return has_source or all(is_capital(t) for t in whole)
    return True


def _rest(tokens: list[Token], verb: int) -> tuple[int, Phrase | None]:
    """Where the words after the verb and its "reporters on Saturday in a statement" begin."""
    at = verb + 1
    carrier: Phrase | None = None
    if tokens[verb].lower in ("told", "tells"):
        carrier = phrase_after(tokens, at)
        if carrier is not None:
            at = carrier.last + 1
    for _ in range(8):
        onward = _over_adverbial(tokens, at)
        if onward == at:
            break
        at = onward
    return at, carrier


def _over_adverbial(tokens: list[Token], at: int) -> int:
    token = _token(tokens, at)
    if token is None:
        return at
    if token.kind in ("time", "number") or token.lower in ("also", "earlier", "later", "too"):
        return at + 1
    if token.lower in ("last", "this", "the") and _kind(tokens, at + 1) == "time":
        return at + 2
    following = _token(tokens, at + 1)
    if token.kind != "preposition" or following is None:
        return at
    if following.kind == "time":
        return at + 2
    end = next(
        (
            k + 1
            for k in range(at + 1, min(len(tokens), at + 7))
            if tokens[k].lower in _WORDS["carriers"] and tokens[k].kind != "mark"
        ),
        -1,
    )
    if end > 0 and not any(t.kind == "verb" for t in tokens[at:end]):
        return _over_carried(tokens, end)
    if (
        token.lower in ("in", "from", "at")
        and following.kind == "name"
        and not following.text.islower()
    ):
        onward = at + 1
        while onward < len(tokens) and tokens[onward].kind == "name":
            onward += 1
        return onward
    return at


def _over_carried(tokens: list[Token], at: int) -> int:
    """Over "posted online by the ministry" after "in a video"."""
    token = _token(tokens, at)
    if token is None or token.lower not in _WORDS["carried"]:
        return at
    while at < len(tokens) and tokens[at].kind != "mark" and tokens[at].lower != "that":
        at += 1
    return at


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
    before = _lower(tokens, phrase.first - 1)
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


def _opens(tokens: list[Token], phrase: Phrase) -> bool:
    """Nothing that could be given by the speaker stands before the phrase."""
    return not any(
        t.kind in ("word", "verb") or t.lower in _WORDS["being"] for t in tokens[: phrase.first]
    )


def _ends(tokens: list[Token], at: int) -> bool:
    token = _token(tokens, at)
    return token is None or token.text in ".;,:!?)" or token.text in QUOTE_MARKS


def _is_toll(tokens: list[Token], at: int) -> bool:
    near = {token.lower for token in tokens[at + 1 : at + 8]}
    return bool(near & {"toll", "number", "figure", "count", "dead", "total", "killed"})


def _find(tokens: list[Token], at: int, word: str, within: int) -> int:
    return next(
        (k for k in range(at, min(len(tokens), at + within)) if tokens[k].lower == word), -1
    )


def _token(tokens: list[Token], at: int) -> Token | None:
    return tokens[at] if 0 <= at < len(tokens) else None


def _kind(tokens: list[Token], at: int) -> str:
    token = _token(tokens, at)
    return token.kind if token else ""


def _lower(tokens: list[Token], at: int) -> str:
    token = _token(tokens, at)
    return token.lower if token else ""
