"""The one failure of the start-up, and how operating-system errors become its sentence."""

from __future__ import annotations

import errno


class UnableToStart(Exception):
    """Something a person can cure; its text is the one sentence they read."""


class StopRequested(Exception):
    """Ctrl-C, SIGTERM or a closed terminal: stop everything, in order."""


def sentence_for(failure: OSError) -> str | None:
    """The sentence for an error of the disk, or None for any other."""
    place = failure.filename or "the disk"
    if failure.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full ({place}): free some space, then start again."
    if failure.errno == errno.EROFS:
        return f"{place} lies on a read-only file system: use a folder that can be written."
    if failure.errno in {errno.EACCES, errno.EPERM}:
        return f"{place} can't be used by this account: run this in a folder that belongs to it."
    return None
