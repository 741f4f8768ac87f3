"""``manage.py recompute`` as a process of its own: killed in the middle, and how much it keeps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from tests.benchmarks.figures import Figure
from tests.benchmarks.incident_rows import many_incidents
from tracker.incidents.models import Assessment, Incident, Recomputation

_CHECKOUT = Path(__file__).resolve().parents[2]
_KILLED_AFTER = 0.4


def measure_recomputing(incidents: int) -> list[Figure]:
    """A tenth of the incidents, then all of them with a kill on the way: time and memory of each.

    AssertionError tells of an incident that was passed over or written twice.
    """
    tenth = incidents // 10
    many_incidents(tenth)
    small = _memory_of(_start())
    many_incidents(incidents - tenth)
    began = time.monotonic()
    _kill_in_the_middle(_start(), incidents)
    before = Recomputation.objects.get(finished_at=None).computed
    large = _memory_of(_start())
    spent = time.monotonic() - began
    _check(incidents, written=incidents - tenth)
    return [
        Figure("incidents computed again", incidents),
        Figure("of them before kill -9", before),
        Figure("seconds, the start of both processes included", spent),
        Figure(f"peak memory for {tenth}", small, unit="MB"),
        Figure("peak memory for all / for a tenth", large / small, at_most=1.1),
    ]


def _start() -> subprocess.Popen[bytes]:
    """The command on this measurement's database."""
    place = urlsplit(os.environ["DATABASE_URL"])._replace(
        path=f"/{connection.settings_dict['NAME']}"
    )
    return subprocess.Popen(  # this checkout's own command
        [sys.executable, "manage.py", "recompute"],
        cwd=_CHECKOUT,
        env={**os.environ, "DATABASE_URL": urlunsplit(place)},
        stdout=subprocess.DEVNULL,
    )


def _memory_of(process: subprocess.Popen[bytes]) -> float:
    """Megabytes at most, when it has ended well."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"recompute ended with {process.returncode}"
    return usage.ru_maxrss / 1024


def _kill_in_the_middle(process: subprocess.Popen[bytes], incidents: int) -> None:
    while True:
        run = Recomputation.objects.filter(finished_at=None).first()
        if run is not None and run.computed >= incidents * _KILLED_AFTER:
            break
        assert process.poll() is None, "recompute ended before it could be killed"
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _check(incidents: int, *, written: int) -> None:
    run = Recomputation.objects.latest("pk")
    assert (run.computed, run.written) == (incidents, written), "passed over or written again"
    assert Assessment.objects.count() == Incident.objects.count() == incidents
    assert Assessment.objects.values("incident").distinct().count() == incidents
