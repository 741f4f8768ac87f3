"""The forms of a running total."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.web.forms.base import TrackerForm
from tracker.web.forms.choosing import day_field


class ScopeForm(TrackerForm):
    """Over which days and which place it counts."""

    scope_from = day_field(_("First day it counts"))
    scope_to = day_field(_("Last day it counts"))
    scope_place = forms.CharField(label=_("Where it counts"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Both days, or neither."""
        values = super().clean() or {}
        first, last = values.get("scope_from"), values.get("scope_to")
        if (first is None) != (last is None):
            self.add_error("scope_from", gettext("Give both days, or neither."))
        elif first and last and first > last:
            self.add_error("scope_to", gettext("The last day lies before the first."))
        return values


class ContainForm(TrackerForm):
    """The incident that lies inside."""

    incident = forms.CharField(
        label=_("Code of the incident"),
        max_length=16,
        help_text=_("As it stands at the head of its page"),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
