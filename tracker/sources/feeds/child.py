"""The process in which a feed is read: bytes on standard input, entries on standard output.

It knows no database and no settings, serves one feed, and limits its own memory and time.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

from tracker.sources.feeds.entries import UnreadableFeed
from tracker.sources.feeds.read import read_feed

MEMORY_LIMIT = 512 * 1024 * 1024
CPU_SECONDS = 8


def main() -> None:
    """Read one request: a line of JSON, then the bytes of the feed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    outgoing = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    os.dup2(2, 1)  # a library that prints must not break the answer
    asked = json.loads(sys.stdin.buffer.readline())
    with outgoing:
        json.dump(answer(asked, sys.stdin.buffer.read()), outgoing, default=written)


def answer(asked: dict[str, Any], content: bytes) -> dict[str, object]:
    """What the feed says, or why that can't be told."""
    try:
        found = read_feed(
            content,
            is_sitemap=bool(asked["is_sitemap"]),
            address=asked["address"],
            content_type=asked["content_type"],
        )
    except UnreadableFeed as refusal:
        return {"refusal": str(refusal)}
    except MemoryError:
        return {"refusal": "Reading it needed too much memory, so it was stopped."}
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        LookupError,
        RecursionError,
        AssertionError,
    ) as failure:
        # What a markup library raises on hostile input; the class names the fault, not the content.
        return {"refusal": f"It can't be read ({type(failure).__name__})."}
    return asdict(found)


def written(value: object) -> str:
    """A moment as JSON can hold it."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    main()
