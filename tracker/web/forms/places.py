"""Forms by which spellings of places are taught and withdrawn, and places merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.extraction.places.name_keys import LONGEST
from tracker.places.rules.telling import handle_of
from tracker.places.selectors.naming import NamedPlace
from tracker.places.selectors.places import find_places_named
from tracker.web.forms.base import TrackerForm

if TYPE_CHECKING:
    from tracker.extraction.places.gazetteer import Place


class NamedPlaceForm(TrackerForm):
    """A place by its name; where several have it, one of them."""

    name = forms.CharField(
        label=_("Name of the place"),
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
    #: Whether one of these is meant is said by who looks the place up.
    which = forms.CharField(label=_("Which of them"), required=False, widget=forms.Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, places = self.fields["which"], self._places()
        if len(places) > 1 and isinstance(field.widget, forms.Select):
            named = [(handle_of(place), _in_words(place)) for place in places]
            field.widget.choices = [("", "–"), *named]
        else:
            field.widget = forms.HiddenInput()

    @property
    def named(self) -> NamedPlace:
        """What was sent, once it is valid."""
        sent = self.cleaned_data
        return NamedPlace(sent["name"], sent["country"], sent["which"])

    def _places(self) -> list[Place]:
        """Those of the name that was sent."""
        name, country = (self.data.get(self.add_prefix(part), "") for part in ("name", "country"))
        return find_places_named(name[:LONGEST], country=country[:2]) if name.strip() else []


class TeachForm(NamedPlaceForm):
    """A spelling, the place it means, and how somebody knows."""

    spelling = forms.CharField(
        label=_("Spelling, as it is printed"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("In any script. Case, accents and hyphens make no difference."),
    )
    reason = forms.CharField(
        label=_("How you know it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    field_order = ("spelling", "name", "country", "which", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Means the place")


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
