"""One-time links: the only way in, and the way back in where no mail is set."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tracker.accounts.models.person import Person
from tracker.core.checks import one_of


class LinkPurpose(models.TextChoices):
    """What a link lets its holder do, once."""

    INVITATION = "INVITATION", "Invitation"
    RESET = "RESET", "Reset of the password"


class OneTimeLink(models.Model):
    """A link that lets ``person`` set a password once. Only the token's SHA-256 is kept.

    ``used_at`` NULL = not used yet. A later link of the same person ends the earlier ones.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=16, choices=LinkPurpose)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    is_revoked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("purpose", LinkPurpose.values, name="one_time_link_purpose_valid"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, is_revoked=False),
                name="one_time_link_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk} ({self.purpose.lower()})"
