"""The incidents of a batch of articles, by name (pure): who reports one event with whom.

An article may tell of several events, so a name is given to each set of articles of which every one
fits every other; an article is in as many as it fits. Near-linear: only articles that share one of
their rarest words or places within the window are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tracker.incidents.rules.matching import WINDOW, match
from tracker.incidents.rules.matching_accounts import Commonness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.incidents.rules.matching_accounts import Account

#: An article is looked up by so many of its rarest words that are not its own alone.
_KEYS = 24
#: Of the articles that share a key those compared in full, the ones with the most shared first.
_MOST_COMPARED = 60
#: A key that more articles of one window have says too little to look them up by it.
_MOST_OF_A_KEY = 400


def group_events(accounts: Sequence[Account], stories: Sequence[str] = ()) -> list[list[str]]:
    """The names of the incidents of each account, in the order of the accounts.

    One that tells no harm has none; one that fits no other has a name of its own. ``stories``, if
    given, names the text that each descends from: copies of one text report one incident, however
    far apart the days are that outlets put on them.
    """
    common = Commonness(account.words for account in accounts)
    fits: dict[int, dict[int, float]] = {place: {} for place in range(len(accounts))}
    for one, other in _worth_comparing(accounts, common):
        found = match(accounts[one], accounts[other], common)
        if found.is_same:
            fits[one][other] = fits[other][one] = found.score
    names: list[list[str]] = [[] for _ in accounts]
    number = 0
    for members in _sets_that_fit(fits):
        number += 1
        for place in members:
            names[place].append(f"i{number}")
    for members in [*_copies(accounts, stories), *([place] for place in fits)]:
        telling = [place for place in members if accounts[place].happenings]
        if telling and not set.intersection(*(set(names[place]) for place in telling)):
            number += 1
            for place in telling:
                names[place].append(f"i{number}")
    return names


def _copies(accounts: Sequence[Account], stories: Sequence[str]) -> list[list[int]]:
    """The places of the accounts of each story."""
    members: dict[str, list[int]] = defaultdict(list)
    for place, story in zip(range(len(accounts)), stories, strict=False):
        members[story].append(place)
    return list(members.values())


def _sets_that_fit(fits: dict[int, dict[int, float]]) -> Iterator[list[int]]:
    """Sets in which all fit each other, so that every fitting pair is in one, best pairs first."""
    pairs = sorted(
        ((score, -one, -other) for one, others in fits.items() for other, score in others.items()),
        reverse=True,
    )
    covered: set[tuple[int, int]] = set()
    for _, one, other in pairs:
        if (-one, -other) in covered:
            continue
        members = [-one, -other]
        both = fits[-one].keys() & fits[-other].keys()
        for third in sorted(both, key=lambda p: (-fits[p][-one] - fits[p][-other], p)):
            if all(member in fits[third] for member in members):
                members.append(third)
        covered |= {(a, b) for a in members for b in members if a != b}
        yield sorted(members)


def _worth_comparing(accounts: Sequence[Account], common: Commonness) -> Iterator[tuple[int, int]]:
    """Pairs within the window that share rare words or places; those without a day with all."""
    order = sorted(
        (place for place, account in enumerate(accounts) if account.happenings),
        key=lambda place: (
            accounts[place].report is not None,
            str(accounts[place].report),
            place,
        ),
    )
    holders: dict[str, list[int]] = defaultdict(list)
    for place in order:
        shared: Counter[int] = Counter()
        keys = _keys(accounts[place], common)
        for key in keys:
            holders[key] = _in_window(holders[key], accounts, place)
            if len(holders[key]) <= _MOST_OF_A_KEY:
                shared.update(holders[key])
            holders[key].append(place)
        for other, _ in shared.most_common(_MOST_COMPARED):
            yield other, place


def _in_window(places: list[int], accounts: Sequence[Account], place: int) -> list[int]:
    """Those that this one and all later ones may still be compared with."""
    day = accounts[place].report
    if day is None:
        return places
    kept = []
    for other in places:
        earlier = accounts[other].report
        if earlier is None or day - earlier <= WINDOW:
            kept.append(other)
    return kept


def _keys(account: Account, common: Commonness) -> list[str]:
    shared = [word for word in account.words if common.is_shared(word)]
    rarest = sorted(shared, key=lambda word: (-common.weight(word), word))[:_KEYS]
    return [*rarest, *(f"@{key}" for key in account.places)]
