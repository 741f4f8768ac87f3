"""What the tables of politeness refuse, whoever writes to them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOW
from tracker.sources.models import RobotsFile, Turn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["", "one.example", "host ", "host a b", "port 80", "Host one"])
def test_turn_is_of_a_host_or_an_address(key: str) -> None:
    with pytest.raises(IntegrityError, match="turn_key_valid"), transaction.atomic():
        Turn.objects.create(key=key, free_at=NOW)


def test_host_has_one_turn() -> None:
    Turn.objects.create(key="host one.example", free_at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(key="host one.example", free_at=NOW)


def test_robots_file_was_fetched_or_could_not_be() -> None:
    with (
        pytest.raises(IntegrityError, match="robots_file_fetched_or_unreachable"),
        transaction.atomic(),
    ):
        RobotsFile.objects.create(origin="http://one.example:80", expires_at=NOW)
