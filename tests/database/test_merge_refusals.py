"""What merges and splits may never be, said by the database itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.conftest import NOW
from tests.factories import IncidentFactory, PartyFactory, PersonFactory, accepted_claim
from tests.factories.published import incident_in_review, published_version
from tests.incidents.restructured import merged, named_on, told, undone
from tracker.core.actor import Role
from tracker.incidents.models import (
    Claim,
    Incident,
    IncidentParty,
    NamedFloor,
    PartyRequest,
    Position,
    Restructuring,
    StrikeEvidence,
    Undo,
)
from tracker.incidents.rules import NamedVictims
from tracker.incidents.services.review import submit_incident

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(researcher: Person) -> Incident:
    """With a claim and a position."""
    return told(researcher, title="Shells", killed=(5,), accused="Army")


@pytest.fixture
def target(researcher: Person) -> Incident:
    """With a claim."""
    return told(researcher, title="Strike", killed=(7,))


@pytest.fixture
def done(source: Incident, target: Incident, reviewer: Person) -> Restructuring:
    """The first merged into the second."""
    return merged(source, target, reviewer)


class _refused:  # noqa: N801  # reads as a function
    """A block that the database refuses, rolled back to before it."""

    def __init__(self, why: str) -> None:
        self._raises = pytest.raises(DatabaseError, match=why)
        self._atomic = transaction.atomic()

    def __enter__(self) -> None:
        self._raises.__enter__()
        self._atomic.__enter__()

    def __exit__(self, *failure: Any) -> bool | None:
        self._atomic.__exit__(*failure)
        return self._raises.__exit__(*failure)


def _update(incident: Incident, **values: Any) -> None:
    Incident.objects.filter(pk=incident.pk).update(**values)


def _record(source: Incident, target: Incident, by: Person, **more: Any) -> Restructuring:
    values = {"kind": "MERGE", "pre_image": {}, "at": NOW, "reason": "One."} | more
    return Restructuring.objects.create(source=source, target=target, by=by, **values)


def test_merged_and_where_it_went_are_one(source: Incident, target: Incident) -> None:
    with _refused("incident_merged_leads_on"):
        _update(source, merged_into=target)
    with _refused("one that stands"):
        _update(source, status="MERGED")


def test_no_merge_without_its_record(source: Incident, target: Incident) -> None:
    with _refused("merged by a person, with a record"):
        _update(source, status="MERGED", merged_into=target)


def test_no_merge_by_the_record_of_another_or_an_undone_one(
    source: Incident, target: Incident, reviewer: Person
) -> None:
    _record(target, source, reviewer)
    _record(source, target, reviewer, kind="SPLIT")
    with _refused("with a record"):
        _update(source, status="MERGED", merged_into=target)
    undone(merged(source, target, reviewer), reviewer)
    with _refused("with a record"):
        _update(source, status="MERGED", merged_into=target)


def test_no_claim_stays_behind(source: Incident, target: Incident, reviewer: Person) -> None:
    _record(source, target, reviewer)
    with _refused("keeps no claim"):
        _update(source, status="MERGED", merged_into=target)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.RESEARCHER, Role.ADMINISTRATOR])
def test_nobody_else_merges_or_undoes(role: Role, source: Incident, target: Incident) -> None:
    nobody = PersonFactory(role=role.value)
    with _refused("a reviewer or a coordinator merges"):
        _record(source, target, nobody)
    gone = PersonFactory(role=Role.REVIEWER.value, is_active=False)
    with _refused("a reviewer or a coordinator merges"):
        _record(source, target, gone)
    done = merged(source, target, PersonFactory(role=Role.COORDINATOR.value))
    with _refused("a reviewer or a coordinator merges"):
        Undo.objects.create(restructuring=done, by=nobody, at=NOW, reason="Two.")


def test_a_machine_is_nobody(source: Incident, target: Incident) -> None:
    with _refused("a reviewer or a coordinator merges|null value"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO incidents_restructuring (kind, source_id, target_id, pre_image, by_id, "
            "at, reason) VALUES ('MERGE', %s, %s, '{}', NULL, now(), 'Alike.')",
            [source.pk, target.pk],
        )


def test_a_record_is_of_two_that_stand_and_has_a_reason(
    source: Incident, target: Incident, reviewer: Person, researcher: Person
) -> None:
    with _refused("restructuring_of_two_incidents"):
        _record(source, source, reviewer)
    with _refused("restructuring_has_reason"):
        _record(source, target, reviewer, reason="")
    with _refused("restructuring_kind_valid"):
        _record(source, target, reviewer, kind="SWAP")
    locked = incident_in_review(researcher=researcher)
    for one, other in ((source, locked), (locked, source)):
        with _refused("both incidents have to stand"):
            _record(one, other, reviewer)


def test_neither_twice_nor_in_a_circle(
    done: Restructuring, source: Incident, target: Incident, reviewer: Person
) -> None:
    third = IncidentFactory()
    for one, other in ((source, third), (target, source), (third, source)):
        with _refused("both incidents have to stand"):
            _record(one, other, reviewer)
    with _refused("one that stands|merged by a person"):
        _update(target, status="MERGED", merged_into=source)


def test_what_is_merged_away_is_still(
    done: Restructuring, source: Incident, target: Incident, reviewer: Person
) -> None:
    for values in ({"title": "Other"}, {"merged_into": IncidentFactory()}, {"grade": "FAIR"}):
        with _refused("nothing of it changes"):
            _update(source, **values)
    for status in ("DRAFT", "RETURNED", "PUBLISHED", "UNDER_REVISION", "IN_REVIEW"):
        with _refused("by undoing its merge|Invalid transition"):
            _update(source, status=status, merged_into=None)
    loose = accepted_claim(by=reviewer, minimum=1)
    with _refused("takes no claim"):
        Claim.objects.filter(pk=loose.pk).update(incident=source, revision=loose.revision + 1)


def _children(source: Incident, by: Person) -> Iterator[Model]:
    party = PartyFactory()
    entered: dict[str, Any] = {"incident": source, "entered_by": by, "entered_at": NOW}
    yield IncidentParty(incident=source, party=party)
    yield Position(party=party, said_on=date(2026, 11, 1), act="DENIES", **entered)
    yield StrikeEvidence(kind="IMAGERY", **entered)
    yield PartyRequest(
        incident=source, party=party, allegation="That it did.", owner=by, opened_at=NOW
    )


def test_nothing_is_recorded_for_it(
    done: Restructuring, source: Incident, reviewer: Person
) -> None:
    for row in _children(source, reviewer):
        with _refused("merged away and takes nothing"):
            row.save(force_insert=True)


def test_its_named_victims_do_not_rise_while_its_home_is_in_review(
    source: Incident, target: Incident, reviewer: Person, researcher: Person
) -> None:
    named_on(source, NamedVictims(killed=1), researcher)
    merged(source, target, reviewer)
    submit_incident(
        incident_id=target.pk,
        expected_revision=target.revision,
        actor=researcher.as_actor(),
        now=NOW,
    )
    floor = NamedFloor.objects.filter(incident=source)
    with _refused("in review and locked"):
        floor.update(victims=2)
    floor.update(victims=0)


def test_it_comes_back_as_it_was(done: Restructuring, source: Incident, reviewer: Person) -> None:
    Undo.objects.create(restructuring=done, by=reviewer, at=NOW, reason="Two.")
    for status in ("RETURNED", "UNDER_REVISION"):
        with _refused("comes back as it was"):
            _update(source, status=status, merged_into=None)
    _update(source, status="DRAFT", merged_into=None)


def test_an_earlier_undo_does_not_open_a_later_merge(
    source: Incident, target: Incident, reviewer: Person
) -> None:
    undone(merged(source, target, reviewer), reviewer)
    merged(source, target, reviewer)
    with _refused("comes back as it was"):
        _update(source, status="DRAFT", merged_into=None)


def test_a_public_one_does_not_become_public_by_a_detour(reviewer: Person) -> None:
    source, target = published_version().incident, published_version().incident
    done = merged(source, target, reviewer)
    Undo.objects.create(restructuring=done, by=reviewer, at=NOW, reason="Two.")
    with _refused("comes back as it was"):
        _update(source, status="DRAFT", merged_into=None)
    _update(source, status="PUBLISHED", merged_into=None)


def test_only_a_merge_that_holds_is_undone_and_once(
    done: Restructuring, source: Incident, target: Incident, reviewer: Person
) -> None:
    undo = {"by": reviewer, "at": NOW, "reason": "Two."}
    third = IncidentFactory()
    merged(target, third, reviewer)
    with _refused("only a merge that holds"):
        Undo.objects.create(restructuring=done, **undo)
    split = _record(third, IncidentFactory(), reviewer, kind="SPLIT")
    with _refused("only a merge that holds"):
        Undo.objects.create(restructuring=split, **undo)
    with _refused("undo_has_reason"):
        outer = Restructuring.objects.get(source=target)
        Undo.objects.create(restructuring=outer, **undo | {"reason": ""})


@pytest.mark.parametrize("table", ["incidents_restructuring", "incidents_undo"])
def test_records_stand(table: str, done: Restructuring, source: Incident, reviewer: Person) -> None:
    undone(done, reviewer)
    for statement in (f"UPDATE \"{table}\" SET reason = 'x'", f'DELETE FROM "{table}"'):  # noqa: S608  # two names above
        with _refused("Cannot update or delete"), connection.cursor() as cursor:
            cursor.execute(statement)
