"""What lists and taught spellings may never be, said by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.conftest import NOW
from tests.places.lists import own_list, taught
from tracker.places.models import KnownPlace, PlaceList, PlaceSpelling, TaughtSpelling

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def _refused(why: str, act: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        act()


def _teach(by: Person, **values: Any) -> TaughtSpelling:
    given: dict[str, Any] = {"spelling": "Bostan", "key": "bostan", "name": "Vardesh"}
    given |= {"kind": "SETTLEMENT", "lat": 35.5, "lon": 36.5, "taught_by": by, "taught_at": NOW}
    return TaughtSpelling.objects.create(**given | {"reason": "It is printed so."} | values)


def test_lists_hold_places_on_earth_only() -> None:
    row = own_list()
    place: dict[str, Any] = {"list": row, "name": "Sella", "kind": "SETTLEMENT"}
    place |= {"lat": 35.0, "lon": 36.0}
    create = KnownPlace.objects.create
    _refused("known_place_on_earth", lambda: create(**place | {"lat": 91.0}))
    _refused("known_place_kind_valid", lambda: create(**place | {"kind": "HILL"}))
    _refused("known_place_named", lambda: create(**place | {"name": ""}))
    _refused("known_place_country_valid", lambda: create(**place | {"country": "nh"}))
    spelling = PlaceSpelling.objects.earliest("pk")
    again = {"place": spelling.place, "key": spelling.key}
    _refused("place_spelling_once", lambda: PlaceSpelling.objects.create(**again))
    _refused(
        "place_spelling_given",
        lambda: PlaceSpelling.objects.create(place=spelling.place, key=""),
    )
    lists = PlaceList.objects.filter(pk=row.pk)
    _refused("place_list_named_and_licensed", lambda: lists.update(licence=""))
    _refused("place_list_kind_valid", lambda: lists.update(kind="OTHER"))


def test_a_spelling_is_taught_whole_and_once(reviewer: Person) -> None:
    _teach(reviewer)
    _refused("taught_once", lambda: _teach(reviewer, name="Osk"))
    _refused("taught_whole", lambda: _teach(reviewer, key="other", reason=""))
    _refused("taught_kind_valid", lambda: _teach(reviewer, key="other", kind="HILL"))
    _refused("taught_on_earth", lambda: _teach(reviewer, key="other", lon=181))


def test_only_reviewers_teach(researcher: Person, viewer: Person, administrator: Person) -> None:
    for nobody in (researcher, viewer, administrator):
        _refused("a reviewer or a coordinator teaches", lambda by=nobody: _teach(by))  # type: ignore[misc]  # the loop's own person


def test_what_was_taught_only_ends(reviewer: Person) -> None:
    one = taught("Bostan Hill", reviewer)
    rows = TaughtSpelling.objects.filter(pk=one.pk)
    _refused("Cannot update", lambda: rows.update(name="Osk"))
    _refused("taught_withdrawn_whole", lambda: rows.update(withdrawn_at=NOW))
    _refused("Cannot delete", lambda: _sql("DELETE FROM places_taughtspelling"))
    rows.update(withdrawn_at=NOW, withdrawn_by=reviewer, withdraw_reason="Another hill.")
    _refused(
        "Cannot update",
        lambda: rows.update(withdrawn_at=None, withdrawn_by=None, withdraw_reason=""),
    )


def _sql(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)
