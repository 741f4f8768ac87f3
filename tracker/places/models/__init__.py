"""Tables of the app."""

from tracker.places.models.known import KnownPlace, PlaceList, PlaceSpelling
from tracker.places.models.merging import PlaceMerge, RecordedPlace
from tracker.places.models.spelling import TaughtSpelling

__all__ = [
    "KnownPlace",
    "PlaceList",
    "PlaceMerge",
    "PlaceSpelling",
    "RecordedPlace",
    "TaughtSpelling",
]
