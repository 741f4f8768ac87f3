"""The answer of the rules in the words of the page: headline, grade, strike, positions, tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from tracker.incidents.choices import Grade, IncidentStatus
from tracker.incidents.rules.facts import FIGHTERS
from tracker.web.templatetags.figures import figure_in_text

if TYPE_CHECKING:
    from tracker.incidents.models import Incident
    from tracker.incidents.rules import Assessment
    from tracker.incidents.rules.intervals import Interval

_STRIKE = {
    "DECLARED": gettext_noop("declared"),
    "LIKELY": gettext_noop("likely"),
    "SINGLE_SOURCE": gettext_noop("single source"),
    "CONTESTED": gettext_noop("contested"),
}
_SUMMARIES = {
    "ACCEPTED": gettext_noop("accepts harm and responsibility"),
    "MIXED": gettext_noop("statements in conflict on the same day"),
    "ACKNOWLEDGED_ACT_DENIES_HARM": gettext_noop("acknowledges the act, denies harm"),
    "ALTERNATIVE_EXPLANATION": gettext_noop("gives another explanation"),
    "DENIES_ACT": gettext_noop("denies the act"),
    "UNDER_REVIEW": gettext_noop("says it looks into it"),
    "DENIES_RESPONSIBILITY": gettext_noop("denies responsibility"),
    "ACKNOWLEDGED_ACT": gettext_noop("acknowledges the act"),
    "NO_COMMENT": gettext_noop("does not comment"),
    "NOT_ASKED": gettext_noop("was not asked"),
}
_TASKS = {
    "COPY_NUMBER_CHANGED": gettext_noop(
        "A copy has another number than its origin. Is the copy wrong, or did the speaker raise it?"
    ),
    "SAME_DEAD": gettext_noop(
        "The accused party counts fighters where somebody else counts people. Are they the same "
        "dead? If so, their status is disputed."
    ),
    "NAMED_ABOVE_MAX": gettext_noop("More victims are named than the highest figure says."),
    "SUBGROUPS_ABOVE_MAX": gettext_noop(
        "Women, men and children together are more than the highest figure."
    ),
    "POSITION_REVERSED": gettext_noop(
        "A party once accepted harm and responsibility and no longer does."
    ),
}
_NOTES = {
    "NO_STRIKE_EVIDENCE": gettext_noop("No strike evidence recorded."),
    "NO_RATED_CLAIMS": gettext_noop("No rated claims."),
}


@dataclass(frozen=True, slots=True)
class GradeReason:
    """One rule that was tried, or a note; ``holds`` = it speaks for the grade.

    ``why`` is in the words of the rules, which are English.
    """

    words: str
    holds: bool
    why: str = ""


def headline(assessment: Assessment) -> str:
    """How many civilians are reported killed and injured; never a 0 for silence."""
    killed, injured = (assessment.ranges[name]["civilians"] for name in ("KILLED", "INJURED"))
    words = [_killed_words(killed, _is_stated(assessment, "KILLED"))] if _has_figure(killed) else []
    if _has_figure(injured):
        words.append(_injured_words(injured, after_killed=bool(words)))
    if not words:
        return _without_figure(assessment)
    presumed = not any(_is_stated(assessment, name) for name in ("KILLED", "INJURED"))
    ending = _("; status not stated (presumed civilian)") if presumed else ""
    return ", ".join(words) + ending


def _has_figure(interval: Interval) -> bool:
    has_any = interval.minimum is not None or interval.maximum is not None
    return has_any and interval.maximum != 0


def _is_stated(assessment: Assessment, outcome: str) -> bool:
    return assessment.ranges[outcome]["stated_civilians"].highest is not None


def _killed_words(interval: Interval, is_stated: bool) -> str:  # noqa: FBT001  # private
    figure = figure_in_text(interval.minimum, interval.maximum)
    number = 1 if interval.minimum == interval.maximum == 1 else 2
    if is_stated:
        words = ngettext(
            "%(figure)s civilian reported killed", "%(figure)s civilians reported killed", number
        )
    else:
        words = ngettext(
            "%(figure)s person reported killed", "%(figure)s people reported killed", number
        )
    return words % {"figure": figure}


def _injured_words(interval: Interval, *, after_killed: bool) -> str:
    figure = figure_in_text(interval.minimum, interval.maximum)
    if after_killed:
        return _("%(figure)s injured") % {"figure": figure}
    number = 1 if interval.minimum == interval.maximum == 1 else 2
    words = ngettext(
        "%(figure)s person reported injured", "%(figure)s people reported injured", number
    )
    return words % {"figure": figure}


def _without_figure(assessment: Assessment) -> str:
    asserted = any(
        not fact.is_zero and fact.polarity == "ASSERTS_HARM" and fact.subject_status not in FIGHTERS
        for fact in assessment.taking.counted
    )
    if asserted:
        return _("Harm to civilians reported, no figure")
    ranges = (assessment.ranges[name]["civilians"] for name in ("KILLED", "INJURED"))
    if any(interval.maximum == 0 for interval in ranges):
        return _("No civilian harmed, it is said")
    return _("No harm to civilians asserted")


def grade_shown(incident: Incident, assessment: Assessment) -> str:
    """The grade in force where it is public or in review, else what the rules propose now."""
    settled = {IncidentStatus.PUBLISHED, IncidentStatus.IN_REVIEW}
    return incident.grade if incident.status in settled else assessment.grade


def grade_reasons(assessment: Assessment) -> list[GradeReason]:
    """Each rule the engine tried, in its order, and what an assessor should see."""
    tried = [
        GradeReason(
            words=_("%(grade)s (rule %(number)s):")
            % {"grade": _(str(Grade(rule.grade).label)), "number": rule.number},
            holds=rule.held,
            why=rule.why,
        )
        for rule in assessment.grading.tried
    ]
    notes = [
        GradeReason(words=_(_NOTES.get(note, note)), holds=False)
        for note in assessment.grading.notes
    ]
    return tried + notes


def strike_words(assessment: Assessment) -> str:
    """The strike status, "" where there is none."""
    status = assessment.grading.strike_status
    return _(_STRIKE[status]) if status else ""


def summary_words(summary: str | None) -> str:
    """What a party says, in one line."""
    return _(_SUMMARIES[summary]) if summary else _("no position recorded")


def task_words(assessment: Assessment) -> list[str]:
    """What a person should look at."""
    return [_(_TASKS.get(task, task)) for task in assessment.tasks]


def origin_words(assessment: Assessment) -> str:
    """How many independent origins assert harm; below two it is provisional."""
    count = assessment.independent_groups
    words = ngettext("%(n)s independent origin", "%(n)s independent origins", count) % {"n": count}
    return _("%(words)s (provisional)") % {"words": words} if assessment.provisional else words
