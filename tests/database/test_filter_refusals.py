"""What a kept filter may never be, said by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction

from tests.conftest import NOW
from tracker.verification.models import QueueDefault, QueueFilter

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("filter_has_a_name", {"name": ""}),
        ("filter_shelf_valid", {"shelf": "LOST"}),
        ("filter_assigned_valid", {"assigned": "US"}),
        ("filter_relevance_is_per_cent", {"min_relevance": 101}),
        ("min_days", {"min_days": -1}),
    ],
)
def test_filter_is_one_that_could_be(researcher: Person, why: str, values: dict[str, Any]) -> None:
    kept = QueueFilter.objects.create(owner=researcher, name="Mine", saved_at=NOW)

    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        QueueFilter.objects.filter(pk=kept.pk).update(**values)


def test_name_is_kept_once_by_its_owner(researcher: Person, reviewer: Person) -> None:
    QueueFilter.objects.create(owner=researcher, name="Mine", saved_at=NOW)
    QueueFilter.objects.create(owner=reviewer, name="Mine", saved_at=NOW)

    with pytest.raises(DatabaseError, match="filter_named_once"), transaction.atomic():
        QueueFilter.objects.create(owner=researcher, name="MINE", saved_at=NOW)


def test_person_has_one_default(researcher: Person) -> None:
    one, two = (
        QueueFilter.objects.create(owner=researcher, name=name, saved_at=NOW) for name in "ab"
    )
    QueueDefault.objects.create(person=researcher, filter=one)

    with pytest.raises(DatabaseError, match="pkey"), transaction.atomic():
        QueueDefault.objects.bulk_create([QueueDefault(person=researcher, filter=two)])
