"""What every record of a place holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tracker.places.choices import PlaceKind

ON_EARTH = Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180)


class PlaceValues(models.Model):
    """A place as a list says it: ``country`` and ``admin1`` "" = not said, ``population`` 0 = not
    known. WGS 84, in degrees."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=PlaceKind)
    country = models.CharField(max_length=2, blank=True)
    admin1 = models.CharField(max_length=200, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    population = models.PositiveBigIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"
