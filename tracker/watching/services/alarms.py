"""Raise an alarm once while its cause lasts, say that somebody looks after it, clear it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tracker.accounts.permissions import Right, require_right
from tracker.audit.services.record import record_event
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput, NotFound
from tracker.core.reasons import checked_reason
from tracker.watching.models import Alarm

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.core.actor import Actor
    from tracker.watching.choices import AlarmKind

WATCH = machine("watch")
_LONGEST = 500


@transaction.atomic
def raise_alarm(*, key: str, kind: AlarmKind, sentence: str, now: datetime) -> None:
    """Let people see that something is wrong; ``sentence`` says what, and what to do.

    While an alarm of this key is open only its sentence is brought up to date. Safe to call from
    several workers at once.
    """
    sentence = sentence[:_LONGEST]
    Alarm.objects.bulk_create(
        [Alarm(key=key, kind=kind, sentence=sentence, raised_at=now)], ignore_conflicts=True
    )
    alarm = Alarm.objects.select_for_update().get(key=key, cleared_at__isnull=True)
    if alarm.raised_at == now:
        record_event(
            actor=WATCH, action="alarm.raise", target=alarm, now=now, changes={"kind": kind.value}
        )
    elif alarm.sentence != sentence:
        alarm.sentence = sentence
        alarm.save(update_fields=["sentence"])


@transaction.atomic
def clear_alarm(*, key: str, now: datetime) -> None:
    """The cause is gone; nothing happens where no alarm of this key is open."""
    alarm = Alarm.objects.select_for_update().filter(key=key, cleared_at__isnull=True).first()
    if alarm is None:
        return
    alarm.cleared_at = now
    alarm.save(update_fields=["cleared_at"])
    record_event(actor=WATCH, action="alarm.clear", target=alarm, now=now)


@transaction.atomic
def acknowledge_alarm(*, alarm_id: int, actor: Actor, now: datetime, reason: str) -> Alarm:
    """Say that one looks after it, and how. Raises NotAllowed, NotFound, InvalidInput."""
    require_right(actor, Right.SEE_WORKERS)
    words = checked_reason(reason, missing="Say in a few words what you do about it.")
    alarm = Alarm.objects.select_for_update().filter(pk=alarm_id).first()
    if alarm is None:
        raise NotFound(f"There is no alarm {alarm_id}.")
    if alarm.cleared_at is not None:
        raise InvalidInput("The cause of this alarm is gone already.")
    if alarm.acknowledged_by_id is not None:
        raise InvalidInput("Somebody looks after this alarm already.")
    alarm.acknowledged_by_id = actor.person_id
    alarm.acknowledged_at = now
    alarm.acknowledgement = words
    alarm.save(update_fields=["acknowledged_by", "acknowledged_at", "acknowledgement"])
    record_event(actor=actor, action="alarm.acknowledge", target=alarm, now=now, reason=words)
    return alarm
