"""What the forms of a request do; each is one service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.incidents.services.requests import (
    acknowledge_request,
    close_request,
    record_reply,
    reopen_request,
    send_request,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.core.actor import Actor


def act_on(
    what: str, *, request_id: int, expected_revision: int, values: dict[str, Any], actor: Actor
) -> str:
    """Take the step that a valid form asks for and say what was done. Raises DomainError."""
    service, done = _ACTIONS[what]
    if "article" in values:
        values = {name: value for name, value in values.items() if name != "article"} | {
            "article_id": int(values["article"]) if values["article"] else None
        }
    service(
        request_id=request_id,
        expected_revision=expected_revision,
        actor=actor,
        now=timezone.now(),
        **values,
    )
    return done()


_ACTIONS: dict[str, tuple[Callable[..., object], Callable[[], str]]] = {
    "send": (send_request, lambda: _("It is entered as sent; its words stay from now on.")),
    "acknowledge": (acknowledge_request, lambda: _("The receipt is entered.")),
    "reply": (record_reply, lambda: _("The reply is entered.")),
    "close": (close_request, lambda: _("Closed; nobody is reminded any more.")),
    "reopen": (reopen_request, lambda: _("Reopened; a reply is awaited again.")),
}
