"""Who a speaker's words mean: "the Observatory", "its head", "he" to the fullest name (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.speakers.names import (
    OF_GROUP,
    WATCHING,
    clean,
    is_named,
    is_upper,
    issuer,
    kind_of,
    words_of,
)
from tracker.extraction.speakers.phrases import EVERY_SOURCE, SOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEXICON = topic("speech")
_NAMED: dict[str, list[str]] = _LEXICON["named"]
_LONGEST_NAME = 4
_SHORT_NAME = 2
_RIGHTS = re.compile(r"\brights\b", re.IGNORECASE)
_HEAD = any_of(_NAMED["heads"])
_HEAD_OF = re.compile(
    rf"^(?P<before>.{{0,80}}?)\b(?P<head>{_HEAD}s?)\b(?:\s+(?:of|for|at|with|from|in)\s+(?:the\s+)?(?P<after>.{{1,120}}))?",
    re.IGNORECASE,
)
_HEAD_BEFORE = re.compile(
    rf"(?P<group>[A-Z][\w’'-]{{0,40}})\s{_HEAD}\s(?:[A-Z][\w’'-]{{0,40}}\s){{0,2}}$"
)
_REPORTERS = re.compile(rf"\b{any_of(_NAMED['reporters'])}\b", re.IGNORECASE)
_CAPITAL_RUN = re.compile(
    r"\b[A-Z][\w’'-]{0,40}(?:\s(?:(?:of|for|and|in|on)\s(?:the\s)?)?(?:[A-Z][\w’'-]{0,40}|al-\w{1,40})){1,8}"
)
_MOST_NAMES = 400
_GROUP_WORDS = frozenset(
    {
        "group",
        "organisation",
        "organization",
        "organisations",
        "organizations",
        "monitor",
        "watchdog",
        "observatory",
        "network",
        "charity",
        "body",
    }
)
_ONE_OUTLET = frozenset(_LEXICON["words"]["one_outlet"])
_BARE_GROUPS = (["group"], ["organisation"], ["organization"], ["charity"])
#: So many letters back "the group" may have been named.
_NEAR = 400
_PRONOUNS = frozenset({"he", "she", "it", "they"})
#: So many speakers back a pronoun, a short name or "the group" may point.
_RECENT = 60


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in an article. ``kind`` is one of monitor, media, charity, person, body,
    document and other; ``is_person``: a person was meant, though the group may speak by them."""

    name: str
    kind: str
    is_named: bool
    is_person: bool = False


