"""Addresses that partner organisations send."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from tracker.accounts.models import Organisation, Person
from tracker.core.checks import one_of
from tracker.sources.choices import SuggestionState
from tracker.sources.models.intake import FetchRequest


class Suggestion(models.Model):
    """An address a partner thinks should be read; staff accept or decline it.

    ``url`` is as sent, ``url_key`` without trackers: an organisation suggests an address once.
    ``decided_by`` NULL = open, or accepted by the installation's own setting.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="suggestions")
    url = models.CharField(max_length=2000)
    url_key = models.CharField(max_length=2000)
    note = models.CharField(max_length=1000, blank=True)
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    fetch_request = models.ForeignKey(
        FetchRequest, models.PROTECT, null=True, blank=True, related_name="suggestions"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["sent_at", "id"], condition=Q(state="OPEN"), name="suggestion_open"
            ),
        ]
        constraints = [
            one_of("state", SuggestionState.values, name="suggestion_state_valid"),
            models.UniqueConstraint(
                fields=["organisation", "url_key"], name="suggestion_once_per_partner"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["ACCEPTED", "DECLINED"], decided_at__isnull=False),
                name="suggestion_decision_matches_state",
            ),
            models.CheckConstraint(
                condition=Q(state="ACCEPTED", fetch_request__isnull=False)
                | Q(state__in=["OPEN", "DECLINED"], fetch_request__isnull=True),
                name="suggestion_accepted_is_fetched",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"
