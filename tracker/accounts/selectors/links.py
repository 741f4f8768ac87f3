"""One-time links."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tracker.accounts.models import OneTimeLink

if TYPE_CHECKING:
    from datetime import datetime


def find_open_link(*, token: str, now: datetime) -> OneTimeLink | None:
    """The link that ``token`` opens at ``now``, with its person, or None."""
    return (
        OneTimeLink.objects.select_related("person")
        .filter(
            token_sha256=hashlib.sha256(token.encode()).hexdigest(),
            used_at__isnull=True,
            is_revoked=False,
            expires_at__gt=now,
            person__is_active=True,
        )
        .first()
    )
