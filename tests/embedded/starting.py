"""One ``manage.py up`` of the checkout under test, and what can be asked of it."""

from __future__ import annotations

import http
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.process_tree import children_of, started_at
from tracker.embedded.running_state import RunningState, read_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 200.0  # generous: a machine may be busy with other things
OURS = (
    "DATABASE_URL",
    "APP_DATABASE_URL",
    "MIGRATE_DATABASE_URL",
    "BROKER_URL",
    "SECRET_KEY",
    "CAPTURE_ROOT",
    "RESTRICTED_KEY_ROOT",
    "STATIC_ROOT",
    "PUBLIC_URL",
    "LOG_FORMAT",
    "DJANGO_SETTINGS_MODULE",
)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bare_environment(**more: str) -> dict[str, str]:
    """The environment of a person at a terminal who has set nothing of ours."""
    bare = {name: value for name, value in os.environ.items() if name not in OURS}
    # these packages, not an environment built anew for every test
    return bare | {"TRACKER_PYTHON": "as-is"} | more


def manage(
    *arguments: str, checkout: Path = CHECKOUT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(  # noqa: S603  # the command under test
        [sys.executable, str(checkout / "manage.py"), *arguments],
        env=bare_environment(**environment),
        cwd=checkout,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def wait_for(condition: Callable[[], object], patience: float = PATIENCE) -> bool:
    """Whether the condition came true in time."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return bool(condition())


def status_of(port: int, path: str) -> int:
    """The status of a page, 0 where nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


class Start:
    """A running ``manage.py up`` (or ``demo``) with its own data folder."""

    def __init__(self, data: Path, port: int, *more: str) -> None:
        self.data, self.port = data, port
        self._log = Path(tempfile.mkdtemp(dir=data.parent)) / "terminal"
        command = [sys.executable, str(CHECKOUT / "manage.py"), "up"]
        command += ["--port", str(port), "--data-dir", str(data), *more]
        with self._log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603  # the command under test
                command,
                env=bare_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        """What the terminal showed so far."""
        return self._log.read_text(encoding="utf-8")

    @property
    def state(self) -> RunningState:
        """What it tells the other commands."""
        state = read_state(self.data)
        assert state is not None
        return state

    def wait_until_running(self) -> None:
        """Wait for the line that ends the start; fail with the output where it ended instead."""
        wait_for(lambda: "is running:" in self.output or self.process.poll() is not None)
        assert "is running:" in self.output, self.output

    def answers(self, path: str = "/healthz") -> bool:
        """Whether a page answers."""
        return status_of(self.port, path) == http.HTTPStatus.OK

    def family(self) -> set[int]:
        """Every process below the supervisor, itself included."""
        found, waiting = set(), [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.add(pid)
            waiting += children_of(pid)
        return found

    def main_process(self, service: str) -> int:
        """The process of a service; for ours the one below its guard."""
        pid = self.state.processes[service]
        if service in {"web", "worker", "beat"}:
            return children_of(pid)[0]
        return pid

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Stop it and return how many seconds that took."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)
        return time.monotonic() - begun


def long_path(folder: Path) -> Path:
    """A new folder below it whose path has spaces and is too long for a socket."""
    deep = folder / ("a folder with spaces " * 4) / ("and a name that fits no socket " * 4)
    deep.mkdir(parents=True)
    return deep


@contextmanager
def new_installation() -> Iterator[Path]:
    """The data of an installation that was started once, in a folder other accounts may enter and
    under a path that asks the most of a first start."""
    folder = Path(tempfile.mkdtemp(prefix="harm-start-"))
    folder.chmod(0o755)
    start = Start(long_path(folder) / "state", free_port())
    try:
        start.wait_until_running()
        link = start.output.partition("First administrator, sign in once by this link")[2]
        assert f"http://localhost:{start.port}/" in link, start.output
        start.stop()
        yield start.data
    finally:
        start.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def started_once() -> Iterator[Path]:
    """The data of an installation to be copied: the one that this run has made, or a new one."""
    given = os.environ.get("TEST_INSTALLATION")
    if given:
        yield Path(given)
        return
    with new_installation() as data:
        yield data


def copy_of(data: Path, place: Path) -> Path:
    """A stopped installation, copied with its owners to ``place``."""
    subprocess.run(["/bin/cp", "-a", str(data), str(place)], check=True)  # noqa: S603  # own paths
    return place


def alive(pids: set[int]) -> set[int]:
    """Those that still run; what only waits to be reaped does not."""
    return {pid for pid in pids if started_at(pid)}
