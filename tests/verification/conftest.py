"""Fixtures of the workbench's services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import ReviewTaskFactory
from tests.verification.bench import Bench
from tracker.verification.services.leases import lease_task

if TYPE_CHECKING:
    from tracker.accounts.models import Person


@pytest.fixture
def bench(researcher: Person) -> Bench:
    """A task that the researcher holds."""
    task = ReviewTaskFactory()
    return Bench(
        task=lease_task(task_id=task.pk, actor=researcher.as_actor(), now=NOW),
        actor=researcher.as_actor(),
    )
