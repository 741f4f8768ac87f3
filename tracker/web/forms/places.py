"""Forms by which spellings of places are taught and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.extraction.places.name_keys import LONGEST
from tracker.web.forms.base import TrackerForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.places.gazetteer import Place


class TeachForm(TrackerForm):
    """A spelling, the place it means, and how somebody knows."""

    spelling = forms.CharField(
        label=_("Spelling, as it is printed"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("In any script. Case, accents and hyphens make no difference."),
    )
    name = forms.CharField(
        label=_("Means the place"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("By a name that the gazetteer or one of the lists has."),
    )
    country = forms.CharField(
        label=_("Country, two letters"),
        max_length=2,
        min_length=2,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("Empty = of any country."),
    )
    which = forms.TypedChoiceField(
        label=_("Which of them"), coerce=int, empty_value=None, required=False
    )
    reason = forms.CharField(
        label=_("How you know it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, places: Sequence[Place] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["which"]
        if places and isinstance(field, forms.TypedChoiceField):
            named = [(str(number), _in_words(place)) for number, place in enumerate(places)]
            field.choices = [("", "–"), *named]
        else:
            del self.fields["which"]


class WithdrawForm(TrackerForm):
    """Why a spelling counts no more."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


def _in_words(place: Place) -> str:
    """Enough to tell it from others of its name."""
    parts = (place.name, place.admin1, place.country, f"{place.lat:.3f}, {place.lon:.3f}")
    return " · ".join(part for part in parts if part)
