"""Two places become one wherever either is looked up, and two again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, IncidentFactory, advance_article
from tests.places.lists import VILLAGES, own_list, taught
from tests.places.merged import FIELD_NOTES, as_one_place, as_two_places, two_lists
from tracker.audit.models import AuditEvent
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.extraction.places.known import PACKAGED
from tracker.extraction.places.words import PROVINCE, SETTLEMENT
from tracker.incidents.models import Reading
from tracker.incidents.selectors.candidates import candidates_for_article, candidates_for_incident
from tracker.places.models import PlaceMerge, RecordedPlace
from tracker.places.rules.telling import handle_of
from tracker.places.selectors.known import known_places
from tracker.places.selectors.naming import NamedPlace, SeveralPlaces, UnableToName, get_named_place
from tracker.places.selectors.places import find_places_named, places_as_listed
from tracker.places.services.merging import (
    UnableToMergePlaces,
    UnableToUndoPlaceMerge,
    undo_place_merge,
)
from tracker.places.services.spellings import UnableToTeach, withdraw_spelling
from tracker.sources.choices import ArticleState
from tracker.verification.services.extract import extract_articles

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.extraction.places.gazetteer import Place
    from tracker.incidents.models import Incident

pytestmark = pytest.mark.django_db

TWO = (
    "Shelling of Vardesh killed nine people on Tuesday, rescuers said. "
    "Shelling of Tellorin on Tuesday wounded four people, rescuers said."
)


def _incident(place: str) -> Incident:
    day = date(2026, 11, 17)
    return IncidentFactory(
        title=f"Strike on a market in {place}",
        place_name=place,
        date_start=day,
        date_end=day,
        date_precision="DAY",
    )


def _events_read() -> set[int]:
    """The events that a worker reads in a new article of two shellings."""
    article = ArticleFactory(title="", text=TWO, published_on=date(2026, 11, 18))
    extract_articles(article_ids=[advance_article(article, ArticleState.RELATED).pk], now=NOW)
    return set(Reading.objects.filter(claim__article=article).values_list("event", flat=True))


def _which(name: str, country: str) -> str:
    (place,) = [one for one in find_places_named(name) if one.country == country]
    return handle_of(place)


def _points(places: list[Place]) -> list[tuple[str, float]]:
    return [(place.name, place.lat) for place in places]


def test_any_name_of_the_one_that_went_gives_the_one_that_stands_once(reviewer: Person) -> None:
    two_lists()
    assert _points(find_places_named("تلورين")) == [("Tellorin", 35.52)]

    as_one_place(reviewer, "Tellorin", "Vardesh")

    for name in ("Tellorin", "al-Tellorin", "TELORINA TEPE", "تلورين", "Vardesh", "فاردش"):
        assert _points(find_places_named(name)) == [("Vardesh", 35.51)], name
        assert _points(find_places_named(name, country="nh")) == [("Vardesh", 35.51)]
    # the list itself is as its file says
    assert _points(places_as_listed("Tellorin")) == [("Tellorin", 35.52)]


def test_two_rows_of_one_name_become_one_row(reviewer: Person) -> None:
    two_lists()
    rows = {place.lat: handle_of(place) for place in find_places_named("Qellan", country="NH")}
    assert set(rows) == {35.70, 35.71}

    as_one_place(
        reviewer,
        NamedPlace("Qellan", which=rows[35.71]),
        NamedPlace("Qellan", which=rows[35.70]),
    )

    assert [(one.country, one.lat) for one in find_places_named("Qellan")] == [
        ("NH", 35.70),
        ("VE", 33.10),
    ]
    assert get_named_place(NamedPlace("Qellan", "NH")).lat == 35.70


def test_names_of_both_have_one_key_and_no_other_name_does(reviewer: Person) -> None:
    two_lists()
    before = known_places()
    as_one_place(reviewer, "Tellorin", "Vardesh")
    known = known_places()

    names = ("Vardesh", "Tellorin", "tellorin", "Telorina Tepe", "تلورين", "فاردش")
    assert {known.key(name) for name in names} == {before.key("Vardesh")}
    for other in ("Mervash", "Qellan", "Nowhere-at-all", "Idlib"):
        assert known.key(other) == before.key(other)
    assert known.spellings("Tellorin") == ["Vardesh", "Tellorin"]
    assert known.spellings("Mervash") == []


def test_a_name_that_other_places_have_stays_its_own(reviewer: Person) -> None:
    two_lists()
    own = known_places().key("Qellan")
    as_one_place(reviewer, NamedPlace("Qellan", which=_which("Qellan", "VE")), "Vardesh")

    assert known_places().key("Qellan") == own != known_places().key("Vardesh")
    assert known_places().spellings("Vardesh") == ["Vardesh"]
    assert ("Vardesh", 35.51) in _points(find_places_named("Qellan"))
    taught("Qellan", reviewer)
    assert known_places().key("Qellan") == known_places().key("Vardesh")


def test_how_exact_a_name_is_follows_the_one_that_stands(reviewer: Person) -> None:
    two_lists()
    assert known_places().level("Tellorin", "") == SETTLEMENT

    as_one_place(reviewer, "Tellorin", "Osk")

    assert known_places().level("Tellorin", "") == PROVINCE


def test_similar_incidents_are_found_by_both_names(reviewer: Person) -> None:
    two_lists()
    one, other = _incident("Vardesh"), _incident("Tellorin")
    before = {c.incident: c.score for c in candidates_for_incident(one)}
    article = ArticleFactory(title="", text="قتل سبعة في تلورين.", published_on=date(2026, 11, 18))
    taught("تلورين", reviewer, name="Tellorin")

    as_one_place(reviewer, "Tellorin", "Vardesh")

    after = {c.incident: c.score for c in candidates_for_incident(one)}
    assert after[other] > before.get(other, 0)
    named = {found.incident: found.reasons for found in candidates_for_article(article)}
    assert "which names تلورين" in named[one][0]
    assert "which names تلورين" in named[other][0]


def test_workers_read_by_it_from_the_next_batch_on_and_by_its_undo(reviewer: Person) -> None:
    two_lists()
    assert _events_read() == {0, 1}

    done = as_one_place(reviewer, "Tellorin", "Vardesh")
    assert _events_read() == {0}

    as_two_places(done, reviewer)
    assert _events_read() == {0, 1}


def test_with_no_merge_there_is_nothing_to_pay(
    reviewer: Person, django_assert_num_queries: Any
) -> None:
    assert known_places() is PACKAGED
    done = as_one_place(reviewer, "Tellorin", "Vardesh")
    first = known_places()
    with django_assert_num_queries(1):
        assert known_places() is first
    as_two_places(done, reviewer)
    known = known_places()
    with django_assert_num_queries(0):
        assert known.key("Tellorin") != known.key("Vardesh")


def test_a_taught_spelling_of_the_one_that_went_means_the_one_that_stands(reviewer: Person) -> None:
    two_lists()
    taught("Bostan Hill", reviewer, name="Tellorin")
    taught("Wardish", reviewer)

    done = as_one_place(reviewer, "Tellorin", "Vardesh")

    assert known_places().key("Bostan Hill") == known_places().key("Vardesh")
    assert known_places().spellings("Vardesh") == ["Bostan Hill", "Wardish", "Vardesh", "Tellorin"]
    as_two_places(done, reviewer)
    assert known_places().key("Bostan Hill") == known_places().key("Tellorin")
    assert known_places().spellings("Vardesh") == ["Wardish"]


def test_the_record_keeps_how_both_were_known(reviewer: Person) -> None:
    two_lists()
    spelling = taught("Bostan Hill", reviewer, name="Tellorin")

    done = as_one_place(reviewer, "Tellorin", "Vardesh")
    own_list("name,latitude,longitude\nElsewhere,1,1\n", name="Field notes", sha256="0" * 64)

    done.refresh_from_db()
    image = done.pre_image
    assert image["source"] == {
        "name": "Tellorin",
        "kind": "SETTLEMENT",
        "country": "NH",
        "admin1": "Nahr",
        "lat": 35.52,
        "lon": 36.63,
        "population": 0,
        "lists": ["Field notes"],
        "is_packaged": False,
        "spellings": [{"id": spelling.pk, "spelling": "Bostan Hill"}],
    }
    assert (image["target"]["lists"], image["target"]["spellings"]) == (["Desk villages"], [])
    assert (image["km"], image["named"]) == (1.4, [])
    assert (done.source.name, done.source.key, done.target.lat) == ("Tellorin", "telorin", 35.51)
    # a spelling of what no list has any more still leads to the one that stands
    assert known_places().key("Bostan Hill") == known_places().key("Vardesh")


def test_a_list_that_comes_in_anew_changes_no_merge(reviewer: Person) -> None:
    as_one_place(reviewer, "Tellorin", "Vardesh")

    own_list(FIELD_NOTES + "Sellan,35,36,NH,,,\n", name="Field notes")
    own_list(VILLAGES + "Sellan,35,36,NH,,,\n")

    assert _points(find_places_named("Tellorin")) == [("Vardesh", 35.51)]
    assert len(find_places_named("Sellan")) == 1, "two lists say the same of it"


def test_chains_are_walked_to_their_end(reviewer: Person) -> None:
    first = as_one_place(reviewer, "Tellorin", "Vardesh")
    second = as_one_place(reviewer, "Vardesh", "Mervash")
    taught("Bostan", reviewer, name="Mervash")

    for name in ("Tellorin", "Vardesh", "Mervash"):
        assert _points(find_places_named(name)) == [("Mervash", 35.6)]
        assert known_places().key(name) == known_places().key("Mervash")
    with pytest.raises(UnableToUndoPlaceMerge, match=rf"itself merged.*by {reviewer.alias} on"):
        as_two_places(first, reviewer)

    as_two_places(second, reviewer)
    assert _points(find_places_named("Tellorin")) == [("Vardesh", 35.51)]
    as_two_places(first, reviewer)
    assert _points(find_places_named("Tellorin")) == [("Tellorin", 35.52)]
    assert known_places().key("Bostan") == known_places().key("Mervash")


def test_what_went_is_neither_merged_again_nor_taught_nor_made_a_circle(reviewer: Person) -> None:
    two_lists()
    which = _which("Tellorin", "NH")
    as_one_place(reviewer, "Tellorin", "Vardesh")
    stands = rf"“Tellorin” was merged, by {reviewer.alias} on 2026-11-20; “Vardesh” stands"

    for source, target in (("Tellorin", "Mervash"), ("Vardesh", "Tellorin"), ("Osk", "تلورين")):
        with pytest.raises(UnableToName, match=stands):
            as_one_place(reviewer, source, target)
    with pytest.raises(UnableToName, match=stands):
        taught("Bostan", reviewer, name="Telorina Tepe")
    with pytest.raises(UnableToName, match=stands):
        get_named_place(NamedPlace("Tellorin", which=which))
    assert PlaceMerge.objects.count() == 1
    assert taught("Bostan", reviewer, name="Vardesh").lat == 35.51


def test_one_of_several_is_chosen_and_must_be_as_it_was(reviewer: Person) -> None:
    two_lists()
    with pytest.raises(SeveralPlaces) as refusal:
        as_one_place(reviewer, "Qellan", "Vardesh")
    assert [place.lat for place in refusal.value.places] == [35.70, 33.10, 35.71]
    chosen = NamedPlace("Qellan", which=_which("Qellan", "VE"))
    own_list(VILLAGES.replace("33.10", "33.11"))

    with pytest.raises(UnableToName, match="not known any more as it was chosen"):
        as_one_place(reviewer, chosen, "Vardesh")
    with pytest.raises(UnableToName, match="No list and no gazetteer knows “Nowhere-at-all” in NH"):
        as_one_place(reviewer, NamedPlace("Nowhere-at-all", "NH"), "Vardesh")
    with pytest.raises(InvalidInput, match="Name the place"):
        as_one_place(reviewer, " ", "Vardesh")


def test_what_stands_in_the_way_is_said(reviewer: Person) -> None:
    two_lists()
    with pytest.raises(UnableToMergePlaces, match="into itself"):
        as_one_place(reviewer, "Vardesh", "فاردش")
    with pytest.raises(InvalidInput, match="how you know"):
        as_one_place(reviewer, "Tellorin", "Vardesh", reason=" ")
    one = taught("Tellorin", reviewer, name="Osk")
    said = rf"“Tellorin” is taught as a spelling of “Osk”, by {reviewer.alias} on 2026-11-20"
    for pair in (("Tellorin", "Vardesh"), ("Vardesh", "Tellorin")):
        with pytest.raises(UnableToMergePlaces, match=said):
            as_one_place(reviewer, *pair)
    assert not RecordedPlace.objects.exists()

    as_one_place(reviewer, "Tellorin", "Osk")
    withdraw_spelling(spelling_id=one.pk, actor=reviewer.as_actor(), now=NOW, reason="Merged.")


def test_a_name_of_merged_places_means_no_third(reviewer: Person) -> None:
    as_one_place(reviewer, "Tellorin", "Vardesh")

    for name in ("Tellorin", "Vardesh"):
        with pytest.raises(UnableToTeach, match=r"“Tellorin” was merged into “Vardesh”, by"):
            taught(name, reviewer, name="Osk")


def test_undone_both_stand_again(reviewer: Person) -> None:
    done = as_one_place(reviewer, "Tellorin", "Vardesh")

    undone = as_two_places(done, reviewer)

    assert (undone.undone_by, undone.undo_reason) == (reviewer, "Two hills, two mosques.")
    for name, lat in (("Tellorin", 35.52), ("Vardesh", 35.51)):
        assert _points(find_places_named(name)) == [(name, lat)]
    lines = AuditEvent.objects.filter(target_type="places.placemerge", target_id=done.pk)
    assert [(line.action, line.changes) for line in lines.order_by("pk")] == [
        ("place.merge", {"source": done.source_id, "target": done.target_id}),
        ("place.undo_merge", {"source": done.source_id, "target": done.target_id}),
    ]
    with pytest.raises(UnableToUndoPlaceMerge, match="undone before"):
        as_two_places(done, reviewer)
    again = as_one_place(reviewer, "Tellorin", "Mervash")
    assert (again.source, RecordedPlace.objects.count()) == (done.source, 3)


def test_a_spelling_that_was_taught_since_stands_in_the_way_of_an_undo(reviewer: Person) -> None:
    two_lists()
    before = taught("Tellorin", reviewer)
    done = as_one_place(reviewer, "Tellorin", "Vardesh")
    withdraw_spelling(spelling_id=before.pk, actor=reviewer.as_actor(), now=NOW, reason="Merged.")
    since = taught("TELLORIN", reviewer)

    with pytest.raises(
        UnableToUndoPlaceMerge,
        match=rf"“TELLORIN” was taught since as a spelling of “Vardesh”, by {reviewer.alias} on",
    ):
        as_two_places(done, reviewer)

    withdraw_spelling(spelling_id=since.pk, actor=reviewer.as_actor(), now=NOW, reason="Two.")
    as_two_places(done, reviewer)


def test_a_spelling_that_was_taught_before_is_as_it_was_after_an_undo(reviewer: Person) -> None:
    two_lists()
    taught("Tellorin", reviewer)
    done = as_one_place(reviewer, "Tellorin", "Vardesh")
    since = taught("Bostan", reviewer)

    as_two_places(done, reviewer)

    assert known_places().key("Tellorin") == known_places().key("Vardesh")
    assert known_places().key("Bostan") == known_places().key("Vardesh"), since


def test_only_people_who_teach_places_merge_them(
    reviewer: Person, coordinator: Person, researcher: Person
) -> None:
    done = as_one_place(coordinator, "Tellorin", "Vardesh")
    for nobody in (researcher.as_actor(), machine("tests")):
        with pytest.raises(NotAllowed):
            as_one_place(reviewer, "Mervash", "Vardesh", actor=nobody)
        with pytest.raises(NotAllowed):
            undo_place_merge(merge_id=done.pk, actor=nobody, now=NOW, reason="Two.")
    with pytest.raises(NotFound):
        undo_place_merge(merge_id=0, actor=reviewer.as_actor(), now=NOW, reason="Two.")
    with pytest.raises(InvalidInput, match="after all"):
        undo_place_merge(merge_id=done.pk, actor=reviewer.as_actor(), now=NOW, reason=" ")
