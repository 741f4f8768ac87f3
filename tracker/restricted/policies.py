"""Who may read, write and open the records: never by role alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.accounts.permissions import Right, has_right
from tracker.core.errors import NotAllowed
from tracker.restricted.choices import AccessLevel
from tracker.restricted.models import AccessGrant

if TYPE_CHECKING:
    from tracker.core.actor import Actor


def level_of(actor: Actor) -> str:
    """The level of the actor's own right in force, "" = none; machines and partners have none."""
    if not actor.is_person or not has_right(actor, Right.READ):
        return ""
    grants = AccessGrant.objects.filter(
        person_id=actor.person_id, person__is_active=True, ended_at__isnull=True
    )
    return grants.values_list("level", flat=True).first() or ""


def may_read(actor: Actor) -> bool:
    """Whether the actor was given the right to read."""
    return level_of(actor) != ""


def may_write(actor: Actor) -> bool:
    """Whether the actor was given the right to write; numbers of incidents change by it."""
    return level_of(actor) == AccessLevel.WRITE and has_right(actor, Right.EDIT_INCIDENTS)


def require_may_read(actor: Actor) -> None:
    """Raise NotAllowed unless the actor was given the right."""
    if not may_read(actor):
        raise NotAllowed(
            "Names, contacts and homes are open only to people who were given that right one by "
            "one; a coordinator or an administrator gives it."
        )


def require_may_write(actor: Actor) -> None:
    """Raise NotAllowed unless the actor may also record, correct and shred."""
    require_may_read(actor)
    if not may_write(actor):
        raise NotAllowed(
            "Your right to these records is for reading only, or your role edits no incidents."
        )
