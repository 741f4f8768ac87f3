"""The words for a speaker: cleaned, whose statement they mean, what kind, named or not (pure)."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.speakers.phrases import DEMONYMS, EVERY_SOURCE, MODIFIERS, SOURCES

_LEXICON = topic("speech")
_NAMED: dict[str, list[str]] = _LEXICON["named"]
_SHORT = 4
#: What follows says of where or of whom the speaker is: "official at the governor's office".
_OF_WHAT = re.compile(r"\s(?:at|in|from|of|for|with|near|inside)\s")
_UNIONS = frozenset(_NAMED["unions"])
_MEDIA = frozenset(_NAMED["media"])
_CHARITY = frozenset(_NAMED["charity"])
WATCHING = re.compile(rf"\b{any_of(_NAMED['watching'])}\b", re.IGNORECASE)
_DOCUMENT_BY = re.compile(
    rf"^(?:[\w'’-]+\s+){{0,3}}{any_of(sorted(SOURCES['document']))}\s+(?:issued\s+|released\s+|published\s+)?"
    r"(?:by|from|of)\s+(?:the\s+)?(?P<who>.+)$",
    re.IGNORECASE,
)
_OWN_DOCUMENT = re.compile(
    rf"^(?P<who>[A-Z][^,;]{{1,80}}?)(?:['’]s?)?\s{any_of(sorted(SOURCES['document']))}$"
)
#: "Karim Sadiq of the council".
OF_GROUP = re.compile(
    r"(?P<person>[A-Z][\w’'-]{0,40}(?:\s[A-Z][\w’'-]{0,40}){1,4})\s(?:of|from|with)\sthe\s"
    r"(?P<group>\S.{0,120})"
)
_INSTITUTIONS = frozenset(_NAMED["institutions"])
_LEADING = re.compile(
    r"^(?:the|a|an|same|but|and|later|earlier|meanwhile|however|also|so-called|as|"
    r"\S{1,20}-based|\S{1,20}-linked)\s+",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}$")
_SPACES = re.compile(r"[\s-]+")
_LONGEST = 120


def clean(who: str) -> str:
    """Without articles and blanks around it."""
    who = " ".join(who.split())
    while (shorter := _LEADING.sub("", who)) != who:
        who = shorter
    who = who.strip(" ,:;’'\"")
    return (who if _INITIALS.search(who) else who.rstrip("."))[:_LONGEST]


def issuer(who: str) -> str:
    """Whose statement, report or count it is, where the words say so."""
    by = _DOCUMENT_BY.match(who) or _OWN_DOCUMENT.match(who)
    return clean(by["who"]) if by else who


@lru_cache(maxsize=4_000)
def kind_of(who: str) -> str:
    """What kind of speaker the words name."""
    for kind, names in (("media", _MEDIA), ("charity", _CHARITY)):
        if _has_name(who, names):
            return kind
    words = words_of(who)
    if WATCHING.search(who):
        return "monitor"
    if " ".join(words) in _UNIONS:
        return "body"
    head = words_of(_OF_WHAT.split(who, maxsplit=1)[0])
    if OF_GROUP.match(who) and not EVERY_SOURCE.intersection(head):
        return "person"
    for word in (*reversed(head), *reversed(words)):
        for kind in ("media", "person", "body", "document"):
            if word in SOURCES[kind]:
                return kind
    return "other"


@lru_cache(maxsize=4_000)
def is_named(who: str) -> bool:
    """Whether the words name somebody; "officials" and "a medical source in Tavir" do not."""
    words = who.split()
    if not any(is_upper(word) for word in words):
        return False
    lowered = words_of(who)
    kind = kind_of(who)
    before_place = re.split(r"\s(?:in|at|from|inside|near)\s", who, maxsplit=1)[0]
    core = [word for word in before_place.split() if is_upper(word)]
    own = [word for word in core if word.lower() not in DEMONYMS | MODIFIERS | EVERY_SOURCE]
    if kind in ("monitor", "charity"):
        holds_name = kind == "charity" or any(w.lower() in ("observatory", "rights") for w in core)
        return bool(own) or holds_name
    if any(word in _INSTITUTIONS for word in lowered) and core:
        return True
    if kind == "media":
        return bool(own)
    if kind == "person":
        return len(own) > 1 or (
            bool(own) and before_place.split()[-1].lower().rstrip("s") not in _generic_heads()
        )
    return bool(own) or (kind == "body" and bool(core))


def is_upper(word: str) -> bool:
    """Whether the word is written as a name: "Sadiq", "al-Masir"."""
    return word[:1].isupper() or bool(re.match(r"[a-z]{2,3}-[A-Z]", word))


def _generic_heads() -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in SOURCES["person"])


def _has_name(who: str, names: frozenset[str]) -> bool:
    words = [word for word in _SPACES.split(who) if word]
    for size in range(1, 5):
        for at in range(len(words) - size + 1):
            run = words[at : at + size]
            key = (
                " ".join(run)
                .lower()
                .replace("’s", "")
                .replace("'s", "")
                .replace("’", "")
                .replace("'", "")
                .rstrip(".,")
            )
            if key in names and (
                run[0][:1].isupper() if len(key) > _SHORT else run[0][:2].isupper()
            ):
                return True
            if size == 1 and key.endswith("s") and key[:-1] in names and run[0][:3].isupper():
                return True  # "SANAs", where the text has lost its apostrophes
    return False


def words_of(who: str) -> list[str]:
    """The words in small letters, without the marks around them."""
    return [word.strip("'’.,()") for word in who.lower().split() if word.strip("'’.,()")]
