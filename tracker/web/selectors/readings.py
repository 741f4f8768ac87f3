"""Why a claim was proposed as it was: each field with its rule and the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker.incidents.choices import DatePrecision
from tracker.web.templatetags.figures import figure_in_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.incidents.models import Claim, Reading

_MOST_WORDS = 3
_LONGEST_WORDS = 80
#: Kinds of what was hit whose word is another than the kind itself.
_INFRASTRUCTURE = {
    "worship": "place of worship",
    "home": "homes",
    "water": "water supply",
    "power": "power supply",
    "funeral": "funeral or wedding",
}


@dataclass(frozen=True, slots=True)
class ReadField:
    """One field as the machine read it; ``chance`` "" = how often it is right is not known."""

    label: str
    value: str
    words: list[str]
    rule: str
    chance: str


def reading_of(claim: Claim) -> Reading | None:
    """The machine's reading; None for a claim that a person added."""
    return getattr(claim, "reading", None)


def circumstances_of(reading: Reading) -> list[str]:
    """Where, when, how and by whom the text says it happened, as far as it says."""
    ages = ", ".join(str(age) for age in reading.ages)
    said = (
        reading.place,
        _days_of(reading),
        _(str(reading.get_method_display())) if reading.method else "",
        _("by %(actor)s") % {"actor": reading.actor} if reading.actor else "",
        _(str(reading.get_protected_kind_display())) if reading.protected_kind else "",
        _("aged %(ages)s") % {"ages": ages} if ages else "",
        *(_("hit: %(what)s") % {"what": _hit(what)} for what in reading.infrastructure),
        _("helpers struck in turn") if reading.is_double_tap else "",
    )
    return [words for words in said if words]


def read_fields(reading: Reading, text: str) -> list[ReadField]:
    """Every field that has a rule, in the order of the claim's form."""
    return list(_fields(reading, text))


def _fields(reading: Reading, text: str) -> Iterator[ReadField]:
    values = {
        "figure": (_("Figure"), figure_in_text(reading.minimum, reading.maximum)),
        "status": (_("Who they were"), _(str(reading.get_subject_status_display()))),
        "speaker": (_("Speaker"), _chain_of(reading)),
        "scope": (_("What it covers"), _(str(reading.get_scope_display()))),
        "place": (_("Place"), reading.place),
        "day": (_("Day"), _days_of(reading) or reading.date_raw),
        "method": (_("Means"), _(str(reading.get_method_display())) if reading.method else ""),
        "actor": (_("Said to have done it"), reading.actor),
    }
    for name, (label, value) in values.items():
        rule, spans, confidence = reading.evidence.get(name, ("", [], None))
        if rule:
            yield ReadField(
                label=label,
                value=value or _("not said"),
                words=[text[start:end][:_LONGEST_WORDS] for start, end in spans[:_MOST_WORDS]],
                rule=rule,
                chance=_chance(confidence),
            )


def _chain_of(reading: Reading) -> str:
    """Who quotes whom, from the outlet's side."""
    chain = reading.speaker_chain or ([reading.speaker_text] if reading.speaker_text else [])
    return " → ".join(chain) or _("the outlet in its own voice")


def _days_of(reading: Reading) -> str:
    first, last = reading.date_start, reading.date_end
    if first is None or last is None:
        return ""
    if reading.date_precision == DatePrecision.DAY:
        return date_format(first, "j M Y")
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, "j M Y"),
        "last": date_format(last, "j M Y"),
    }


def _hit(kind: str) -> str:
    return _(_INFRASTRUCTURE.get(kind, kind))


def _chance(confidence: float | None) -> str:
    if confidence is None:
        return ""
    return _("right in about %(n)s of 100 such readings") % {"n": round(100 * confidence)}
