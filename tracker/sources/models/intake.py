"""What is on its way in: addresses to fetch, and items that failed and can be tried again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q, Value

from tracker.core.checks import one_of
from tracker.sources.choices import FetchState
from tracker.sources.models.article import Article
from tracker.sources.models.capture import Capture


class FetchRequest(models.Model):
    """An address somebody gave; the row is the queue of the fetch worker.

    ``article`` NULL until it is stored. ``leased_until`` NULL = no worker has it; ``not_before``
    NULL = at once. ``recheck_of`` NULL = a new address, else the article whose page is looked at
    again. ``robots_reason`` "" = robots.txt is obeyed; ``egress_proxy`` "" = the installation's.
    ``host`` is taken from the address by the database: hints go out one for each host.
    """

    url = models.CharField(max_length=2000)
    host = models.GeneratedField(
        expression=Func(F("url"), Value("^[a-z]+://([^/?#]*)"), function="substring"),
        output_field=models.CharField(max_length=2000, null=True),
        db_persist=True,
    )
    requested_by = models.CharField(max_length=64)
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=FetchState, default=FetchState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    failure_reason = models.CharField(max_length=500, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    robots_reason = models.CharField(max_length=500, blank=True)
    egress_proxy = models.CharField(max_length=300, blank=True)
    recheck_of = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="rechecks"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="fetch_requests"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["host", "requested_at", "id"],
                condition=Q(state="WAITING"),
                name="fetch_request_waiting",
            )
        ]
        constraints = [
            one_of("state", FetchState.values, name="fetch_request_state_valid"),
            models.UniqueConstraint(
                fields=["url"], condition=Q(state="WAITING"), name="fetch_request_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state="STORED", article__isnull=False)
                | Q(state="WAITING", article__isnull=True)
                | Q(state="FAILED", article__isnull=True) & ~Q(failure_reason=""),
                name="fetch_request_state_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"fetch request {self.pk}"


class IngestFailure(models.Model):
    """An item that could not become an article, kept with its bytes where there were any.

    ``capture`` NULL = nothing could be read (no such file, too large).
    ``resolved_at`` NULL = still failing.
    """

    reference = models.CharField(max_length=500)
    item_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500)
    capture = models.ForeignKey(
        Capture, models.PROTECT, null=True, blank=True, related_name="failures"
    )
    first_seen_at = models.DateTimeField()
    last_tried_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=1)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "item_sha256"], name="ingest_failure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"ingest failure {self.pk}"
