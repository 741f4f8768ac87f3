"""Lists of invented places, and what people teach of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conftest import NOW
from tracker.core.actor import machine
from tracker.places.models import PlaceList, TaughtSpelling
from tracker.places.reading.listed import read_own
from tracker.places.selectors.naming import NamedPlace
from tracker.places.services.lists import bring_in_list
from tracker.places.services.spellings import teach_spelling

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.places.reading.listed import Unlisted

REASON = "The municipality prints it so."
VILLAGES = (
    "name,latitude,longitude,country,admin,kind,alternative names\n"
    "Vardesh,35.51,36.62,NH,Nahr,,Vardish;فاردش\n"
    "Qellan,35.70,36.80,NH,Nahr,SETTLEMENT,\n"
    "Qellan,33.10,44.20,VE,Delta,,\n"
    "Osk,34.0,44.0,NH,,ADMIN1,\n"
)


def own_list(text: str = VILLAGES, **values: Any) -> PlaceList:
    """A list of an operator, brought in."""
    refused: list[Unlisted] = []
    given: dict[str, Any] = {
        "name": "Desk villages",
        "kind": "OWN",
        "licence": "ours",
        "sha256": f"{hash(text) & (2**64 - 1):064x}",
        "places": read_own(text.splitlines(keepends=True)),
        "tell": refused.append,
        "actor": machine("tests"),
        "now": NOW,
    }
    bring_in_list(**given | values)
    assert not refused
    return PlaceList.objects.get(name=given["name"])


def taught(
    spelling: str, by: Person, name: str = "Vardesh", reason: str = REASON, **chosen: str
) -> TaughtSpelling:
    """A spelling that counts."""
    if not PlaceList.objects.exists():
        own_list()
    return teach_spelling(
        spelling=spelling,
        meaning=NamedPlace(name, **chosen),
        actor=by.as_actor(),
        now=NOW,
        reason=reason,
    )
