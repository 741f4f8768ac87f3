"""The forms of the workbench: a claim, a reason, a decision on the whole article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.extraction.figures.numbers import Figure
from tracker.incidents.choices import CopyDecision, Outcome, Polarity, Scope, SubjectStatus
from tracker.incidents.services.utterances import Beside
from tracker.verification.choices import WaitsFor
from tracker.web.forms.base import TrackerForm, in_words
from tracker.web.forms.figure import NO_FIGURE, NONE_SAID, FigureField

if TYPE_CHECKING:
    from tracker.incidents.models import Claim

NEW_INCIDENT = "new"
_CREDIBILITY = (
    ("", _("not rated")),
    ("1", _("1 · confirmed by other, independent sources")),
    ("2", _("2 · probably true")),
    ("3", _("3 · possibly true")),
    ("4", _("4 · doubtful")),
    ("5", _("5 · improbable")),
    ("6", _("6 · judged: truth cannot be judged")),
)
_TAKEN_BACK = ("taken_back", _("Taken back by its speaker"))
_NEED_WORDS = frozenset({"other", "taken_back"})
REJECT_REASONS = (
    ("not_said", _("Not said")),
    ("no_harm", _("Not harm to people")),
    ("twice", _("Said twice")),
    ("other", _("Other")),
)


_TOGETHER, _PART = "with", "part"


def beside_of(claim: Claim, together: int | None) -> str:
    """The choice that stands for the claim as it is; ``together``: a claim of its utterance."""
    if claim.part_of_id is not None:
        return f"{_PART}:{claim.part_of_id}"
    return "" if together is None else f"{_TOGETHER}:{together}"


def _beside_choices(figures: list[tuple[int, str]]) -> list[tuple[str, str]]:
    together, part = gettext("said together with %s"), gettext("a part of %s")
    return [
        ("", gettext("on its own")),
        *((f"{_TOGETHER}:{pk}", together % words) for pk, words in figures),
        *((f"{_PART}:{pk}", part % words) for pk, words in figures),
    ]


def translated(choices: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    """The words of a vocabulary in the reader's language."""
    return [(value, gettext(str(words)) if words else "") for value, words in choices]


