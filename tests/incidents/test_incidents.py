"""What, when and where; who is accused and what they say: entered, kept and refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, IncidentFactory, PersonFactory, accepted_claim
from tests.factories.published import incident_in_review, published_version
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role, machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound, StaleRevision
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Contribution, Incident, IncidentParty, Position
from tracker.incidents.selectors.changes import incident_changed_since
from tracker.incidents.selectors.incidents import (
    contributors_since_last_version,
    get_incident,
    list_incidents,
)
from tracker.incidents.services.contribution import UnableToEdit
from tracker.incidents.services.incidents import (
    IncidentFields,
    create_incident,
    edit_incident,
    record_evidence,
    record_position,
    set_party,
)
from tracker.sources.models import Party

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person
    from tracker.core.actor import Actor

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 10)
FIELDS = IncidentFields(
    title="Strike on a bakery",
    date_start=DAY,
    date_end=DAY,
    date_precision="DAY",
    place_name="Ardesh",
    lat=12.5,
    lon=45.25,
    geo_precision="SETTLEMENT",
    radius_m=5000,
)


def _edit(incident: Incident, actor: Actor, **over: Any) -> Incident:
    wanted: dict[str, Any] = {
        "incident_id": incident.pk,
        "expected_revision": incident.revision,
        "fields": FIELDS,
        "actor": actor,
        "now": NOW,
        "reason": "As the articles say.",
    }
    return edit_incident(**{**wanted, **over})


def _with(**over: Any) -> IncidentFields:
    values = {name: getattr(FIELDS, name) for name in IncidentFields.__slots__}
    return IncidentFields(**{**values, **over})


def _name_party(incident: Incident, actor: Actor) -> object:
    return set_party(
        incident_id=incident.pk, party_name="Veria Front", accused=True, actor=actor, now=NOW
    )


def _say(incident: Incident, actor: Actor, **over: Any) -> Position:
    wanted: dict[str, Any] = {
        "incident_id": incident.pk,
        "party_name": "Veria Front",
        "said_on": DAY,
        "act": "ACKNOWLEDGES",
        "harm": "DENIES_HARM",
        "responsibility": "",
        "article_id": None,
        "actor": actor,
        "now": NOW,
    }
    return record_position(**{**wanted, **over})


def _see(incident: Incident, actor: Actor, **over: Any) -> object:
    wanted: dict[str, Any] = {
        "incident_id": incident.pk,
        "kind": "IMAGERY",
        "party_name": "",
        "article_id": None,
        "note": "A crater.",
        "actor": actor,
        "now": NOW,
    }
    return record_evidence(**{**wanted, **over})


WRITES: dict[str, Callable[[Incident, Actor], object]] = {
    "edit": _edit,
    "party": _name_party,
    "position": _say,
    "evidence": _see,
}
every_write = pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)


def test_new_incident_is_a_draft_under_an_unguessable_handle(researcher: Person) -> None:
    incident = create_incident(title=" Raid near Ardesh ", actor=researcher.as_actor(), now=NOW)

    incident.refresh_from_db()
    assert (incident.title, incident.status) == ("Raid near Ardesh", IncidentStatus.DRAFT)
    assert (incident.code, len(incident.handle)) == (None, 10)
    assert Contribution.objects.get().person_id == researcher.pk
    assert AuditEvent.objects.get().action == "incident.create"


def test_incident_needs_a_title(researcher: Person) -> None:
    with pytest.raises(InvalidInput):
        create_incident(title="  ", actor=researcher.as_actor(), now=NOW)

    assert not Incident.objects.exists()


def test_edit_saves_what_when_where_and_names_what_changed(researcher: Person) -> None:
    incident = IncidentFactory()

    _edit(incident, researcher.as_actor())

    incident.refresh_from_db()
    assert (incident.date_start, incident.lat, incident.revision) == (DAY, 12.5, 2)
    event = AuditEvent.objects.get()
    assert "place_name" in event.changes["fields"]
    assert "Ardesh" not in str(event.changes)


def test_edit_that_changes_nothing_leaves_no_trace(researcher: Person) -> None:
    incident = IncidentFactory()
    _edit(incident, researcher.as_actor())

    same = _edit(incident, researcher.as_actor(), expected_revision=2)

    assert same.revision == 2
    assert AuditEvent.objects.count() == 1


def test_edit_of_what_somebody_changed_meanwhile_is_stale(researcher: Person) -> None:
    incident = IncidentFactory()
    _edit(incident, researcher.as_actor())

    other = PersonFactory()
    told = f"{researcher.alias} entered what, where or when since you opened it. Compare"
    with pytest.raises(StaleRevision, match=told):
        _edit(incident, other.as_actor(), fields=_with(title="Other"), expected_revision=1)


def test_of_many_changes_the_latest_are_told(researcher: Person) -> None:
    incident = IncidentFactory()
    names = [f"Party {n}" for n in range(2)]
    for name in names:
        set_party(
            incident_id=incident.pk,
            party_name=name,
            accused=True,
            actor=researcher.as_actor(),
            now=NOW,
        )
    for _ in range(3):
        someone = PersonFactory()
        record_evidence(
            incident_id=incident.pk,
            kind="IMAGERY",
            party_name="",
            article_id=None,
            note="",
            actor=someone.as_actor(),
            now=NOW,
        )
    incident.refresh_from_db()

    told = incident_changed_since(incident, 1)

    assert told.startswith(f"{someone.alias} recorded evidence of a strike, ")
    assert told.endswith(" and more was changed since you opened it.")
    assert told.count("recorded evidence") == 3
    assert incident_changed_since(incident, 5).count("recorded evidence") == 1


def test_what_nobody_contributed_to_is_told_by_its_state(reviewer: Person) -> None:
    incident = published_version().incident
    incident.refresh_from_db()

    told = incident_changed_since(incident, incident.revision - 1)

    assert told == "Somebody changed this incident since you opened it; it is published now."


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"title": ""}, "blank"),
        ({"date_end": None}, "whole|Constraint"),
        ({"date_end": DAY - timedelta(days=1)}, "above|same"),
        ({"date_precision": "UNKNOWN"}, "with their precision, or neither"),
        ({"date_start": None, "date_end": None}, "with their precision, or neither"),
        ({"date_end": DAY + timedelta(days=1)}, "both days are the same"),
        ({"date_start": date(2026, 12, 1), "date_end": date(2026, 12, 1)}, "in the future"),
        ({"date_precision": "FORTNIGHT"}, "not a valid choice"),
        ({"lon": None}, "whole|Constraint"),
        ({"lat": 91.0}, "Latitude is -90 to 90"),
        ({"geo_precision": "HAMLET"}, "not a valid choice"),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(
    researcher: Person, over: dict[str, Any], sentence: str
) -> None:
    incident = IncidentFactory()

    with pytest.raises(InvalidInput, match=sentence):
        _edit(incident, researcher.as_actor(), fields=_with(**over))

    incident.refresh_from_db()
    assert incident.revision == 1


def test_edit_needs_its_reason(researcher: Person) -> None:
    with pytest.raises(InvalidInput, match="why you change"):
        _edit(IncidentFactory(), researcher.as_actor(), reason=" ")


@every_write
def test_every_write_makes_a_contributor(
    researcher: Person, write: Callable[[Incident, Actor], object]
) -> None:
    incident = IncidentFactory()

    write(incident, researcher.as_actor())

    assert list(contributors_since_last_version(incident)) == [researcher]
    assert AuditEvent.objects.filter(target_id=incident.pk).count() == 1


@every_write
def test_every_write_puts_a_published_incident_under_revision(
    researcher: Person, write: Callable[[Incident, Actor], object]
) -> None:
    incident = published_version().incident
    incident.refresh_from_db()

    write(incident, researcher.as_actor())

    incident.refresh_from_db()
    assert incident.status == IncidentStatus.UNDER_REVISION
    assert list(contributors_since_last_version(incident)) == [researcher]


@every_write
def test_no_write_gets_through_in_review(
    researcher: Person, write: Callable[[Incident, Actor], object]
) -> None:
    incident = incident_in_review(researcher=PersonFactory())

    with pytest.raises(UnableToEdit, match="in review and locked"):
        write(incident, researcher.as_actor())


@every_write
def test_no_write_without_the_role_or_by_a_machine(
    write: Callable[[Incident, Actor], object],
) -> None:
    incident = IncidentFactory()
    viewer = PersonFactory(role=Role.VIEWER.value).as_actor()

    for actor in (viewer, machine("worker")):
        with pytest.raises(NotAllowed):
            write(incident, actor)


def test_party_is_named_once_and_may_be_cleared_of_the_accusation(researcher: Person) -> None:
    incident = IncidentFactory()
    wanted: dict[str, Any] = {
        "incident_id": incident.pk,
        "actor": researcher.as_actor(),
        "now": NOW,
    }
    set_party(party_name="Veria Front", accused=True, **wanted)
    set_party(party_name="veria  front", accused=True, **wanted)
    set_party(party_name="VERIA FRONT", accused=False, **wanted)

    row = IncidentParty.objects.get()
    assert (row.party.name, row.accused) == ("Veria Front", False)
    assert AuditEvent.objects.count() == 2
    with pytest.raises(InvalidInput, match="Name the belligerent"):
        set_party(party_name=" ", accused=True, **wanted)


def test_position_names_its_party_and_stands_beside_earlier_ones(researcher: Person) -> None:
    incident, article = IncidentFactory(), ArticleFactory()

    _say(incident, researcher.as_actor(), article_id=article.pk)
    _say(incident, researcher.as_actor(), harm="ACCEPTS_HARM", said_on=DAY + timedelta(days=2))

    assert [p.harm for p in incident.positions.order_by("said_on")] == [
        "DENIES_HARM",
        "ACCEPTS_HARM",
    ]
    assert (Party.objects.count(), IncidentParty.objects.get().accused) == (1, False)


@pytest.mark.parametrize(
    ("over", "failure", "sentence"),
    [
        ({"act": "", "harm": "", "responsibility": ""}, InvalidInput, "at least one axis"),
        ({"act": "SHRUGS"}, InvalidInput, "not a valid choice"),
        ({"said_on": date(2026, 11, 25)}, InvalidInput, "in the future"),
        ({"article_id": 0}, NotFound, "no article 0"),
        ({"party_name": ""}, InvalidInput, "Name the belligerent"),
    ],
)
def test_position_that_can_not_be_is_refused(
    researcher: Person, over: dict[str, Any], failure: type[Exception], sentence: str
) -> None:
    with pytest.raises(failure, match=sentence):
        _say(IncidentFactory(), researcher.as_actor(), **over)

    assert not Position.objects.exists()


def test_evidence_is_of_a_known_kind(researcher: Person) -> None:
    incident = IncidentFactory()

    with pytest.raises(InvalidInput, match="not a valid choice"):
        _see(incident, researcher.as_actor(), kind="HEARSAY")

    _see(incident, researcher.as_actor(), kind="PARTY_ACKNOWLEDGES", party_name="Veria Front")
    row = incident.strike_evidence.get()
    assert row.party is not None
    assert row.party.name == "Veria Front"


# Finding


def test_incident_is_found_under_handle_and_code() -> None:
    incident = published_version().incident
    incident.refresh_from_db()

    assert incident.code is not None
    assert get_incident(incident.handle) == get_incident(incident.code) == incident
    with pytest.raises(NotFound, match="no incident CH-2026-999999"):
        get_incident("CH-2026-999999")


def test_list_is_newest_first_in_pages_of_one_status(
    viewer: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    drafts = [IncidentFactory() for _ in range(3)]
    accepted_claim(by=PersonFactory(), incident=drafts[0])
    incident_in_review(researcher=PersonFactory())
    actor = viewer.as_actor()

    with django_assert_max_num_queries(1):
        first = list(list_incidents(viewer=actor, status="DRAFT", limit=2))
    rest = list(list_incidents(viewer=actor, status="DRAFT", limit=2, after=first[-1].pk))

    assert [*first, *rest] == drafts[::-1]
    assert [row.claim_count for row in (*first, *rest)] == [0, 0, 1]  # type: ignore[attr-defined]  # an annotation
    assert len(list_incidents(viewer=actor)) == 4


def test_list_is_for_those_who_may_read() -> None:
    with pytest.raises(NotAllowed):
        list_incidents(viewer=machine("worker"))


def test_contributors_are_those_since_the_last_version(researcher: Person) -> None:
    incident = published_version().incident
    incident.refresh_from_db()
    assert not contributors_since_last_version(incident).exists()

    _edit(incident, researcher.as_actor())

    incident.refresh_from_db()
    assert list(contributors_since_last_version(incident)) == [researcher]
