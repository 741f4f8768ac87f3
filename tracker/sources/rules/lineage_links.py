"""Which of the found links are kept, and what descends from what by those that stand (pure)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.sources.rules.lineage_stories import Joint, partition

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    #: Earliest first: by day of publication where it is known, then as received.
    Precedence = tuple[date, datetime, int]

VERBATIM = "VERBATIM_COPY"
EDITED = "EDITED_COPY"
_ONE_WAY = ("EXCERPT", "TRANSLATION")


@dataclass(frozen=True, slots=True)
class Link:
    """``article`` descends from ``other``; ``strength``: what a person confirmed comes first, then
    the same wording, then the larger share."""

    article: int
    other: int
    kind: str
    overlap: float | None
    share: float
    is_confirmed: bool = False

    @property
    def strength(self) -> tuple[float, ...]:
        """By it links are weighed against each other."""
        return (self.is_confirmed, self.kind == VERBATIM, self.share, self.overlap or 0.0)

    def seen_from(self, article: int) -> Descent:
        """What ``article``, at either end, is to the other end; no text is an excerpt or a
        translation of what descends from it."""
        if article == self.article:
            return Descent(self.other, self.kind, self.overlap)
        kind = EDITED if self.kind in _ONE_WAY else self.kind
        return Descent(self.article, kind, self.overlap or 0.0)


@dataclass(frozen=True, slots=True)
class Descent:
    """What an article descends from, and how."""

    origin: int
    kind: str
    overlap: float | None


def needed(
    found: Sequence[Link], story_of: Mapping[int, Hashable], precedence: Mapping[int, Precedence]
) -> list[Link]:
    """The links to be kept: those that join what would else stay apart, those to the earliest text
    that a text resembles, and all of a text that is earlier than whatever resembles it.

    A wire text has a hundred copies, and each resembles every other: that is five thousand links
    that tell nobody anything. ``story_of``: the stories there are, by article.
    """
    around: dict[int, list[Link]] = defaultdict(list)
    for link in found:
        around[link.article].append(link)
        around[link.other].append(link)
    kept: dict[tuple[int, int], Link] = {}
    for member, links in around.items():
        others = {link.article if link.other == member else link.other: link for link in links}
        earliest = min(others, key=lambda other: precedence[other])
        if precedence[member] < precedence[earliest]:
            chosen = list(others.values())
        else:
            nearest = max([others[earliest], *links], key=lambda link: link.strength)
            chosen = [others[earliest], nearest]
        kept.update({(link.article, link.other): link for link in chosen})
    for link in _joining(found, story_of):
        kept.setdefault((link.article, link.other), link)
    return list(kept.values())


def _joining(found: Iterable[Link], story_of: Mapping[int, Hashable]) -> list[Link]:
    group_of: dict[Hashable, Hashable] = {}

    def leader(node: Hashable) -> Hashable:
        while (above := group_of.setdefault(node, node)) != node:
            node = above
        return node

    joining = []
    for link in sorted(found, key=lambda link: link.strength, reverse=True):
        one, other = (leader(story_of[end]) for end in (link.article, link.other))
        if one != other:
            group_of[one] = other
            joining.append(link)
    return joining


def wordings(members: Iterable[int], links: Iterable[Link]) -> list[list[int]]:
    """The members by wording: those that verbatim links hold together."""
    same = [Joint(link.article, link.other, (1.0,)) for link in links if link.kind == VERBATIM]
    return partition(members, same)


def descents(
    members: Collection[int], links: Sequence[Link], precedence: Mapping[int, Precedence]
) -> dict[int, Descent | None]:
    """What each member of one story descends from; None for the earliest, which leads it.

    The same wording is followed to where it was met first. Anything else descends from the leader
    where a link says so, else from the earliest text it is linked with, else from the nearest.
    """
    earliest = min(members, key=lambda member: precedence[member])
    found: dict[int, Descent | None] = {}
    around: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        around[link.article].append(link)
        around[link.other].append(link)
    for wording in wordings(members, links):
        first = min(wording, key=lambda member: precedence[member])
        found.update({member: Descent(first, VERBATIM, 1.0) for member in wording})
        found[first] = None if first == earliest else _origin(first, earliest, around, precedence)
    return found


def _origin(
    member: int,
    leader: int,
    around: Mapping[int, Sequence[Link]],
    precedence: Mapping[int, Precedence],
) -> Descent | None:
    seen = [(link, link.seen_from(member)) for link in around[member]]
    to_leader = [descent for _, descent in seen if descent.origin == leader]
    if to_leader:
        return to_leader[0]
    earlier = [s for s in seen if precedence[s[1].origin] < precedence[member]]
    if earlier:
        return min(earlier, key=lambda s: precedence[s[1].origin])[1]
    return max(seen, key=lambda s: s[0].strength)[1] if seen else None
