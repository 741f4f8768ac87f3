"""A coordinator says which of two codings is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.errors import DomainError, InvalidInput
from tracker.verification.choices import Resolved
from tracker.verification.models import CodingResolution
from tracker.verification.selectors.compared import get_comparison

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor


class UnableToResolve(DomainError):
    """There is no open difference here, or the actor is one of the coders."""

    code = "unable_to_resolve"


@transaction.atomic
def resolve_difference(
    *, coding_id: int, row_id: int, verdict: str, note: str, actor: Actor, now: datetime
) -> CodingResolution:
    """Say, with a note, who is right about one claim; both codings stay, and so does the claim.

    Raises NotAllowed, NotFound, InvalidInput, UnableToResolve.
    """
    require_right(actor, Right.OVERSEE_CODING)
    if verdict not in Resolved.values:
        raise InvalidInput("Choose which coding is right.")
    if not note.strip():
        raise InvalidInput("Say why in a few words.")
    compared = get_comparison(coding_id=coding_id, viewer=actor)
    if actor.id in {compared.coding.first_coder_id, compared.coding.coder_id}:
        raise UnableToResolve("You are one of the two coders; another coordinator resolves this.")
    case = next((case for case in compared.cases if case.row_id == row_id), None)
    if case is None or not case.differing:
        raise UnableToResolve("The two codings don't differ here.")
    if case.resolution is not None:
        raise UnableToResolve("This difference is resolved already.")
    resolution = CodingResolution.objects.create(
        row_id=row_id, verdict=verdict, note=note.strip(), by_id=actor.person_id, at=now
    )
    record_event(
        actor=actor,
        action="coding.resolve",
        target=resolution,
        now=now,
        reason=note.strip(),
        changes={"coding": coding_id, "verdict": verdict},
    )
    return resolution
