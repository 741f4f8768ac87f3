"""Two places side by side, with all that is known of each, before one is merged into the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.extraction.places.gazetteer import packaged
from tracker.extraction.places.keys import place_key
from tracker.extraction.places.name_keys import name_key
from tracker.places.models import KnownPlace
from tracker.places.rules.telling import are_far_apart, km_between
from tracker.places.selectors.known import known_places
from tracker.places.selectors.merging import (
    obstacles_to_merging_places,
    spellings_meaning,
    spellings_under_the_name_of,
)
from tracker.places.selectors.values import fields_of

if TYPE_CHECKING:
    from tracker.extraction.places.gazetteer import Place
    from tracker.places.models import TaughtSpelling


@dataclass(frozen=True, slots=True)
class PlaceSide:
    """One of the two; ``lists`` are those that have it, ``is_packaged``: so has the gazetteer."""

    place: Place
    lists: list[str]
    is_packaged: bool
    spellings: list[TaughtSpelling]


@dataclass(frozen=True, slots=True)
class WeighedPlaces:
    """A merge of places before it is made; with ``obstacles`` it can't be.

    ``namesakes``: so many other places may be meant by the name of the one that goes, so where it
    is printed it stays a name of its own; 0 = it is understood as the one that stays.
    """

    source: PlaceSide
    target: PlaceSide
    km: float
    are_far_apart: bool
    namesakes: int
    obstacles: list[str]

    @property
    def other_country(self) -> bool:
        """Whether they lie in two countries; not where one doesn't say."""
        countries = {self.source.place.country, self.target.place.country} - {""}
        return len(countries) > 1

    @property
    def other_kind(self) -> bool:
        """Whether one is a region and the other a settlement, or a country."""
        return self.source.place.kind is not self.target.place.kind


def weigh_places(source: Place, target: Place) -> WeighedPlaces:
    """Both as they are known now."""
    return WeighedPlaces(
        source=_side(source),
        target=_side(target),
        km=km_between(source, target),
        are_far_apart=are_far_apart(source, target),
        namesakes=_namesakes(source, target),
        obstacles=obstacles_to_merging_places(source, target),
    )


def place_pre_image(source: Place, target: Place) -> dict[str, Any]:
    """Both as they are known now; ``named``: spellings that are the name of ``source``, by id."""
    weighed = weigh_places(source, target)
    return {
        "source": _standing(weighed.source),
        "target": _standing(weighed.target),
        "km": round(weighed.km, 1),
        "named": spellings_under_the_name_of(source),
    }


def _namesakes(source: Place, target: Place) -> int:
    if place_key(source.name) == place_key(target.name):
        return 0
    both = {source.values, target.values}
    return sum(one.values not in both for one in known_places().meant_by(source.name))


def _side(place: Place) -> PlaceSide:
    listed = KnownPlace.objects.filter(spellings__key=name_key(place.name), **fields_of(place))
    country = place.country or None
    return PlaceSide(
        place=place,
        lists=list(listed.order_by("list__name").values_list("list__name", flat=True).distinct()),
        is_packaged=any(
            one.values == place.values for one in packaged().look_up(place.name, country=country)
        ),
        spellings=spellings_meaning(place),
    )


def _standing(side: PlaceSide) -> dict[str, Any]:
    return {
        **fields_of(side.place),
        "population": side.place.population,
        "lists": side.lists,
        "is_packaged": side.is_packaged,
        "spellings": [{"id": one.pk, "spelling": one.spelling} for one in side.spellings],
    }
