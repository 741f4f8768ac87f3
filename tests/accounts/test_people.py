"""Invitations, links, roles: what the services refuse, and what they write down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction

from tests.factories import PersonFactory
from tests.factories.people import PASSWORD
from tracker.accounts.models import OneTimeLink, Person
from tracker.accounts.permissions import RIGHTS, Right, has_right
from tracker.accounts.selectors.links import find_open_link
from tracker.accounts.services.own import change_own_password, set_theme
from tracker.accounts.services.people import (
    INVITATION_LASTS,
    UnableToUseLink,
    change_role,
    invite_person,
    link_is_open,
    make_reset_link,
    set_active,
    use_link,
)
from tracker.audit.models import AuditEvent
from tracker.core.actor import ANONYMOUS, Role, machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from datetime import datetime

MACHINE = machine("tests")
NEW_PASSWORD = "seven unrelated quiet pebbles"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_manages_people(db: None, now: datetime, role: Role) -> None:
    actor = PersonFactory(role=role.value).as_actor()
    other = PersonFactory()

    with pytest.raises(NotAllowed):
        invite_person(email="a@example.org", alias="A", role=Role.VIEWER, actor=actor, now=now)
    with pytest.raises(NotAllowed):
        make_reset_link(person_id=other.pk, actor=actor, now=now)
    with pytest.raises(NotAllowed):
        change_role(person_id=other.pk, role=Role.ADMINISTRATOR, actor=actor, now=now, reason="x")
    with pytest.raises(NotAllowed):
        set_active(person_id=other.pk, is_active=False, actor=actor, now=now, reason="x")
    assert not AuditEvent.objects.exists()


def test_link_runs_out(db: None, now: datetime) -> None:
    link = invite_person(email="a@example.org", alias="A", role=Role.VIEWER, actor=MACHINE, now=now)
    later = now + INVITATION_LASTS

    assert link_is_open(token=link.token, now=later - timedelta(seconds=1))
    assert not link_is_open(token=link.token, now=later)
    assert find_open_link(token=link.token, now=later) is None
    with pytest.raises(UnableToUseLink):
        use_link(token=link.token, password=NEW_PASSWORD, now=later)


def test_link_of_a_deactivated_person_opens_nothing(researcher: Person, now: datetime) -> None:
    link = make_reset_link(person_id=researcher.pk, actor=MACHINE, now=now)
    set_active(person_id=researcher.pk, is_active=False, actor=MACHINE, now=now, reason="Left.")

    assert find_open_link(token=link.token, now=now) is None
    with pytest.raises(UnableToUseLink):
        use_link(token=link.token, password=NEW_PASSWORD, now=now)
    with pytest.raises(InvalidInput, match="deactivated"):
        make_reset_link(person_id=researcher.pk, actor=MACHINE, now=now)


def test_database_keeps_one_open_link_a_person(researcher: Person, now: datetime) -> None:
    make_reset_link(person_id=researcher.pk, actor=MACHINE, now=now)

    with pytest.raises(DatabaseError, match="one_time_link_one_open"), transaction.atomic():
        OneTimeLink.objects.create(
            person=researcher,
            purpose="RESET",
            token_sha256="0" * 64,
            made_at=now,
            expires_at=now,
        )


def test_nobody_there_is_not_found(administrator: Person, now: datetime) -> None:
    with pytest.raises(NotFound):
        make_reset_link(person_id=10**9, actor=administrator.as_actor(), now=now)


def test_administrator_steps_down_only_when_there_is_another(
    administrator: Person, now: datetime
) -> None:
    actor = administrator.as_actor()
    with pytest.raises(NotAllowed, match="last active administrator"):
        change_role(
            person_id=administrator.pk, role=Role.VIEWER, actor=actor, now=now, reason="Rest."
        )
    PersonFactory(role=Role.ADMINISTRATOR.value, is_active=False)
    with pytest.raises(NotAllowed):
        set_active(person_id=administrator.pk, is_active=False, actor=actor, now=now, reason="x")
    PersonFactory(role=Role.ADMINISTRATOR.value)

    person = change_role(
        person_id=administrator.pk, role=Role.VIEWER, actor=actor, now=now, reason="Rest."
    )

    assert person.role == Role.VIEWER


def test_what_people_change_about_themselves_needs_a_person(db: None, now: datetime) -> None:
    for actor in (MACHINE, ANONYMOUS):
        with pytest.raises(NotAllowed):
            set_theme(theme="dark", actor=actor, now=now)
        with pytest.raises(NotAllowed):
            change_own_password(old_password="x", password=NEW_PASSWORD, actor=actor, now=now)


def test_theme_there_is_none_of_is_refused_by_service_and_database(
    researcher: Person, now: datetime
) -> None:
    with pytest.raises(InvalidInput):
        set_theme(theme="purple", actor=researcher.as_actor(), now=now)
    with pytest.raises(DatabaseError, match="person_theme_valid"), transaction.atomic():
        Person.objects.filter(pk=researcher.pk).update(theme="grey")


def test_change_of_a_password_is_audited_without_it(researcher: Person, now: datetime) -> None:
    change_own_password(
        old_password=PASSWORD, password=NEW_PASSWORD, actor=researcher.as_actor(), now=now
    )

    event = AuditEvent.objects.get()
    assert (event.action, event.target_id, event.changes) == (
        "person.change_password",
        researcher.pk,
        {},
    )


def test_no_role_holds_every_right() -> None:
    assert all(RIGHTS[role] != frozenset(Right) for role in Role)
    assert not any(has_right(ANONYMOUS, right) for right in Right)
    assert not any(has_right(MACHINE, right) for right in Right)
