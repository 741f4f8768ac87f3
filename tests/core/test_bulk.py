"""Rows that go in together are the rows that were made, each with its key."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.factories.sources import NOW, ArticleFactory
from tracker.core.bulk import insert_rows
from tracker.incidents.choices import DatePrecision
from tracker.incidents.models import Claim, Reading

pytestmark = pytest.mark.django_db
QUOTE = '"Quoted" \\ and\nkilled \u0642\u062a\u0644'


def test_rows_come_back_as_they_were_made_and_in_order() -> None:
    article = ArticleFactory()
    claims = [
        Claim(
            article=article,
            start=number,
            end=number + 3,
            quote=QUOTE,
            outcome="KILLED",
            minimum=number or None,
            maximum=number or None,
            proposed_at=datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC),
        )
        for number in range(3)
    ]
    insert_rows(claims)
    insert_rows(
        [
            Reading(
                claim=claim,
                extractor="x",
                outcome="KILLED",
                subject_status="UNKNOWN",
                scope="INCIDENT",
                speaker_chain=["the {outlet}", "a, b"],
                date_start=date(2026, 11, 1),
                date_end=date(2026, 11, 2),
                date_precision=DatePrecision.FEW_DAYS,
                ages=[3, 71],
                evidence={"minimum": ["rule", [[1, 2]], None]},
            )
            for claim in claims
        ]
    )

    stored = list(Claim.objects.select_related("reading").order_by("pk"))
    assert [claim.pk for claim in stored] == [claim.pk for claim in claims]
    for made, found in zip(claims, stored, strict=True):
        for field in Claim._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(made, field.attname), field.name
        assert found.reading.speaker_chain == ["the {outlet}", "a, b"]
        assert (found.reading.date_start, found.reading.ages) == (date(2026, 11, 1), [3, 71])
        assert found.reading.evidence == {"minimum": ["rule", [[1, 2]], None]}


def test_a_made_row_can_be_saved_again() -> None:
    claim = Claim(
        article=ArticleFactory(), start=0, end=3, quote="x", outcome="KILLED", proposed_at=NOW
    )
    insert_rows([claim])

    claim.said_on = date(2026, 11, 3)
    claim.save()

    assert Claim.objects.get().said_on == date(2026, 11, 3)


def test_no_rows_are_nothing() -> None:
    insert_rows([])
