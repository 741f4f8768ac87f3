"""Words that nobody claims go after a while; everybody else's stay."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.verification.models import Draft
from tracker.verification.services.drafts import ORPHANS_LAST, forget_orphans, save_draft

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_only_unclaimed_drafts_go_and_only_after_a_while(researcher: Person) -> None:
    save_draft(person_id=None, form="task-1", fields={"reason": "old"}, now=NOW)
    young = save_draft(
        person_id=None, form="task-2", fields={}, now=NOW + ORPHANS_LAST - timedelta(hours=1)
    )
    mine = save_draft(person_id=researcher.pk, form="task-1", fields={}, now=NOW)

    assert forget_orphans(now=NOW + ORPHANS_LAST + timedelta(hours=1)) == 1
    assert set(Draft.objects.values_list("pk", flat=True)) == {young.pk, mine.pk}
