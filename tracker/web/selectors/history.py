"""The history of an incident in words: who changed what, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tracker.audit.models import AuditEvent
from tracker.incidents.choices import (
    ClaimState,
    CopyDecision,
    EvidenceKind,
    Grade,
    IncidentStatus,
    Outcome,
    Polarity,
    PositionAct,
    PositionAssessment,
    PositionHarm,
    PositionResponsibility,
    RefusalReason,
    Scope,
    SubjectStatus,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tracker.incidents.models import Incident

SHOWN = 50

_ACTIONS = {
    "incident.create": gettext_noop("Draft opened"),
    "incident.edit": gettext_noop("What, when or where changed"),
    "incident.set_party": gettext_noop("Party named"),
    "incident.record_position": gettext_noop("Statement of a party recorded"),
    "incident.record_evidence": gettext_noop("Evidence of a strike recorded"),
    "incident.add_place": gettext_noop("Further place entered"),
    "incident.withdraw_place": gettext_noop("Further place withdrawn"),
    "incident.sign_place": gettext_noop("Place signed off"),
    "incident.set_named_floor": gettext_noop("Number of named victims changed"),
    "incident.submit": gettext_noop("Sent to review"),
    "incident.return": gettext_noop("Returned"),
    "incident.publish": gettext_noop("Published"),
    "incident.merge": gettext_noop("Merged"),
    "incident.undo_merge": gettext_noop("Merge undone"),
    "incident.split": gettext_noop("Claims split off"),
    "incident.count_anew": gettext_noop("Counted anew: sources were merged or parted"),
    "incident.recompute": gettext_noop("Computed again by the rules in force"),
    "claim.accept": gettext_noop("Claim accepted"),
    "claim.reject": gettext_noop("Claim rejected"),
    "claim.retract": gettext_noop("Claim taken back by its speaker"),
}
_FIELDS = {
    "status": gettext_noop("status"),
    "state": gettext_noop("state"),
    "grade": gettext_noop("grade"),
    "version": gettext_noop("version"),
    "fields": gettext_noop("fields"),
    "minimum": gettext_noop("lowest figure"),
    "maximum": gettext_noop("highest figure"),
    "outcome": gettext_noop("outcome"),
    "subject_status": gettext_noop("status of the people"),
    "polarity": gettext_noop("says"),
    "scope": gettext_noop("covers"),
    "credibility": gettext_noop("credibility"),
    "named_killed": gettext_noop("named, killed"),
    "named_injured": gettext_noop("named, injured"),
    "children_min": gettext_noop("children, lowest"),
    "children_max": gettext_noop("children, highest"),
    "women_min": gettext_noop("women, lowest"),
    "women_max": gettext_noop("women, highest"),
    "men_min": gettext_noop("men, lowest"),
    "men_max": gettext_noop("men, highest"),
    "act": gettext_noop("act"),
    "harm": gettext_noop("harm"),
    "responsibility": gettext_noop("responsibility"),
    "assessment": gettext_noop("its own assessment"),
    "refusal_reason": gettext_noop("reason of a refusal"),
    "kind": gettext_noop("kind"),
    "accused": gettext_noop("accused"),
    "copy_decision": gettext_noop("copy with another number"),
    "part_of": gettext_noop("part of claim"),
    "merged_into": gettext_noop("into"),
    "merged_from": gettext_noop("taken in"),
    "parted_from": gettext_noop("parted from"),
    "split_into": gettext_noop("to"),
    "claims": gettext_noop("claims moved"),
}
#: Codes of incidents stand as they are.
_AS_THEY_ARE = frozenset({"merged_into", "merged_from", "parted_from", "split_into"})
#: What a form calls the fields whose words the audit log doesn't hold.
_WORDED = {
    "title": gettext_noop("Title"),
    "summary": gettext_noop("What happened"),
    "date_start": gettext_noop("First day"),
    "date_end": gettext_noop("Last day"),
    "date_precision": gettext_noop("The day is known to"),
    "date_raw": gettext_noop("Day as printed"),
    "date_basis": gettext_noop("The day rests on"),
    "date_anchor": gettext_noop("Counted from the day"),
    "time_term": gettext_noop("Time of day"),
    "time_start": gettext_noop("From"),
    "time_end": gettext_noop("To; the same for an exact time"),
    "time_zone": gettext_noop("Time zone"),
    "geo_method": gettext_noop("How the place was found"),
    "geo_reference": gettext_noop("Coordinates as printed"),
    "name": gettext_noop("Place"),
    "place_name": gettext_noop("Place"),
    "geo_precision": gettext_noop("The place is known to"),
    "lat": gettext_noop("Latitude"),
    "lon": gettext_noop("Longitude"),
    "radius_m": gettext_noop("Radius in metres"),
    "speaker_text": gettext_noop("Speaker"),
    "quantifier_raw": gettext_noop("Figure as printed"),
    "group": gettext_noop("Origin"),
}
_VOCABULARIES = {
    "status": IncidentStatus,
    "state": ClaimState,
    "grade": Grade,
    "act": PositionAct,
    "harm": PositionHarm,
    "responsibility": PositionResponsibility,
    "assessment": PositionAssessment,
    "refusal_reason": RefusalReason,
    "kind": EvidenceKind,
    "outcome": Outcome,
    "subject_status": SubjectStatus,
    "polarity": Polarity,
    "scope": Scope,
    "copy_decision": CopyDecision,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; ``before`` "" = only the new value is kept."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the audit log in words."""

    at: datetime
    alias: str
    words: str
    reason: str
    changes: list[Change]


def history_of(incident: Incident, labels: Mapping[int, str]) -> list[HistoryLine]:
    """What was done to the incident and to the claims that are on it now, the latest first.

    ``labels`` names claims by id as the page does.
    """
    events = (
        AuditEvent.objects.filter(
            Q(target_type="incidents.incident", target_id=incident.pk)
            | Q(target_type="incidents.claim", target_id__in=list(labels))
        )
        .select_related("reason")
        .order_by("-at", "-id")[: SHOWN + 1]
    )
    return [_line(event, labels) for event in events]


def _line(event: AuditEvent, labels: Mapping[int, str]) -> HistoryLine:
    reason = getattr(event, "reason", None)
    is_claim = event.target_type == "incidents.claim"
    label = labels.get(event.target_id or 0, "") if is_claim else ""
    changes = [_change(name, value) for name, value in event.changes.items() if name in _FIELDS]
    return HistoryLine(
        at=event.at,
        alias=event.actor_alias,
        words=" ".join(
            part for part in (_(_ACTIONS.get(event.action, event.action)), label) if part
        ),
        reason=reason.text if reason is not None else "",
        changes=[change for change in changes if change.before != change.after],
    )


def _change(name: str, value: object) -> Change:
    known = _(_FIELDS[name])
    if name == "fields" and isinstance(value, list):
        return Change(known, "", ", ".join(_(_WORDED.get(str(one), str(one))) for one in value))
    if isinstance(value, list) and len(value) == 2:  # noqa: PLR2004  # before and after
        return Change(known, _words(name, value[0]), _words(name, value[1]))
    return Change(known, "", _words(name, value))


def _words(name: str, value: object) -> str:
    if value is None or value == "":
        return _("not said")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in _AS_THEY_ARE:
        return str(value)
    vocabulary = _VOCABULARIES.get(name)
    if vocabulary is not None and str(value) in vocabulary.values:
        return _(str(vocabulary(str(value)).label))
    return str(value).replace("_", " ").lower()
