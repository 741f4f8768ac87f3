"""The list of incidents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.accounts.permissions import Right, has_right
from tracker.incidents.choices import GONE_STATUSES, IncidentStatus
from tracker.web.access import actor_of, rights_required
from tracker.web.selectors.incidents import count_incidents, list_incident_rows
from tracker.web.sent import NOT_A_NUMBER, whole_number

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Tab:
    """One status with how many incidents have it; ``status`` "" = all of them."""

    status: str
    words: str
    count: int
    is_current: bool


@rights_required(Right.READ)
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """Incidents of one status, or all, the newest first."""
    asked = request.GET.get("status", "")
    status = IncidentStatus(asked) if asked in IncidentStatus.values else None
    number = whole_number(request.GET.get("after", ""))
    after = None if number == NOT_A_NUMBER else number
    viewer = actor_of(request)
    page = list_incident_rows(viewer=viewer, status=status, after=after)
    context = {
        "rows": page.rows,
        "next_after": page.next_after,
        "after": after,
        "status": status.value if status else "",
        "tabs": _tabs(status),
        "may_edit": has_right(viewer, Right.EDIT_INCIDENTS),
    }
    return render(request, "staff/incidents.html", context)


def _tabs(current: IncidentStatus | None) -> list[Tab]:
    counts = count_incidents()
    standing = sum(counts.values()) - sum(counts.get(status, 0) for status in GONE_STATUSES)
    everything = Tab("", _("all"), standing, current is None)
    return [
        everything,
        *(
            Tab(s.value, _(str(s.label)), counts.get(s.value, 0), s == current)
            for s in IncidentStatus
        ),
    ]
