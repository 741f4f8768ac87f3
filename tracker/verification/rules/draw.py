"""Which finished tasks a second person codes: a keyed hash decides, so a draw can be repeated."""

from __future__ import annotations

import hmac

_BITS = 64


def is_drawn(*, task_id: int, per_cent: int, key: bytes) -> bool:
    """Whether the task is among the ``per_cent`` of all tasks that are coded twice.

    The same task and key give the same answer at any time, nobody can foresee it without the key,
    and a larger share holds every task of a smaller one.
    """
    digest = hmac.digest(key, f"second coding of task {task_id}".encode(), "sha256")
    place = int.from_bytes(digest[: _BITS // 8], "big")
    return place * 100 < per_cent << _BITS
