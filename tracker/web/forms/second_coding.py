"""The forms of a second coding: a claim as the second coder reads it, the share, a resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.extraction.figures.numbers import Figure
from tracker.incidents.choices import Outcome, Polarity, Scope, SubjectStatus
from tracker.incidents.services.claim_fields import ClaimFields
from tracker.verification.choices import Resolved
from tracker.verification.services.second_coding import CodedFields
from tracker.web.forms.base import TrackerForm
from tracker.web.forms.choosing import ChoosingForm, day_field
from tracker.web.forms.figure import NO_FIGURE, NONE_SAID, FigureField

if TYPE_CHECKING:
    from tracker.verification.models import CodedClaim
    from tracker.verification.selectors.blind import Proposal


class CodeForm(ChoosingForm):
    """Every field that is compared with the first coding."""

    vocabularies = (
        ("outcome", Outcome, ""),
        ("subject_status", SubjectStatus, ""),
        ("polarity", Polarity, ""),
        ("scope", Scope, ""),
    )

    figure = FigureField(label=_("Figure"), help_text=_("5, 5+, 5–7, up to 30; empty = none said"))
    outcome = forms.ChoiceField(label=_("Outcome"))
    subject_status = forms.ChoiceField(label=_("Status"))
    polarity = forms.ChoiceField(label=_("Says"))
    scope = forms.ChoiceField(label=_("Covers"))
    speaker_text = forms.CharField(
        label=_("Speaker"),
        max_length=200,
        required=False,
        help_text=_("Empty = the outlet in its own voice"),
    )
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("Empty = not said")
    )
    date_start = day_field(_("First day"))
    date_end = day_field(_("Last day"))

    def clean(self) -> dict[str, Any]:
        """A stated none is the figure 0, and days come in pairs."""
        values = super().clean() or {}
        figure, polarity = values.get("figure", NO_FIGURE), values.get("polarity")
        if polarity == Polarity.ASSERTS_NO_HARM:
            if figure not in {NO_FIGURE, NONE_SAID}:
                self.add_error("figure", gettext("A speaker who says there was none says 0."))
            values["figure"] = NONE_SAID
        elif figure == NONE_SAID and polarity == Polarity.ASSERTS_HARM:
            self.add_error("polarity", gettext("A figure of 0 says there was none: choose that."))
        if values.get("date_start") and not values.get("date_end"):
            values["date_end"] = values["date_start"]
        return values

    @property
    def fields_coded(self) -> CodedFields:
        """What the service takes."""
        values = self.cleaned_data
        return CodedFields(
            claim=ClaimFields(
                outcome=values["outcome"],
                subject_status=values["subject_status"],
                polarity=values["polarity"],
                scope=values["scope"],
                minimum=values["figure"].minimum,
                maximum=values["figure"].maximum,
                speaker_text=values["speaker_text"],
            ),
            place=values["place"],
            date_start=values["date_start"],
            date_end=values["date_end"],
        )

    @staticmethod
    def as_read(proposal: Proposal) -> CodedFields:
        """What the machine proposed, taken over as it stands."""
        return CodedFields(
            claim=ClaimFields(
                outcome=proposal.outcome,
                subject_status=proposal.subject_status,
                polarity=proposal.polarity,
                scope=proposal.scope,
                minimum=proposal.minimum,
                maximum=proposal.maximum,
                speaker_text=proposal.speaker_text,
            ),
            place=proposal.place,
            date_start=proposal.date_start,
            date_end=proposal.date_end,
        )

    @staticmethod
    def initial_of(said: Proposal | CodedClaim) -> dict[str, Any]:
        """What the machine proposed, or what the coder said before."""
        names = ("outcome", "subject_status", "polarity", "scope", "speaker_text", "place")
        return {name: getattr(said, name) for name in names} | {
            "figure": Figure(said.minimum, said.maximum),
            "date_start": said.date_start,
            "date_end": said.date_end,
        }


class FindForm(CodeForm):
    """A claim that the machine did not see."""

    quote = forms.CharField(
        label=_("Words of the article that carry it"),
        help_text=_("Copied from the article, exactly as they stand there"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "form-control t-their"}),
        strip=True,
    )
    field_order = ("quote",)


class ShareForm(TrackerForm):
    """How many finished tasks are drawn."""

    per_cent = forms.IntegerField(
        label=_("Share of finished tasks, in per cent"),
        min_value=0,
        max_value=100,
        help_text=_("0 = none is drawn; what is drawn already stays"),
    )


class ResolveForm(ChoosingForm):
    """Which coding is right, and why."""

    vocabularies = (("verdict", Resolved, _("choose one")),)

    verdict = forms.ChoiceField(label=_("Which is right"))
    note = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
