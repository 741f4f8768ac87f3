"""The demo, in a checkout that the servers' account can't enter where root starts it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.embedded.starting import bare_environment, free_port, status_of, wait_for
from tracker.core.actor import Role
from tracker.embedded.checkout import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.servers, pytest.mark.timeout(500)]

SOURCES = ("manage.py", "requirements.txt", "pyproject.toml", "tracker", "api", "workers")
#: A later start beside the first: other tests run at the same time, so no seconds are promised
#: here; ``manage.py benchmark start`` measures these.
LATER_START = 0.5


class Demo:
    """A running ``manage.py demo`` of a copy of the checkout."""

    def __init__(self, checkout: Path, port: int) -> None:
        self.port, self.terminal = port, checkout.parent / f"terminal-{time.monotonic_ns()}"
        command = [sys.executable, str(checkout / "manage.py"), "demo", "--port", str(port)]
        with self.terminal.open("wb") as output:
            self.process = subprocess.Popen(  # noqa: S603  # the command under test
                command, env=bare_environment(), stdout=output, stderr=subprocess.STDOUT
            )

    def wait_until_running(self) -> str:
        """What the terminal showed when all was up."""
        wait_for(lambda: "Ctrl-C stops it" in self.output or self.process.poll() is not None, 200)
        assert "Ctrl-C stops it" in self.output, self.output
        return self.output

    @property
    def output(self) -> str:
        """What the terminal shows."""
        return self.terminal.read_text(encoding="utf-8")

    def stop(self) -> None:
        """Ctrl-C."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy below pytest's own folder, which is closed to other accounts."""
    folder = tmp_path_factory.mktemp("closed") / "checkout"
    folder.mkdir()
    for name in SOURCES:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    shutil.copytree(CHECKOUT / "tests/samples", folder / "tests/samples")
    yield folder
    remembered = folder / ".demo/data-folder"
    if remembered.exists():
        shutil.rmtree(Path(remembered.read_text(encoding="utf-8")))


def test_demo_ends_with_address_and_sign_ins_and_starts_fast_again(copy: Path) -> None:
    begun = time.monotonic()
    first = Demo(copy, free_port())
    try:
        shown = first.wait_until_running()
        first_start = time.monotonic() - begun
        assert f"http://localhost:{first.port}" in shown
        sign_ins = _sign_ins(shown)
        assert {role for role, _, _ in sign_ins} == {role.value.lower() for role in Role}
        assert len({password for _, _, password in sign_ins}) == len(sign_ins)
        assert status_of(first.port, "/readyz") == 200
        if os.geteuid() == 0:
            assert "the data lie in /" in shown
    finally:
        first.stop()
    assert first.process.returncode == 0

    begun = time.monotonic()
    again = Demo(copy, first.port)
    try:
        shown = again.wait_until_running()
        assert time.monotonic() - begun < LATER_START * first_start
        assert _sign_ins(shown) == sign_ins
    finally:
        again.stop()


def _sign_ins(shown: str) -> list[tuple[str, ...]]:
    lines = shown.partition("Sign in as\n")[2].partition("\n\n")[0].splitlines()
    return [tuple(re.split(r"\s+", line.strip())) for line in lines]
