"""The shape of what partners read; the values are made in ``tracker.publication``."""

from __future__ import annotations

from rest_framework import serializers

from tracker.incidents.choices import (
    DateBasis,
    DatePrecision,
    GeoPrecision,
    Grade,
    Outcome,
    Polarity,
    Scope,
    SubjectStatus,
    TimeTerm,
)
from tracker.sources.choices import Reliability, SourceKind


class ProblemDocument(serializers.Serializer[None]):
    """An error as RFC 9457 has it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = serializers.ListField(  # type: ignore[assignment]  # the field is named by RFC 9457
        child=serializers.DictField(), required=False
    )


class RangeDocument(serializers.Serializer[None]):
    """A computed range. All null = no figure, which is not 0; `open_above` = "N or more"."""

    min = serializers.IntegerField(allow_null=True)
    max = serializers.IntegerField(allow_null=True)
    open_above = serializers.BooleanField()
    highest_stated = serializers.IntegerField(allow_null=True)


class CivilianRangeDocument(RangeDocument):
    """Civilians: said to be, or status not said and presumed so."""

    stated_civilian_min = serializers.IntegerField(allow_null=True)
    stated_civilian_max = serializers.IntegerField(allow_null=True)


class OutcomeDocument(serializers.Serializer[None]):
    """Everything about those killed, or about those injured."""

    headline = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)
    civilians = CivilianRangeDocument()
    combatants = RangeDocument()
    directly_participating = RangeDocument()
    all_people = RangeDocument()
    children = RangeDocument()
    women = RangeDocument()
    men = RangeDocument()


class DateDocument(serializers.Serializer[None]):
    """When it happened; start and end null = not resolved."""

    start = serializers.DateField(allow_null=True)
    end = serializers.DateField(allow_null=True)
    precision = serializers.ChoiceField(choices=DatePrecision.choices)
    basis = serializers.ChoiceField(
        choices=DateBasis.choices,
        allow_null=True,
        required=False,
        help_text="What the day rests on; absent in older versions.",
    )


class TimeDocument(serializers.Serializer[None]):
    """At what time of day; start and end are equal for an exact time, and null = not known.

    A window that ends earlier than it begins runs past midnight.
    """

    term = serializers.ChoiceField(choices=TimeTerm.choices, allow_null=True)
    start = serializers.CharField(allow_null=True, help_text="Hours and minutes, 05:40.")
    end = serializers.CharField(allow_null=True)
    zone = serializers.CharField(allow_null=True, help_text="Such as Asia/Damascus.")


class LocationDocument(serializers.Serializer[None]):
    """Where it happened, as one bundle at the precision that may leave."""

    name = serializers.CharField(allow_null=True)
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    precision = serializers.ChoiceField(choices=GeoPrecision.choices)
    radius_m = serializers.IntegerField(allow_null=True)


class PositionDocument(serializers.Serializer[None]):
    """One dated statement of a belligerent; null = the statement does not speak of it."""

    date = serializers.DateField()
    act = serializers.CharField(allow_null=True)
    harm = serializers.CharField(allow_null=True)
    responsibility = serializers.CharField(allow_null=True)


class BelligerentDocument(serializers.Serializer[None]):
    """A belligerent of the incident and what it says."""

    name = serializers.CharField()
    accused = serializers.BooleanField()
    position_summary = serializers.CharField(allow_null=True)
    positions = PositionDocument(many=True)


class SourceDocument(serializers.Serializer[None]):
    """A cited source with what was in force when this version was published."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=SourceKind.choices)
    reliability = serializers.ChoiceField(choices=Reliability.choices, allow_null=True)
    note = serializers.CharField(allow_null=True)
    note_made_on = serializers.DateField(allow_null=True)


class CitationDocument(serializers.Serializer[None]):
    """The article a claim stands in, by outlet, day and link; no headline and no text."""

    outlet = serializers.CharField(allow_null=True)
    published_on = serializers.DateField(allow_null=True)
    url = serializers.CharField(allow_null=True)


class ClaimDocument(serializers.Serializer[None]):
    """One claim, counted or not."""

    label = serializers.CharField()  # type: ignore[assignment]  # as the pages call it
    quote = serializers.CharField(
        allow_null=True,
        required=False,
        help_text="The passage, at most 300 characters, with the names of private persons as "
        "“[name]”; null where they can't be told from other words. Absent in older versions.",
    )
    speaker = serializers.CharField()
    speaker_source = serializers.IntegerField(allow_null=True)
    party = serializers.CharField(allow_null=True)
    said_on = serializers.DateField(allow_null=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    subject_status = serializers.ChoiceField(choices=SubjectStatus.choices)
    polarity = serializers.ChoiceField(choices=Polarity.choices)
    scope = serializers.ChoiceField(choices=Scope.choices)
    min = serializers.IntegerField(allow_null=True)
    max = serializers.IntegerField(allow_null=True)
    children_min = serializers.IntegerField(allow_null=True)
    children_max = serializers.IntegerField(allow_null=True)
    women_min = serializers.IntegerField(allow_null=True)
    women_max = serializers.IntegerField(allow_null=True)
    men_min = serializers.IntegerField(allow_null=True)
    men_max = serializers.IntegerField(allow_null=True)
    credibility = serializers.IntegerField(allow_null=True)
    counted = serializers.BooleanField()
    excluded_because = serializers.CharField(allow_null=True)
    citation = CitationDocument()


class MethodologyDocument(serializers.Serializer[None]):
    """By which published rules the figures were computed."""

    rules = serializers.CharField()


class IncidentDocument(serializers.Serializer[None]):
    """The version in force of a published incident."""

    code = serializers.CharField()
    previous_codes = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Codes of incidents that were merged into this one; absent in older versions.",
    )
    version = serializers.IntegerField()
    title = serializers.CharField()
    published_at = serializers.DateTimeField()
    change_note = serializers.CharField()
    date = DateDocument()
    time = TimeDocument(required=False, help_text="Absent in older versions.")
    location = LocationDocument()
    further_locations = LocationDocument(
        many=True, required=False, help_text="Absent in older versions."
    )
    grade = serializers.ChoiceField(choices=Grade.choices)
    grade_proposed = serializers.ChoiceField(choices=Grade.choices)
    strike_status = serializers.CharField(allow_null=True)
    independent_sources = serializers.IntegerField()
    provisional = serializers.BooleanField()
    killed = OutcomeDocument()
    injured = OutcomeDocument()
    belligerents = BelligerentDocument(many=True)
    claims = ClaimDocument(many=True)
    sources = SourceDocument(many=True)
    methodology = MethodologyDocument()


class MovedDocument(serializers.Serializer[None]):
    """The answer to the code of an incident that was merged into another one."""

    code = serializers.CharField()
    merged_into = serializers.CharField()
