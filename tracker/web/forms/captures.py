"""Forms of the page of a capture."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.web.forms.base import TrackerForm


class CopyForm(TrackerForm):
    """Why somebody takes a copy of the bytes away."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The custody log keeps it for good: no names of private persons."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class DisposalForm(TrackerForm):
    """Why the bytes must be destroyed."""

    reason = forms.CharField(
        label=_("Reason for the disposal"),
        max_length=500,
        help_text=_("The custody log keeps it for good: no names of private persons."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
