"""Every incident computed again by the rules in force, in a run that may be stopped at any time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tracker.audit.services.record import record_events
from tracker.core.actor import machine
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Assessment, Incident, Recomputation
from tracker.incidents.rules import RULES_VERSION
from tracker.incidents.selectors.assessment import as_document, assess_incidents, inputs_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

BATCH = 100
#: What of a kept answer is a figure or a grade: the rest is how it is told.
_FIGURES = ("ranges", "grade", "strike_status")


def take_up_run(*, now: datetime) -> Recomputation:
    """The run that these rules began and did not end, or else a new one."""
    run, _ = Recomputation.objects.get_or_create(
        rules_version=RULES_VERSION, finished_at=None, defaults={"started_at": now}
    )
    return run


def count_left(run: Recomputation) -> int:
    """How many incidents the run has before it."""
    return _standing(after=run.through).count()


@transaction.atomic
def recompute_batch(*, run_id: int, now: datetime, limit: int = BATCH) -> Recomputation:
    """The next incidents of the run: an answer that changed is kept beside the old ones.

    Locks the run, so that two at work share it, and the incidents, so that each is read as it
    stands at one moment. Where none is left the run ends.
    """
    run = Recomputation.objects.select_for_update().get(pk=run_id)
    if run.finished_at is not None:
        return run
    incidents = list(
        _standing(after=run.through).select_for_update(no_key=True).order_by("pk")[:limit]
    )
    if not incidents:
        run.finished_at = now
        run.save(update_fields=["finished_at"])
        return run
    kept = _latest_of(incidents)
    fresh = _answers(incidents, now=now)
    changed = [one for one in fresh if not _same(one, kept.get(one.incident_id))]
    refigured = {one.incident_id for one in changed if _has_moved(one, kept.get(one.incident_id))}
    Assessment.objects.bulk_create(changed)
    record_events(
        actor=machine(str(run)),
        action="incident.recompute",
        now=now,
        lines=[
            (
                one.incident,
                {
                    "rules_version": [_version_of(kept.get(one.incident_id)), RULES_VERSION],
                    "figures_moved": one.incident_id in refigured,
                },
            )
            for one in changed
        ],
    )
    run.through = incidents[-1].pk
    run.computed += len(incidents)
    run.written += len(changed)
    run.refigured += len(refigured)
    run.save(update_fields=["through", "computed", "written", "refigured"])
    return run


def _standing(*, after: int) -> QuerySet[Incident]:
    return Incident.objects.filter(pk__gt=after).exclude(status=IncidentStatus.MERGED)


def _latest_of(incidents: Sequence[Incident]) -> dict[int, Assessment]:
    """The answer kept last of each."""
    rows = Assessment.objects.filter(incident__in=incidents).order_by("incident_id", "-pk")
    return {row.incident_id: row for row in rows.distinct("incident_id")}


def _answers(incidents: Sequence[Incident], *, now: datetime) -> list[Assessment]:
    """What the rules answer today, not saved."""
    return [
        Assessment(
            incident=assessed.incident,
            rules_version=RULES_VERSION,
            inputs=_stored(inputs_of(assessed)),
            result=_stored(as_document(assessed)),
            computed_at=now,
        )
        for assessed in assess_incidents(incidents).values()
    ]


def _stored(document: Mapping[str, Any]) -> Any:
    """The document as it comes back from the table: tuples are lists there."""
    return json.loads(json.dumps(document))


def _same(fresh: Assessment, kept: Assessment | None) -> bool:
    return kept is not None and (
        (fresh.rules_version, fresh.inputs, fresh.result)
        == (kept.rules_version, kept.inputs, kept.result)
    )


def _has_moved(fresh: Assessment, kept: Assessment | None) -> bool:
    return kept is not None and any(
        fresh.result.get(name) != kept.result.get(name) for name in _FIGURES
    )


def _version_of(kept: Assessment | None) -> str | None:
    return None if kept is None else kept.rules_version