class ClaimForm(TrackerForm):
    """Every field of a claim, with the incident it belongs to and why it was changed."""

    figure = FigureField(label=_("Figure"), help_text=_("5, 5+, 5–7, up to 30; empty = none said"))
    outcome = forms.ChoiceField(label=_("Outcome"))
    subject_status = forms.ChoiceField(label=_("Status"))
    polarity = forms.ChoiceField(label=_("Says"))
    speaker_text = forms.CharField(
        label=_("Speaker"),
        max_length=200,
        required=False,
        help_text=_("Empty = the outlet in its own voice"),
    )
    party_name = forms.CharField(label=_("Party of the speaker"), max_length=160, required=False)
    said_on = forms.DateField(
        label=_("Said on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    scope = forms.ChoiceField(label=_("Covers"))
    children = FigureField(label=_("Children"))
    women = FigureField(label=_("Women"))
    men = FigureField(label=_("Men"))
    credibility = forms.ChoiceField(
        label=_("Credibility of this claim"), required=False, choices=_CREDIBILITY
    )
    group = forms.CharField(
        label=_("Origin"),
        max_length=60,
        required=False,
        help_text=_("Empty = follows from the speaker"),
    )
    quantifier_raw = forms.CharField(label=_("Figure as printed"), max_length=100, required=False)
    is_cumulative_update = forms.BooleanField(
        label=_("Replaces this speaker's earlier figure"), required=False
    )
    covers_whole_incident = forms.BooleanField(
        label=_("Counts the whole event, not a part of it"), required=False, initial=True
    )
    beside = forms.ChoiceField(label=_("Beside other figures of the article"), required=False)
    copy_decision = forms.ChoiceField(label=_("Copy with another number"), required=False)
    incident = forms.ChoiceField(label=_("Incident"), required=False)
    new_incident = forms.CharField(
        label=_("Title of the new incident"), max_length=200, required=False
    )
    reason = forms.CharField(label=_("Why"), max_length=500, required=False)

    def __init__(
        self,
        *args: Any,
        incidents: list[tuple[str, str]],
        figures: list[tuple[int, str]],
        is_copy: bool = False,
        **kwargs: Any,
    ) -> None:
        """``figures``: the other claims of the article, by id, in words."""
        super().__init__(*args, **kwargs)
        self._set_choices("outcome", translated(Outcome.choices))
        self._set_choices("subject_status", translated(SubjectStatus.choices))
        self._set_choices("polarity", translated(Polarity.choices))
        self._set_choices("scope", translated(Scope.choices))
        self._set_choices(
            "incident",
            [
                ("", gettext("none yet")),
                *incidents,
                (NEW_INCIDENT, gettext("a new one, with the title below")),
            ],
        )
        self._set_choices("beside", _beside_choices(figures))
        if is_copy:
            self._set_choices(
                "copy_decision",
                [("", gettext("not clear yet")), *translated(CopyDecision.choices)],
            )
        else:
            del self.fields["copy_decision"]
        for name, words in (("speaker_text", "known-speakers"), ("party_name", "known-parties")):
            self.fields[name].widget.attrs["list"] = words

    def _set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """What only holds for several fields together."""
        values = super().clean() or {}
        figure = values.get("figure", NO_FIGURE)
        polarity = values.get("polarity")
        if polarity == Polarity.ASSERTS_NO_HARM:
            if figure not in {NO_FIGURE, NONE_SAID}:
                self.add_error("figure", gettext("A speaker who says there was none says 0."))
            values["figure"] = NONE_SAID
        elif figure == NONE_SAID and polarity == Polarity.ASSERTS_HARM:
            self.add_error("polarity", gettext("A figure of 0 says there was none: choose that."))
        if values.get("scope") == Scope.AGGREGATE and values.get("incident"):
            self.add_error(
                "incident", gettext("A running total belongs to no single incident: choose none.")
            )
        if values.get("incident") == NEW_INCIDENT and not values.get("new_incident"):
            self.add_error("new_incident", gettext("Give the new incident a title."))
        return values

    @property
    def incident_id(self) -> int | None:
        """The chosen incident; None = none, or one that is still to be made."""
        chosen = self.cleaned_data.get("incident", "")
        return int(chosen) if chosen not in {"", NEW_INCIDENT} else None

    def beside_unless(self, kept: str) -> Beside | None:
        """The figure that this one was said with, or a part of; None = ``kept``, as it stands."""
        if self.cleaned_data["beside"] == kept:
            return None
        how, _colon, claim_id = self.cleaned_data["beside"].partition(":")
        return Beside(int(claim_id) if claim_id else None, is_part=how == _PART)

    @property
    def wants_new_incident(self) -> bool:
        """Whether the incident is still to be made."""
        return self.cleaned_data.get("incident") == NEW_INCIDENT

    @staticmethod
    def initial_of(claim: Claim) -> dict[str, Any]:
        """The claim as it stands."""
        return {
            "figure": Figure(claim.minimum, claim.maximum),
            "outcome": claim.outcome,
            "subject_status": claim.subject_status,
            "polarity": claim.polarity,
            "speaker_text": claim.speaker.name if claim.speaker else claim.speaker_text,
            "party_name": claim.party.name if claim.party else "",
            "said_on": claim.said_on,
            "scope": claim.scope,
            "children": Figure(claim.children_min, claim.children_max),
            "women": Figure(claim.women_min, claim.women_max),
            "men": Figure(claim.men_min, claim.men_max),
            "credibility": "" if claim.credibility is None else str(claim.credibility),
            "group": claim.group,
            "quantifier_raw": claim.quantifier_raw,
            "is_cumulative_update": claim.is_cumulative_update,
            "covers_whole_incident": claim.covers_whole_incident,
            "copy_decision": claim.copy_decision,
            "incident": str(claim.incident_id or ""),
        }


class NewClaimForm(ClaimForm):
    """A claim that the machine did not see."""

    quote = forms.CharField(
        label=_("Words of the article that carry it"),
        help_text=_("Copied from the article, exactly as they stand there"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "form-control t-their"}),
        strip=True,
    )
    field_order = ("quote",)


class RejectForm(TrackerForm):
    """Why a claim is rejected; a choice, or words. An accepted one may have been taken back."""

    why = forms.ChoiceField(choices=REJECT_REASONS)
    words = forms.CharField(label=_("Why, in your words"), max_length=480, required=False)

    def __init__(self, *args: Any, is_accepted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        if is_accepted and isinstance(field, forms.ChoiceField):
            field.choices = [*REJECT_REASONS, _TAKEN_BACK]

    def clean(self) -> dict[str, Any]:
        """Where and when it was taken back needs words, and so does “Other”."""
        values = super().clean() or {}
        if values.get("why") in _NEED_WORDS and not values.get("words"):
            self.add_error("words", gettext("Say in a few words why."))
        return values

    @property
    def is_taken_back(self) -> bool:
        """Its speaker no longer says so; that is no mistake of who accepted it."""
        return bool(self.cleaned_data["why"] == _TAKEN_BACK[0])

    @property
    def reason(self) -> str:
        """The choice in words, and the words."""
        words: str = self.cleaned_data["words"]
        if self.cleaned_data["why"] in _NEED_WORDS:
            return words
        chosen = str(dict(REJECT_REASONS)[self.cleaned_data["why"]])
        return f"{chosen}: {words}" if words else chosen


class ReasonForm(TrackerForm):
    """A reason and nothing else."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class DuplicateForm(ReasonForm):
    """Which article this one repeats."""

    original = forms.IntegerField(
        label=_("Number of the article it repeats"),
        min_value=1,
        max_value=10**15,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
    )
    field_order = ("original", "reason")


class AsideForm(ReasonForm):
    """What the task waits for."""

    waits_for = forms.ChoiceField(
        label=_("What it waits for"),
        choices=[*in_words(WaitsFor.choices), ("", _("nothing: it can be done now"))],
        required=False,
    )
    waits_until = forms.DateField(
        label=_("Comes back on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For what is deferred."),
    )
    field_order = ("waits_for", "waits_until", "reason")


class NewIncidentForm(TrackerForm):
    """A title; everything else follows on the incident's page."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What happened and where, without names of people"),
    )
