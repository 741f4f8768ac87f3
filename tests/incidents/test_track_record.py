"""What the records show of a source: corroborated, corrected, copied, each by its definition."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import F

from tests.factories import (
    ArticleFactory,
    IncidentFactory,
    PartyFactory,
    SourceFactory,
    accepted_claim,
)
from tracker.incidents.models import Claim
from tracker.incidents.selectors.track_record import (
    TrackRecord,
    figure_records,
    track_records,
)

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident
    from tracker.sources.models import Source

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)


@pytest.fixture
def source() -> Source:
    """The one that is looked at."""
    return SourceFactory(name="Nahr Rescue Service")


@pytest.fixture
def incident() -> Incident:
    return IncidentFactory()


def _says(
    by: Person, incident: Incident, speaker: Source | None, figure: int | None, **more: Any
) -> Claim:
    values = {"minimum": figure, "maximum": figure, "said_on": DAY, "speaker": speaker, **more}
    return accepted_claim(by=by, incident=incident, **values)


def _of(source: Source) -> tuple[int, int, int]:
    found = figure_records([source.pk])[source.pk]
    return found.figures, found.corroborated, found.corrected


def test_source_that_said_nothing_has_no_record(source: Source) -> None:
    assert track_records([source.pk]) == {source.pk: TrackRecord()}
    assert track_records([]) == figure_records([]) == {}


def test_another_named_speaker_corroborates_later(
    researcher: Person, incident: Incident, source: Source
) -> None:
    _says(researcher, incident, source, 7)
    assert _of(source) == (1, 0, 0)

    _says(researcher, incident, SourceFactory(), 7, said_on=DAY - timedelta(days=1))
    assert _of(source) == (1, 0, 0), "what was said before is no later word"
    _says(researcher, incident, SourceFactory(), 9)
    assert _of(source) == (1, 0, 0), "another figure agrees with nothing"
    _says(researcher, incident, None, 7, speaker_text="officials")
    assert _of(source) == (1, 0, 0), "who has no name may be the same"
    _says(researcher, incident, SourceFactory(), 5, maximum=None)
    assert _of(source) == (1, 1, 0), "at least five and seven can both be true"


@pytest.mark.parametrize("tie", ["copy", "group", "party"])
def test_one_origin_does_not_corroborate_itself(
    researcher: Person, incident: Incident, source: Source, tie: str
) -> None:
    tied: dict[str, Any] = {}
    if tie == "group":
        tied = {"group": "one hospital"}
    elif tie == "party":
        tied = {"party": PartyFactory()}
    first = _says(researcher, incident, source, 7, **tied)
    if tie == "copy":
        tied = {"copy_of": first}

    _says(researcher, incident, SourceFactory(), 7, **tied)

    assert _of(source) == (1, 0, 0)


def test_its_own_later_figure_that_excludes_the_first_corrects_it(
    researcher: Person, incident: Incident, source: Source
) -> None:
    _says(researcher, incident, source, 18)
    _says(researcher, incident, source, 8, said_on=DAY + timedelta(days=2))

    assert _of(source) == (2, 0, 1)


def test_rising_toll_and_a_figure_the_same_day_correct_nothing(
    researcher: Person, incident: Incident, source: Source
) -> None:
    _says(researcher, incident, source, 7)
    later = {"said_on": DAY + timedelta(days=1), "is_cumulative_update": True}
    _says(researcher, incident, source, 11, **later)
    _says(researcher, incident, source, 8, statement="the same day")

    assert _of(source) == (3, 0, 0)


def test_retracted_figure_was_corrected(
    researcher: Person, incident: Incident, source: Source
) -> None:
    claim = _says(researcher, incident, source, 7)
    Claim.objects.filter(pk=claim.pk).update(state="RETRACTED", revision=F("revision") + 1)

    assert _of(source) == (1, 0, 1)


def test_own_voice_is_the_outlets_and_parts_totals_and_denials_are_none(
    researcher: Person, incident: Incident, source: Source
) -> None:
    article = ArticleFactory(outlet=source)
    whole = _says(researcher, incident, None, 7, article=article, speaker_text="")
    _says(researcher, incident, source, 3, part_of=whole)
    _says(researcher, incident, source, 0, polarity="ASSERTS_NO_HARM")
    _says(researcher, incident, source, None, maximum=None)
    accepted_claim(by=researcher, speaker=source, scope="AGGREGATE")

    assert _of(source) == (1, 0, 0)


def test_copies_are_counted_both_ways(
    source: Source, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = ArticleFactory(outlet=source)
    ArticleFactory(outlet=source, origin=ArticleFactory(outlet=SourceFactory()), overlap=0.9)
    ArticleFactory(outlet=source, origin=own, overlap=0.9)
    for _ in range(2):
        ArticleFactory(outlet=SourceFactory(), origin=own, overlap=0.9)

    with django_assert_num_queries(3):
        found = track_records([source.pk])[source.pk]

    assert (found.articles, found.copies, found.copied) == (3, 1, 2)
