"""Figures in one box, typed as they are shown: 5, 5+, 5–7, up to 30, at least 5."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.extraction.figures.numbers import Figure, parse_figure
from tracker.web.templatetags.figures import figure_words

NO_FIGURE = Figure(None, None)
NONE_SAID = Figure(0, 0)
# What the reader of figures knows, whatever the language of the page.
_UP_TO = "up to"
_RANGE = re.compile(r"(?P<low>\d+)\s*(?:[-–—]|to)\s*(?P<high>\d+)")


class FigureField(forms.CharField):
    """One box for a figure; cleans to a ``Figure``, an empty one to ``NO_FIGURE``."""

    default_error_messages = {
        "no_figure": _("Write a figure such as 5, 5+, 5–7 or up to 30; empty = not said."),
        "reversed": _("The highest figure is below the lowest."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=60, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("dir", "ltr")

    def prepare_value(self, value: Any) -> Any:
        """Show a figure as it is read."""
        if isinstance(value, Figure):
            if value.minimum is None and value.maximum is not None:
                return f"{_UP_TO} {value.maximum}"
            return figure_words(value.minimum, value.maximum)
        return value

    def clean(self, value: Any) -> Figure:
        """The typed words as a figure. Raises ValidationError."""
        words = " ".join(super().clean(value).split()).lower().replace("—", "–")
        if not words:
            return NO_FIGURE
        ends = _RANGE.fullmatch(words)
        if ends is not None and int(ends["low"]) > int(ends["high"]):
            raise forms.ValidationError(self.error_messages["reversed"], code="reversed")
        ours = gettext("up to %(most)s") % {"most": ""}
        words = words.replace(ours.strip(), _UP_TO) if ours.strip() else words
        figure = parse_figure(words.removesuffix(" said"))
        if figure is None:
            raise forms.ValidationError(self.error_messages["no_figure"], code="no_figure")
        return figure
