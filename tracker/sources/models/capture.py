"""The raw bytes as received: the evidentiary copy, which never changes."""

from __future__ import annotations

from django.db import models

from tracker.core.triggers import append_only


class Capture(models.Model):
    """What was received, once per distinct content. The bytes lie in the capture store by hash.

    ``url`` "" = not from the web. ``headers`` is the response as received, never read by rules.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    url = models.CharField(max_length=2000, blank=True)
    final_url = models.CharField(max_length=2000, blank=True)
    headers = models.JSONField(default=dict)
    reference = models.CharField(max_length=500)
    collected_by = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="capture_sha256_valid"
            )
        ]
        triggers = append_only("append_only")

    def __str__(self) -> str:
        return f"capture {self.sha256[:12]}"
