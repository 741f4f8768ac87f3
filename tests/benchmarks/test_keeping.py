"""``benchmark keeping`` in short: it runs, and memory is bounded; the ratios are for a long run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.keeping import measure_memory, measure_ratios

if TYPE_CHECKING:
    from pathlib import Path


def test_a_large_archive_costs_little_memory(tmp_path: Path) -> None:
    assert measure_memory(tmp_path, 100).is_reached


@pytest.mark.django_db
def test_the_ratios_are_measured(tmp_path: Path) -> None:
    figures = measure_ratios(tmp_path, 60)

    assert len(figures) == 4
    assert all(figure.value > 0 for figure in figures)
