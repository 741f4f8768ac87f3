"""The forms under a task or an incident: say something, give it to somebody, shred words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.verification.services.talk import LONGEST
from tracker.web.forms.base import TrackerForm
from tracker.web.forms.choosing import ChoosingForm


class CommentForm(TrackerForm):
    """A remark; an @ before an alias names somebody."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        help_text=_(
            "An @ before an alias brings it to that person's desk. All staff read it: no names or "
            "contacts of victims and witnesses."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class AssignForm(ChoosingForm):
    """To whom."""

    person = forms.ChoiceField(label=_("Who looks after it"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("person", people)


class ShredForm(TrackerForm):
    """Why words must go."""

    reason = forms.CharField(
        label=_("Why they must go"),
        max_length=500,
        help_text=_("Without the words themselves; this stays in the log"),
    )
