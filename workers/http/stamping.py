"""A request to a time-stamping authority, through the same guard as everything else."""

from __future__ import annotations

from tracker.sources.services.timestamps import AuthorityFailed
from workers.http.client import UnableToFetch, post

_QUERY = "application/timestamp-query"
_REPLY = "application/timestamp-reply"


def ask_authority(url: str, query: bytes) -> bytes:
    """The authority's answer. Raises AuthorityFailed."""
    try:
        return post(url, content=query, content_type=_QUERY, accept=_REPLY)
    except UnableToFetch as failure:
        raise AuthorityFailed(f"The authority gave no time-stamp. {failure}") from failure
