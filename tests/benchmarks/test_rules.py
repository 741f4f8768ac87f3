"""``benchmark rules`` in short: queries to the letter; the time is for a long run."""

from __future__ import annotations

import pytest

from tests.benchmarks.rules import measure_incident

pytestmark = pytest.mark.django_db


def test_a_large_incident_is_read_in_six_queries() -> None:
    figures = {figure.name: figure for figure in measure_incident(120, 10)}

    assert figures["queries"].value == 6
    assert figures["their origins"].value == 10
    assert figures["claims of 120 that count"].value > 50
    assert figures["rule time"].value > 0
