"""Stories out of links, and out of texts alone (pure).

A story is what the links that stand hold together. A refused link never returns, also not by way
of a third text: of the links that would join what a person parted, the weakest ones join nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Generic, TypeVar

from tracker.sources.rules.lineage import TextToRelate, compare
from tracker.sources.rules.lineage_furniture import recurring
from tracker.sources.rules.signature import sentence_keys, sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Member = TypeVar("Member", bound=Hashable)

#: Verdicts that make two texts one story; a translation only a person finds.
COPIES = ("VERBATIM_COPY", "EDITED_COPY", "UPDATED_COPY", "EXCERPT", "TRANSLATION")
#: Texts looked at in full, those with the most shared keys first.
MOST_CANDIDATES = 24
LEAST_BANDS = 1
LEAST_SENTENCES = 2
#: A key that so many stories share says nothing; it is no longer stored or asked for.
MOST_STORIES_OF_A_KEY = 24


@dataclass(frozen=True, slots=True)
class Joint(Generic[Member]):
    """A link between two texts; the higher strength counts first."""

    one: Member
    other: Member
    strength: tuple[float, ...]


def partition(
    members: Iterable[Member],
    links: Iterable[Joint[Member]],
    parted: Iterable[tuple[Member, Member]] = (),
) -> list[list[Member]]:
    """The groups that the links make, strongest first, never with both of a parted pair."""
    group_of = {member: [member] for member in members}
    apart: dict[Member, set[Member]] = defaultdict(set)
    for first, second in parted:
        apart[first].add(second)
        apart[second].add(first)
    for link in sorted(links, key=lambda link: link.strength, reverse=True):
        one, other = group_of[link.one], group_of[link.other]
        if one is other or any(not apart[member].isdisjoint(other) for member in one):
            continue
        smaller, larger = sorted((one, other), key=len)
        larger += smaller
        for member in smaller:
            group_of[member] = larger
    return list({id(group): group for group in group_of.values()}.values())


def worth_comparing(
    shared: Mapping[Member, tuple[int, int]], most: int = MOST_CANDIDATES
) -> list[Member]:
    """Of the texts with so many shared bands and sentence keys those to look at in full."""
    likely = [
        (bands + sentences, other)
        for other, (bands, sentences) in shared.items()
        if bands >= LEAST_BANDS or sentences >= LEAST_SENTENCES
    ]
    likely.sort(key=lambda pair: pair[0], reverse=True)
    return [other for _, other in likely[:most]]


def group_texts(texts: Sequence[TextToRelate]) -> list[str]:
    """The name of each text's story, in the order of the texts: the verdicts and the grouping of
    the tracker, without a database."""
    order = sorted(
        range(len(texts)), key=lambda i: (texts[i].published is None, texts[i].published, i)
    )
    furniture = recurring(
        (key, text.outlet, text.published)
        for text in texts
        for key in set(sentence_keys(text.prepared)) - {0}
    )
    links = []
    for place, others in _candidates(texts).items():
        for other in others:
            first, second = sorted((place, other), key=order.index)
            verdict = compare(texts[first], texts[second], furniture=furniture)
            if verdict.kind in COPIES:
                links.append(Joint(first, second, (verdict.share, verdict.overlap)))
    names = [""] * len(texts)
    for number, group in enumerate(partition(order, links), start=1):
        for place in group:
            names[place] = f"s{number}"
    return names


def _candidates(texts: Sequence[TextToRelate]) -> dict[int, list[int]]:
    """For each text the earlier of the list that share enough keys with it."""
    bands, sentences = _pairs_sharing(texts)
    shared: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for pair in bands.keys() | sentences.keys():
        shared[pair[1]][pair[0]] = (bands[pair], sentences[pair])
    return {place: worth_comparing(others) for place, others in shared.items()}


def _pairs_sharing(
    texts: Sequence[TextToRelate],
) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    holders: tuple[dict[int, list[int]], dict[int, list[int]]] = (
        defaultdict(list),
        defaultdict(list),
    )
    for place, text in enumerate(texts):
        signature = sign(text.prepared)
        for key in signature.bands:
            holders[0][key].append(place)
        for key in signature.sentences:
            holders[1][key].append(place)
    bands, sentences = (
        Counter(
            pair
            for places in kind.values()
            if len(places) <= MOST_STORIES_OF_A_KEY
            for pair in combinations(places, 2)
        )
        for kind in holders
    )
    return bands, sentences
