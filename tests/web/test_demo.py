"""The demo shows what its story says: two incidents further along, the rest in the queue."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import NOW
from tests.factories.demo import SAMPLES, tell_demo
from tracker.incidents.choices import ClaimState, IncidentStatus
from tracker.incidents.models import Claim, Incident, NamedFloor, PartyRequest, Restructuring
from tracker.incidents.selectors.assessment import assess_incident
from tracker.publication.models import Version
from tracker.restricted.models import PrivatePerson
from tracker.sources.choices import ArticleState
from tracker.sources.models import Article, Source
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask

pytestmark = pytest.mark.django_db

STORY: dict[str, Any] = json.loads((SAMPLES / "further_along.json").read_text(encoding="utf-8"))


def _killed(incident: Incident) -> tuple[int | None, int | None]:
    found = assess_incident(incident).assessment.ranges["KILLED"]["civilians"]
    return found.minimum, found.maximum


def test_demo_tells_its_story_and_leaves_the_rest_to_the_visitor() -> None:
    tell_demo(now=NOW)

    _check_incidents()
    _check_queue()
    _check_what_else_is_found()
    assert Source.objects.filter(name="Veria Monitor", notes__reliability="B").exists()


def _check_incidents() -> None:
    ardesh = Incident.objects.get(title__contains="Ardesh")
    marnesh = Incident.objects.get(title__contains="Marnesh")

    assert (ardesh.status, ardesh.grade) == (IncidentStatus.PUBLISHED, "CONFIRMED")
    assert _killed(ardesh) == (19, 24)
    assert "covered hall" in ardesh.summary
    assert Version.objects.get().incident == ardesh
    assert marnesh.status == IncidentStatus.IN_REVIEW
    assert assess_incident(marnesh).assessment.grade == "FAIR"
    assert _killed(marnesh) == (6, 8)
    assert "weapons store" in marnesh.summary


def _check_what_else_is_found() -> None:
    deret, away = (Incident.objects.get(title=row["title"]) for row in STORY["drafts"])

    assert (deret.status, away.merged_into) == (IncidentStatus.DRAFT, deret)
    assert _killed(deret) == (3, 3)
    assert Restructuring.objects.get().reason == STORY["merge_reason"]
    request = PartyRequest.objects.get()
    assert (request.incident, request.state) == (deret, "SENT")
    assert PrivatePerson.objects.get().incident == deret
    assert NamedFloor.objects.get().victims == 1


def _check_queue() -> None:
    told = [*STORY["incidents"], *STORY["drafts"]]
    coded = {article for row in told for article in row["decided"]}
    open_tasks = ReviewTask.objects.filter(state=TaskState.QUEUED)
    waiting = set(open_tasks.values_list("article__external_id", flat=True))
    undecided = Claim.objects.filter(state=ClaimState.PROPOSED, article__external_id__in=coded)

    assert not Article.objects.exclude(state=ArticleState.EXTRACTED).exists()
    assert not coded & waiting
    assert {"sample-017", "sample-020", "sample-024"} <= waiting
    assert not undecided.exists()
