"""Partner organisations and their keys to the API."""

from __future__ import annotations

from django.db import models

from tracker.core.actor import Actor, ActorKind


class Organisation(models.Model):
    """A partner organisation that reads by agreement."""

    name = models.CharField(max_length=120, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PartnerKey(models.Model):
    """A key of 256 random bits; ``prefix`` finds it, ``key_sha256`` proves it.

    ``revoked_at`` NULL = in force.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="keys")
    prefix = models.CharField(max_length=12, unique=True)
    key_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"key {self.prefix}"

    def as_actor(self) -> Actor:
        """The actor that services and the audit log take."""
        return Actor(kind=ActorKind.PARTNER_KEY, id=self.pk, alias=f"key {self.prefix}")
