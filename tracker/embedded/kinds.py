"""The three kinds of installation: a trial, real use, a test run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What an installation is for, and so what may happen to its data."""

    name: str
    folder: str
    may_be_temporary: bool
    keeps_data: bool


DEMO = Kind("demo", ".demo", may_be_temporary=True, keeps_data=True)
UP = Kind("up", ".state", may_be_temporary=False, keeps_data=True)
TEST = Kind("test", ".test", may_be_temporary=True, keeps_data=False)
