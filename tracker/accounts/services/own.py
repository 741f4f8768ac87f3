"""What people change about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.accounts.models import Person
from tracker.audit.services.record import record_event
from tracker.core.errors import InvalidInput, NotAllowed

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor

THEMES = ("auto", "light", "dark")


@transaction.atomic
def set_theme(*, theme: str, actor: Actor, now: datetime) -> Person:
    """Light, dark or as the system says. Raises InvalidInput for anything else."""
    if theme not in THEMES:
        raise InvalidInput(f"The appearance is one of {', '.join(THEMES)}.")
    person = _own(actor)
    person.theme = theme
    person.save(update_fields=["theme"])
    record_event(
        actor=actor, action="person.set_theme", target=person, now=now, changes={"theme": theme}
    )
    return person


@transaction.atomic
def change_own_password(*, old_password: str, password: str, actor: Actor, now: datetime) -> Person:
    """Replace the actor's password. Raises InvalidInput for a wrong old or a weak new one."""
    person = _own(actor)
    if not person.check_password(old_password):
        raise InvalidInput("The present password is not right.")
    try:
        validate_password(password, user=person)
    except ValidationError as failure:
        raise InvalidInput(" ".join(failure.messages)) from failure
    person.set_password(password)
    person.save(update_fields=["password"])
    record_event(actor=actor, action="person.change_password", target=person, now=now)
    return person


def _own(actor: Actor) -> Person:
    person = Person.objects.select_for_update().filter(pk=actor.id or 0).first()
    if person is None or not actor.is_person:
        raise NotAllowed("Only people have settings.")
    return person
