"""The door of the pages about private persons: the right of the person, not of the role."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tracker.accounts.permissions import Right
from tracker.audit.services.record import record_event
from tracker.core.errors import NotAllowed
from tracker.restricted.choices import AccessLevel
from tracker.restricted.policies import require_may_read, require_may_write
from tracker.web.access import actor_of, rights_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    View = Callable[..., HttpResponseBase]

_REQUIRED = {AccessLevel.READ: require_may_read, AccessLevel.WRITE: require_may_write}


def opened_to(level: AccessLevel) -> Callable[[View], View]:
    """Let a view answer only people who were given that right; a refusal is an audit line."""

    def decorate(view: View) -> View:
        @rights_required(Right.READ)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                _REQUIRED[level](actor_of(request))
            except NotAllowed:
                page = request.resolver_match.view_name if request.resolver_match else ""
                record_event(
                    actor=actor_of(request),
                    action="access.refuse",
                    now=timezone.now(),
                    changes={"right": f"restricted_{level.lower()}", "page": page},
                )
                raise
            return view(request, *args, **kwargs)

        return guarded

    return decorate
