"""Partner organisations and their keys."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.models import Organisation, PartnerKey
from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.actor import ActorKind
from tracker.core.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

_PREFIX_BYTES = 6


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made; ``secret`` exists here only."""

    key: PartnerKey
    secret: str


@transaction.atomic
def create_partner_key(*, organisation: str, actor: Actor, now: datetime) -> NewKey:
    """A new key for the organisation, which is made where it is not known yet."""
    if actor.kind is not ActorKind.MACHINE:
        require_right(actor, Right.MANAGE_PEOPLE)
    name = organisation.strip()
    if not name:
        raise InvalidInput("Name the partner organisation.")
    partner, _ = Organisation.objects.get_or_create(name=name, defaults={"made_at": now})
    prefix = secrets.token_hex(_PREFIX_BYTES)
    secret = f"{prefix}.{secrets.token_urlsafe(32)}"
    key = PartnerKey.objects.create(
        organisation=partner, prefix=prefix, key_sha256=_digest(secret), made_at=now
    )
    record_event(actor=actor, action="partner_key.create", target=key, now=now)
    return NewKey(key=key, secret=secret)


@transaction.atomic
def revoke_partner_key(*, prefix: str, actor: Actor, now: datetime, reason: str) -> PartnerKey:
    """End a key at once. Raises NotFound where no key in force has this prefix."""
    if actor.kind is not ActorKind.MACHINE:
        require_right(actor, Right.MANAGE_PEOPLE)
    key = PartnerKey.objects.select_for_update().filter(prefix=prefix, revoked_at=None).first()
    if key is None:
        raise NotFound(f"No key in force begins with {prefix}.")
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    record_event(actor=actor, action="partner_key.revoke", target=key, now=now, reason=reason)
    return key


def find_partner_key(*, secret: str) -> PartnerKey | None:
    """The key in force that ``secret`` proves, or None."""
    prefix, _, rest = secret.partition(".")
    if not rest:
        return None
    key = (
        PartnerKey.objects.select_related("organisation")
        .filter(prefix=prefix, revoked_at__isnull=True)
        .first()
    )
    if key is None or not secrets.compare_digest(key.key_sha256, _digest(secret)):
        return None
    return key


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
