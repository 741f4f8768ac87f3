"""What signing in and out sets off: an audit line, and kept words that go back to their writer.

The address that somebody typed is never written down; a known person is named by id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils import timezone

from tracker.accounts.models import Person
from tracker.audit.services.record import record_event
from tracker.core.actor import ANONYMOUS
from tracker.web.accounts.signin import typed_login
from tracker.web.typed import adopt_typed

if TYPE_CHECKING:
    from django.http import HttpRequest


def connect() -> None:
    """Listen; called once when the app is ready."""
    user_logged_in.connect(on_sign_in, dispatch_uid="web.sign_in")
    user_logged_out.connect(on_sign_out, dispatch_uid="web.sign_out")
    user_login_failed.connect(on_refusal, dispatch_uid="web.refusal")
    user_locked_out.connect(on_lock_out, dispatch_uid="web.lock_out")


def on_sign_in(*, request: HttpRequest, user: Person, **_: Any) -> None:
    """Record it and hand over what was typed when the last sign-in had run out."""
    now = timezone.now()
    record_event(actor=user.as_actor(), action="session.sign_in", target=user, now=now)
    adopt_typed(request, user, now=now)


def on_sign_out(*, user: Person | None, **_: Any) -> None:
    """Record it; a session that had run out before signs nobody out."""
    if user is not None:
        record_event(
            actor=user.as_actor(), action="session.sign_out", target=user, now=timezone.now()
        )


def on_refusal(*, credentials: dict[str, str], **_: Any) -> None:
    """Record a wrong password."""
    _record_unknown("session.refuse", typed_login(None, credentials))


def on_lock_out(*, username: str, **_: Any) -> None:
    """Record that one address is locked for one place."""
    _record_unknown("session.lock_out", username)


def _record_unknown(action: str, address: str) -> None:
    person = Person.objects.filter(email__iexact=address).first() if address else None
    record_event(
        actor=ANONYMOUS,
        action=action,
        target=person,
        target_type="accounts.person",
        now=timezone.now(),
    )
