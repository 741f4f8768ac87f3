"""Who may read or write the records now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.accounts.models import Person
from tracker.restricted.models import AccessGrant

if TYPE_CHECKING:
    from django.db.models import QuerySet


def list_grants() -> QuerySet[AccessGrant]:
    """Every right in force, by the person's alias."""
    return (
        AccessGrant.objects.filter(ended_at__isnull=True)
        .select_related("person", "granted_by")
        .order_by("person__alias", "id")
    )


def list_grantable(*, besides: int) -> QuerySet[Person]:
    """Active people a right can be given to: everybody but the one who gives it."""
    return Person.objects.filter(is_active=True).exclude(pk=besides).order_by("alias")
