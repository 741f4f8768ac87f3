"""A taught spelling counts at once: for what is read, for what is alike; and is withdrawn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, IncidentFactory, advance_article
from tests.places.lists import own_list, taught
from tracker.audit.models import AuditEvent
from tracker.core.errors import InvalidInput, NotAllowed
from tracker.extraction import extract
from tracker.extraction.places.gazetteer import Kind
from tracker.extraction.places.known import PACKAGED, KnownPlaces, Taught
from tracker.extraction.places.words import PROVINCE, SETTLEMENT, UNKNOWN
from tracker.incidents.models import Reading
from tracker.incidents.selectors.candidates import candidates_for_article, candidates_for_incident
from tracker.places.rules.telling import handle_of
from tracker.places.selectors.known import known_places
from tracker.places.selectors.naming import SeveralPlaces, UnableToName
from tracker.places.services.spellings import UnableToTeach, withdraw_spelling
from tracker.sources.choices import ArticleState
from tracker.verification.services.extract import extract_articles

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.sources.models import Article

pytestmark = pytest.mark.django_db

TWO = (
    "Shelling of Vardesh killed nine people on Tuesday, rescuers said. "
    "Shelling of Bostan on Tuesday wounded four people, rescuers said."
)


def _incident(place: str, title: str = "Shells on a bakery") -> Incident:
    day = date(2026, 11, 17)
    return IncidentFactory(
        title=title, place_name=place, date_start=day, date_end=day, date_precision="DAY"
    )


def _article(text: str) -> Article:
    return ArticleFactory(title="", text=text, published_on=date(2026, 11, 18))


def _events_read() -> set[int]:
    """The events that a worker reads in a new article of two shellings."""
    article = advance_article(_article(TWO), ArticleState.RELATED)
    extract_articles(article_ids=[article.pk], now=NOW)
    return set(Reading.objects.filter(claim__article=article).values_list("event", flat=True))


def test_nothing_taught_is_the_package_itself() -> None:
    assert known_places() is PACKAGED


def test_an_article_in_another_script_names_the_place_of_the_incident(reviewer: Person) -> None:
    incident = _incident("Vardesh")
    article = _article("قتل سبعة أشخاص في وردش يوم الثلاثاء.")
    assert candidates_for_article(article) == []

    taught("وردش", reviewer)

    (found,) = candidates_for_article(article)
    assert found.incident == incident
    assert "which names وردش" in found.reasons[0]


def test_two_spellings_of_one_place_are_alike(reviewer: Person) -> None:
    one = _incident("Vardesh", "Strike on a market in Vardesh")
    other = _incident("Bostan Hill", "Strike on a market in Bostan Hill")
    before = {c.incident: c for c in candidates_for_incident(one)}

    taught("Bostan Hill", reviewer)

    after = {c.incident: c for c in candidates_for_incident(one)}
    assert after[other].score > (before[other].score if other in before else 0)


def test_workers_read_by_it_from_the_next_batch_on(reviewer: Person) -> None:
    assert _events_read() == {0, 1}

    taught("Bostan", reviewer)

    assert len(_events_read()) == 1


def test_a_report_that_names_it_twice_speaks_of_one_place() -> None:
    day = date(2026, 11, 18)
    known = KnownPlaces([Taught("Bostan", "Vardesh", Kind.SETTLEMENT)])

    apart = extract(title="", text=TWO, published=day)
    together = extract(title="", text=TWO, published=day, places=known)

    assert len({claim.event for claim in apart.claims}) == 2
    assert len({claim.event for claim in together.claims}) == 1
    # what is printed is kept as it is printed
    assert {claim.place for claim in together.claims} == {"Vardesh", "Bostan"}


def test_lists_and_spellings_say_how_exact_a_name_is(reviewer: Person) -> None:
    assert known_places().level("Osk", "") == UNKNOWN
    own_list()
    assert known_places().level("Osk", "") == PROVINCE
    assert known_places().level("Vardish", "") == SETTLEMENT
    taught("Bostan Hill", reviewer)
    assert known_places().level("Bostan hill", "") == SETTLEMENT
    assert known_places().spellings("Vardesh") == ["Bostan Hill"]


def test_withdrawn_it_counts_no_more_and_stays_on_record(reviewer: Person) -> None:
    one = taught("Bostan Hill", reviewer)
    withdraw_spelling(
        spelling_id=one.pk, actor=reviewer.as_actor(), now=NOW, reason="Another hill."
    )

    assert known_places().spellings("Vardesh") == []
    one.refresh_from_db()
    assert (one.withdrawn_by, one.withdraw_reason) == (reviewer, "Another hill.")
    assert [e.action for e in AuditEvent.objects.filter(target_id=one.pk).order_by("pk")][-2:] == [
        "place.teach",
        "place.withdraw",
    ]
    with pytest.raises(UnableToTeach, match="already"):
        withdraw_spelling(spelling_id=one.pk, actor=reviewer.as_actor(), now=NOW, reason="Again.")
    taught("Bostan Hill", reviewer, name="Osk")
    assert known_places().key("Bostan Hill") == known_places().key("Osk")


def test_a_name_of_several_places_is_asked_about(reviewer: Person) -> None:
    with pytest.raises(SeveralPlaces) as refusal:
        taught("Kellaan Tepe", reviewer, name="Qellan")
    assert [place.country for place in refusal.value.places] == ["NH", "VE"]

    which = handle_of(refusal.value.places[1])
    chosen = taught("Kellaan Tepe", reviewer, name="Qellan", which=which)
    assert (chosen.country, chosen.lat) == ("VE", 33.1)
    by_country = taught("Kelan Dere", reviewer, name="Qellan", country="nh")
    assert by_country.country == "NH"


def test_what_can_t_be_taught_is_refused(reviewer: Person, researcher: Person) -> None:
    taught("Bostan Hill", reviewer)
    with pytest.raises(NotAllowed):
        taught("Other Hill", researcher)
    with pytest.raises(UnableToName, match="No list and no gazetteer knows"):
        taught("Other Hill", reviewer, name="Nowhere-at-all")
    with pytest.raises(UnableToTeach, match="taken for one name already"):
        taught("al-Vardesh", reviewer)
    with pytest.raises(InvalidInput, match="taught already"):
        taught("Bostan-hill", reviewer, name="Osk")
    with pytest.raises(InvalidInput, match="how you know it"):
        taught("Other Hill", reviewer, reason=" ")
    with pytest.raises(InvalidInput, match="as it is printed"):
        taught("…", reviewer)
    with pytest.raises(InvalidInput, match="Name the place"):
        taught("Other Hill", reviewer, name=" ")
    with pytest.raises(InvalidInput, match="why"):
        withdraw_spelling(spelling_id=1, actor=reviewer.as_actor(), now=NOW, reason=" ")


def test_a_spelling_is_no_place_of_another_spelling(reviewer: Person) -> None:
    taught("Osk", reviewer)
    with pytest.raises(UnableToTeach, match="itself taught"):
        taught("Oskar Dere", reviewer, name="Osk")
