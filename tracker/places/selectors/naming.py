"""The place that a person names: by a name, where they like its country, and one of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.core.errors import DomainError, InvalidInput
from tracker.places.rules.telling import handle_of
from tracker.places.selectors.known import known_places
from tracker.places.selectors.merging import by_whom, standing_merge_of
from tracker.places.selectors.places import find_places_named, places_as_listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.places.gazetteer import Place


class UnableToName(DomainError):
    """No place is meant by what was given."""

    code = "unable_to_name"


class SeveralPlaces(UnableToName):
    """The name is of several places; ``places`` are these."""

    code = "several_places"

    def __init__(self, places: Sequence[Place]) -> None:
        """The caller asks which of them is meant."""
        super().__init__("Several places have this name; choose the one that is meant.")
        self.places = tuple(places)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place as a person names it; ``country`` "" = any, ``which`` the handle of one of several,
    "" = there is but one."""

    name: str
    country: str = ""
    which: str = ""


def get_named_place(named: NamedPlace) -> Place:
    """The one that stands and that is meant.

    Raises InvalidInput, UnableToName (also for one that was merged away, with the one that stands),
    SeveralPlaces.
    """
    name, country, which = " ".join(named.name.split()), named.country, named.which
    if not name:
        raise InvalidInput("Name the place that is meant.")
    listed = places_as_listed(name, country=country)
    if not listed:
        where = f" in {country.upper()}" if country else ""
        raise UnableToName(
            f"No list and no gazetteer knows “{name}”{where}; use a name that one of them has, or "
            "bring the place in with a list of your own."
        )
    standing = find_places_named(name, country=country)
    if which:
        meant = [place for place in [*standing, *listed] if handle_of(place) == which]
    elif len(standing) > 1:
        raise SeveralPlaces(standing)
    else:
        meant = [place for place in listed if place.values == standing[0].values] or listed
    if not meant:
        raise UnableToName(f"“{name}” is not known any more as it was chosen; choose again.")
    done = standing_merge_of(meant[0])
    if done is not None:
        (stands,) = known_places().standing(meant[:1])
        raise UnableToName(
            f"“{meant[0].name}” was merged, {by_whom(done.by, done.at)}; “{stands.name}” stands "
            "for it. Name that one."
        )
    return meant[0]
