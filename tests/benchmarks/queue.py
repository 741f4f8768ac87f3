"""``benchmark queue``: 32 reviewers at once, and none of them gets what another has.

First leases a second, by SKIP LOCKED in one statement, by a plain FOR UPDATE in a transaction as it
is usually written, and by the one statement with a plain FOR UPDATE, in turns, each with its line
in the audit log. Then every task is taken and finished while reviewers are killed and frozen past
their hold; afterwards the audit log says whether one was held twice or written by an old hold.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import tests.benchmarks.configured  # noqa: F401  # before the models
from tests.benchmarks.databases import fresh_database
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.lease_history import look_through
from tests.benchmarks.reviewers import Clock, Way, leases_a_second, start_reviewer
from tests.benchmarks.waiting_tasks import waiting_tasks
from tests.factories import PersonFactory
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask
from tracker.verification.services.leases import expire_leases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.context import ForkServerProcess

    from tracker.core.actor import Actor

_LONG = 1_000_000
#: More than all ways take together on any machine seen: one that runs dry is measured too low.
_A_SECOND = 4000
_FROZEN = 2.5


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 where every limit is kept."""
    parser = argparse.ArgumentParser(prog="manage.py benchmark queue", description=__doc__)
    parser.add_argument("--tasks", type=int, default=100_000, help="0 = none; default 100000")
    parser.add_argument("--long", action="store_true", help="a million tasks")
    parser.add_argument("--reviewers", type=int, default=32, help="default 32")
    parser.add_argument("--rounds", type=int, default=5, help="of each way; 0 = none; default 5")
    parser.add_argument("--seconds", type=float, default=4, help="a round lasts (default 4)")
    parser.add_argument("--faults-every", type=float, default=1, help="seconds (default 1)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)  # noqa: S311  # nothing secret
    missed = 0
    if options.rounds:
        with fresh_database():
            missed |= print_figures(
                measure_throughput(
                    reviewers=options.reviewers, rounds=options.rounds, seconds=options.seconds
                )
            )
    tasks = _LONG if options.long else options.tasks
    if tasks:
        with fresh_database():
            missed |= print_figures(
                measure_safety(
                    tasks=tasks,
                    reviewers=options.reviewers,
                    faults_every=options.faults_every,
                    chance=chance,
                )
            )
    return missed


def measure_throughput(*, reviewers: int, rounds: int, seconds: float) -> list[Figure]:
    """All ways in turns, so that what else the machine does meets each."""
    actors = _people(reviewers)
    waiting_tasks(int(rounds * seconds * _A_SECOND))
    told: dict[Way, list[float]] = {way: [] for way in Way}
    for _ in range(rounds):
        for way, found in told.items():
            found.append(leases_a_second(actors, way=way, seconds=seconds))
    ours = told[Way.SKIP_LOCKED]
    ratios = {
        way: statistics.median(one / other for one, other in zip(ours, told[way], strict=True))
        for way in (Way.WAITING_TRANSACTION, Way.WAITING_STATEMENT)
    }
    return [
        *(
            Figure(f"leases a second {way}", statistics.median(found))
            for way, found in told.items()
        ),
        Figure(
            "the first / a transaction as usually written, median of rounds",
            ratios[Way.WAITING_TRANSACTION],
            at_least=4,
        ),
        Figure("the first / the same statement", ratios[Way.WAITING_STATEMENT]),
    ]


def measure_safety(
    *, tasks: int, reviewers: int, faults_every: float, chance: random.Random
) -> list[Figure]:
    """All tasks from waiting to finished under kills and freezes; what the audit log tells."""
    waiting_tasks(tasks)
    team = _Team(_people(reviewers), chance)
    began = time.monotonic()
    with closing(team):
        while team.is_at_work():
            team.disturb()
            until = time.monotonic() + faults_every
            while time.monotonic() < until and team.is_at_work():
                expire_leases(now=team.clock.now())
                team.wake()
                time.sleep(min(0.2, faults_every))
    spent = time.monotonic() - began
    told = look_through()
    return [
        Figure("tasks finished, each once, of all", told.finished / tasks, at_least=1, at_most=1),
        Figure("reviewers killed", team.killed),
        Figure("reviewers frozen past their hold", team.frozen),
        Figure("holds that ran out and passed on", told.expired),
        Figure("double leases", told.double_leases, at_most=0),
        Figure("writes by an old hold", told.stale_writes, at_most=0),
        Figure("tasks a second, faults included", tasks / spent),
    ]


class _Team:
    """The reviewers at work: one killed is replaced, one frozen goes on when its hold is gone."""

    def __init__(self, actors: list[Actor], chance: random.Random) -> None:
        self.clock = Clock(began=time.monotonic())
        self.killed = self.frozen = 0
        self._chance = chance
        self._asleep: dict[int, float] = {}
        self._at_work: list[tuple[Actor, ForkServerProcess]] = [
            (actor, start_reviewer(actor, self.clock)) for actor in actors
        ]

    def is_at_work(self) -> bool:
        """Whether anything is left to do. A reviewer that ended by a fault is an AssertionError."""
        broken = [p.exitcode for _, p in self._at_work if p.exitcode not in {None, 0}]
        assert not broken, f"reviewers ended with {broken}"
        return ReviewTask.objects.exclude(state=TaskState.CODED).exists()

    def disturb(self) -> None:
        """Kill one, and freeze another where enough are awake."""
        awake = [n for n, _ in enumerate(self._at_work) if n not in self._asleep]
        unlucky, *tired = self._chance.sample(awake, len(awake))[:-1]
        actor, process = self._at_work[unlucky]
        process.kill()
        process.join()
        self.killed += 1
        self._at_work[unlucky] = (actor, start_reviewer(actor, self.clock))
        for number in tired[:1]:
            self._signal(number, signal.SIGSTOP)
            self._asleep[number] = time.monotonic() + _FROZEN
            self.frozen += 1

    def wake(self) -> None:
        """Let those go on whose hold ran out meanwhile."""
        for number in [n for n, until in self._asleep.items() if until <= time.monotonic()]:
            self._signal(number, signal.SIGCONT)
            del self._asleep[number]

    def close(self) -> None:
        """Nobody stays behind, least of all frozen with a row in hand."""
        for _, process in self._at_work:
            process.kill()
            process.join()

    def _signal(self, number: int, what: signal.Signals) -> None:
        pid = self._at_work[number][1].pid
        assert pid is not None
        os.kill(pid, what)


def _people(count: int) -> list[Actor]:
    return [PersonFactory().as_actor() for _ in range(count)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
