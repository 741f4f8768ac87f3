"""The forms of the incident page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.incidents.choices import (
    REFUSALS,
    DateBasis,
    DatePrecision,
    EvidenceKind,
    GeoMethod,
    GeoPrecision,
    Grade,
    PositionAct,
    PositionAssessment,
    PositionHarm,
    PositionResponsibility,
    RefusalReason,
    TimeTerm,
)
from tracker.web.forms.base import TrackerForm
from tracker.web.forms.choosing import (
    ChoosingForm,
    check_point,
    day_field,
    reference_field,
    time_field,
)

if TYPE_CHECKING:
    from tracker.incidents.models import Incident


class IncidentForm(ChoosingForm):
    """What happened, when and where, each with how well it is known."""

    vocabularies = (
        ("date_precision", DatePrecision, ""),
        ("date_basis", DateBasis, _("not said")),
        ("time_term", TimeTerm, _("not said")),
        ("geo_precision", GeoPrecision, ""),
        ("geo_method", GeoMethod, _("not said")),
    )

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("What happened"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    date_start = day_field(_("First day"))
    date_end = day_field(_("Last day"))
    date_precision = forms.ChoiceField(label=_("The day is known to"))
    date_raw = forms.CharField(label=_("Day as printed"), max_length=200, required=False)
    date_basis = forms.ChoiceField(label=_("The day rests on"), required=False)
    date_anchor = day_field(_("Counted from the day"))
    time_term = forms.ChoiceField(label=_("Time of day"), required=False)
    time_start = time_field(_("From"))
    time_end = time_field(_("To; the same for an exact time"))
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=40,
        required=False,
        help_text=_("Such as Asia/Damascus; only with times"),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    place_name = forms.CharField(label=_("Place"), max_length=200, required=False)
    geo_precision = forms.ChoiceField(label=_("The place is known to"))
    lat = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    radius_m = forms.IntegerField(label=_("Radius in metres"), required=False, min_value=1)
    geo_method = forms.ChoiceField(label=_("How the place was found"), required=False)
    geo_reference = reference_field()
    reason = forms.CharField(label=_("Why you change it"), max_length=500)

    def __init__(self, *args: Any, offered: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in offered:
            self.fields[name].help_text = _("As the linked texts are read; check before you save")
        for name in ("lat", "lon", "radius_m"):
            self.fields[name].widget = forms.TextInput(
                attrs={"inputmode": "decimal", "dir": "ltr", "class": "form-control"}
            )

    def clean(self) -> dict[str, Any]:
        """Days with their precision, both ends of a place."""
        values = super().clean() or {}
        start, end = values.get("date_start"), values.get("date_end")
        if start and not end:
            end = values["date_end"] = start
        if end and not start:
            self.add_error("date_start", gettext("Give the first day too."))
        if start and end and start > end:
            self.add_error("date_end", gettext("The last day lies before the first."))
        precision = values.get("date_precision")
        if start and precision == DatePrecision.UNKNOWN:
            self.add_error("date_precision", gettext("Say how well the day is known."))
        if not start and precision and precision != DatePrecision.UNKNOWN:
            self.add_error("date_start", gettext("Give the day, or say it is not resolved."))
        if precision == DatePrecision.DAY and start and end and start != end:
            self.add_error("date_precision", gettext("One known day has the same first and last."))
        if not start and (values.get("date_basis") or values.get("date_anchor")):
            self.add_error("date_start", gettext("Give the day that this rests on."))
        if (values.get("time_start") is None) != (values.get("time_end") is None):
            self.add_error("time_start", gettext("Give both times, or neither."))
        if (values.get("time_start") is None) != (not values.get("time_zone")):
            self.add_error("time_zone", gettext("Give the times with their time zone, or neither."))
        check_point(self, values)
        return values

    @staticmethod
    def initial_of(incident: Incident) -> dict[str, Any]:
        """The incident as it stands."""
        return {
            name: getattr(incident, name) for name in IncidentForm.base_fields if name != "reason"
        }


class PlaceForm(ChoosingForm):
    """A further place of the incident."""

    vocabularies = (("geo_precision", GeoPrecision, ""), ("geo_method", GeoMethod, ""))

    name = forms.CharField(label=_("Place"), max_length=200)
    geo_precision = forms.ChoiceField(label=_("The place is known to"))
    geo_method = forms.ChoiceField(label=_("How the place was found"))
    lat = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    radius_m = forms.IntegerField(label=_("Radius in metres"), required=False, min_value=1)
    geo_reference = reference_field()
    note = forms.CharField(label=_("What happened there"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Both ends of a point."""
        values = super().clean() or {}
        check_point(self, values)
        return values


