"""Forms of the source page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.sources.choices import Audience, Reliability, SourceKind
from tracker.web.forms.base import TrackerForm, in_words

_LEAVE = ("", _("leave the rating as it is"))


class NoteForm(TrackerForm):
    """A dated judgement; it is never changed, only followed by a later one."""

    reliability = forms.ChoiceField(
        label=_("Reliability"), choices=[_LEAVE, *in_words(Reliability.choices)], required=False
    )
    text = forms.CharField(
        label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=in_words(Audience.choices), initial=Audience.STAFF
    )


class NewSourceForm(TrackerForm):
    """A named outlet or speaker that no article brought along."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=in_words(SourceKind.choices))
    party_name = forms.CharField(
        label=_("Party"),
        max_length=160,
        required=False,
        help_text=_("The belligerent it belongs to or is controlled by. Empty = none known."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class SourceForm(TrackerForm):
    """What the source is, and whose."""

    kind = forms.ChoiceField(label=_("Kind"), choices=in_words(SourceKind.choices))
    party_name = forms.CharField(
        label=_("Party"),
        max_length=160,
        required=False,
        help_text=_("The belligerent it belongs to or is controlled by. Empty = none known."),
        widget=forms.TextInput(attrs={"list": "parties", "dir": "auto"}),
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=500)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
