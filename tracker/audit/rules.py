"""The canonical bytes of a line and the hash that chains them (pure)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

FIRST_HASH = "0" * 64


def canonical_bytes(
    *,
    event_id: int,
    at: datetime,
    recorded_at: datetime,
    actor_id: int | None,
    actor_kind: str,
    actor_alias: str,
    action: str,
    target_type: str,
    target_id: int | None,
    reason_digest: str,
    changes: dict[str, Any],
) -> bytes:
    """The same line gives the same bytes on every machine and in every version of Python."""
    line = {
        "id": event_id,
        "at": at.isoformat(),
        "recorded_at": recorded_at.isoformat(),
        "actor": [actor_kind, actor_id, actor_alias],
        "action": action,
        "target": [target_type, target_id],
        "reason": reason_digest,
        "changes": changes,
    }
    return json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link_hash(*, number: int, previous_hash: str, line: bytes) -> str:
    """SHA-256 over the number, the previous hash and the line."""
    return hashlib.sha256(f"{number}:{previous_hash}:".encode() + line).hexdigest()