@dataclass(slots=True)
class Cast:
    """The speakers of an article so far, the last one last, and the names its text holds."""

    text: str
    voices: list[Voice] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    people: list[tuple[list[str], Voice]] = field(default_factory=list)

    def __post_init__(self) -> None:
        seen: dict[str, None] = {}
        for match in _CAPITAL_RUN.finditer(self.text):
            seen.setdefault(" ".join(match[0].split()))
            if len(seen) >= _MOST_NAMES:
                break
        self.names = list(seen)

    def resolve(self, who: str, *, is_definite: bool, at: int = 0) -> Voice | None:
        """Whom ``who`` means at an offset; None where a pronoun or "the statement" points to
        nobody."""
        voice = self._resolve(clean(who), is_definite=is_definite, at=at)
        if voice is not None:
            self.voices.append(voice)
        return voice

    def introduce(self, who: str) -> None:
        """A person of whom the text tells before letting them speak."""
        if kind_of(who) != "other":
            return
        led = self._group_of(who)
        if led is not None:
            self._remember(who, led)
        self.voices.append(led or Voice(clean(who), "other", is_named=True, is_person=True))

    def _resolve(self, who: str, *, is_definite: bool, at: int) -> Voice | None:
        lower = who.lower()
        if lower in _PRONOUNS:
            return self._latest(is_person=lower in ("he", "she"), is_thing=lower == "it")
        who = issuer(who)
        words = words_of(who)
        if not words:
            return None
        head = self._speaks_for(who) or self._of_a_group(who)
        if head is not None:
            return head
        if (is_definite or words[-1] in _GROUP_WORDS) and (len(words) == 1 or who == who.lower()):
            earlier = self._said_again(words, who)
            if earlier is None and is_definite:
                earlier = self._told_of(words, at)
            if earlier is not None:
                return earlier
        if len(words) == 1 and words[-1] in SOURCES["document"] and is_definite:
            return self.voices[-1] if self.voices else None
        return self._named(who)

    def _latest(self, *, is_person: bool, is_thing: bool) -> Voice | None:
        recent = self.voices[-6:][::-1]
        fits = [
            v for v in recent if (v.is_person if is_person else not v.is_person or not is_thing)
        ]
        return next(iter(fits or recent), None)

    def _speaks_for(self, who: str) -> Voice | None:
        """The group of its head: "Observatory director Karim Sadiq"."""
        match = _HEAD_OF.match(who)
        if match is None:
            return None
        for part in (match["after"], match["before"]):
            group = _group_in(self.fullest(re.sub(r"['’]s?\s*$", "", (part or "").strip())))
            if group:
                voice = Voice(self.fullest(group), kind_of(group), is_named=True, is_person=True)
                person = who[match.end("head") :] if part is match["before"] else match["before"]
                self._remember(person or "", voice)
                return voice
        owner = words_of(match["before"] or "")
        if owner and owner[-1].rstrip("'s") in {w.rstrip("s") for w in _GROUP_WORDS} | _GROUP_WORDS:
            known = self._watcher()
            return Voice(known.name, known.kind, known.is_named, is_person=True) if known else None
        return None

    def _of_a_group(self, who: str) -> Voice | None:
        """The watching group of "Karim Sadiq of the Observatory"."""
        match = OF_GROUP.match(who)
        group = _group_in(self.fullest(match["group"])) if match else ""
        if match is None or not group:
            return None
        voice = Voice(self.fullest(group), kind_of(group), is_named=True, is_person=True)
        self._remember(match["person"], voice)
        return voice

    def _remember(self, person: str, voice: Voice) -> None:
        names = [word for word in person.replace(",", " ").split() if is_upper(word)]
        if names and len(self.people) < _RECENT:
            self.people.append((words_of(" ".join(names)), voice))

    def _watcher(self, called: Sequence[str] = ()) -> Voice | None:
        """The watching group that spoke last, first of all one that is ``called`` so."""
        groups = [
            v for v in self.voices[-_RECENT:] if v.kind in ("monitor", "charity") and v.is_named
        ]
        so_called = [v for v in groups if called and _holds(words_of(v.name), list(called))]
        return next(reversed(so_called or groups), None)

    def _said_again(self, words: list[str], who: str) -> Voice | None:
        """Who "the group", "the source", "the ministry" was before."""
        head = words[-1]
        recent = self.voices[: -_RECENT - 1 : -1]
        if head in _GROUP_WORDS:
            named = [v for v in recent if v.is_named]
            fits = [v for v in named if head in words_of(v.name) and len(v.name) > len(who)]
            fits += [v for v in named if v.kind in ("monitor", "charity")]
            if len(words) == 1 and head in ("group", "organisation", "organization"):
                fits += [v for v in named if v.kind in ("body", "other") and not v.is_person]
            if fits:
                return fits[0]
        if head in _ONE_OUTLET:
            media = [v for v in recent if v.kind == "media" and not _REPORTERS.search(v.name)]
            return media[0] if media else None
        same = [v for v in recent if _same_head(words, words_of(v.name))]
        if same:
            return next((v for v in same if len(words_of(v.name)) > 1), same[0])
        if (
            head in SOURCES["person"]
            and head not in ("mayor", "governor", "president")
            and len(words) == 1
        ):
            persons = [v for v in recent[:3] if v.is_person and not head.endswith("s")]
            return persons[0] if persons else None
        return None

    def _told_of(self, words: list[str], at: int) -> Voice | None:
        """The charity or watching group named in the words before "the group said"."""
        if words not in _BARE_GROUPS:
            return None
        for match in reversed(list(_CAPITAL_RUN.finditer(self.text, max(0, at - _NEAR), at))):
            name = clean(match[0])
            kind = kind_of(name)
            if kind in ("monitor", "charity") or words_of(name)[-1] in _GROUP_WORDS:
                return Voice(self.fullest(name), kind, is_named=True)
        return None

    def _named(self, who: str) -> Voice:
        kind = kind_of(who)
        words = words_of(who)
        is_person = kind == "person" or (kind == "other" and 2 <= len(words) <= _LONGEST_NAME)  # noqa: PLR2004
        if kind == "other":
            for names, group in self.people:
                if names[-len(words) :] == words:
                    return group
            known = [v for v in self.voices[-_RECENT:] if v.is_person and _ends_with(v.name, words)]
            if known:
                return max(known, key=lambda v: len(v.name))
            led = self._group_of(who)
            if led is not None:
                return led
        name = self.fullest(who)
        return Voice(name, kind_of(name), is_named(name), is_person=is_person)

    def _group_of(self, person: str) -> Voice | None:
        """The group whose head the text calls this person, in the words beside the name."""
        at = self.text.find(person)
        while at >= 0:
            after = self.text[at + len(person) : at + len(person) + 110].lstrip(" ,")
            apposition = re.match(
                rf"(?:the|its|a)?\s*(?:[\w-]+\s){{0,3}}?{_HEAD}\s(?:of|for|at|with)\s(?:the\s)?(?P<group>[^,.;\"]{{3,80}})"
                rf"|(?:the|its)\s(?P<owner>[\w’'-]+)\s{_HEAD}\b",
                after,
            )
            if apposition:
                group = _group_in(apposition["group"] or "")
                if group:
                    return Voice(self.fullest(group), kind_of(group), is_named=True, is_person=True)
                watcher = self._watcher(words_of(apposition["owner"] or ""))
                if apposition["owner"] and watcher is not None:
                    return replace(watcher, is_person=True)
            before = _HEAD_BEFORE.search(self.text, max(0, at - 100), at)
            group = _group_in(self.fullest(before["group"])) if before else ""
            if group:
                return Voice(self.fullest(group), kind_of(group), is_named=True, is_person=True)
            at = self.text.find(person, at + len(person))
            if at > 20_000:  # noqa: PLR2004 - bounded work on endless texts
                break
        return None

    def fullest(self, who: str) -> str:
        """The longest name in the text that holds this one, for groups; others stay."""
        words = words_of(who)
        if not words:
            return who
        if len(words) == 1 and who.isupper() and len(who) > 1:
            return self._spelled_out(who) or who
        if kind_of(who) != "monitor" and not (
            len(words) <= _SHORT_NAME
            and words[-1]
            in ("ministry", "defence", "defense", "network", "committee", "committees")
        ):
            return who
        if who.islower() and words[-1] not in ("observatory", "ministry"):
            return who
        best = self._longest(who, words)
        nouns = [at for at, word in enumerate(words) if word in SOURCES["monitor"]]
        if best == who and len(words) > 1 and nouns and not _RIGHTS.search(who):
            best = self._longest(who, words[nouns[-1] :])
        return best

    def _longest(self, who: str, words: list[str]) -> str:
        best, size = who, len(words)
        for name in self.names:
            member = OF_GROUP.match(name)
            own = member["group"] if member else name
            longer = _group_in(own) or own
            longer_words = words_of(longer)
            if len(longer_words) > size and _holds(longer_words, words):
                best, size = clean(longer), len(longer_words)
        return best

    def _spelled_out(self, initials: str) -> str | None:
        at = self.text.find(f"({initials})")
        if at > 0:
            before = list(_CAPITAL_RUN.finditer(self.text, max(0, at - 100), at))
            if before and at - before[-1].end() <= 1:
                return clean(before[-1][0])
        for name in self.names:
            capitals = "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())
            if capitals == initials and len(initials) > 2:  # noqa: PLR2004
                return clean(name)
        return None


def _group_in(words: str) -> str:
    """The name of a watching group or charity in the words, up to where its name ends."""
    last = None
    for match in WATCHING.finditer(words):
        last = match
    if last is not None:
        name = clean(words[: last.end()])
        return name if (name and not name.islower()) or _holds_source(name) else ""
    return clean(words) if kind_of(words) == "charity" else ""


def _holds_source(name: str) -> bool:
    return any(word in SOURCES["monitor"] for word in words_of(name))


def _holds(longer: list[str], words: list[str]) -> bool:
    return any(longer[at : at + len(words)] == words for at in range(len(longer) - len(words) + 1))


def _ends_with(name: str, words: list[str]) -> bool:
    return words_of(name)[-len(words) :] == words and len(words_of(name)) > len(words)


def _same_head(words: list[str], others: list[str]) -> bool:
    head = words[-1]
    if head not in EVERY_SOURCE or head not in others:
        return head.endswith("s") and head[:-1] in others and len(words) == 1
    return len(words) == 1 or _holds(others, words[-2:]) or words[:-1] == others[: len(words) - 1]
