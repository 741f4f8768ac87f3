"""What changed since somebody opened a page, and by whom, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from tracker.audit.selectors.writers import SOMEBODY
from tracker.incidents.choices import ContributionKind
from tracker.incidents.models import Contribution

if TYPE_CHECKING:
    from tracker.incidents.models import Claim, Incident

_AT_MOST = 3
#: The words for what a decision may change; the rest of the row is the machine's.
_FIELDS = {
    "state": "the decision",
    "incident_id": "the incident",
    "outcome": "the outcome",
    "subject_status": "the status",
    "polarity": "what it asserts",
    "scope": "the scope",
    "minimum": "the lower figure",
    "maximum": "the higher figure",
    "women_min": "women",
    "women_max": "women",
    "men_min": "men",
    "men_max": "men",
    "children_min": "children",
    "children_max": "children",
    "speaker_id": "the speaker",
    "speaker_text": "the speaker",
    "party_id": "the party",
    "group": "the independent source",
    "said_on": "the day it was said",
    "credibility": "the credibility",
    "copy_decision": "the word on the copy",
}


def incident_changed_since(incident: Incident, revision: int) -> str:
    """Who did what to the incident after that revision; its state where nobody contributed."""
    since = Contribution.objects.filter(incident=incident, revision__gt=revision)
    acts = dict.fromkeys(
        f"{alias} {ContributionKind(kind).label}"
        for alias, kind in since.order_by("-id").values_list("person__alias", "kind")
    )
    told = list(acts)[:_AT_MOST]
    if len(acts) > _AT_MOST:
        told.append("more was changed")
    if told:
        return f"{_listed(told)} since you opened it."
    return f"Somebody changed this incident since you opened it; it is {_state_of(incident)} now."


def claim_changed_since(claim: Claim, revision: int) -> str:
    """Who decided the claim after that revision, and which fields differ."""
    who = claim.decided_by.alias if claim.decided_by else SOMEBODY
    history = apps.get_model("incidents", "ClaimEvent").objects
    former = history.filter(pgh_obj=claim.pk, revision=revision).order_by("-pgh_id").first()
    changed = dict.fromkeys(
        words
        for name, words in _FIELDS.items()
        if former is not None and getattr(former, name) != getattr(claim, name)
    )
    if not changed:
        return f"{who} decided this claim since you opened it."
    return f"{who} decided this claim since you opened it and changed {_listed(list(changed))}."


def _state_of(incident: Incident) -> str:
    return str(incident.get_status_display()).lower()


def _listed(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
