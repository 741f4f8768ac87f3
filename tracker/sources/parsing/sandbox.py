"""Reads pages in a child process that is killed when it takes too long.

One child serves a worker process for many pages, for starting one costs a second.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from tracker.sources.parsing.parsed import (
    LONGEST_AUTHOR,
    LONGEST_NAME,
    Page,
    Parsed,
    Unreadable,
)
from tracker.sources.parsing.text import (
    checked_text,
    clean_text,
    clean_title,
    first_line,
    read_day,
)

if TYPE_CHECKING:
    from datetime import date

logger = structlog.get_logger(__name__)

ROOT = Path(__file__).resolve().parents[3]
#: Seconds for one page, whoever reads it, and for the start of a child before it.
TIME_LIMIT = 10.0
START_LIMIT = 10.0
#: A child is replaced after so many pages, or once it holds so many bytes, so that what a library
#: leaks goes; not more often, for a start costs as much as thirty pages.
PAGES_PER_CHILD = 5000
LARGEST_CHILD = 300 * 1024 * 1024
_PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")
_LENGTH = struct.Struct(">I")
_LONGEST_ANSWER = 64 * 1024 * 1024
_COMMAND = (sys.executable, "-m", "tracker.sources.parsing.child")


class _Breach(Exception):
    """The child died or took too long."""


class PageReader:
    """A child process and the way to talk to it; safe to share between threads."""

    def __init__(
        self,
        *,
        command: tuple[str, ...] = _COMMAND,
        time_limit: float = TIME_LIMIT,
        start_limit: float = START_LIMIT,
    ) -> None:
        self._command = command
        self._time_limit = time_limit
        self._start_limit = start_limit
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._pages = 0

    def read(self, page: Page) -> Parsed:
        """The article of a page. Raises Unreadable where there is none or a limit was broken."""
        with self._lock:
            try:
                answer = self._ask(page)
            except (_Breach, BrokenPipeError) as breach:
                self._end()
                logger.warning("page_reader_ended", why=str(breach))
                raise Unreadable(
                    "Reading the page took too long or too much memory, so it was stopped."
                ) from breach
        if "refusal" in answer:
            raise Unreadable(str(answer["refusal"]))
        return _merged(page, answer["page"])

    def close(self) -> None:
        """End the child; a later page starts another."""
        with self._lock:
            self._end()

    def _ask(self, page: Page) -> dict[str, Any]:
        child = self._living_child()
        if child.stdin is None or child.stdout is None:
            raise _Breach("no child")
        head = json.dumps(
            {"charset": page.charset, "url": page.url, "is_document": page.is_document}
        ).encode()
        deadline = time.monotonic() + self._time_limit
        frames = b"".join(_LENGTH.pack(len(part)) + part for part in (head, page.content))
        _write(child.stdin.fileno(), frames, deadline)
        size = _LENGTH.unpack(_read(child.stdout.fileno(), _LENGTH.size, deadline))[0]
        if size > _LONGEST_ANSWER:
            raise _Breach("answer too long")
        answer: dict[str, Any] = json.loads(_read(child.stdout.fileno(), size, deadline))
        self._pages += 1
        return answer

    def _living_child(self) -> subprocess.Popen[bytes]:
        """A child of this very process that waits for a page."""
        if self._owner != os.getpid():  # a fork shares the pipes: leave them to the other side
            self._child = None
        if self._child is not None and _is_worn(self._child.pid, self._pages):
            self._end()
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        child = self._child = subprocess.Popen(  # noqa: S603  # our own module by our own interpreter
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": os.devnull},
            start_new_session=True,
        )
        self._owner = os.getpid()
        self._pages = 0
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                os.set_blocking(stream.fileno(), False)
        if child.stdout is not None:
            _read(child.stdout.fileno(), _LENGTH.size, time.monotonic() + self._start_limit)
        return child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _is_worn(pid: int, pages: int) -> bool:
    """Whether a child has read enough, or holds on to too much of what it read."""
    if pages >= PAGES_PER_CHILD:
        return True
    try:
        resident = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):  # it ended, or this system keeps no such books
        return False
    return resident * _PAGE_SIZE > LARGEST_CHILD


def _write(descriptor: int, payload: bytes, deadline: float) -> None:
    view = memoryview(payload)
    while view:
        _wait(descriptor, deadline, writing=True)
        view = view[os.write(descriptor, view[:65536]) :]


def _read(descriptor: int, size: int, deadline: float) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        _wait(descriptor, deadline, writing=False)
        part = os.read(descriptor, min(size - len(parts), 65536))
        if not part:
            raise _Breach("the child ended")
        parts += part
    return bytes(parts)


def _wait(descriptor: int, deadline: float, *, writing: bool) -> None:
    left = deadline - time.monotonic()
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT if writing else select.POLLIN)
    if left <= 0 or not poll.poll(left * 1000):
        raise _Breach("time is up")


def _merged(page: Page, found: dict[str, Any]) -> Parsed:
    """What the sender said goes before what the page says of itself."""
    text = checked_text(str(found["text"]))
    published_on, published_basis = page.published_on, page.published_basis
    if published_on is None:
        published_on, published_basis = _day(found, "published")
    modified_on, modified_basis = _day(found, "modified")
    return Parsed(
        title=page.title or clean_title(str(found["title"])) or first_line(text),
        text=text,
        outlet=page.outlet or clean_title(str(found["outlet"]))[:LONGEST_NAME],
        published_on=published_on,
        published_basis=published_basis,
        modified_on=modified_on,
        modified_basis=modified_basis,
        author=page.author or clean_title(str(found["author"]))[:LONGEST_AUTHOR],
        canonical_url=clean_text(str(found["canonical_url"])),
        external_id=page.external_id,
        url=page.url,
    )


def _day(found: dict[str, Any], name: str) -> tuple[date | None, str]:
    """The day and where it was found; neither where there is no such day."""
    try:
        return read_day(str(found[name])), str(found[f"{name}_basis"])
    except Unreadable:
        return None, ""


#: The reader of this process; a worker's pool processes each get a child of their own.
reader = PageReader()
atexit.register(reader.close)
