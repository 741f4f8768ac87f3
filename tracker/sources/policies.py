"""Who may do what with sources and what comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.accounts.permissions import Right, require_right
from tracker.core.actor import ActorKind

if TYPE_CHECKING:
    from tracker.core.actor import Actor


def require_may_ingest(actor: Actor) -> None:
    """Raise NotAllowed unless a role reaches it; commands on the machine itself may."""
    if actor.kind is not ActorKind.MACHINE:
        require_right(actor, Right.INGEST)


def require_may_manage_feeds(actor: Actor) -> None:
    """Raise NotAllowed unless a role reaches it; commands and polls may."""
    if actor.kind is not ActorKind.MACHINE:
        require_right(actor, Right.MANAGE_FEEDS)
