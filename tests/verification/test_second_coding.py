"""The blind second coding: what is drawn, who codes it, what they see, and what comes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction

from tests.conftest import NOW
from tests.factories import ClaimFactory, IncidentFactory, PersonFactory, ReviewTaskFactory
from tests.verification.bench import Bench, accept
from tests.verification.coded import (
    coded_fields,
    drawn,
    read,
    share,
)
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.incidents.models import Assessment, Claim, Contribution, Incident
from tracker.verification.models import CodedClaim, SecondCoding
from tracker.verification.selectors.blind import (
    get_sheet,
    list_codings_of,
    list_open_codings,
)
from tracker.verification.selectors.closed import blind_task_ids
from tracker.verification.selectors.share import DEFAULT_PER_CENT, share_in_force
from tracker.verification.services.decisions import retract_claim
from tracker.verification.services.draw import set_share
from tracker.verification.services.leases import lease_next, lease_task
from tracker.verification.services.second_coding import (
    UnableToCode,
    add_find,
    code_proposal,
    drop_find,
    finish_coding,
    give_back_coding,
    take_coding,
)
from tracker.verification.services.tasks import (
    finish_task,
    mark_duplicate,
    mark_irrelevant,
    reopen_task,
)

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def coding(researcher: Person) -> SecondCoding:
    """A drawn task that the researcher finished."""
    return drawn(researcher)


@pytest.fixture
def taken(coding: SecondCoding, reviewer: Person) -> dict[str, Any]:
    """The same in the reviewer's hands: what each write of it names."""
    take_coding(coding_id=coding.pk, actor=reviewer.as_actor(), now=NOW)
    return {"coding_id": coding.pk, "actor": reviewer.as_actor(), "now": NOW}


def _proposals(coding: SecondCoding) -> list[Claim]:
    return list(Claim.objects.filter(article=coding.task.article).order_by("start"))


def test_share_is_five_per_cent_until_a_coordinator_sets_another(
    coordinator: Person, reviewer: Person
) -> None:
    assert share_in_force() == DEFAULT_PER_CENT == 5

    set_share(per_cent=12, actor=coordinator.as_actor(), now=NOW)

    assert share_in_force() == 12
    event = AuditEvent.objects.get(action="coding.share")
    assert event.changes == {"per_cent": ["5", "12"]}
    with pytest.raises(NotAllowed):
        set_share(per_cent=1, actor=reviewer.as_actor(), now=NOW)
    with pytest.raises(InvalidInput, match="0 to 100"):
        set_share(per_cent=101, actor=coordinator.as_actor(), now=NOW)


def test_finished_task_keeps_the_first_coding_when_it_is_drawn(
    coding: SecondCoding, researcher: Person
) -> None:
    killed, wounded = coding.rows.order_by("start")

    assert (coding.state, coding.per_cent, coding.first_coder) == ("OPEN", 100, researcher)
    assert (killed.is_claim, killed.minimum, killed.maximum) == (True, 8, 10)
    assert (killed.speaker_text, killed.scope) == ("First Speaker", "AGGREGATE")
    assert (wounded.is_claim, wounded.outcome, wounded.minimum) == (False, "", None)
    event = AuditEvent.objects.get(action="coding.draw")
    assert (event.actor_kind, event.changes) == ("MACHINE", {"per_cent": 100})


def test_place_and_day_of_the_first_coding_are_the_incidents(bench: Bench) -> None:
    share(100)
    incident = IncidentFactory(
        place_name="Ardesh",
        date_start=date(2026, 11, 17),
        date_end=date(2026, 11, 18),
        date_precision="FEW_DAYS",
    )
    accept(bench, read(bench.claim()), incident_id=incident.pk)

    finish_task(**bench.hold)

    row = CodedClaim.objects.get()
    assert (row.place, row.date_start) == ("Ardesh", date(2026, 11, 17))


def test_claim_that_was_taken_back_was_one_all_the_same(bench: Bench) -> None:
    share(100)
    claim = accept(bench, read(bench.claim(scope="BACKGROUND")))
    retract_claim(
        **bench.hold, claim_id=claim.pk, expected_revision=claim.revision, reason="Corrected."
    )

    finish_task(**bench.hold)

    assert CodedClaim.objects.get().is_claim


def test_nothing_is_drawn_at_a_share_of_none_and_no_duplicate_ever(bench: Bench) -> None:
    share(0)
    finish_task(**bench.hold)
    assert not SecondCoding.objects.exists()

    share(100)
    other = ReviewTaskFactory()
    held = lease_task(task_id=other.pk, actor=bench.actor, now=NOW)
    mark_duplicate(
        task_id=held.pk,
        fence=held.fence,
        original_article_id=bench.task.article_id,
        actor=bench.actor,
        now=NOW,
        reason="The same.",
    )
    assert not SecondCoding.objects.exists()


