"""``.venv`` from the hashed lock: built beside, compiled, then moved into its place at once."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.embedded.errors import UnableToStart
from tracker.embedded.process_tree import die_with
from tracker.embedded.talk import Counter, say, step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
LOCKS_OF = {RUNTIME: (RUNTIME,), DEVELOPMENT: (RUNTIME, DEVELOPMENT)}  # the second holds the first
MARKER = "tracker-lock.json"
INCOMPLETE_PYTHON = (
    "This Python can't make virtual environments: install the package python3-venv "
    "(apt install python3-venv ca-certificates), then run the same command again."
)
MACHINES = {"x86_64", "aarch64"}


def environment_folder(checkout: Path) -> Path:
    """Where the packages live."""
    return checkout / ".venv"


def environment_python(checkout: Path) -> Path:
    """The interpreter that everything but the bootstrap runs on."""
    return environment_folder(checkout) / "bin" / "python"


def ensure_environment(checkout: Path, *, lock: str) -> None:
    """Make ``.venv`` hold exactly what ``lock`` says; do nothing where it does already.

    Raises UnableToStart where the machine or its Python can't, or the packages can't be had.
    """
    if _is_current(checkout, lock):
        return
    refuse_unknown_machine()
    with _only_one_builder(checkout):
        if _is_current(checkout, lock):
            return
        kept = _marker(environment_folder(checkout))
        _build(checkout, DEVELOPMENT if DEVELOPMENT in kept else lock)


def refuse_unknown_machine() -> None:
    """Raise UnableToStart on anything but Linux with glibc on x86_64 or aarch64."""
    if sys.platform != "linux" or platform.libc_ver()[0] != "glibc":
        raise UnableToStart("This runs on Linux with glibc (Debian, Ubuntu, Fedora and the like).")
    if platform.machine() not in MACHINES:
        raise UnableToStart(f"This runs on x86_64 and aarch64, not on {platform.machine()}.")


def refuse_incomplete_python() -> None:
    """Raise UnableToStart where this Python can't make an environment, naming the package."""
    for name in ("venv", "ensurepip"):
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            raise UnableToStart(INCOMPLETE_PYTHON)


def _is_current(checkout: Path, lock: str) -> bool:
    folder = environment_folder(checkout)
    recorded = _marker(folder)
    if recorded.get(lock) != _digest(checkout / lock) or not (folder / "bin/python").exists():
        return False
    # development tools that went stale would check something else than the lock says
    return DEVELOPMENT not in recorded or recorded[DEVELOPMENT] == _digest(checkout / DEVELOPMENT)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise UnableToStart(f"{path.name} is missing: this checkout is not whole.") from None


def _marker(folder: Path) -> dict[str, str]:
    try:
        recorded = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return recorded if isinstance(recorded, dict) else {}


@contextmanager
def _only_one_builder(checkout: Path) -> Iterator[None]:
    descriptor = os.open(checkout, os.O_RDONLY)  # a folder can be locked, so no file is left behind
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another command is preparing .venv here; waiting for it …")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _build(checkout: Path, lock: str) -> None:
    refuse_incomplete_python()
    final, staged = environment_folder(checkout), checkout / ".venv.new"
    recorded = {name: _digest(checkout / name) for name in LOCKS_OF[lock]}
    _remove(staged)
    staged.mkdir()  # where it can't be made, this says why
    before = os.umask(0o022)  # the account that servers run as has to read it
    try:
        with step(f"Making .venv with Python {platform.python_version()}"):
            _run([sys.executable, "-m", "venv", str(staged)], "Making .venv failed")
        with step(f"Installing the packages of {lock}, each checked against its hash"):
            _install(checkout, staged, lock)
        with step("Compiling them"):
            _compile(staged, final)
        _point_scripts(staged, final)
        (staged / MARKER).write_text(json.dumps(recorded), encoding="utf-8")
        _take_place(staged, final)
    finally:
        os.umask(before)
        _remove(staged)  # what failed on a full disk must not keep it full


def _take_place(staged: Path, final: Path) -> None:
    former = final.with_name(".venv.old")
    _remove(former)
    if final.exists() or final.is_symlink():
        final.rename(former)
    staged.rename(final)
    _remove(former)


def _install(checkout: Path, staged: Path, lock: str) -> None:
    text = (checkout / lock).read_text(encoding="utf-8")
    counter = Counter(sum("==" in line for line in text.splitlines()), "packages")
    command = [str(staged / "bin/python"), "-m", "pip", "install", "--no-deps", "--require-hashes"]
    command += ["--only-binary=:all:", "--no-compile", "--no-input", "--progress-bar=off"]
    command += ["--disable-pip-version-check", "-r", str(checkout / lock)]
    odd = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "PYTHONPATH"}
    environment = {name: value for name, value in os.environ.items() if name not in odd}
    errors: list[str] = []
    me = os.getpid()
    with subprocess.Popen(  # noqa: S603  # our own interpreter, our own lock
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: die_with(me, signal.SIGTERM),  # noqa: PLW1509  # no threads here
    ) as pip:
        for line in pip.stdout or ():
            if line.startswith("Collecting "):
                counter.advance()
            elif line.startswith("ERROR: ") or "No space left" in line:
                errors.append(line.removeprefix("ERROR: ").strip())
    if pip.returncode:
        raise UnableToStart(_why_pip_failed(errors))


def _why_pip_failed(errors: list[str]) -> str:
    text = " ".join(errors)
    if "No space left" in text:
        return "The disk is full: free some space (about 1 GB), then start again."
    if "SSL" in text or "CERTIFICATE" in text:
        return f"The package index can't be trusted; is ca-certificates installed? pip: {text}"
    return f"Installing the packages failed; pip says: {text or 'nothing'}"


def _compile(staged: Path, final: Path) -> None:
    libraries = str(staged / "lib")
    command = [str(staged / "bin/python"), "-m", "compileall", "-q", "-q", "-j", "0"]
    command += ["-s", str(staged), "-p", str(final), libraries]
    # a few packages ship files for other Pythons that never compile: not a failure of ours
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603  # own interpreter


def _point_scripts(staged: Path, final: Path) -> None:
    """The scripts name the folder they were made in; let them name the one they end in."""
    for script in (staged / "bin").iterdir():
        if script.is_symlink() or not script.is_file():
            continue
        content = script.read_bytes()
        if b"\0" not in content:
            script.write_bytes(content.replace(os.fsencode(staged), os.fsencode(final)))


def _run(command: list[str], failure: str) -> None:
    done = subprocess.run(  # noqa: S603  # our own interpreter
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        lines = done.stdout.strip().splitlines()
        if "No space left" in done.stdout:
            raise UnableToStart("The disk is full: free some space, then start again.")
        if "ensurepip" in done.stdout:
            raise UnableToStart(INCOMPLETE_PYTHON)
        raise UnableToStart(f"{failure}: {lines[-1] if lines else 'no reason was given'}")


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
