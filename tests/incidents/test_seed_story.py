"""One article, two events: coded by hand through the services as far as review."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import ArticleFactory, PartyFactory, ReviewTaskFactory, SourceFactory
from tracker.incidents.choices import IncidentStatus, Outcome, Polarity, Scope, SubjectStatus
from tracker.incidents.models import Assessment, Incident
from tracker.incidents.selectors.assessment import assess_incident
from tracker.incidents.services.claim_fields import ClaimFields
from tracker.incidents.services.incidents import (
    IncidentFields,
    create_incident,
    edit_incident,
    record_position,
    set_party,
)
from tracker.incidents.services.review import submit_incident
from tracker.sources.choices import SourceKind
from tracker.verification.choices import TaskState
from tracker.verification.services.decisions import add_claim
from tracker.verification.services.leases import lease_task
from tracker.verification.services.tasks import finish_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.accounts.models import Person
    from tracker.core.actor import Actor
    from tracker.verification.models import ReviewTask

    Code = Callable[..., None]

pytestmark = pytest.mark.django_db

TEXT = (
    "Coalition aircraft killed two commanders of the Veria Front near Marnesh on Thursday, two "
    "Coalition officials said. According to an initial assessment no civilians were killed or "
    "wounded, the officials said.\n\n"
    "The strike came a day after a raid near Ostra. In the raid an armourer of the Front was "
    "killed and one of his companions was wounded, Coalition Command said in a statement. No "
    "civilians were killed or hurt in that operation, the Command added.\n\n"
    "Nahr State Television said the raid killed one person and accused the Coalition of carrying "
    "off several people.\n\n"
    "Coalition raids have killed 31 members of the Front since March."
)
STRIKE_DAY, RAID_DAY = date(2026, 11, 12), date(2026, 11, 11)
NO_HARM = {"polarity": Polarity.ASSERTS_NO_HARM.value, "minimum": 0, "maximum": 0}


@pytest.fixture
def task(researcher: Person) -> ReviewTask:
    """The article on the bench, with the two speakers that have a name of their own."""
    coalition = PartyFactory(name="Coalition")
    SourceFactory(name="Coalition Command", kind=SourceKind.BELLIGERENT, party=coalition)
    SourceFactory(name="Nahr State Television", kind=SourceKind.STATE_MEDIA)
    waiting = ReviewTaskFactory(article=ArticleFactory(text=TEXT, published_on=STRIKE_DAY))
    return lease_task(task_id=waiting.pk, actor=researcher.as_actor(), now=NOW)


@pytest.fixture
def code(task: ReviewTask, researcher: Person) -> Code:
    """Enter one claim of the article by its words."""

    def enter(quote: str, incident: Incident | None, **fields: Any) -> None:
        add_claim(
            task_id=task.pk,
            fence=task.fence,
            quote=quote,
            fields=ClaimFields(**fields),
            incident_id=incident.pk if incident else None,
            actor=researcher.as_actor(),
            now=NOW,
        )

    return enter


def _incident(title: str, day: date, place: str, *, harm: str, actor: Actor) -> Incident:
    incident = create_incident(title=title, actor=actor, now=NOW)
    edit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        fields=IncidentFields(
            title=title, date_start=day, date_end=day, date_precision="DAY", place_name=place
        ),
        actor=actor,
        now=NOW,
        reason="As the article says.",
    )
    set_party(incident_id=incident.pk, party_name="Coalition", accused=True, actor=actor, now=NOW)
    record_position(
        incident_id=incident.pk,
        party_name="Coalition",
        said_on=STRIKE_DAY,
        act="ACKNOWLEDGES",
        harm=harm,
        responsibility="",
        article_id=None,
        actor=actor,
        now=NOW,
    )
    return incident


def _code_strike(code: Code, strike: Incident) -> None:
    officials = {"speaker_text": "two Coalition officials", "party_name": "Coalition"}
    code(
        "killed two commanders",
        strike,
        outcome=Outcome.KILLED.value,
        subject_status=SubjectStatus.COMBATANT.value,
        minimum=2,
        maximum=2,
        **officials,
    )
    for outcome in (Outcome.KILLED, Outcome.INJURED):
        code(
            "no civilians were killed or wounded",
            strike,
            outcome=outcome.value,
            subject_status=SubjectStatus.CIVILIAN.value,
            **NO_HARM,
            **officials,
        )


def _code_raid(code: Code, raid: Incident) -> None:
    command = {"speaker_text": "Coalition Command"}
    one = {"minimum": 1, "maximum": 1}
    code(
        "an armourer of the Front was killed",
        raid,
        outcome=Outcome.KILLED.value,
        subject_status=SubjectStatus.COMBATANT.value,
        **one,
        **command,
    )
    code("one of his companions was wounded", raid, outcome="INJURED", **one, **command)
    for outcome in (Outcome.KILLED, Outcome.INJURED):
        code(
            "No civilians were killed or hurt",
            raid,
            outcome=outcome.value,
            subject_status=SubjectStatus.CIVILIAN.value,
            **NO_HARM,
            **command,
        )
    television = {"speaker_text": "Nahr State Television"}
    code("killed one person", raid, outcome=Outcome.KILLED.value, **one, **television)
    code(
        "carrying off several people",
        raid,
        outcome=Outcome.ABDUCTED.value,
        minimum=3,
        quantifier_raw="several",
        **television,
    )


def _submit(incident: Incident, actor: Actor) -> dict[str, Any]:
    incident.refresh_from_db()
    submit_incident(
        incident_id=incident.pk, expected_revision=incident.revision, actor=actor, now=NOW
    )
    incident.refresh_from_db()
    result: dict[str, Any] = Assessment.objects.get(incident=incident).result
    return result


def _range(result: dict[str, Any], outcome: str, who: str) -> tuple[int | None, int | None]:
    found = result["ranges"][outcome][who]
    return found["min"], found["max"]


def test_strike_without_civilian_harm_shows_no_figure_and_never_zero(
    code: Code, researcher: Person
) -> None:
    actor = researcher.as_actor()
    strike = _incident(
        "Strike near Marnesh", STRIKE_DAY, "Marnesh", harm="NO_INDICATION", actor=actor
    )
    _code_strike(code, strike)

    result = _submit(strike, actor)

    assert _range(result, "killed", "combatants") == (2, 2)
    for outcome in ("killed", "injured"):
        assert _range(result, outcome, "civilians") == (None, None)
        assert "no harm asserted" in result["explanation"][outcome]["headline"]
    assert {row["reason"] for row in result["excluded"]} == {"PARTY_DENIAL"}
    assert len(result["excluded"]) == 2
    assert "by the party's own account" in result["explanation"]["killed"]["sentence"]
    assert (result["grade"], result["strike_status"]) == ("UNASSESSED", "DECLARED")
    assert list(result["position_summary"].values()) == ["ACKNOWLEDGED_ACT_DENIES_HARM"]
    assert (strike.status, strike.grade) == (IncidentStatus.IN_REVIEW, "UNASSESSED")


def test_raid_counts_whom_others_count_and_asks_whether_they_are_the_same(
    code: Code, researcher: Person
) -> None:
    actor = researcher.as_actor()
    raid = _incident("Raid near Ostra", RAID_DAY, "Ostra", harm="DENIES_HARM", actor=actor)
    _code_raid(code, raid)

    result = _submit(raid, actor)

    assert _range(result, "killed", "civilians") == (1, 1)
    stated = result["ranges"]["killed"]["civilians"]
    assert (stated["stated_civilian_min"], stated["stated_civilian_max"]) == (None, None)
    assert result["explanation"]["killed"]["headline"] == (
        "1 person reported killed, status not stated (presumed civilian)"
    )
    assert _range(result, "killed", "combatants") == (1, 1)
    assert _range(result, "injured", "civilians") == (1, 1)
    assert [row["reason"] for row in result["excluded"]] == ["PARTY_DENIAL", "PARTY_DENIAL"]
    assert "SAME_DEAD" in result["tasks"]
    assert (result["grade"], result["strike_status"]) == ("WEAK", "DECLARED")


def test_if_the_dead_are_disputed_the_range_begins_at_none(code: Code, researcher: Person) -> None:
    raid = _incident(
        "Raid near Ostra", RAID_DAY, "Ostra", harm="DENIES_HARM", actor=researcher.as_actor()
    )
    code(
        "killed one person",
        raid,
        outcome=Outcome.KILLED.value,
        subject_status=SubjectStatus.DISPUTED.value,
        minimum=1,
        maximum=1,
        speaker_text="Nahr State Television",
    )

    civilians = assess_incident(raid).assessment.ranges["KILLED"]["civilians"]

    assert (civilians.minimum, civilians.maximum) == (0, 1)


def test_one_article_feeds_two_incidents_and_its_total_none(
    code: Code, task: ReviewTask, researcher: Person
) -> None:
    actor = researcher.as_actor()
    strike = _incident(
        "Strike near Marnesh", STRIKE_DAY, "Marnesh", harm="NO_INDICATION", actor=actor
    )
    raid = _incident("Raid near Ostra", RAID_DAY, "Ostra", harm="DENIES_HARM", actor=actor)
    _code_strike(code, strike)
    _code_raid(code, raid)
    code(
        "have killed 31 members of the Front since March",
        None,
        outcome=Outcome.KILLED.value,
        subject_status=SubjectStatus.COMBATANT.value,
        scope=Scope.AGGREGATE.value,
        minimum=31,
        maximum=31,
    )

    finished = finish_task(task_id=task.pk, fence=task.fence, actor=actor, now=NOW)

    assert finished.state == TaskState.CODED
    ranges = [assess_incident(i).assessment.ranges["KILLED"]["all_people"] for i in (strike, raid)]
    assert [(found.minimum, found.maximum) for found in ranges] == [(2, 2), (1, 1)]
