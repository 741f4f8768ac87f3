"""Days, and forms whose selects hold vocabularies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.web.forms.base import TrackerForm
from tracker.web.forms.claim import translated


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    """A day, picked or typed."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def time_field(label: Any) -> forms.TimeField:
    """A time of day, picked or typed; none is needed."""
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def reference_field() -> forms.CharField:
    """Coordinates in whatever form their source printed them."""
    return forms.CharField(
        label=_("Coordinates as printed"),
        max_length=60,
        required=False,
        help_text=_("Such as the grid reference in a statement"),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )


def check_point(form: forms.Form, values: dict[str, Any]) -> None:
    """Say so where half a point was typed."""
    if (values.get("lat") is None) != (values.get("lon") is None):
        form.add_error("lat", gettext("Give latitude and longitude, or neither."))


class ChoosingForm(TrackerForm):
    """Fills its selects with vocabularies in the reader's language."""

    #: Field, vocabulary, words for "not said"; "" = one must be chosen.
    vocabularies: tuple[tuple[str, Any, Any], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, vocabulary, empty in self.vocabularies:
            choices = translated(vocabulary.choices)
            self.choose(name, [("", str(empty)), *choices] if empty else choices)

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Give a select its choices."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
