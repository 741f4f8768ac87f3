"""Keep what was typed and not yet decided."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.verification.models import Draft

if TYPE_CHECKING:
    from datetime import datetime

#: How long words wait for somebody whose sign-in had run out.
ORPHANS_LAST = timedelta(days=30)


@transaction.atomic
def save_draft(*, person_id: int | None, form: str, fields: dict[str, str], now: datetime) -> Draft:
    """Keep the fields of ``form``; a person has one draft of each form, the latest.

    Without a person (the sign-in had run out) the draft's ``token`` is the only way back to it.
    """
    token = secrets.token_urlsafe(32)
    if person_id is None:
        return Draft.objects.create(token=token, form=form, fields=fields, saved_at=now)
    draft, _ = Draft.objects.update_or_create(
        person_id=person_id,
        form=form,
        defaults={"fields": fields, "saved_at": now},
        create_defaults={"fields": fields, "saved_at": now, "token": token},
    )
    return draft


def find_draft(*, person_id: int, form: str) -> Draft | None:
    """The person's draft of ``form``, or None."""
    return Draft.objects.filter(person_id=person_id, form=form).first()


@transaction.atomic
def adopt_draft(*, token: str, person_id: int, now: datetime) -> Draft | None:
    """Give a draft without a person to ``person_id``; an older one of the same form gives way."""
    draft = Draft.objects.select_for_update().filter(token=token, person__isnull=True).first()
    if draft is None:
        return None
    drop_draft(person_id=person_id, form=draft.form)
    draft.person_id = person_id
    draft.saved_at = now
    draft.save(update_fields=["person", "saved_at"])
    return draft


def drop_draft(*, person_id: int, form: str) -> None:
    """Forget the person's draft of ``form``: it was saved where it belongs, or given up."""
    Draft.objects.filter(person_id=person_id, form=form).delete()


@transaction.atomic
def forget_orphans(*, now: datetime) -> int:
    """Delete drafts that nobody signed in to claim in ``ORPHANS_LAST``; return how many."""
    deleted, _ = Draft.objects.filter(person__isnull=True, saved_at__lt=now - ORPHANS_LAST).delete()
    return deleted
