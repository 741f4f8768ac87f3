"""What a filter of the queue shows, and which filters a person may use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from tracker.verification.choices import Assigned, TaskState
from tracker.verification.models import Assignment, QueueDefault, QueueFilter

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tracker.core.actor import Actor

#: As the language of articles whose language was not recognised.
NOT_RECOGNISED = "und"
FIELDS = ("shelf", "language", "outlet_id", "min_days", "min_relevance", "assigned", "words")


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is filtered by; fields mean what they mean in ``QueueFilter``."""

    shelf: str = TaskState.QUEUED.value
    language: str = ""
    outlet_id: int | None = None
    min_days: int | None = None
    min_relevance: int | None = None
    assigned: str = ""
    words: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything besides the shelf is filtered by."""
        return any(getattr(self, name) not in {"", None} for name in FIELDS if name != "shelf")


def criteria_of(kept: QueueFilter) -> Criteria:
    """What a kept filter filters by."""
    return Criteria(**{name: getattr(kept, name) for name in FIELDS})


def condition_of(criteria: Criteria, *, viewer: Actor, now: datetime) -> Q:
    """Tasks that pass the filter, whatever shelf they are on."""
    passes = Q()
    if criteria.language:
        code = "" if criteria.language == NOT_RECOGNISED else criteria.language
        passes &= Q(article__language=code)
    if criteria.outlet_id is not None:
        passes &= Q(article__outlet_id=criteria.outlet_id)
    if criteria.min_days is not None:
        passes &= Q(queued_at__lte=now - timedelta(days=criteria.min_days))
    if criteria.min_relevance is not None:
        passes &= Q(relevance__isnull=True) | Q(relevance__gte=criteria.min_relevance)
    if criteria.assigned:
        passes &= _assigned(criteria.assigned, viewer)
    for word in criteria.words.split():
        passes &= Q(article__title__icontains=word)
    return passes


def list_filters(*, viewer: Actor) -> QuerySet[QueueFilter]:
    """The viewer's own filters and those that are shared, by name."""
    return (
        QueueFilter.objects.filter(Q(owner_id=viewer.person_id) | Q(is_shared=True))
        .select_related("owner", "outlet")
        .order_by("name", "id")
    )


def find_filter(filter_id: int, *, viewer: Actor) -> QueueFilter | None:
    """A filter that the viewer may use, or None."""
    return list_filters(viewer=viewer).filter(pk=filter_id).first()


def find_default(*, viewer: Actor) -> QueueFilter | None:
    """The filter with which the queue opens for the viewer, while they may use it."""
    chosen = QueueDefault.objects.filter(person_id=viewer.person_id).values("filter_id")
    return list_filters(viewer=viewer).filter(pk__in=chosen).first()


def _assigned(whose: str, viewer: Actor) -> Q:
    in_force = Assignment.objects.filter(task_id=OuterRef("pk"), ended_at__isnull=True)
    if whose == Assigned.ME:
        return Q(Exists(in_force.filter(person_id=viewer.person_id)))
    return Q(Exists(in_force)) if whose == Assigned.SOMEBODY else ~Q(Exists(in_force))
