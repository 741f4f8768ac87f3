"""The raw bytes as received, the evidentiary copy that never changes, and each way they came."""

from __future__ import annotations

from functools import cached_property

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5

from tracker.core.checks import one_of
from tracker.core.triggers import append_only
from tracker.sources.choices import CheckOutcome


class Capture(models.Model):
    """What was received, once per distinct content. The bytes lie in the capture store by hash.

    Nothing here says where they came from: the same bytes may come from many places, and each
    receipt over the web is a ``Retrieval``. ``reference`` and ``collected_by`` are of the first.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    reference = models.CharField(max_length=500)
    collected_by = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="capture_sha256_valid"
            )
        ]
        triggers = [
            *append_only("append_only"),
            pgtrigger.Trigger(
                name="hashed_on_arrival",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func=(
                    "INSERT INTO sources_capturecheck (capture_id, checked_at, outcome) "
                    "VALUES (NEW.id, NEW.received_at, 'RECEIVED'); "
                    "RETURN NULL;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"capture {self.sha256[:12]}"

    @cached_property
    def first_retrieval(self) -> Retrieval | None:
        """How the bytes first came from the web; None for what was typed, uploaded or a file."""
        return min(self.retrievals.all(), key=lambda retrieval: retrieval.pk, default=None)


class Retrieval(models.Model):
    """One request whose answer was these bytes; a copy of the log, never read by rules.

    ``redirects`` are the addresses between the first and the last. Headers are without cookies
    and credentials. ``asked_by`` is the alias of the person or the feed it was fetched for.
    ``retrieved_at`` is when the answer came: for a record of a WARC long before it came here.
    ``robots_reason`` "" = robots.txt allowed it. ``status`` NULL = its archive does not say.
    """

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="retrievals")
    url = models.CharField(max_length=2000)
    final_url = models.CharField(max_length=2000)
    redirects = ArrayField(models.CharField(max_length=2000), default=list)
    status = models.PositiveSmallIntegerField(null=True)
    request_headers = models.JSONField(default=dict)
    headers = models.JSONField(default=dict)
    address = models.CharField(max_length=64, blank=True)
    tool = models.CharField(max_length=200, blank=True)
    seconds = models.FloatField(default=0.0)
    robots_reason = models.CharField(max_length=500, blank=True)
    asked_by = models.CharField(max_length=64)
    retrieved_at = models.DateTimeField()

    class Meta:
        constraints = [
            # By the digest of the address: an index entry has less room than an address.
            models.UniqueConstraint("capture", MD5("url"), "retrieved_at", name="retrieval_once"),
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"retrieval {self.pk} of capture {self.capture_id}"


class CaptureCheck(models.Model):
    """What hashing the bytes last found; the database makes the row when a capture arrives.

    So none can be forgotten, and the longest unchecked is found by an index.
    """

    capture = models.OneToOneField(
        Capture, models.PROTECT, primary_key=True, related_name="last_check"
    )
    checked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=CheckOutcome)

    class Meta:
        indexes = [
            models.Index(fields=["checked_at", "capture"], name="capture_check_oldest"),
            models.Index(
                fields=["checked_at"],
                condition=Q(outcome__in=["CHANGED", "MISSING"]),
                name="capture_check_damaged",
            ),
        ]
        constraints = [one_of("outcome", CheckOutcome.values, name="capture_check_outcome_valid")]

    def __str__(self) -> str:
        return f"check of capture {self.capture_id}: {self.outcome}"
