"""Kill worker, broker and database at random while articles are on the way: nothing is lost,
nothing is doubled. ``manage.py benchmark kills`` is the long version."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.faults.installation import installation
from tests.faults.invented import Invented
from tests.faults.kills import RECOVERY, SERVICES, check_articles, check_claims, ingest_under_kills

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.fault, pytest.mark.servers, pytest.mark.timeout(600)]


def test_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    press = Invented(count=400)
    chance = random.Random(4)  # noqa: S311  # nothing secret
    with installation() as tracker:
        recoveries = ingest_under_kills(
            tracker, press, tmp_path / "invented.jsonl", kills=len(SERVICES), chance=chance
        )
        check_articles(tracker, press)
        check_claims(tracker, press)
        verified = tracker.manage("verify_audit")

    assert verified.returncode == 0, verified.stdout
    assert max(recoveries) <= RECOVERY, recoveries
