"""What a second coding may never be, said by the database itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from tests.conftest import NOW
from tests.factories import PersonFactory, ReviewTaskFactory
from tests.verification.coded import coded_fields, coded_twice, drawn
from tracker.core.actor import Role
from tracker.verification.models import (
    CodedClaim,
    CodingResolution,
    CodingShare,
    ReviewTask,
    SecondCoding,
)
from tracker.verification.services.second_coding import code_proposal, take_coding

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def coding(researcher: Person) -> SecondCoding:
    """Drawn, and nobody codes it yet."""
    return drawn(researcher)


@pytest.fixture
def row(coding: SecondCoding, reviewer: Person) -> CodedClaim:
    """What the second coder wrote of the first proposal; the coding is in hand."""
    actor = reviewer.as_actor()
    take_coding(coding_id=coding.pk, actor=actor, now=NOW)
    claim = coding.task.article.claims.order_by("start")[0]
    fields = coded_fields()
    return code_proposal(
        coding_id=coding.pk, claim_id=claim.pk, fields=fields, actor=actor, now=NOW
    )


def _refused(why: str, table: Any, pk: int, **values: Any) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        table.objects.filter(pk=pk).update(**values)


def _move(task: ReviewTask, **values: Any) -> None:
    fence = F("fence") + int(values["state"] == "LEASED")
    ReviewTask.objects.filter(pk=task.pk).update(fence=fence, **values)


def _copy(row: CodedClaim, **over: Any) -> None:
    row.pk = None
    for name, value in over.items():
        setattr(row, name, value)
    CodedClaim.objects.bulk_create([row])


def test_second_coder_is_another_person(coding: SecondCoding) -> None:
    values = {"state": "TAKEN", "taken_at": NOW}

    _refused(
        "had a hand",
        SecondCoding,
        coding.pk,
        coder=coding.first_coder,
        **values,
    )


def test_second_coder_never_held_the_task(coding: SecondCoding) -> None:
    other = PersonFactory(role=Role.RESEARCHER.value)
    _move(coding.task, state="QUEUED", decided_by=None, decided_at=None)
    _move(coding.task, state="LEASED", holder=other, held_until=NOW)
    _move(coding.task, state="QUEUED", holder=None, held_until=None)

    _refused("had a hand", SecondCoding, coding.pk, state="TAKEN", taken_at=NOW, coder=other)


def test_second_coder_decided_no_claim_of_the_article(
    coding: SecondCoding, reviewer: Person
) -> None:
    claim = coding.task.article.claims.get(state="ACCEPTED")
    claim.decided_by, claim.revision = reviewer, claim.revision + 1
    claim.save()

    _refused("had a hand", SecondCoding, coding.pk, state="TAKEN", taken_at=NOW, coder=reviewer)


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("coding_coder_matches_state", {"state": "TAKEN"}),
        ("coding_end_matches_state", {"done_at": NOW}),
        ("coding_coder_matches_state", {"taken_at": NOW}),
        ("Invalid transition", {"state": "DONE", "done_at": NOW}),
        ("Invalid transition", {"state": "LOST"}),
        ("Cannot update", {"per_cent": 7}),
        ("Cannot update", {"drawn_at": None}),
    ],
)
def test_state_draw_and_coder_fit_together(
    coding: SecondCoding, why: str, values: dict[str, Any]
) -> None:
    _refused(why, SecondCoding, coding.pk, **values)


@pytest.mark.parametrize(
    ("over", "why"),
    [
        ({}, "only a finished task"),
        ({"state": "DONE", "done_at": NOW}, "only a finished task"),
    ],
)
def test_only_a_finished_task_is_drawn_and_starts_open(
    reviewer: Person, over: dict[str, Any], why: str
) -> None:
    values = {"task": ReviewTaskFactory(), "first_coder": reviewer, "per_cent": 5, "drawn_at": NOW}

    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        SecondCoding.objects.create(**values, **over)


def test_first_coder_is_who_finished_the_task(researcher: Person, reviewer: Person) -> None:
    task: ReviewTask = ReviewTaskFactory()
    _move(task, state="LEASED", holder=researcher, held_until=NOW)
    done = {"state": "CODED", "decided_by": researcher, "decided_at": NOW}
    _move(task, **done, holder=None, held_until=None)
    values: dict[str, Any] = {"task": task, "drawn_at": NOW}

    with pytest.raises(DatabaseError, match="after who finished it"), transaction.atomic():
        SecondCoding.objects.create(**values, first_coder=reviewer, per_cent=5)
    with pytest.raises(DatabaseError, match="coding_share_valid"), transaction.atomic():
        SecondCoding.objects.create(**values, first_coder=researcher, per_cent=0)
    SecondCoding.objects.create(**values, first_coder=researcher, per_cent=5)
    with pytest.raises(DatabaseError, match="task_id"), transaction.atomic():
        SecondCoding.objects.create(**values, first_coder=researcher, per_cent=5)


def test_drawn_task_is_never_forgotten(coding: SecondCoding) -> None:
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        SecondCoding.objects.filter(pk=coding.pk)._raw_delete("default")


def test_first_coding_never_changes(coding: SecondCoding, row: CodedClaim) -> None:
    first = coding.rows.filter(coder="FIRST")[0]

    _refused("stays as it was kept", CodedClaim, first.pk, minimum=1)
    with pytest.raises(DatabaseError, match="stays as it was kept"), transaction.atomic():
        CodedClaim.objects.filter(pk=first.pk)._raw_delete("default")
    with pytest.raises(DatabaseError, match="when the task is drawn"), transaction.atomic():
        _copy(first, claim=None)


def test_second_coding_is_written_by_its_coder_while_in_hand(
    row: CodedClaim, coordinator: Person
) -> None:
    _refused("by its coder alone", CodedClaim, row.pk, by=coordinator)
    _refused("kept when the task is drawn", CodedClaim, row.pk, coder="FIRST")
    _refused("Cannot update", CodedClaim, row.pk, claim=None)
    with pytest.raises(DatabaseError, match="coded_once"), transaction.atomic():
        _copy(row)


def test_finished_coding_never_changes(researcher: Person, reviewer: Person) -> None:
    done = coded_twice(researcher, reviewer)
    row = done.rows.filter(coder="SECOND")[0]

    _refused("while its coder has it", CodedClaim, row.pk, minimum=1)
    with pytest.raises(DatabaseError, match="while its coder has it"), transaction.atomic():
        CodedClaim.objects.filter(pk=row.pk)._raw_delete("default")
    with pytest.raises(DatabaseError, match="while its coder has it"), transaction.atomic():
        _copy(row, claim=None)
    _refused("Invalid transition", SecondCoding, done.pk, state="TAKEN", done_at=None)


@pytest.mark.parametrize(
    ("why", "values"),
    [
        ("coded_outcome_valid", {"outcome": "HURT"}),
        ("coded_status_valid", {"subject_status": "SOMEBODY"}),
        ("coded_polarity_valid", {"polarity": "MAYBE"}),
        ("coded_scope_valid", {"scope": "ALL"}),
        ("coded_range_ordered", {"minimum": 9, "maximum": 3}),
        ("coded_days_whole", {"date_start": date(2026, 11, 1)}),
        ("coded_days_ordered", {"date_start": date(2026, 11, 3), "date_end": date(2026, 11, 1)}),
        ("coded_passage_given", {"start": 90, "end": 90}),
        ("coded_rejected_says_nothing", {"is_claim": False}),
        ("coded_rejected_says_nothing", {"scope": ""}),
        ("coded_none_is_zero", {"polarity": "ASSERTS_NO_HARM"}),
        ("coded_none_is_zero", {"polarity": "ASSERTS_NO_HARM", "minimum": None}),
    ],
)
def test_coded_claim_is_one_that_could_be(
    row: CodedClaim, why: str, values: dict[str, Any]
) -> None:
    _refused(why, CodedClaim, row.pk, **values)


@pytest.mark.parametrize("who", ["first_coder", "coder"])
def test_coder_does_not_resolve_a_difference(
    researcher: Person, reviewer: Person, who: str
) -> None:
    done = coded_twice(researcher, reviewer)
    values = {"row": done.rows.all()[0], "verdict": "FIRST", "note": "So.", "at": NOW}

    with pytest.raises(DatabaseError, match="by neither of the coders"), transaction.atomic():
        CodingResolution.objects.create(**values, by=getattr(done, who))


def test_difference_is_resolved_after_the_end_with_a_note_and_for_good(
    row: CodedClaim, researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    with pytest.raises(DatabaseError, match="resolved afterwards"), transaction.atomic():
        CodingResolution.objects.create(
            row=row, verdict="FIRST", note="So.", by=coordinator, at=NOW
        )
    done = coded_twice(researcher, reviewer)
    values: dict[str, Any] = {"row": done.rows.all()[0], "by": coordinator, "at": NOW}
    for wrong, why in (
        ({"verdict": "FIRST", "note": ""}, "resolution_gives_reason"),
        ({"verdict": "BOTH", "note": "So."}, "resolution_verdict_valid"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            CodingResolution.objects.create(**values, **wrong)
    kept = CodingResolution.objects.create(**values, verdict="FIRST", note="So.")

    _refused("Cannot update", CodingResolution, kept.pk, note="Otherwise.")
    with pytest.raises(DatabaseError, match="row_id"), transaction.atomic():
        CodingResolution.objects.create(**values, verdict="SECOND", note="So.")


def test_share_is_per_cent_and_its_past_stays(coordinator: Person) -> None:
    with pytest.raises(DatabaseError, match="share_is_per_cent"), transaction.atomic():
        CodingShare.objects.create(per_cent=101, set_by=coordinator, set_at=NOW)
    share = CodingShare.objects.create(per_cent=5, set_by=coordinator, set_at=NOW)

    _refused("Cannot update", CodingShare, share.pk, per_cent=9)
