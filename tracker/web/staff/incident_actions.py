"""What the forms of the incident page do; each is one service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.accounts.permissions import Right
from tracker.incidents.services.incidents import (
    IncidentFields,
    edit_incident,
    record_evidence,
    record_position,
    set_party,
)
from tracker.incidents.services.places import (
    PlaceFields,
    add_place,
    sign_main_place,
    sign_place,
    withdraw_place,
)
from tracker.incidents.services.review import return_incident, submit_incident
from tracker.publication.services.publish import publish_incident

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from tracker.core.actor import Actor


def act_on(
    what: str, *, incident_id: int, expected_revision: int, form: forms.Form, actor: Actor
) -> str:
    """Do what the valid ``form`` asks for and say what was done. Raises DomainError."""
    return ACTIONS[what](
        form.cleaned_data, incident_id=incident_id, revision=expected_revision, actor=actor
    )


def _edit(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:
    fields = {name: value for name, value in values.items() if name != "reason"}
    edit_incident(
        incident_id=incident_id,
        expected_revision=revision,
        fields=IncidentFields(**fields),
        actor=actor,
        now=timezone.now(),
        reason=values["reason"],
    )
    return _("Saved.")


def _party(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:  # noqa: ARG001  # adds a row, overwrites nothing
    set_party(
        incident_id=incident_id,
        party_name=values["party_name"],
        accused=values["accused"],
        actor=actor,
        now=timezone.now(),
    )
    return _("The party is named.")


def _position(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:  # noqa: ARG001  # adds a row, overwrites nothing
    record_position(
        incident_id=incident_id,
        party_name=values["party_name"],
        said_on=values["said_on"],
        act=values["act"],
        harm=values["harm"],
        responsibility=values["responsibility"],
        assessment=values["assessment"],
        refusal_reason=values["refusal_reason"],
        article_id=int(values["article"]) if values["article"] else None,
        actor=actor,
        now=timezone.now(),
    )
    return _("The statement is recorded.")


def _evidence(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:  # noqa: ARG001  # adds a row, overwrites nothing
    record_evidence(
        incident_id=incident_id,
        kind=values["kind"],
        party_name=values["party_name"],
        article_id=int(values["article"]) if values["article"] else None,
        note=values["note"],
        actor=actor,
        now=timezone.now(),
    )
    return _("The evidence is recorded.")


def _place(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:  # noqa: ARG001  # adds a row, overwrites nothing
    add_place(
        incident_id=incident_id, fields=PlaceFields(**values), actor=actor, now=timezone.now()
    )
    return _("The place is entered.")


def _withdraw(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:  # noqa: ARG001  # the row itself stays as it is
    withdraw_place(
        incident_id=incident_id, place_id=values["place"], actor=actor, now=timezone.now()
    )
    return _("The place is withdrawn.")


def _sign(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:
    now = timezone.now()
    if values["place"]:
        sign_place(incident_id=incident_id, place_id=values["place"], actor=actor, now=now)
    else:
        sign_main_place(incident_id=incident_id, expected_revision=revision, actor=actor, now=now)
    return _("The place is signed off.")


def _submit(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:
    submit_incident(
        incident_id=incident_id,
        expected_revision=revision,
        actor=actor,
        now=timezone.now(),
        reason=values["reason"],
    )
    return _("Sent to review; it is locked until it is published or returned.")


def _return(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:
    return_incident(
        incident_id=incident_id,
        expected_revision=revision,
        actor=actor,
        now=timezone.now(),
        reason=values["reason"],
    )
    return _("Returned to those who wrote it.")


def _publish(values: dict[str, Any], *, incident_id: int, revision: int, actor: Actor) -> str:
    version = publish_incident(
        incident_id=incident_id,
        expected_revision=revision,
        change_note=values["change_note"],
        actor=actor,
        now=timezone.now(),
        grade=values["grade"] or None,
        grade_reason=values["grade_reason"],
        with_quotes=not values["without_quotes"],
    )
    return _("Version %(number)s of %(code)s is public.") % {
        "number": version.number,
        "code": version.code,
    }


ACTIONS: dict[str, Callable[..., str]] = {
    "edit": _edit,
    "party": _party,
    "position": _position,
    "evidence": _evidence,
    "place": _place,
    "withdraw": _withdraw,
    "sign": _sign,
    "submit": _submit,
    "return": _return,
    "publish": _publish,
}

#: What a form needs where it is not the right to edit; the services ask again.
RIGHTS = {"sign": Right.REVIEW, "return": Right.REVIEW, "publish": Right.PUBLISH}
