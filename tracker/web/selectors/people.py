"""People as an administrator sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q

from tracker.accounts.models import OneTimeLink, Person
from tracker.core.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


def list_people(*, now: datetime) -> QuerySet[Person]:
    """Everybody, with whether a link of theirs is open and whether they ever signed in."""
    open_links = OneTimeLink.objects.filter(
        person_id=OuterRef("pk"), used_at__isnull=True, is_revoked=False, expires_at__gt=now
    )
    unusable = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return Person.objects.annotate(
        has_open_link=Exists(open_links), has_password=~unusable
    ).order_by("-is_active", "alias")


def get_person(pk: int, *, now: datetime) -> Person:
    """One of them. Raises NotFound."""
    person = list_people(now=now).filter(pk=pk).first()
    if person is None:
        raise NotFound("There is no such person.")
    return person