def test_irrelevant_task_is_drawn_with_its_proposals_as_no_claims(bench: Bench) -> None:
    share(100)
    read(bench.claim())

    mark_irrelevant(**bench.hold, reason="Weather.")

    assert [row.is_claim for row in SecondCoding.objects.get().rows.all()] == [False]


def test_task_is_drawn_once_whatever_becomes_of_it(
    coding: SecondCoding, coordinator: Person
) -> None:
    actor = coordinator.as_actor()
    reopen_task(task_id=coding.task_id, actor=actor, now=NOW, reason="Look again.")
    held = lease_task(task_id=coding.task_id, actor=actor, now=NOW)
    finish_task(task_id=held.pk, fence=held.fence, actor=actor, now=NOW)

    kept = SecondCoding.objects.get()
    assert kept.first_coder == coding.first_coder
    assert kept.rows.count() == 2


def test_second_coder_is_nobody_who_had_a_hand_in_the_first_coding(
    researcher: Person, reviewer: Person, viewer: Person
) -> None:
    glanced = PersonFactory(role=Role.RESEARCHER.value)
    coding = drawn(researcher)
    reopen_task(
        task_id=coding.task_id,
        actor=PersonFactory(role=Role.COORDINATOR.value).as_actor(),
        now=NOW,
        reason="Again.",
    )
    lease_task(task_id=coding.task_id, actor=glanced.as_actor(), now=NOW)

    for person in (researcher, glanced):
        assert list(list_open_codings(viewer=person.as_actor())) == []
        with pytest.raises(UnableToCode, match="had a hand"):
            take_coding(coding_id=coding.pk, actor=person.as_actor(), now=NOW)
    with pytest.raises(NotAllowed):
        take_coding(coding_id=coding.pk, actor=viewer.as_actor(), now=NOW)
    assert list(list_open_codings(viewer=viewer.as_actor())) == []
    assert list(list_open_codings(viewer=reviewer.as_actor())) == [coding]


@pytest.mark.parametrize("hand", ["contributed", "returned"])
def test_who_worked_on_or_reviewed_the_incident_of_a_claim_codes_nothing_of_it(
    bench: Bench, hand: str
) -> None:
    other = PersonFactory(role=Role.REVIEWER.value)
    incident = IncidentFactory()
    share(100)
    accept(bench, read(bench.claim()), incident_id=incident.pk)
    finish_task(**bench.hold)
    coding = SecondCoding.objects.get()
    assert list(list_open_codings(viewer=other.as_actor())) == [coding]

    if hand == "contributed":
        Contribution.objects.create(
            incident=incident, person=other, kind="DETAILS", after_version=0, at=NOW
        )
    else:
        Incident.objects.filter(pk=incident.pk).update(reviewed_by=other)
        Incident.objects.filter(pk=incident.pk).update(reviewed_by=None)

    assert list(list_open_codings(viewer=other.as_actor())) == []
    with pytest.raises(UnableToCode, match="had a hand"):
        take_coding(coding_id=coding.pk, actor=other.as_actor(), now=NOW)
    taken = SecondCoding.objects.filter(pk=coding.pk)
    with pytest.raises(DatabaseError, match="had a hand"), transaction.atomic():
        taken.update(state="TAKEN", taken_at=NOW, coder=other)


def test_taken_coding_is_nobody_elses(taken: dict[str, Any], coordinator: Person) -> None:
    with pytest.raises(UnableToCode, match="Somebody codes"):
        take_coding(coding_id=taken["coding_id"], actor=coordinator.as_actor(), now=NOW)
    with pytest.raises(NotAllowed, match="not in your hands"):
        get_sheet(coding_id=taken["coding_id"], viewer=coordinator.as_actor())
    with pytest.raises(NotFound):
        take_coding(coding_id=0, actor=coordinator.as_actor(), now=NOW)


def test_sheet_holds_the_machines_reading_and_nothing_of_the_first_coding(
    coding: SecondCoding, taken: dict[str, Any], reviewer: Person
) -> None:
    added = ClaimFactory(article=coding.task.article, start=150, speaker_text="First Find")

    sheet = get_sheet(coding_id=coding.pk, viewer=reviewer.as_actor())

    killed, wounded = sheet.proposals
    assert (killed.minimum, killed.maximum, killed.scope) == (7, None, "INCIDENT")
    assert (wounded.minimum, wounded.polarity) == (12, "ASSERTS_HARM")
    assert added.pk not in {proposal.claim_id for proposal in sheet.proposals}
    assert (sheet.rows, sheet.open_count) == ([], 2)
    shown = repr([sheet.proposals, sheet.rows])
    for words in ("First", "AGGREGATE", "REJECTED", "maximum=10", coding.first_coder.alias):
        assert words not in shown


