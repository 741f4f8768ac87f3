"""Keeps the processes of one installation running, and ends them all in order."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING

from tracker.embedded.errors import StopRequested
from tracker.embedded.process_tree import adopt_orphans, kill_children
from tracker.embedded.service import Running, Service, signal_name
from tracker.embedded.talk import say, warn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK = 0.2
APPLICATION_SECONDS = 7.0  # a guard kills after six
SERVER_SECONDS = 2.5  # together below the ten seconds that a stop may take
LITTLE_SPACE = 20 * 1024 * 1024


class Supervisor:
    """Starts services, restarts those that end, stops applications before servers."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._report: Callable[[dict[str, int]], None] | None = None
        self._helpers: set[int] = set()
        self._servers: list[Running] = []
        self._applications: list[Running] = []
        adopt_orphans()

    def report_to(self, report: Callable[[dict[str, int]], None]) -> None:
        """Call ``report`` with the processes whenever they change."""
        self._report = report

    def start_server(self, service: Service) -> Running:
        """Start PostgreSQL or Valkey: stopped last."""
        return self._start(service, self._servers)

    def start_application(self, service: Service) -> Running:
        """Start web, worker or beat: stopped first."""
        return self._start(service, self._applications)

    def watch_until_asked(self) -> None:
        """Restart what ends, until a signal asks to stop."""
        try:
            while True:
                self.tick()
                time.sleep(TICK)
        except StopRequested:
            return

    def tick(self) -> None:
        """Look once after every service."""
        now = time.monotonic()
        for running in self._all():
            status = running.ended()
            if status is not None:
                self._remove_strays()
                pause = running.plan_restart(now)
                warn(self._about(running, status, pause))
            elif running.again_at is not None and now >= running.again_at:
                self._restart(running, now)

    def wait_for(self, helper: subprocess.Popen[str]) -> tuple[str, str]:
        """The output and errors of a command that runs beside the services, watched meanwhile."""
        self._helpers.add(helper.pid)
        try:
            while True:
                try:
                    return helper.communicate(timeout=TICK)
                except subprocess.TimeoutExpired:
                    self.tick()
        finally:
            helper.kill()  # no-op at its end; a stop must not wait for a migration
            self._helpers.discard(helper.pid)

    def stop(self) -> None:
        """End everything within ten seconds: applications in order, then servers."""
        for number in SIGNALS:  # a second Ctrl-C must not leave half of it running
            signal.signal(number, signal.SIG_IGN)
        for group, seconds in (
            (self._applications, APPLICATION_SECONDS),
            (self._servers, SERVER_SECONDS),
        ):
            until = time.monotonic() + seconds
            for running in group:
                running.ask_to_stop()
            for running in group:
                running.stop_within(until - time.monotonic())
        kill_children()

    def pids(self) -> dict[str, int]:
        """The process of each service that has one."""
        return {each.service.name: each.pid for each in self._all() if each.pid is not None}

    def _all(self) -> list[Running]:
        return [*self._servers, *self._applications]

    def _start(self, service: Service, group: list[Running]) -> Running:
        running = Running(service)
        group.append(running)
        running.start()
        self._announce()
        return running

    def _restart(self, running: Running, now: float) -> None:
        try:
            running.start()
            self._announce()
        except OSError as failure:  # a full disk, above all: what runs goes on, the rest waits
            pause = running.plan_restart(now) if running.pid is None else 0
            warn(f"{running.service.name}: {failure}" + f"; again in {pause:g} s." * bool(pause))
            return
        say(f"{running.service.name} is started again (process {running.pid}).")

    def _announce(self) -> None:
        if self._report is not None:
            self._report(self.pids())

    def _remove_strays(self) -> None:
        """Kill what a guard or server that was killed left to us."""
        kill_children(spare=frozenset(self.pids().values()) | self._helpers)

    def _about(self, running: Running, status: int, pause: float) -> str:
        text = f"{running.service.name} {signal_name(status)}; starting it again in {pause:g} s."
        if shutil.disk_usage(self._data).free < LITTLE_SPACE:
            return f"{text} The disk that holds {self._data} is full."
        if running.failures > 1:  # its reason has been shown
            return text
        return f"{text} Its log is {running.service.log}, and ends:\n{running.last_lines(3)}"


def stop_on_signals() -> None:
    """Let Ctrl-C, SIGTERM and a closed terminal raise StopRequested in the main thread."""
    for number in SIGNALS:
        signal.signal(number, _request_stop)


def _request_stop(number: int, _frame: FrameType | None) -> None:
    raise StopRequested(signal.Signals(number).name)
