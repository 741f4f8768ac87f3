"""The look and the labelling that all forms share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

_SELECTS = (forms.Select, forms.SelectMultiple)
_PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.HiddenInput, forms.CheckboxSelectMultiple)


def in_words(choices: Iterable[tuple[str, object]]) -> list[tuple[str, Any]]:
    """Choices with their words in the reader's language, looked up when the form is shown."""
    return [(value, gettext_lazy(str(words))) for value, words in choices]


class TrackerForm(forms.Form):
    """Fields in the site's own classes; a wrong one says so to the eye and to the ear."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = True
        for field in self.fields.values():
            if isinstance(field.widget, _SELECTS):
                # Bootstrap's own form-select draws its arrow from a data: address, which the
                # content policy refuses.
                field.widget.attrs.setdefault("class", "form-control t-select")
            elif not isinstance(field.widget, _PLAIN):
                field.widget.attrs.setdefault("class", "form-control")

    def full_clean(self) -> None:
        """Validate, then mark what is wrong."""
        super().full_clean()
        for name in self.errors:
            if name in self.fields:
                attrs = self.fields[name].widget.attrs
                attrs["class"] = f"{attrs.get('class', '')} is-wrong".strip()