def test_second_coder_can_neither_take_nor_be_given_the_task_meanwhile(
    coding: SecondCoding, taken: dict[str, Any], coordinator: Person
) -> None:
    reopen_task(task_id=coding.task_id, actor=coordinator.as_actor(), now=NOW, reason="Again.")

    assert blind_task_ids(taken["actor"]) == [coding.task_id]
    with pytest.raises(NotAllowed, match="without knowing the first coding"):
        lease_task(task_id=coding.task_id, actor=taken["actor"], now=NOW)
    assert lease_next(actor=taken["actor"], now=NOW) is None
    other = ReviewTaskFactory()
    assert lease_next(actor=taken["actor"], now=NOW) == other


def test_coding_touches_no_claim_and_no_range(coding: SecondCoding, taken: dict[str, Any]) -> None:
    before = list(Claim.objects.order_by("id").values())
    killed, wounded = _proposals(coding)

    code_proposal(**taken, claim_id=killed.pk, fields=coded_fields(minimum=30))
    code_proposal(**taken, claim_id=wounded.pk, fields=None)
    add_find(**taken, quote="two missing children", fields=coded_fields(outcome="MISSING"))
    finish_coding(**taken)

    assert list(Claim.objects.order_by("id").values()) == before
    assert (Incident.objects.count(), Assessment.objects.count()) == (0, 0)
    assert coding.rows.filter(coder="SECOND").count() == 3
    assert coding.rows.get(coder="FIRST", claim=killed).minimum == 8


def test_later_word_on_a_proposal_counts_and_a_find_can_be_dropped(
    coding: SecondCoding, taken: dict[str, Any]
) -> None:
    killed, _wounded = _proposals(coding)
    days = {"date_start": date(2026, 11, 17), "date_end": date(2026, 11, 17)}

    code_proposal(**taken, claim_id=killed.pk, fields=coded_fields(place="Ardesh", **days))
    row = code_proposal(**taken, claim_id=killed.pk, fields=None)
    find = add_find(**taken, quote="two missing children", fields=coded_fields())
    drop_find(**taken, row_id=find.pk)

    assert (row.is_claim, row.place, row.date_start) == (False, "", None)
    assert list(coding.rows.filter(coder="SECOND")) == [row]
    with pytest.raises(NotFound):
        drop_find(**taken, row_id=row.pk)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"minimum": 9, "maximum": 3}, "above the higher one"),
        ({"polarity": "ASSERTS_NO_HARM", "minimum": 3}, "has the figure 0"),
        ({"date_start": date(2026, 11, 17)}, "first and the last day"),
        (
            {"date_start": date(2026, 11, 17), "date_end": date(2027, 1, 1)},
            "happened in the future",
        ),
        (
            {"date_start": date(2026, 11, 17), "date_end": date(2026, 11, 1)},
            "lower figure must not be above",
        ),
    ],
)
def test_impossible_fields_are_refused_in_a_sentence(
    coding: SecondCoding, taken: dict[str, Any], fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        code_proposal(**taken, claim_id=_proposals(coding)[0].pk, fields=coded_fields(**fields))


def test_only_what_stands_in_the_article_is_coded(taken: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="don't stand in the article"):
        add_find(**taken, quote="no such words", fields=coded_fields())
    with pytest.raises(NotFound, match="no such claim"):
        code_proposal(**taken, claim_id=ClaimFactory().pk, fields=None)


def test_coding_is_finished_when_every_proposal_is_judged(
    coding: SecondCoding, taken: dict[str, Any]
) -> None:
    killed, wounded = _proposals(coding)
    code_proposal(**taken, claim_id=killed.pk, fields=None)
    with pytest.raises(UnableToCode, match="Still open: one proposal"):
        finish_coding(**taken)
    code_proposal(**taken, claim_id=wounded.pk, fields=None)

    done = finish_coding(**taken)

    assert (done.state, done.done_at) == ("DONE", NOW)
    assert blind_task_ids(taken["actor"]) == []
    with pytest.raises(UnableToCode, match="not in your hands"):
        code_proposal(**taken, claim_id=killed.pk, fields=None)


def test_given_back_coding_begins_anew_for_the_next(
    coding: SecondCoding, taken: dict[str, Any], coordinator: Person, researcher: Person
) -> None:
    code_proposal(**taken, claim_id=_proposals(coding)[0].pk, fields=None)
    with pytest.raises(NotAllowed, match="Only its coder or a coordinator"):
        give_back_coding(coding_id=coding.pk, actor=researcher.as_actor(), now=NOW)

    give_back_coding(coding_id=coding.pk, actor=coordinator.as_actor(), now=NOW)

    coding.refresh_from_db()
    assert (coding.state, coding.coder) == ("OPEN", None)
    assert not coding.rows.filter(coder="SECOND").exists()
    assert list(list_codings_of(viewer=taken["actor"])) == []
    with pytest.raises(UnableToCode, match="Nobody has"):
        give_back_coding(coding_id=coding.pk, actor=coordinator.as_actor(), now=NOW)
