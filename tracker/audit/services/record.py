"""Write one line; the sealer numbers and hashes it within seconds."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from tracker.audit.models import AuditEvent, AuditReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import Model

    from tracker.core.actor import Actor

_INTO = """
    INSERT INTO audit_auditevent (at, recorded_at, actor_id, actor_kind, actor_alias, action,
        target_type, target_id, reason_digest, changes)
"""
#: One statement for a whole batch: rows built one by one cost the workers a tenth of their time.
_LINES = f"""
    {_INTO}
    SELECT %s, %s, %s, %s, %s, %s, line.target_type, line.target_id, '', line.changes::jsonb
    FROM unnest(%s::text[], %s::bigint[], %s::text[]) WITH ORDINALITY
        AS line(target_type, target_id, changes, number)
    ORDER BY line.number
"""  # noqa: S608  # no value of anybody in it

Value = str | int | bool | list[str] | list[int] | list[str | None] | None


def record_event(
    *,
    actor: Actor,
    action: str,
    now: datetime,
    target: Model | None = None,
    target_type: str = "",
    reason: str = "",
    changes: Mapping[str, Value] | None = None,
) -> AuditEvent:
    """Add a line within the caller's transaction.

    ``changes`` holds codes, states, ids and numbers only; words of people go into ``reason``.
    """
    salt = secrets.token_hex(16) if reason else ""
    event = AuditEvent.objects.create(
        at=now,
        actor_id=actor.id,
        actor_kind=actor.kind.value,
        actor_alias=actor.alias,
        action=action,
        target_type=target_type or (target._meta.label_lower if target is not None else ""),  # noqa: SLF001  # _meta is Django's documented API
        target_id=target.pk if target is not None else None,
        reason_digest=reason_digest(salt=salt, text=reason) if reason else "",
        changes=dict(changes or {}),
    )
    if reason:
        AuditReason.objects.create(event=event, salt=salt, text=reason)
    return event


def record_events(
    *,
    actor: Actor,
    action: str,
    now: datetime,
    lines: Iterable[tuple[Model, Mapping[str, Value]]],
) -> None:
    """Add a line for each target with its changes, within the caller's transaction."""
    told = [(target._meta.label_lower, target.pk, json.dumps(changes)) for target, changes in lines]  # noqa: SLF001  # as above
    if not told:
        return
    who = [actor.id, actor.kind.value, actor.alias]
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*told, strict=True)]
        cursor.execute(_LINES, [now, timezone.now(), *who, action, *columns])


def lines_within(*, rows: str, changes: str) -> str:
    """The INSERT of a line for each of ``rows``, for a statement that writes and tells in one.

    ``rows`` names a common table expression with an ``id``, ``changes`` an SQL expression over it.
    Its parameters are those of ``line_parameters``.
    """
    return f"""
        {_INTO}
        SELECT %(line_at)s, %(line_recorded_at)s, %(line_actor_id)s, %(line_actor_kind)s,
            %(line_actor_alias)s, %(line_action)s, %(line_target_type)s, id, '', {changes}
        FROM {rows}
    """  # noqa: S608  # words of the code, no value of anybody


def line_parameters(
    *, actor: Actor, action: str, target: type[Model], now: datetime
) -> dict[str, datetime | int | str | None]:
    """What ``lines_within`` needs."""
    return {
        "line_at": now,
        "line_recorded_at": timezone.now(),
        "line_actor_id": actor.id,
        "line_actor_kind": actor.kind.value,
        "line_actor_alias": actor.alias,
        "line_action": action,
        "line_target_type": target._meta.label_lower,  # noqa: SLF001  # as above
    }


def reason_digest(*, salt: str, text: str) -> str:
    """The digest a line keeps when the words of its reason are gone."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()
