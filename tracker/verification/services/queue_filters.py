"""Keep a filter of the queue under a name, share it, open the queue with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, has_right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.core.rows import check_row
from tracker.verification.models import QueueDefault, QueueFilter
from tracker.verification.selectors.queue_filters import FIELDS, find_filter

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.audit.services.record import Value
    from tracker.core.actor import Actor
    from tracker.verification.selectors.queue_filters import Criteria

#: Nobody finds the right one among more.
MOST_FILTERS = 50


@transaction.atomic
def keep_filter(
    *, name: str, criteria: Criteria, is_shared: bool, actor: Actor, now: datetime
) -> QueueFilter:
    """Keep a filter; one of the same name and owner gives way to it.

    Sharing needs a coordinator. Raises NotAllowed, InvalidInput.
    """
    require_right(actor, Right.READ)
    if is_shared and not has_right(actor, Right.ASSIGN):
        raise NotAllowed("Only a coordinator shares a filter with everybody.")
    plain = " ".join(name.split())
    if not plain:
        raise InvalidInput("Give the filter a name.")
    own = QueueFilter.objects.filter(owner_id=actor.person_id)
    kept = own.select_for_update().filter(name__iexact=plain).first()
    if kept is None:
        if own.count() >= MOST_FILTERS:
            raise InvalidInput(f"You keep {MOST_FILTERS} filters already; drop one first.")
        kept = QueueFilter(owner_id=actor.person_id)
    kept.name, kept.is_shared, kept.saved_at = plain, is_shared, now
    for field in FIELDS:
        setattr(kept, field, getattr(criteria, field))
    # The name is looked for above, in any case of its letters.
    check_row(kept)
    kept.save()
    record_event(actor=actor, action="filter.keep", target=kept, now=now, changes=_told(kept))
    return kept


@transaction.atomic
def drop_filter(*, filter_id: int, actor: Actor, now: datetime) -> None:
    """Forget a filter of one's own; coordinators also one that is shared.

    The queue opens with everything for those whose default it was. Raises NotFound, NotAllowed.
    """
    kept = find_filter(filter_id, viewer=actor)
    if kept is None:
        raise NotFound("This filter is not there any more, or it is somebody else's.")
    if kept.owner_id != actor.id and not has_right(actor, Right.ASSIGN):
        raise NotAllowed("Only its owner or a coordinator drops a shared filter.")
    record_event(actor=actor, action="filter.drop", target=kept, now=now, changes=_told(kept))
    kept.delete()


@transaction.atomic
def choose_default(*, filter_id: int | None, actor: Actor, now: datetime) -> None:
    """Open the queue with this filter from now on; None = with everything. Raises NotFound."""
    if filter_id is not None and find_filter(filter_id, viewer=actor) is None:
        raise NotFound("This filter is not there any more, or it is somebody else's.")
    QueueDefault.objects.filter(person_id=actor.person_id).delete()
    if filter_id is not None:
        QueueDefault.objects.create(person_id=actor.person_id, filter_id=filter_id)
    record_event(
        actor=actor,
        action="filter.default",
        target_type="verification.queuefilter",
        now=now,
        changes={"filter": filter_id},
    )


def _told(kept: QueueFilter) -> dict[str, Value]:
    """For an audit line: codes and numbers; of words only that there are some."""
    told: dict[str, Value] = {name: getattr(kept, name) for name in FIELDS if name != "words"}
    return told | {"is_shared": kept.is_shared, "fields": ["words"] if kept.words else []}
