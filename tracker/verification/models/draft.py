"""What was typed and not yet decided: it outlives a lost hold and a sign-in that ran out."""

from __future__ import annotations

from django.db import models

from tracker.accounts.models import Person


class Draft(models.Model):
    """The fields of one form as somebody left them.

    ``person`` NULL = the sign-in had run out when it was sent; ``token`` in the browser's
    session leads back to it. ``form`` names the form, like ``task-17-claim-204``.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="drafts")
    token = models.CharField(max_length=43, unique=True)
    form = models.CharField(max_length=100)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "form"],
                condition=models.Q(person__isnull=False),
                name="draft_one_per_form",
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of {self.form}"
