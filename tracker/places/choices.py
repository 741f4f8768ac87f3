"""What a place is, and where a list comes from."""

from __future__ import annotations

from django.db.models import TextChoices


class PlaceKind(TextChoices):
    """As the gazetteer of the package tells them apart."""

    COUNTRY = "COUNTRY", "country"
    ADMIN1 = "ADMIN1", "province or governorate"
    SETTLEMENT = "SETTLEMENT", "village, town or city"


class ListKind(TextChoices):
    """How the file of a list is written."""

    OWN = "OWN", "an operator's own list"
    GEONAMES = "GEONAMES", "a dump of GeoNames"
