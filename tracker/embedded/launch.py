"""Which command was asked for, on which packages it runs, and what is said where it fails."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

from tracker.embedded import environment_build
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.errors import StopRequested, UnableToStart, sentence_for
from tracker.embedded.overview import overview
from tracker.embedded.talk import result

COMMANDS = {
    name: f"tracker.embedded.commands.{name}"
    for name in ("demo", "up", "test", "backup", "restore", "benchmark")
}
DJANGO = "tracker.embedded.commands.django"
USE_THIS_PYTHON = "TRACKER_PYTHON"  # "as-is": an image that installed the lock by itself
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run one command; the exit status is 0 only where all of it worked."""
    name = arguments[1] if len(arguments) > 1 else "--help"
    try:
        if name in {"-h", "--help"} or arguments[1:] == ["help"]:
            result(overview(CHECKOUT))
            return 0
        _enter_environment(arguments, development=name in {"test", "benchmark"})
        # found by name only now: these modules import what the lock installs
        module = importlib.import_module(COMMANDS.get(name, DJANGO))
        return int(module.main(arguments))
    except UnableToStart as failure:
        return _fail(str(failure))
    except (KeyboardInterrupt, StopRequested):
        return INTERRUPTED
    except OSError as failure:
        sentence = sentence_for(failure)
        if sentence is None:
            raise
        return _fail(sentence)


def _fail(sentence: str) -> int:
    sys.stderr.write(f"manage.py: {sentence}\n")
    return 1


def _enter_environment(arguments: list[str], *, development: bool) -> None:
    if os.environ.get(USE_THIS_PYTHON) == "as-is":
        return
    lock = environment_build.DEVELOPMENT if development else environment_build.RUNTIME
    environment_build.ensure_environment(CHECKOUT, lock=lock)
    folder = environment_build.environment_folder(CHECKOUT)
    if Path(sys.prefix).resolve() == folder.resolve():
        return
    python = str(environment_build.environment_python(CHECKOUT))
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(python, [python, str(CHECKOUT / "manage.py"), *arguments[1:]])  # noqa: S606  # itself
