"""Vocabularies of watching."""

from __future__ import annotations

from django.db.models import TextChoices


class AlarmKind(TextChoices):
    """What an alarm is about."""

    OLDEST_WAITING = "OLDEST_WAITING", "work waits too long"
    QUEUE_UNATTENDED = "QUEUE_UNATTENDED", "nobody works on a queue"
    FEED_SILENT = "FEED_SILENT", "a feed is silent"
    FEED_FAILING = "FEED_FAILING", "a feed fails"
    CAPTURE_DAMAGED = "CAPTURE_DAMAGED", "stored evidence is damaged"
    TIMESTAMP_FAILED = "TIMESTAMP_FAILED", "a time-stamp failed"
    REPLY_OVERDUE = "REPLY_OVERDUE", "a belligerent's reply is overdue"


class Stage(TextChoices):
    """The steps whose throughput is counted."""

    FETCH = "FETCH", "fetched"
    PARSE = "PARSE", "read"
    RELATE = "RELATE", "compared"
    EXTRACT = "EXTRACT", "searched for claims"
