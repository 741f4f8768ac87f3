"""Whose day a phrase names: the event's, or that of somebody who spoke of it (pure).

The word that governs a phrase is the nearest before it that speaks or happens; where a clause
begins with the phrase, the first after it. "Nine were killed, police said on Tuesday" tells when
the police spoke, "said that on Tuesday nine were killed" when the nine died. A word
in a capital before a small one is a name ("a raid in Port Said on Monday").
"""

from __future__ import annotations

import re

from tracker.extraction.lexicon import any_of, topic

_WORDS = topic("days")
_STATEMENT = frozenset(_WORDS["statement"]["words"])
_EVENT = frozenset(_WORDS["event"]["words"])
_BOUNDARY = frozenset(_WORDS["boundary"]["words"])
_NO_VERBS = frozenset(_WORDS["statement"]["no_verbs"])
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
#: "Tuesday's attack", also where the page lost the apostrophe: it goes with what follows.
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=[a-z]day)s)$", re.IGNORECASE)
#: "On Monday, police said, gunmen killed nine": the speaker stands aside.
#: "a mid-August attack", "the Friday strike": likewise.
_ATTRIBUTE = re.compile(r"\b(?:a|an|the|this|that)\s$", re.IGNORECASE)
#: "In the early hours of Sunday" is a time itself, nothing that a time is said of.
_HOURS = re.compile(r"\w+\shours\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s{0,2},[^,.]{1,60}\b(?:said|says|told \w+|reported),", re.IGNORECASE)
#: "On Monday the group, which tracks the violence, said": what it does every day.
_HABIT = re.compile(
    rf"\b(?:which|that)\s{any_of(_WORDS['statement']['habits'])}\s(?:the\s)?(?:[A-Z][a-z]+\s)?[a-z]+\b"
)
_BACK = 220
_FORTH = 200
_SHORTEST_PAST = 5


def owner_of(text: str, start: int, end: int) -> str:
    """Whose time ``text[start:end]`` is: "event", "statement", or "" where nothing governs it."""
    goes_with_next = (
        _POSSESSIVE.search(text[start:end])
        or (_ATTRIBUTE.search(text[:start][-6:]) and not _HOURS.match(text, start))
        or _is_adjective(text, start, end)
    )
    found = "" if goes_with_next else _before(text, start)
    return found or _after(text, end)


def _is_adjective(text: str, start: int, end: int) -> bool:
    """ "said overnight raids killed nine"."""
    if text[start:end].lower() != "overnight":
        return False
    following = _TOKEN.search(text, end, end + _FORTH)
    return following is not None and following.group() in _EVENT


def _before(text: str, start: int) -> str:
    before = _TOKEN.findall(text[max(0, start - _BACK) : start])
    following = ""
    for count, token in enumerate(reversed(before)):
        word = token.lower()
        is_name, following = token.istitle() and following.islower(), token
        if word in _BOUNDARY and (count <= 1 or word not in {"and", "but"}):
            return ""
        if word in _STATEMENT and not is_name and not _claims_lives(before, count):
            return "statement"
        if _happens(token):
            return "event"
    return ""


def _after(text: str, end: int) -> str:
    aside = _ASIDE.match(text, end)
    after = aside.end() if aside else end
    following = _HABIT.sub("", text[after : after + _FORTH], 1)
    for token in _TOKEN.findall(following):
        if token in _STATEMENT:
            return "statement"
        if _happens(token):
            return "event"
    return ""


def _claims_lives(before: list[str], count: int) -> bool:
    """ "claimed nine lives" is no statement."""
    return any(word.lower() in {"lives", "life"} for word in before[len(before) - count :][:5])


def _happens(token: str) -> bool:
    word = token.lower()
    if word in _EVENT:
        return True
    return (
        word.endswith("ed")
        and len(word) >= _SHORTEST_PAST
        and "-" not in word
        and word not in _NO_VERBS
        and token[0].islower()
    )
