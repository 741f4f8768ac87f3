"""What every page's frame needs: the way around, the person, the theme, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.accounts.models import Person
from tracker.accounts.permissions import Right, has_right
from tracker.verification.selectors.shelves import waiting_tasks
from tracker.watching.selectors.alarms import count_unattended_alarms
from tracker.web.typed import restored_drafts

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the bar; ``count`` None = nothing to count."""

    url: str
    label: object
    is_current: bool
    count: int | None = None


#: Address name, words, the right it needs, and the other pages that belong to it.
_ENTRIES: tuple[tuple[str, object, Right, frozenset[str]], ...] = (
    ("desk", _("Desk"), Right.READ, frozenset()),
    (
        "queue",
        _("Queue"),
        Right.READ,
        frozenset(
            {"task", "queue_next", "second_codings", "second_coding", "agreement", "task_talk"}
        ),
    ),
    (
        "incidents",
        _("Incidents"),
        Right.READ,
        frozenset({"incident", "incident_new", "incident_talk", "totals", "total"}),
    ),
    ("requests", _("Requests"), Right.READ, frozenset({"request", "request_new"})),
    ("sources", _("Sources"), Right.READ, frozenset({"source"})),
    ("feeds", _("Feeds"), Right.READ, frozenset({"feed", "feed_new", "feed_edit", "feeds_import"})),
    (
        "places",
        _("Places"),
        Right.READ,
        frozenset({"place_withdraw", "place_merges", "place_merge", "place_merge_undo"}),
    ),
    ("add", _("Add"), Right.INGEST, frozenset()),
    (
        "imports",
        _("Tables"),
        Right.IMPORT_SHEETS,
        frozenset({"import", "import_map", "import_try", "import_undo"}),
    ),
    ("watch", _("Workers"), Right.SEE_WORKERS, frozenset()),
    ("people", _("People"), Right.MANAGE_PEOPLE, frozenset({"person"})),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame around each page."""
    person = request.user if isinstance(getattr(request, "user", None), Person) else None
    return {
        "page_path": request.get_full_path() if request.method == "GET" else request.path,
        "me": person,
        "theme": person.theme if isinstance(person, Person) else "auto",
        "nav": _nav(request, person) if isinstance(person, Person) else [],
        "alarm_count": _alarms(request, person) if isinstance(person, Person) else 0,
        "restored_drafts": restored_drafts(request),
    }


def _alarms(request: HttpRequest, person: Person) -> int:
    """Alarms that nobody looks after; the page that lists them need not be pointed at itself."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    return 0 if here == "watch" else count_unattended_alarms(person.as_actor())


def _nav(request: HttpRequest, person: Person) -> list[NavItem]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    actor = person.as_actor()
    waiting = waiting_tasks().count()
    return [
        NavItem(
            url=reverse(name),
            label=label,
            is_current=here == name or here in related,
            count=waiting if name == "queue" else None,
        )
        for name, label, right, related in _ENTRIES
        if has_right(actor, right)
    ]
