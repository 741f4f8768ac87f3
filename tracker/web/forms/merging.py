"""The forms by which incidents, sources and places are merged, parted again and split."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.web.forms.base import TrackerForm


def _why(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class IntoForm(TrackerForm):
    """The incident that is to stand for both."""

    into = forms.CharField(
        label=_("Code of the other incident"),
        max_length=16,
        help_text=_("As it stands at the head of its page"),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class MergeForm(TrackerForm):
    """Why both are one event."""

    reason = _why(_("How you know that both are one event"))


class UndoForm(TrackerForm):
    """Why they are two events after all."""

    reason = _why(_("Why they are two events after all"))


class SplitForm(TrackerForm):
    """Which claims are of another event."""

    claims = forms.TypedMultipleChoiceField(
        label=_("Claims of the other event"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(label=_("Title of the new incident"), max_length=200)
    reason = _why(_("How you know that these claims are of another event"))

    def __init__(self, *args: Any, claims: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["claims"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = claims


class IntoSourceForm(TrackerForm):
    """The source that is to stand for both."""

    into = forms.CharField(
        label=_("Name of the other source"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class MergeSourceForm(TrackerForm):
    """Why both are one source."""

    reason = _why(_("How you know that both are one source"))


class UndoSourceForm(TrackerForm):
    """Why they are two sources after all."""

    reason = _why(_("Why they are two sources after all"))


class MergePlacesForm(TrackerForm):
    """Why both are one place."""

    reason = _why(_("How you know that both are one place"))


class UndoPlacesForm(TrackerForm):
    """Why they are two places after all."""

    reason = _why(_("Why they are two places after all"))