class PlaceActForm(forms.Form):
    """Which place is signed off or withdrawn; 0 = the one on the incident itself."""

    place = forms.IntegerField(min_value=0)


class PartyForm(TrackerForm):
    """A belligerent of this incident."""

    party_name = forms.CharField(
        label=_("Party"), max_length=160, widget=forms.TextInput(attrs={"list": "known-parties"})
    )
    accused = forms.BooleanField(label=_("Accused by some speaker"), required=False, initial=True)


class PositionForm(ChoosingForm):
    """One dated statement of one belligerent; four questions apart."""

    vocabularies = (
        ("act", PositionAct, _("does not speak of it")),
        ("harm", PositionHarm, _("does not speak of it")),
        ("responsibility", PositionResponsibility, _("does not speak of it")),
        ("assessment", PositionAssessment, _("does not speak of it")),
        ("refusal_reason", RefusalReason, _("none given")),
    )

    party_name = forms.CharField(
        label=_("Party"), max_length=160, widget=forms.TextInput(attrs={"list": "known-parties"})
    )
    said_on = day_field(_("Said on"), required=True)
    act = forms.ChoiceField(label=_("The act"), required=False)
    harm = forms.ChoiceField(label=_("The harm"), required=False)
    responsibility = forms.ChoiceField(label=_("Responsibility"), required=False)
    assessment = forms.ChoiceField(label=_("Its own assessment"), required=False)
    refusal_reason = forms.ChoiceField(label=_("Reason of a refusal"), required=False)
    article = forms.ChoiceField(label=_("Article it stands in"), required=False)

    def __init__(self, *args: Any, articles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("article", [("", gettext("none")), *articles])

    def clean(self) -> dict[str, Any]:
        """At least one question is answered; a reason belongs to a refusal."""
        values = super().clean() or {}
        axes = ("act", "harm", "responsibility", "assessment")
        if not any(values.get(name) for name in axes):
            self.add_error("act", gettext("Say what the party says on at least one question."))
        if values.get("refusal_reason") and values.get("assessment") not in REFUSALS:
            self.add_error("refusal_reason", gettext("A reason belongs to a refusal only."))
        return values


class EvidenceForm(ChoosingForm):
    """What speaks for a strike."""

    vocabularies = (("kind", EvidenceKind, ""),)

    kind = forms.ChoiceField(label=_("Kind"))
    party_name = forms.CharField(
        label=_("Party"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-parties"}),
    )
    article = forms.ChoiceField(label=_("Article it stands in"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, articles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("article", [("", gettext("none")), *articles])


class SubmitForm(TrackerForm):
    """A word to the reviewer."""

    reason = forms.CharField(label=_("A word to the reviewer"), max_length=500, required=False)


class ReturnForm(TrackerForm):
    """What must be put right."""

    reason = forms.CharField(label=_("What must be put right"), max_length=500)


class PublishForm(ChoosingForm):
    """A change note, and another grade only with a reason."""

    vocabularies = (("grade", Grade, _("as the rules propose")),)

    change_note = forms.CharField(
        label=_("Change note"), max_length=500, help_text=_("Partners read it")
    )
    grade = forms.ChoiceField(label=_("Grade"), required=False)
    grade_reason = forms.CharField(label=_("Why another grade"), max_length=500, required=False)
    without_quotes = forms.BooleanField(
        label=_("Let no passage leave with this version"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Another grade needs a reason."""
        values = super().clean() or {}
        if values.get("grade") and not values.get("grade_reason"):
            self.add_error("grade_reason", gettext("Another grade needs its reason."))
        return values
