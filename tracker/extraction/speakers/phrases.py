"""The words of a sentence, and the noun phrases in it that may name a speaker (pure).

Most news keeps its commas, some archives have lost them: a phrase ends where its words end, not
where the punctuation says so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tracker.extraction.lexicon import topic

_LEXICON = topic("speech")
_WORDS: dict[str, list[str]] = _LEXICON["words"]
SOURCES: dict[str, frozenset[str]] = {
    kind: frozenset(words) for kind, words in _LEXICON["sources"].items()
}
DEMONYMS = frozenset(_LEXICON["demonyms"]["words"])
#: Every word for somebody or something that may speak.
EVERY_SOURCE: frozenset[str] = frozenset().union(*SOURCES.values())
_MODIFIERS = frozenset(_LEXICON["modifiers"]["words"])
_DETERMINERS = frozenset(_WORDS["determiners"])
_PREPOSITIONS = frozenset(_WORDS["prepositions"])
_ATTACHING = frozenset(_WORDS["attaching"])
_PLACES = frozenset(_WORDS["places"])
_TIMES = frozenset(_WORDS["times"])
_NAME_PARTS = frozenset(_WORDS["name_parts"])
_OPENERS = frozenset(_WORDS["openers"])
_AUXILIARIES = frozenset(_WORDS["auxiliaries"])
_VERBS = frozenset(_LEXICON["verbs"]["say"] + _LEXICON["verbs"]["quote"])
_OTHER = frozenset(
    word
    for kind in ("pronouns", "relatives", "auxiliaries", "being", "conjunctions")
    for word in _WORDS[kind]
) | frozenset(_LEXICON["verbs"]["quoting"] + _LEXICON["verbs"]["going_on"])

MODIFIERS = _MODIFIERS
_ROLES = frozenset(_LEXICON["named"]["heads"])
_EVENTS = tuple(_LEXICON["events"]["endings"])
_AGENCIES = frozenset(
    name for kind in ("media", "charity") for name in _LEXICON["named"][kind] if " " not in name
)
_LONGER_NAMES = frozenset(
    name for kind in ("media", "charity") for name in _LEXICON["named"][kind] if " " in name
)
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,6}|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Capt|Adm|St|Brig)\.|"
    r"[^\W_]{1,60}(?:[-'’&/][^\W_]{1,60}){0,6}|[^\w\s]"
)
#: "Karim Sadiq of the council", "from the council".
_BELONGING = frozenset({"of", "from", "with"})
_LONGEST = 14
#: How many words of no class may stand between an article and the word before the verb.
_UNKNOWN_WORDS = 4
QUOTE_MARKS = frozenset('"“”„«»')


class Token(NamedTuple):
    """One word or mark; ``kind`` is one of name, source, modifier, determiner, preposition, verb,
    time, number, mark, other (a word of grammar) and word."""

    start: int
    end: int
    text: str
    lower: str
    kind: str


class Phrase(NamedTuple):
    """The tokens ``first`` to ``last``, both of the phrase."""

    first: int
    last: int


def tokens_of(sentence: str) -> list[Token]:
    """The words and marks of a sentence in order."""
    found: list[Token] = []
    for match in _TOKEN.finditer(sentence):
        text = match[0]
        lower = text.lower().replace("’", "'")
        kind = _kind(text, lower)
        is_inside = bool(found) and text[0].isupper() and found[-1].kind in ("name", "source")
        if is_inside and (kind == "preposition" or lower in _AUXILIARIES):
            kind = "name"  # "Myanmar Now", "Doctors Without Borders"
        found.append(Token(match.start(), match.end(), text, lower, kind))
    return found


@lru_cache(maxsize=20_000)
def _kind(text: str, lower: str) -> str:  # noqa: PLR0911 - a table of classes
    if not text[0].isalnum():
        return "mark"
    if text[0].isdigit():
        return "modifier" if "-" in text else "number"
    is_capital = text[0].isupper()
    if lower in _TIMES and (is_capital or lower not in ("may", "march")):
        return "time"
    if lower in _DETERMINERS:
        return "determiner"
    if lower in _PREPOSITIONS and not (is_capital and lower == "at"):
        return "preposition"
    if lower in _OTHER and text not in ("US", "IS", "WHO"):
        return "other"
    if lower.removesuffix("'s") in EVERY_SOURCE:
        return "source"
    if lower in _VERBS:
        return "name" if is_capital and lower == "states" else "verb"
    if is_capital:
        return "other" if lower in _OPENERS else "name"
    if lower in _MODIFIERS or lower in DEMONYMS:
        return "modifier"
    if lower.split("-", 1)[0] in _NAME_PARTS and ("-" in lower or lower not in ("an", "as", "at")):
        return "name"
    return "modifier" if "-" in lower else "word"


def is_capital(token: Token) -> bool:
    """Whether the word is written as a name."""
    return token.text[0].isupper() or token.kind == "name"


def phrase_before(tokens: list[Token], last: int) -> Phrase | None:
    """The noun phrase that ends with the token ``last``; None where there is none that speaks."""
    if last > 0 and _is_agency(tokens[last]) and tokens[last - 1].kind == "name":
        return Phrase(last, last)
    first = _run_before(tokens, last)
    if first is None:
        return None
    whole = Phrase(_over_prepositions(tokens, first, last), last)
    first = _without_place(tokens, whole)
    if first is None:
        return None
    return Phrase(_with_name_before(tokens, first), last)


def phrase_after(tokens: list[Token], first: int) -> Phrase | None:
    """The noun phrase that begins at ``first``, its article left out; None where there is none."""
    at = first
    while at < len(tokens) and (
        tokens[at].kind in ("determiner", "number", "time") or tokens[at].lower == "so-called"
    ):
        at += 1
    last = _run_after(tokens, at)
    if last is None:
        return None
    for _ in range(4):
        onward = _after_preposition(tokens, at, last)
        if onward is None:
            break
        last = onward
    return Phrase(at, last)


def _after_preposition(tokens: list[Token], first: int, last: int) -> int | None:
    if last + 2 > len(tokens) - 1 or tokens[last + 1].lower not in _ATTACHING:
        return None
    is_person = (
        last > first
        and all(token.kind == "name" for token in tokens[first : last + 1])
        and tokens[last + 1].lower in _BELONGING
        and tokens[last + 2].kind == "determiner"
    )
    if not is_person and not any(t.kind == "source" for t in tokens[first : last + 1]):
        return None
    at = last + 2
    while at < len(tokens) and tokens[at].kind == "determiner":
        at += 1
    onward = _run_after(tokens, at)
    if onward is None or not any(t.kind in ("name", "source") for t in tokens[at : onward + 1]):
        return None
    return onward


def _run_after(tokens: list[Token], first: int) -> int | None:
    last = None
    at = first
    words = 0
    while at < len(tokens) and at - first < _LONGEST:
        kind = tokens[at].kind
        if kind == "word":
            words += 1
            if words > 2:  # noqa: PLR2004 - "a shop owner"
                break
        elif kind not in ("name", "source", "modifier"):
            break
        if kind in ("name", "source"):
            last = at
        at += 1
        if at == len(tokens) or tokens[at].kind != "name":
            continue
        if _is_thing(tokens, at - 1) or _is_agency(tokens[at - 1], tokens[at]):
            break  # "according to the bulletin Raiders …": where commas are lost
    if last is None and 0 < at - first <= 2 and tokens[first - 1].kind == "determiner":  # noqa: PLR2004
        return at - 1
    return last


def _is_thing(tokens: list[Token], at: int) -> bool:
    """A source that no name follows: "the bulletin", "the police", not "spokesman" or "agency"."""
    token = tokens[at]
    return (
        token.kind == "source"
        and token.text.islower()
        and (token.lower in SOURCES["document"] or token.lower in SOURCES["body"])
    )


def _is_agency(token: Token, following: Token | None = None) -> bool:
    """Known initials, which what follows does not belong to."""
    whole = f"{token.lower} {following.lower}" if following else ""
    return token.text.isupper() and token.lower in _AGENCIES and whole not in _LONGER_NAMES


def _run_before(tokens: list[Token], last: int) -> int | None:
    """The first token of the unbroken run of name, source and modifier that ends at ``last``."""
    if last < 0 or tokens[last].kind not in ("name", "source", "modifier", "word"):
        return None
    first = last
    lowest = max(0, last - _LONGEST)
    if tokens[last].kind != "word":
        while first > lowest and tokens[first - 1].kind in ("name", "source", "modifier"):
            first -= 1
    at = first if tokens[last].kind != "word" else last
    for back in range(at, max(-1, at - _UNKNOWN_WORDS - 1), -1):
        if back < at and tokens[back].kind not in ("name", "source", "modifier", "word"):
            break
        if back > 0 and tokens[back - 1].kind == "determiner":
            is_direction = (
                back < last and tokens[back].lower in _PLACES and tokens[back].kind == "word"
            )
            if tokens[last].kind == "word" and tokens[last].lower.endswith(_EVENTS):
                return None
            if tokens[back - 1].lower in ("a", "an") and _is_plural(tokens[last]) and back < first:
                return first  # "as a result local media said"
            return back + 1 if is_direction else back
    if tokens[last].kind == "word":
        return None
    has_head = any(token.kind in ("name", "source") for token in tokens[first : last + 1])
    return first if has_head else None


def _is_plural(token: Token) -> bool:
    return token.kind == "source" and (
        token.lower.endswith("s") or token.lower in ("media", "police")
    )


def _over_prepositions(tokens: list[Token], first: int, last: int) -> int:
    """Further left: "source at" before "the hospital", "director of" before "the network"."""
    for _ in range(4):
        at = first - 1
        while at >= 0 and tokens[at].kind == "determiner":
            at -= 1
        if at < 1 or tokens[at].lower not in _ATTACHING:
            return first
        head = at - 1
        if tokens[head].lower in _PLACES:
            if tokens[first].kind == "name" and tokens[last].kind == "source":
                return first  # "fighters near the town of Tavir media said"
            head = _before_place(tokens, head)
        elif tokens[head].kind != "source" and head > 1 and tokens[head - 1].lower == "of":
            head -= 2  # "ministry of health in"
        if head < 0 or tokens[head].kind != "source":
            return _person_before(tokens, first, at)
        onward = _run_before(tokens, head)
        if onward is None:
            return first
        first = onward
    return first


def _person_before(tokens: list[Token], first: int, preposition: int) -> int:
    """The name that opens a clause before "of the council": else ``first``."""
    start = preposition
    while start > 0 and tokens[start - 1].kind == "name":
        start -= 1
    is_person = preposition - start > 1 and tokens[preposition].lower in _BELONGING
    opens = start == 0 or tokens[start - 1].kind in ("mark", "verb")
    return start if is_person and opens and preposition < first - 1 else first


def _before_place(tokens: list[Token], at: int) -> int:
    """From "west" in "activists in Daraya west of Damascus" to "activists"; -1 = nowhere."""
    at -= 1
    while at >= 0 and tokens[at].kind in ("name", "determiner", "modifier"):
        at -= 1
    return at - 1 if at > 0 and tokens[at].lower in _ATTACHING else -1


def _without_place(tokens: list[Token], phrase: Phrase) -> int | None:
    """Where the phrase begins when the place that stands before it is left out.

    "in Tavir local sources said": the place ends the sentence before it, where commas are lost.
    """
    first, last = phrase
    before = tokens[first - 1] if first else None
    if before is None or before.kind != "preposition":
        return first
    for at in range(first + 1, last + 1):
        token = tokens[at]
        if token.kind == "preposition":
            break
        if token.lower in _AGENCIES and token.text[0].isupper():
            return at
        if token.lower in _PLACES and token.text.islower():
            continue
        if not is_capital(tokens[first]):
            continue
        is_acronym = token.text.isupper() and len(token.text) > 1
        is_people = token.lower in SOURCES["person"] and token.lower.endswith("s")
        if token.lower in DEMONYMS or is_acronym or is_people or not is_capital(token):
            return at
    if not is_capital(tokens[first]):
        return first
    heads = [at for at in range(first, last + 1) if tokens[at].kind == "source"]
    return first if heads and last - first > 1 else None


def _is_role(tokens: list[Token], article: int) -> bool:
    """ "a teacher", "the director of": what somebody named before it is."""
    if tokens[article].lower in ("a", "an"):
        return True
    following = tokens[article + 1 : article + 4]
    role = next((t for t in following if t.kind == "source"), None)
    return tokens[article].lower == "the" and role is not None and role.lower in _ROLES


def _with_name_before(tokens: list[Token], first: int) -> int:
    """The name that "a local teacher" explains: "Karim Sadiq a local teacher said"."""
    at = first - 1
    if at < 1 or not _is_role(tokens, at):
        return first
    at -= 1
    if tokens[at].lower == ",":
        at -= 1
    head = _run_before(tokens, at)
    if head is None:
        return first
    start = _over_prepositions(tokens, head, at)
    is_name = all(is_capital(t) or t.kind == "preposition" for t in tokens[start : at + 1])
    if not is_name or at == start:  # one name alone may be a place
        return first
    before = start - 1
    while before >= 0 and tokens[before].kind in ("determiner", "time", "number"):
        before -= 1
    return start if before < 0 or tokens[before].kind == "mark" else first
