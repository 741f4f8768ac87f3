"""``benchmark kills``: random ``kill -9`` over worker, broker and database while articles come in.

Starts an installation of its own; every address must end with exactly one article and one task.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.figures import Figure, print_figures
from tests.faults.installation import installation
from tests.faults.invented import Invented
from tests.faults.kills import RECOVERY, check_articles, check_claims, ingest_under_kills

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Kill, check and print; an AssertionError tells what was lost or doubled."""
    parser = argparse.ArgumentParser(prog="manage.py benchmark kills", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    press = Invented(count=options.articles)
    chance = random.Random(options.seed)  # noqa: S311  # nothing secret
    with tempfile.TemporaryDirectory(prefix="harm-kills-") as name, installation() as tracker:
        recoveries = ingest_under_kills(
            tracker, press, Path(name) / "invented.jsonl", kills=options.kills, chance=chance
        )
        check_articles(tracker, press)
        check_claims(tracker, press)
    return print_figures(
        [
            Figure("articles, each once, with their tasks and claims", press.count),
            Figure("kills", len(recoveries)),
            Figure("longest recovery", max(recoveries), at_most=RECOVERY, unit="s"),
            Figure("median recovery", sorted(recoveries)[len(recoveries) // 2], unit="s"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
