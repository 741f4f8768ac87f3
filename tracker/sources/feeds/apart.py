"""Read a feed in a process of its own, which is ended when it takes too much."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from tracker.sources.feeds.entries import Entry, FeedRead, UnreadableFeed

ROOT = Path(__file__).resolve().parents[3]
#: Seconds from start to end; reading the largest feed that is read at all takes two.
TIME_LIMIT = 10.0
_COMMAND = (sys.executable, "-m", "tracker.sources.feeds.child")
_TOO_MUCH = "Reading it took too long or too much memory, so it was stopped."


def read_apart(
    content: bytes,
    *,
    is_sitemap: bool,
    address: str,
    content_type: str = "",
    time_limit: float = TIME_LIMIT,
) -> FeedRead:
    """What an answer names. Raises UnreadableFeed, also where a limit was broken."""
    asked = {"is_sitemap": is_sitemap, "address": address, "content_type": content_type}
    try:
        ended = subprocess.run(  # noqa: S603  # our own module by our own interpreter
            _COMMAND,
            input=json.dumps(asked).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": os.devnull},
            timeout=time_limit,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, BrokenPipeError) as breach:
        raise UnreadableFeed(_TOO_MUCH) from breach
    answer: dict[str, Any] = json.loads(ended.stdout)
    if "refusal" in answer:
        raise UnreadableFeed(str(answer["refusal"]))
    return FeedRead(
        title=answer["title"],
        language=answer["language"],
        entries=tuple(_entry(raw) for raw in answer["entries"]),
        parts=tuple(answer["parts"]),
        warning=answer["warning"],
    )


def _entry(raw: dict[str, Any]) -> Entry:
    times = {
        name: datetime.fromisoformat(raw[name]) if raw[name] else None
        for name in ("published_at", "updated_at")
    }
    return Entry(**{**raw, **times})
