"""Keep a computation that something rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.incidents.models import Assessment
from tracker.incidents.rules import RULES_VERSION
from tracker.incidents.selectors.assessment import as_document, inputs_of

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.incidents.selectors.assessment import Assessed


def store_assessment(*, assessed: Assessed, now: datetime) -> Assessment:
    """Keep inputs and result of one run of the rules, in the caller's transaction."""
    return Assessment.objects.create(
        incident=assessed.incident,
        rules_version=RULES_VERSION,
        inputs=inputs_of(assessed),
        result=as_document(assessed),
        computed_at=now,
    )
