"""The child that reads pages: framed requests on standard input, answers on standard output.

It knows no database and no settings, starts without the parent's environment, limits its own
memory, and the seconds of processor time of each page.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from typing import IO, Any

from tracker.sources.parsing.document import read_document
from tracker.sources.parsing.page import read_page
from tracker.sources.parsing.parsed import Unreadable

MEMORY_LIMIT = 512 * 1024 * 1024
CPU_SECONDS = 10
_LENGTH = struct.Struct(">I")


def write_frame(stream: IO[bytes], payload: bytes) -> None:
    """One length-prefixed message."""
    stream.write(_LENGTH.pack(len(payload)) + payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    payload = stream.read(size)
    return payload if len(payload) == size else None


def answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    """The article of one page, or why there is none."""
    try:
        if request.get("is_document"):
            return {"page": read_document(content)}
        return {"page": read_page(content, charset=request["charset"], url=request["url"])}
    except Unreadable as refusal:
        return {"refusal": str(refusal)}
    except MemoryError:
        return {"refusal": "Reading the page needed too much memory."}
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        RecursionError,
        AssertionError,
    ) as failure:
        # What a markup library raises on hostile input; the class names the fault, not the content.
        return {"refusal": f"The page can't be read ({type(failure).__name__})."}


def limit_memory() -> None:
    """No more address space than a large page needs; no file is ever written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_processor() -> None:
    """A fresh allowance for the next page: beyond it the kernel ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowance = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (allowance, resource.RLIM_INFINITY))


def main() -> None:
    """Say that it is ready and serve until the parent closes the pipe."""
    limit_memory()
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not break the frames
    write_frame(outgoing, b"")  # ready: from now on the clock is the page's
    while (head := read_frame(incoming)) is not None:
        content = read_frame(incoming)
        if content is None:
            return
        limit_processor()
        write_frame(outgoing, json.dumps(answer(json.loads(head), content)).encode())


if __name__ == "__main__":
    main()
