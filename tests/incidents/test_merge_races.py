"""Two people at the same incidents in the same moment: one of them is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.at_once import at_once
from tests.conftest import NOW
from tests.incidents.restructured import told
from tracker.incidents.models import Claim, Incident, Restructuring
from tracker.incidents.services.merge import merge_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.accounts.models import Person


@pytest.mark.django_db(transaction=True)
def test_neither_in_a_circle_nor_twice(reviewer: Person) -> None:
    one, two, three = (told(reviewer, title=t, killed=(3, 4)) for t in ("One", "Two", "Three"))

    def merge(source: Incident, target: Incident) -> Callable[[], object]:
        return lambda: merge_incidents(
            source_id=source.pk,
            source_revision=source.revision,
            target_id=target.pk,
            target_revision=target.revision,
            actor=reviewer.as_actor(),
            now=NOW,
            reason="One strike.",
        )

    told_each = at_once(merge(one, two), merge(two, one), merge(one, three), merge(three, two))

    done = Restructuring.objects.count()
    assert told_each.count("") == done >= 1
    assert set(told_each) - {""} <= {"merged_away", "stale_revision"}
    standing = Incident.objects.filter(merged_into__isnull=True)
    assert standing.count() == 3 - done
    assert Claim.objects.filter(incident__in=standing).count() == 6, "no claim is lost"
