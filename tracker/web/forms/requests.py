"""The forms of a request to a belligerent: one for each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.incidents.choices import (
    PENDING_ASSESSMENTS,
    REFUSALS,
    PositionAssessment,
    RefusalReason,
    RequestChannel,
)
from tracker.web.forms.base import TrackerForm
from tracker.web.forms.choosing import ChoosingForm, day_field


def _text(label: Any, *, rows: int, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20_000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class OpenForm(ChoosingForm):
    """To whom, and what is put to them."""

    party = forms.ChoiceField(label=_("Party"))
    allegation = _text(
        _("What is put to them"),
        rows=10,
        help_text=_(
            "As it is sent, with place and time as exact as may be sent. All staff read it: no "
            "names or contacts of witnesses and victims."
        ),
    )

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("party", parties)


class SendForm(ChoosingForm):
    """When and how it was submitted, and when a reply is due."""

    vocabularies = (("channel", RequestChannel, _("choose one")),)

    allegation = _text(
        _("What was sent"), rows=8, help_text=_("To the letter; it stays as you save it now.")
    )
    sent_on = day_field(_("Submitted on"), required=True)
    channel = forms.ChoiceField(label=_("Submitted through"))
    their_reference = forms.CharField(
        label=_("Their reference number"), max_length=100, required=False
    )
    due_on = day_field(_("A reply is due on"), required=True)


class AcknowledgeForm(TrackerForm):
    """Receipt confirmed, or more time asked for."""

    on = day_field(_("Confirmed on"), required=True)
    their_reference = forms.CharField(
        label=_("Their reference number"), max_length=100, required=False
    )
    due_on = day_field(_("A reply is due on"), required=True)
    words = _text(_("What they said"), rows=2, required=False)


class ReplyForm(ChoosingForm):
    """What the party answers, in the field's terms."""

    vocabularies = (
        ("outcome", PositionAssessment, _("choose one")),
        ("refusal_reason", RefusalReason, _("none given")),
    )

    replied_on = day_field(_("Replied on"), required=True)
    outcome = forms.ChoiceField(label=_("Outcome"))
    refusal_reason = forms.ChoiceField(label=_("Reason of a refusal"), required=False)
    due_on = day_field(_("If it is pending: the answer is due on"))
    quote = _text(_("The passage, to the letter"), rows=3, required=False)
    article = forms.ChoiceField(label=_("Article it stands in, where published"), required=False)

    def __init__(self, *args: Any, articles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("article", [("", gettext("none")), *articles])

    def clean(self) -> dict[str, Any]:
        """A reason belongs to a refusal, another day to an answer that is still to come."""
        values = super().clean() or {}
        outcome = values.get("outcome")
        if values.get("refusal_reason") and outcome not in REFUSALS:
            self.add_error("refusal_reason", gettext("A reason belongs to a refusal only."))
        if outcome in PENDING_ASSESSMENTS and not values.get("due_on"):
            self.add_error("due_on", gettext("The answer is still to come: say when it is due."))
        return values


class CloseForm(TrackerForm):
    """Why nobody waits any more."""

    on = day_field(_("Closed on"), required=True)
    reason = _text(_("Why nobody waits any more"), rows=2)


class ReopenForm(ChoosingForm):
    """What is new."""

    vocabularies = (("channel", RequestChannel, _("nothing was sent: a late reply came")),)

    on = day_field(_("Reopened on"), required=True)
    reason = _text(_("What is new, as it was sent"), rows=4)
    channel = forms.ChoiceField(label=_("Submitted through"), required=False)
    due_on = day_field(_("A reply is due on"), required=True)
