"""What merges of places may never be, said by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.at_once import at_once
from tests.conftest import NOW
from tests.factories import PersonFactory
from tests.places.lists import taught
from tests.places.merged import as_one_place, as_two_places, two_lists
from tracker.core.actor import Role
from tracker.places.models import PlaceMerge, RecordedPlace, TaughtSpelling

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db

UNDONE = {"undone_at": NOW, "undo_reason": "Two."}


def _refused(why: str, act: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        act()


def _sql(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)


def _place(name: str, **values: Any) -> RecordedPlace:
    given: dict[str, Any] = {"name": name, "key": name.casefold(), "kind": "SETTLEMENT"}
    return RecordedPlace.objects.create(**given | {"lat": 35.5, "lon": 36.6} | values)


def _three() -> tuple[RecordedPlace, RecordedPlace, RecordedPlace]:
    return _place("One"), _place("Two"), _place("Three")


def _record(source: RecordedPlace, target: RecordedPlace, by: Person, **more: Any) -> PlaceMerge:
    values: dict[str, Any] = {"pre_image": {}, "at": NOW, "reason": "One."} | more
    return PlaceMerge.objects.create(source=source, target=target, by=by, **values)


def _undo(done: PlaceMerge, by: Person) -> None:
    PlaceMerge.objects.filter(pk=done.pk).update(undone_by=by, **UNDONE)


def test_a_recorded_place_is_whole_once_and_for_good() -> None:
    one = _place("Sella")
    _refused("recorded_once", lambda: _place("Sella", key="other", population=9))
    _refused("recorded_named", lambda: _place(""))
    _refused("recorded_named", lambda: _place("Sellan", key=""))
    _refused("recorded_kind_valid", lambda: _place("Sellan", kind="HILL"))
    _refused("recorded_on_earth", lambda: _place("Sellan", lat=float("nan")))
    rows = RecordedPlace.objects.filter(pk=one.pk)
    _refused("Cannot update or delete", lambda: rows.update(lat=1.0))
    _refused("Cannot update or delete", lambda: _sql("DELETE FROM places_recordedplace"))


def test_a_merge_is_of_two_that_stand_has_a_reason_and_is_one(reviewer: Person) -> None:
    one, two, three = _three()
    _refused("place_merge_of_two_places", lambda: _record(one, one, reviewer))
    _refused("place_merge_has_reason", lambda: _record(one, two, reviewer, reason=""))
    done = _record(one, two, reviewer)
    for source, target in ((one, two), (one, three), (two, one), (three, one)):
        _refused(
            "both places have to stand",
            lambda goes=source, stays=target: _record(goes, stays, reviewer),  # type: ignore[misc]  # the loop's own
        )
    _refused(
        "both places have to stand",
        lambda: _record(two, three, reviewer, undone_by=reviewer, **UNDONE),
    )
    _undo(done, reviewer)
    _record(two, one, reviewer)
    _refused("both places have to stand", lambda: _record(one, two, reviewer))


def test_at_most_one_merge_of_a_place_stands_without_a_trigger_too(reviewer: Person) -> None:
    one, two, three = _three()
    _record(one, two, reviewer)
    _sql("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE places_placemerge DISABLE TRIGGER USER")
    _refused("place_merged_once", lambda: _record(one, three, reviewer))


def test_a_merge_only_ends_and_once(reviewer: Person) -> None:
    one, two, three = _three()
    rows = PlaceMerge.objects.filter(pk=_record(one, two, reviewer).pk)
    for change in (
        {"source": three},
        {"target": three},
        {"pre_image": {"x": 1}},
        {"reason": "Other."},
        {"at": "2020-01-01T00:00Z"},
    ):
        _refused("Cannot update", lambda change=change: rows.update(**change))  # type: ignore[misc]  # the loop's own change
    _refused("place_merge_undone_whole", lambda: rows.update(undone_at=NOW))
    _refused("place_merge_undone_whole", lambda: rows.update(undone_by=reviewer))
    _refused("place_merge_undone_whole", lambda: rows.update(undo_reason="Two."))
    _refused("Cannot delete", lambda: _sql("DELETE FROM places_placemerge"))
    _refused(
        "Cannot truncate", lambda: _sql("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE places_placemerge")
    )
    rows.update(undone_by=reviewer, **UNDONE)
    back = {"undone_by": None, "undone_at": None, "undo_reason": ""}
    _refused("Cannot update", lambda: rows.update(**back))
    _refused("Cannot update", lambda: rows.update(undo_reason="Three."))


def test_a_merge_whose_place_was_merged_since_is_not_undone(reviewer: Person) -> None:
    one, two, three = _three()
    inner, outer = _record(one, two, reviewer), _record(two, three, reviewer)

    _refused("was merged into another one since", lambda: _undo(inner, reviewer))
    _undo(outer, reviewer)
    _undo(inner, reviewer)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.RESEARCHER, Role.ADMINISTRATOR])
def test_nobody_but_reviewers_and_coordinators_merges_or_parts(
    role: Role, reviewer: Person
) -> None:
    one, two, _ = _three()
    nobody = PersonFactory(role=role.value)
    _refused("a reviewer or a coordinator merges", lambda: _record(one, two, nobody))
    done = _record(one, two, reviewer)
    _refused("a reviewer or a coordinator merges", lambda: _undo(done, nobody))


def test_a_machine_is_nobody() -> None:
    one, two, _ = _three()
    _refused(
        "a reviewer or a coordinator merges|null value",
        lambda: _sql(
            "INSERT INTO places_placemerge "  # noqa: S608  # two numbers from above
            "(source_id, target_id, pre_image, by_id, at, reason, undo_reason) "
            f"VALUES ({one.pk}, {two.pk}, '{{}}', NULL, now(), 'Alike.', '')"
        ),
    )


def test_what_was_merged_away_is_not_taught(reviewer: Person) -> None:
    done = as_one_place(reviewer, "Tellorin", "Vardesh")

    def teach() -> None:
        TaughtSpelling.objects.create(
            spelling="Bostan",
            key="bostan",
            name="Tellorin",
            kind="SETTLEMENT",
            country="NH",
            admin1="Nahr",
            lat=35.52,
            lon=36.63,
            taught_by=reviewer,
            taught_at=NOW,
            reason="It is printed so.",
        )

    _refused("the place was merged into another one", teach)
    as_two_places(done, reviewer)
    teach()


@pytest.mark.django_db(transaction=True)
def test_neither_in_a_circle_nor_twice_at_the_same_moment(reviewer: Person) -> None:
    two_lists()
    told = at_once(
        lambda: as_one_place(reviewer, "Tellorin", "Vardesh"),
        lambda: as_one_place(reviewer, "Vardesh", "Tellorin"),
        lambda: as_one_place(reviewer, "Tellorin", "Mervash"),
        lambda: taught("Bostan", reviewer, name="Tellorin"),
    )

    merges = list(PlaceMerge.objects.all())
    assert told[:3].count("") == len(merges) >= 1
    assert set(told) - {""} == {"unable_to_name"}
    assert len({done.source_id for done in merges}) == len(merges)
