"""What the start-up says while it works: on standard error, one line per step."""

from __future__ import annotations

import contextlib
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WORTH_SAYING = 0.05  # seconds


def say(text: str) -> None:
    """One line for the person who watches."""
    with contextlib.suppress(OSError):  # a terminal that was closed must not keep us from stopping
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def warn(text: str) -> None:
    """One line that should not be overlooked."""
    say(f"Warning: {text}")


def result(text: str) -> None:
    """What the command was run for, on standard output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a piece of work, and how long it took once it is done."""
    begun = time.monotonic()
    say(f"- {text} …")
    yield
    seconds = time.monotonic() - begun
    if seconds > WORTH_SAYING:
        say(f"  done in {seconds:.1f} s")


class Counter:
    """A counter that redraws itself on a terminal and speaks now and then elsewhere."""

    def __init__(self, total: int, noun: str, *, every: int = 25) -> None:
        self.total, self.noun, self.every = total, noun, every
        self.done = 0

    def advance(self) -> None:
        """One more is done."""
        self.done += 1
        text = f"  {min(self.done, self.total)} of {self.total} {self.noun}"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{text}" + ("\n" if self.done == self.total else ""))
            sys.stderr.flush()
        elif self.done % self.every == 0:
            say(text)
