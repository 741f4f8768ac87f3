"""The records as far as they stand in the open: codes, days, consents, tombstones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from tracker.core.errors import NotFound
from tracker.incidents.selectors.family import family_of
from tracker.restricted.models import Consent, PrivatePerson

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tracker.incidents.models import Incident


def list_records(incident: Incident) -> list[PrivatePerson]:
    """Those of an incident and of all that were merged into it, in the order they came.

    Tombstones are among them.
    """
    rows = _with_people().filter(incident__in=family_of(incident))
    return list(rows.select_related("incident").order_by("id"))


def get_record(person_id: int) -> PrivatePerson:
    """One of them. Raises NotFound."""
    person = _with_people().select_related("incident").filter(pk=person_id).first()
    if person is None:
        raise NotFound(f"There is no restricted record {person_id}.")
    return person


def get_consent(consent_id: int) -> Consent:
    """A consent with its record. Raises NotFound."""
    consent = Consent.objects.select_related("person__incident").filter(pk=consent_id).first()
    if consent is None:
        raise NotFound(f"There is no consent {consent_id}.")
    return consent


def _with_people() -> QuerySet[PrivatePerson]:
    consents = Consent.objects.select_related("recorded_by", "withdrawn_by").order_by("id")
    return PrivatePerson.objects.select_related("recorded_by", "shredded_by").prefetch_related(
        Prefetch("consents", queryset=consents)
    )
