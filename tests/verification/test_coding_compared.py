"""Two codings side by side: what differs, how far people agree, and who says which is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import PersonFactory, SourceFactory
from tests.incidents.one_speaker import as_one
from tests.verification.bench import Bench, accept
from tests.verification.coded import (
    coded_fields,
    coded_twice,
    drawn,
    proposed,
    reject,
    share,
)
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role
from tracker.core.errors import InvalidInput, NotAllowed
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask, SecondCoding
from tracker.verification.selectors.compared import (
    NotCodedTwice,
    agreement_of_coders,
    get_comparison,
)
from tracker.verification.services.resolve_coding import UnableToResolve, resolve_difference
from tracker.verification.services.second_coding import (
    add_find,
    code_proposal,
    finish_coding,
    take_coding,
)
from tracker.verification.services.tasks import finish_task

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_comparison_names_what_differs_and_waits_for_the_end(
    researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    waiting = drawn(researcher)
    with pytest.raises(NotCodedTwice):
        get_comparison(coding_id=waiting.pk, viewer=coordinator.as_actor())
    with pytest.raises(NotAllowed):
        get_comparison(coding_id=waiting.pk, viewer=reviewer.as_actor())
    done = coded_twice(researcher, reviewer, minimum=9)

    killed, wounded = get_comparison(coding_id=done.pk, viewer=coordinator.as_actor()).cases

    assert killed.differing == ["scope", "speaker", "figure"]
    assert wounded.differing == ["is_claim"]


def test_agreement_counts_all_tasks_that_were_coded_twice(
    researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    for _ in range(2):
        coded_twice(researcher, reviewer)
    drawn(researcher)

    found = agreement_of_coders(viewer=coordinator.as_actor())

    assert (found.codings, found.report.units, len(found.differing)) == (2, 4, 4)
    assert found.report.nominal["is_claim"].same == 2
    assert found.report.nominal["is_claim"].kappa == 0
    assert found.report.nominal["outcome"].kappa is None
    assert found.report.intervals["figure"].overlapping == 2
    with pytest.raises(NotAllowed):
        agreement_of_coders(viewer=reviewer.as_actor())


def test_speakers_that_are_one_source_since_do_not_differ(
    researcher: Person, reviewer: Person, coordinator: Person
) -> None:
    source, target = SourceFactory(name="First Speaker"), SourceFactory(name="Second Speaker")
    done = coded_twice(researcher, reviewer, speaker_text="Second Speaker")
    before = get_comparison(coding_id=done.pk, viewer=coordinator.as_actor()).cases[0]
    assert "speaker" in before.differing

    as_one(source, target, coordinator)

    after = get_comparison(coding_id=done.pk, viewer=coordinator.as_actor()).cases[0]
    assert "speaker" not in after.differing


def test_difference_is_resolved_once_with_a_note_by_a_third_person(
    researcher: Person, coordinator: Person
) -> None:
    second = PersonFactory(role=Role.COORDINATOR.value)
    done = coded_twice(researcher, second)
    case = get_comparison(coding_id=done.pk, viewer=coordinator.as_actor()).cases[0]
    wanted: dict[str, Any] = {
        "coding_id": done.pk,
        "row_id": case.row_id,
        "verdict": "SECOND",
        "now": NOW,
    }
    with pytest.raises(UnableToResolve, match="one of the two coders"):
        resolve_difference(**wanted, note="Mine.", actor=second.as_actor())
    with pytest.raises(InvalidInput, match="Say why"):
        resolve_difference(**wanted, note=" ", actor=coordinator.as_actor())
    with pytest.raises(InvalidInput, match="Choose"):
        resolve_difference(**(wanted | {"verdict": "BOTH"}), note="x", actor=coordinator.as_actor())
    with pytest.raises(UnableToResolve, match="don't differ"):
        resolve_difference(**(wanted | {"row_id": 0}), note="x", actor=coordinator.as_actor())

    resolve_difference(**wanted, note="The text says seven.", actor=coordinator.as_actor())

    case = get_comparison(coding_id=done.pk, viewer=coordinator.as_actor()).cases[0]
    assert case.resolution is not None
    assert (case.resolution.verdict, case.resolution.by) == ("SECOND", coordinator)
    event = AuditEvent.objects.get(action="coding.resolve")
    assert event.reason.text == "The text says seven."
    with pytest.raises(UnableToResolve, match="already"):
        resolve_difference(**wanted, note="Again.", actor=coordinator.as_actor())


def test_no_audit_line_of_a_coding_holds_words(researcher: Person, reviewer: Person) -> None:
    coded_twice(researcher, reviewer, speaker_text="Some Speaker", place="Some Place")

    lines = AuditEvent.objects.filter(action__startswith="coding.").values_list("changes")
    assert "Some" not in repr(list(lines))
    assert ReviewTask.objects.get().state == TaskState.CODED


def test_first_find_is_met_by_the_second_ones(bench: Bench, reviewer: Person) -> None:
    share(100)
    killed = proposed(bench, bench.task.article.text[:30])
    reject(bench, killed, NOW)
    own = bench.claim(start=31, end=60, quote=bench.task.article.text[31:60], scope="BACKGROUND")
    accept(bench, own)
    finish_task(**bench.hold)
    coding_id = SecondCoding.objects.get().pk
    hold: dict[str, Any] = {"coding_id": coding_id, "actor": reviewer.as_actor(), "now": NOW}
    take_coding(**hold)
    code_proposal(**hold, claim_id=killed.pk, fields=None)
    add_find(**hold, quote=bench.task.article.text[31:58], fields=coded_fields(scope="BACKGROUND"))
    finish_coding(**hold)
    coordinator = PersonFactory(role=Role.COORDINATOR.value)

    cases = get_comparison(coding_id=coding_id, viewer=coordinator.as_actor()).cases

    assert [case.differing for case in cases] == [[], []]
    assert cases[1].first is not None
    assert cases[1].second is not None
