"""Every incident is computed again: what changed is kept beside the old, a stopped run goes on."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from tests.conftest import NOW
from tests.factories import IncidentFactory, accepted_claim
from tests.incidents.restructured import merged, told
from tracker.audit.models import AuditEvent
from tracker.core.actor import ActorKind
from tracker.incidents.models import Assessment, Recomputation
from tracker.incidents.rules import RULES_VERSION
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.services import recompute
from tracker.incidents.services.assess import store_assessment
from tracker.incidents.services.recompute import count_left, recompute_batch, take_up_run

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident

pytestmark = pytest.mark.django_db


def run_to_its_end() -> Recomputation:
    run = take_up_run(now=NOW)
    while run.finished_at is None:
        run = recompute_batch(run_id=run.pk, now=NOW)
    return run


@pytest.fixture
def incident(researcher: Person) -> Incident:
    """With one claim of seven killed."""
    return told(researcher, title="Strike", killed=(7,))


def test_what_has_no_answer_yet_gets_one(incident: Incident) -> None:
    run = run_to_its_end()

    kept = Assessment.objects.get()
    assert (kept.incident_id, kept.rules_version) == (incident.pk, RULES_VERSION)
    assert kept.result["ranges"]["killed"]["civilians"]["min"] == 7
    assert (run.computed, run.written, run.refigured) == (1, 1, 0)


def test_an_answer_that_holds_is_not_written_again(incident: Incident) -> None:
    store_assessment(assessed=assess_incident(incident), now=NOW)

    run = run_to_its_end()

    assert Assessment.objects.count() == 1
    assert (run.computed, run.written) == (1, 0)
    assert not AuditEvent.objects.filter(action="incident.recompute").exists()


def test_an_answer_of_other_rules_is_kept_and_the_new_one_beside_it(incident: Incident) -> None:
    old = store_assessment(assessed=assess_incident(incident), now=NOW)
    other = Assessment.objects.create(
        incident=incident,
        rules_version="AGG-0",
        inputs=old.inputs,
        result=old.result | {"grade": "FAIR"},
        computed_at=NOW,
    )

    run = run_to_its_end()

    kept = list(Assessment.objects.order_by("pk"))
    assert kept[:2] == [old, other]
    assert (kept[1].result["grade"], kept[2].result["grade"]) == ("FAIR", "WEAK")
    assert (run.written, run.refigured) == (1, 1)
    line = AuditEvent.objects.get(action="incident.recompute")
    assert (line.actor_kind, line.actor_alias) == (ActorKind.MACHINE.value, f"recompute {run.pk}")
    assert line.target_id == incident.pk
    assert line.changes == {"rules_version": ["AGG-0", RULES_VERSION], "figures_moved": True}


def test_a_claim_that_came_since_is_counted(incident: Incident, researcher: Person) -> None:
    run_to_its_end()
    accepted_claim(by=researcher, incident=incident, minimum=9, maximum=9, speaker_text="Monitor")

    run = run_to_its_end()

    assert (run.written, run.refigured) == (1, 1)
    assert Assessment.objects.count() == 2


def test_a_stopped_run_goes_on_after_the_last_one_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    incidents = [IncidentFactory() for _ in range(5)]
    run = take_up_run(now=NOW)
    run = recompute_batch(run_id=run.pk, now=NOW, limit=2)
    assert (run.through, run.computed, count_left(run)) == (incidents[1].pk, 2, 3)
    before = set(Assessment.objects.values_list("pk", flat=True))

    # power goes after the answers are written and before the batch is done
    def die(**_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(recompute, "record_events", die)
        with pytest.raises(SystemExit):
            recompute_batch(run_id=run.pk, now=NOW, limit=2)
    assert set(Assessment.objects.values_list("pk", flat=True)) == before

    assert take_up_run(now=NOW) == run
    assert run_to_its_end().computed == 5
    assert sorted(Assessment.objects.values_list("incident_id", flat=True)) == [
        incident.pk for incident in incidents
    ]


def test_a_run_that_other_rules_began_is_not_taken_up() -> None:
    other = Recomputation.objects.create(rules_version="AGG-0", started_at=NOW, through=99)

    run = take_up_run(now=NOW)

    assert (run.pk != other.pk, run.through) == (True, 0)


def test_what_is_merged_away_has_no_answer_of_its_own(
    incident: Incident, researcher: Person, reviewer: Person
) -> None:
    merged(incident, told(researcher, title="Shells", killed=(3,)), reviewer)

    assert run_to_its_end().computed == 1


def test_a_batch_costs_as_many_queries_whatever_its_length(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(6):
        IncidentFactory()
    run = take_up_run(now=NOW)

    for length in (1, 5):
        with django_assert_num_queries(14):
            recompute_batch(run_id=run.pk, now=NOW, limit=length)


def test_the_command_prints_counts_and_says_that_it_goes_on(incident: Incident) -> None:
    IncidentFactory()
    run = recompute_batch(run_id=take_up_run(now=NOW).pk, now=NOW, limit=1)
    out, talk = io.StringIO(), io.StringIO()

    call_command("recompute", stdout=out, stderr=talk)

    assert json.loads(out.getvalue()) == {
        "run": f"recompute {run.pk}",
        "rules_version": RULES_VERSION,
        "computed": 2,
        "written": 2,
        "refigured": 0,
    }
    assert "1 incidents were done before" in talk.getvalue()
    run.refresh_from_db()
    assert run.finished_at is not None
    assert run.finished_at >= run.started_at + timedelta(0)
