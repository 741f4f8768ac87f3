"""The right to the records: given one by one, by another person, and ended at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories import PersonFactory
from tracker.accounts.permissions import Right, has_right
from tracker.audit.models import AuditEvent
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.restricted.policies import level_of, may_read, may_write
from tracker.restricted.selectors.access import list_grantable, list_grants
from tracker.restricted.services.access import end_access, grant_access

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.restricted.models import AccessGrant

pytestmark = pytest.mark.django_db


def give(person: Person, by: Person, level: str = "READ", reason: str = "Why.") -> AccessGrant:
    return grant_access(
        person_id=person.pk, level=level, actor=by.as_actor(), now=NOW, reason=reason
    )


@pytest.mark.parametrize("giver", ["coordinator", "administrator"])
def test_a_right_is_given_noted_and_ended(
    giver: str, researcher: Person, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(giver)
    assert not may_read(researcher.as_actor())

    grant = give(researcher, by)

    assert may_read(researcher.as_actor())
    assert not may_write(researcher.as_actor())
    line = AuditEvent.objects.get(action="restricted.grant")
    assert line.changes == {"person": researcher.pk, "level": "READ"}
    assert [one.person for one in list_grants()] == [researcher]

    end_access(grant_id=grant.pk, actor=by.as_actor(), now=NOW, reason="Left the team.")

    assert level_of(researcher.as_actor()) == ""
    assert not list_grants()
    with pytest.raises(InvalidInput, match="ended before"):
        end_access(grant_id=grant.pk, actor=by.as_actor(), now=NOW, reason="")


def test_a_second_right_replaces_the_first(researcher: Person, coordinator: Person) -> None:
    first = give(researcher, coordinator)
    second = give(researcher, coordinator, "WRITE")

    first.refresh_from_db()
    assert first.ended_at == NOW
    assert list(list_grants()) == [second]
    assert may_write(researcher.as_actor())


def test_nobody_gives_it_to_themselves(coordinator: Person, researcher: Person) -> None:
    with pytest.raises(NotAllowed, match="themselves"):
        give(coordinator, coordinator)
    assert coordinator not in list_grantable(besides=coordinator.pk)
    assert researcher in list_grantable(besides=coordinator.pk)


@pytest.mark.parametrize("role", ["viewer", "researcher", "reviewer"])
def test_other_roles_give_nothing(role: str, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(role)
    with pytest.raises(NotAllowed, match="grant restricted access"):
        give(PersonFactory(), by)
    with pytest.raises(NotAllowed):
        end_access(grant_id=1, actor=by.as_actor(), now=NOW, reason="")


def test_faults_are_refused(coordinator: Person, researcher: Person) -> None:
    gone = PersonFactory(is_active=False)
    for person, level, reason, failure in (
        (gone, "READ", "Why.", NotFound),
        (researcher, "ALL", "Why.", InvalidInput),
        (researcher, "READ", " ", InvalidInput),
    ):
        with pytest.raises(failure):
            give(person, coordinator, level, reason)
    with pytest.raises(NotFound):
        end_access(grant_id=0, actor=coordinator.as_actor(), now=NOW, reason="")


def test_a_right_ends_with_the_sign_in_and_reaches_no_further_than_the_role(
    viewer: Person, researcher: Person, coordinator: Person
) -> None:
    give(viewer, coordinator, "WRITE")
    give(researcher, coordinator, "WRITE")
    assert may_read(viewer.as_actor())
    assert not may_write(viewer.as_actor()), "a viewer's role edits no incidents"

    researcher.is_active = False
    researcher.save()

    assert not may_read(researcher.as_actor())
    assert not may_read(machine("tests"))
    assert has_right(coordinator.as_actor(), Right.GRANT_RESTRICTED_ACCESS)
    assert not may_read(coordinator.as_actor())
