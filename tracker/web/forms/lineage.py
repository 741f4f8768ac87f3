"""Forms of the page of an article's links."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.sources.choices import LineageKind
from tracker.web.forms.base import TrackerForm

_KINDS = [
    (LineageKind.TRANSLATION.value, _("is a translation of it")),
    (LineageKind.EDITED_COPY.value, _("is an edited copy of it")),
    (LineageKind.UPDATED_COPY.value, _("is a copy with other figures or days")),
    (LineageKind.EXCERPT.value, _("is an excerpt of it")),
    (LineageKind.VERBATIM_COPY.value, _("is the same text")),
    (LineageKind.PARTIAL_OVERLAP.value, _("shares passages with it")),
]


class DecisionForm(TrackerForm):
    """Why a link holds or doesn't."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        help_text=_("Needed to refuse, and for a link made by hand."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class LinkForm(TrackerForm):
    """Another article that this one descends from."""

    other = forms.IntegerField(
        label=_("Number of the other article"), min_value=1, max_value=10**15
    )
    kind = forms.ChoiceField(
        label=_("This article"),
        choices=_KINDS,
        widget=forms.Select(attrs={"class": "form-control t-select"}),
    )
    reason = forms.CharField(
        label=_("How you know"),
        max_length=1000,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
