"""The pulse of the installation: which processes live, and how much each minute brought."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tracker.core.checks import one_of
from tracker.watching.choices import Stage


class WorkerHeartbeat(models.Model):
    """A worker as it last told of itself; ``ended_at`` NULL = it did not say goodbye."""

    name = models.CharField(max_length=200, unique=True)
    process_id = models.PositiveIntegerField()
    queues = ArrayField(models.CharField(max_length=50))
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    tasks_done = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"worker {self.name}"


class StageMinute(models.Model):
    """How many articles a stage finished, failed and tried again within one minute."""

    stage = models.CharField(max_length=10, choices=Stage)
    minute = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    retried = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            one_of("stage", Stage.values, name="stage_minute_stage_valid"),
            models.UniqueConstraint(fields=["stage", "minute"], name="stage_minute_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} at {self.minute:%H:%M}"
