"""Invite people, let them in once by link, change roles, deactivate."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tracker.accounts.models import OneTimeLink, Person
from tracker.accounts.models.invitation import LinkPurpose
from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.actor import ActorKind, Role
from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=24)


class UnableToUseLink(DomainError):
    """The link was used, replaced, or is too old."""

    code = "unable_to_use_link"


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link just made; ``token`` exists here only."""

    person: Person
    token: str
    expires_at: datetime


@transaction.atomic
def invite_person(*, email: str, alias: str, role: Role, actor: Actor, now: datetime) -> NewLink:
    """Create a person without a password and the link by which they set one.

    Raises NotAllowed, InvalidInput for a bad address or a taken address or alias.
    """
    _require_manager(actor)
    email = email.strip().lower()
    alias = alias.strip()
    try:
        validate_email(email)
    except ValidationError as failure:
        raise InvalidInput(f"{email!r} is not an e-mail address.") from failure
    if not alias:
        raise InvalidInput("Give the person an alias; it is all that others see.")
    if Person.objects.filter(email__iexact=email).exists():
        raise InvalidInput("Somebody with this address is here already; make a reset link instead.")
    if Person.objects.filter(alias__iexact=alias).exists():
        raise InvalidInput(f"The alias {alias} is taken; choose another.")
    person = Person.objects.create_user(email=email, alias=alias, role=role)
    record_event(
        actor=actor, action="person.invite", target=person, now=now, changes={"role": role.value}
    )
    return _new_link(person=person, purpose=LinkPurpose.INVITATION, lasts=INVITATION_LASTS, now=now)


@transaction.atomic
def make_reset_link(*, person_id: int, actor: Actor, now: datetime) -> NewLink:
    """A one-time link by which the person sets a new password; earlier links end."""
    _require_manager(actor)
    person = _get_person(person_id)
    if not person.is_active:
        raise InvalidInput(f"{person.alias} is deactivated; activate them first.")
    record_event(actor=actor, action="person.reset_link", target=person, now=now)
    return _new_link(person=person, purpose=LinkPurpose.RESET, lasts=RESET_LASTS, now=now)


@transaction.atomic
def use_link(*, token: str, password: str, now: datetime) -> Person:
    """Set the password of the link's person and end the link.

    Raises UnableToUseLink, InvalidInput where the password is too weak.
    """
    link = (
        OneTimeLink.objects.select_for_update()
        .filter(token_sha256=_digest(token), used_at__isnull=True, is_revoked=False)
        .first()
    )
    if link is None or link.expires_at <= now or not link.person.is_active:
        raise UnableToUseLink(
            "This link was used already, replaced by a later one, or is too old. "
            "Ask an administrator for a new one."
        )
    person = link.person
    try:
        validate_password(password, user=person)
    except ValidationError as failure:
        raise InvalidInput(" ".join(failure.messages)) from failure
    person.set_password(password)
    person.save(update_fields=["password"])
    link.used_at = now
    link.save(update_fields=["used_at"])
    record_event(actor=person.as_actor(), action="person.use_link", target=person, now=now)
    return person


def link_is_open(*, token: str, now: datetime) -> bool:
    """Whether the page behind a link should offer its form at all."""
    return OneTimeLink.objects.filter(
        token_sha256=_digest(token), used_at__isnull=True, is_revoked=False, expires_at__gt=now
    ).exists()


@transaction.atomic
def change_role(*, person_id: int, role: Role, actor: Actor, now: datetime, reason: str) -> Person:
    """Give a person another role; the last active administrator keeps theirs."""
    _require_manager(actor)
    person = _get_person(person_id)
    if person.role == Role.ADMINISTRATOR and role is not Role.ADMINISTRATOR:
        _keep_one_administrator(person)
    before = person.role
    person.role = role.value
    person.save(update_fields=["role"])
    record_event(
        actor=actor,
        action="person.change_role",
        target=person,
        now=now,
        reason=reason,
        changes={"role": [before, role.value]},
    )
    return person


@transaction.atomic
def set_active(
    *, person_id: int, is_active: bool, actor: Actor, now: datetime, reason: str
) -> Person:
    """Deactivate a person (never delete) or let them in again."""
    _require_manager(actor)
    person = _get_person(person_id)
    if not is_active and person.role == Role.ADMINISTRATOR:
        _keep_one_administrator(person)
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    record_event(
        actor=actor,
        action="person.activate" if is_active else "person.deactivate",
        target=person,
        now=now,
        reason=reason,
    )
    return person


def _require_manager(actor: Actor) -> None:
    # A command on the machine itself makes the first administrator.
    if actor.kind is not ActorKind.MACHINE:
        require_right(actor, Right.MANAGE_PEOPLE)


def _keep_one_administrator(person: Person) -> None:
    others = Person.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True)
    if not others.exclude(pk=person.pk).exists():
        raise NotAllowed("This is the last active administrator; name another one first.")


def _get_person(person_id: int) -> Person:
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound(f"There is no person {person_id}.")
    return person


def _new_link(*, person: Person, purpose: LinkPurpose, lasts: timedelta, now: datetime) -> NewLink:
    OneTimeLink.objects.filter(person=person, used_at__isnull=True).update(is_revoked=True)
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        person=person,
        purpose=purpose,
        token_sha256=_digest(token),
        made_at=now,
        expires_at=now + lasts,
    )
    return NewLink(person=person, token=token, expires_at=link.expires_at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
