"""The worked example of the methodology: from ten articles to a published range, by services."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.factories import PersonFactory
from tests.factories.demo import SAMPLES, read_samples
from tests.factories.restricted import named, recorded, trusted
from tests.web.incident_forms import submitted
from tracker.core.actor import Role
from tracker.incidents.choices import ClaimState, Scope
from tracker.incidents.models import Claim
from tracker.incidents.services.incidents import create_incident
from tracker.publication.models import Version
from tracker.publication.services.publish import publish_incident
from tracker.sources.choices import LineageKind
from tracker.sources.models import Article
from tracker.verification.models import ReviewTask
from tracker.web.demo.people import make_people
from tracker.web.demo.story import code_article, enter_facts, rate_sources

if TYPE_CHECKING:
    from tracker.accounts.models import Person
    from tracker.incidents.models import Incident

pytestmark = pytest.mark.django_db

#: Word for word what the methodology shows, but for the names in full and the total apart.
EXPLANATION = (
    "10 to 14. Highest: Veria Monitor, 14, of whom 3 are of disputed status. Lowest figure: "
    "Ardesh Hospital, 9; raised to 10 by ten named victims. Among them: children 3+. Not counted: "
    "an earlier figure of Nahr Rescue Service (7+); a copy with another number of what Nahr Rescue "
    "Service says (17); the denial by Coalition press office."
)
STORY: dict[str, Any] = json.loads((SAMPLES / "worked_example.json").read_text(encoding="utf-8"))


@pytest.fixture
def incident(researcher: Person) -> Incident:
    """The incident of the example, every article decided and every victim recorded."""
    read_samples("worked_example.jsonl", now=NOW)
    make_people(now=NOW)
    rate_sources(STORY["sources"], now=NOW)
    actor = trusted(researcher).as_actor()
    incident = create_incident(title=STORY["title"], actor=actor, now=NOW)
    for name, decided in STORY["decided"].items():
        code_article(Article.objects.get(external_id=name), decided, incident, actor, NOW)
    enter_facts(STORY, incident, actor, NOW)
    for victim in STORY["named_victims"]:
        recorded(incident, by=researcher, values=named(victim))
    incident.refresh_from_db()
    return incident


def test_the_reprint_is_queued_with_its_origin_and_the_one_with_another_number_beside() -> None:
    read_samples("worked_example.jsonl", now=NOW)

    kinds = dict(Article.objects.values_list("external_id", "lineage_kind"))
    reprints = {name: kind for name, kind in kinds.items() if kind != LineageKind.ORIGINAL}
    assert reprints == {
        "worked-03": LineageKind.UPDATED_COPY,
        "worked-05": LineageKind.VERBATIM_COPY,
    }
    assert ReviewTask.objects.count() == len(kinds) - 1


def test_ten_articles_become_a_published_range_that_explains_itself(
    incident: Incident, researcher: Person
) -> None:
    reviewer = PersonFactory(role=Role.REVIEWER.value)
    incident = submitted(incident, researcher)
    publish_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        change_note="First version.",
        actor=reviewer.as_actor(),
        now=NOW,
    )

    document = Version.objects.get().document
    killed = document["killed"]
    assert killed["headline"] == "10–14 civilians reported killed"
    assert killed["explanation"] == EXPLANATION
    assert _ends(killed["civilians"]) == (10, 14, 14)
    assert _ends(killed["children"]) == (3, None, 4)
    assert document["independent_sources"] == 3
    assert (document["grade"], document["strike_status"]) == ("FAIR", "DECLARED")
    assert document["provisional"] is False
    (party,) = document["belligerents"]
    assert party["position_summary"] == "ACKNOWLEDGED_ACT_DENIES_HARM"
    reasons = Counter(claim["excluded_because"] for claim in document["claims"])
    assert reasons == {None: 4, "SUPERSEDED": 1, "COPY_OF_ORIGIN": 1, "PARTY_DENIAL": 1}
    for name in STORY["named_victims"]:
        assert name not in json.dumps(document)


def test_the_total_of_the_province_is_kept_and_in_no_incident(incident: Incident) -> None:
    total = Claim.objects.get(minimum=64)

    assert (total.state, total.scope) == (ClaimState.ACCEPTED, Scope.AGGREGATE)
    assert total.incident is None
    assert incident.named_floors.get().victims == len(STORY["named_victims"])


def _ends(figures: dict[str, Any]) -> tuple[int | None, ...]:
    return figures["min"], figures["max"], figures["highest_stated"]
