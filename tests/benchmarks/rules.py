"""``benchmark rules``: what it costs to compute a large incident, and very many small ones again.

Rule time is processor time in the pure rules: the answer and its explanation in words, without the
queries that read the facts. With ``--incidents`` so many are computed by ``manage.py recompute``,
which is killed on the way and goes on.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

import tests.benchmarks.configured  # noqa: F401  # before the models
from tests.benchmarks.databases import fresh_database
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.incident_rows import a_large_incident
from tests.benchmarks.recomputing import measure_recomputing
from tracker.incidents.rules import assess
from tracker.incidents.rules.explanation import explain
from tracker.incidents.selectors.assessment import assess_incident

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.incidents.rules import Scenario

_TIMES = 25


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 where every limit is kept."""
    parser = argparse.ArgumentParser(prog="manage.py benchmark rules", description=__doc__)
    parser.add_argument("--claims", type=int, default=500, help="of the incident (default 500)")
    parser.add_argument("--lineages", type=int, default=40, help="of its claims (default 40)")
    parser.add_argument(
        "--incidents", type=int, default=0, help="computed again by `recompute` (default: none)"
    )
    options = parser.parse_args(arguments)
    with fresh_database():
        figures = measure_recomputing(options.incidents) if options.incidents else []
        return print_figures(figures + measure_incident(options.claims, options.lineages))


def measure_incident(claims: int, lineages: int) -> list[Figure]:
    """One incident computed from its rows: queries, and the median of many runs of the rules."""
    incident = a_large_incident(claims=claims, lineages=lineages)
    with CaptureQueriesContext(connection) as queries:
        assessed = assess_incident(incident)
    counted = len(assessed.assessment.taking.counted)
    spent = statistics.median(_milliseconds(assessed.scenario) for _ in range(_TIMES))
    return [
        Figure(f"claims of {claims} that count", counted),
        Figure("their origins", assessed.assessment.independent_groups),
        Figure("queries", len(queries), at_most=6),
        Figure("rule time", spent, at_most=25, unit="ms"),
    ]


def _milliseconds(scenario: Scenario) -> float:
    began = time.process_time()
    explain(assess(scenario), scenario)
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
