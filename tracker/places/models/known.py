"""Lists of places as they were brought in; each is as its last file says."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tracker.core.checks import one_of
from tracker.places.choices import ListKind, PlaceKind
from tracker.places.models.values import ON_EARTH, PlaceValues


class PlaceList(models.Model):
    """One list by its name, as the file with ``sha256`` has it; the next file replaces it whole.

    ``licence`` is under which words it may be used, as its owner asks.
    """

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=8, choices=ListKind)
    licence = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    brought_by = models.CharField(max_length=64)
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("kind", ListKind.values, name="place_list_kind_valid"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(licence=""), name="place_list_named_and_licensed"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KnownPlace(PlaceValues):
    """One place of a list."""

    list = models.ForeignKey(PlaceList, models.CASCADE, related_name="places")

    class Meta:
        constraints = [
            one_of("kind", PlaceKind.values, name="known_place_kind_valid"),
            models.CheckConstraint(condition=~Q(name=""), name="known_place_named"),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
                name="known_place_country_valid",
            ),
            models.CheckConstraint(
                condition=ON_EARTH,
                name="known_place_on_earth",
            ),
        ]


class PlaceSpelling(models.Model):
    """One spelling of a place, by the key that its usual variants share."""

    place = models.ForeignKey(KnownPlace, models.CASCADE, related_name="spellings")
    key = models.CharField(max_length=130)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "place"], name="place_spelling_once"),
            models.CheckConstraint(condition=~Q(key=""), name="place_spelling_given"),
        ]

    def __str__(self) -> str:
        return f"{self.key} for place {self.place_id}"
