"""Tables of the app."""

from tracker.places.models.known import KnownPlace, PlaceList, PlaceSpelling
from tracker.places.models.spelling import TaughtSpelling

__all__ = ["KnownPlace", "PlaceList", "PlaceSpelling", "TaughtSpelling"]
