"""While somebody codes an article blind, no page tells them how it was coded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.conftest import NOW
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    IncidentFactory,
    PersonFactory,
    ReviewTaskFactory,
    SourceFactory,
    accepted_claim,
)
from tests.factories.requests import drafted_request
from tests.factories.restricted import trusted
from tests.imports.tables import FIRST, SECOND, csv_of, imported
from tests.incidents.restructured import merged
from tests.incidents.totals import running_total
from tests.verification.coded import drawn
from tracker.core.actor import Role
from tracker.imports.models import ImportedRow
from tracker.incidents.models import Aggregate, AggregateLink, Incident
from tracker.incidents.services.review import submit_incident
from tracker.sources.models import Story
from tracker.verification.models import Assignment, SecondCoding
from tracker.verification.selectors.talk import About
from tracker.verification.services.leases import lease_task
from tracker.verification.services.second_coding import give_back_coding, take_coding
from tracker.verification.services.talk import add_comment
from tracker.verification.services.tasks import finish_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person
    from tracker.incidents.models import Claim, PartyRequest, Restructuring
    from tracker.sources.models import Source

pytestmark = pytest.mark.django_db

CLOSED = "without knowing the first coding"
#: Of the first coding, and of what stands beside it: no page says any of these.
UNTOLD = ("4321", "4,321", "7654", "7,654", "Hidden Hollow", "Unsaid words", "8–10")
#: Of the incident; lists of duties name it, where it can't be read.
TITLE = "Told of nowhere"


@dataclass(frozen=True, slots=True)
class Scene:
    """An article coded twice, and all that rests on its first coding."""

    coding: SecondCoding
    coder: Person
    incident: Incident
    away: Incident
    elsewhere: Incident
    copy_task: int
    edited_task: int
    other_task: int
    speaker: Source
    total: Claim
    other_total: Claim
    request: PartyRequest
    merge: Restructuring


def _total(by: Person, inside: Incident, **fields: Any) -> Claim:
    claim = running_total(by, **fields)
    aggregate = Aggregate.objects.create(claim=claim, entered_by=by, entered_at=NOW)
    AggregateLink.objects.create(aggregate=aggregate, incident=inside, linked_by=by, linked_at=NOW)
    return claim


@pytest.fixture
def scene(researcher: Person, reviewer: Person) -> Scene:
    """In the hands of a coordinator, who sees more pages than anybody else."""
    coder = trusted(PersonFactory(role=Role.COORDINATOR.value))
    story = Story.objects.create(made_at=NOW)
    coding = drawn(researcher, now=timezone.now(), story=story)
    article = coding.task.article
    descends = {"story": story, "origin": article, "overlap": 0.9, "lineage_kind": "EDITED_COPY"}
    copied, edited = (ReviewTaskFactory(article=ArticleFactory(**descends)) for _ in range(2))
    days = {"date_start": date(2026, 11, 11), "date_end": date(2026, 11, 11)}
    days |= {"date_precision": "DAY"}  # type: ignore[dict-item]  # fields of one row
    place = {"place_name": "Hidden Hollow, Ardesh"}
    incident = IncidentFactory(title=TITLE, created_by=researcher, **place, **days)
    away = IncidentFactory(title=TITLE, created_by=researcher, **place, **days)
    elsewhere = IncidentFactory(title="Strike in Sella", created_by=researcher)
    speaker = SourceFactory(kind="MONITOR")
    told: dict[str, Any] = {"by": researcher, "speaker": speaker, "minimum": 4321, "maximum": 4321}
    original = accepted_claim(**told, article=article, incident=incident)
    accepted_claim(**told, article=copied.article, incident=away)
    ClaimFactory(article=edited.article, copy_of=original, minimum=4000)
    held = lease_task(task_id=copied.pk, actor=researcher.as_actor(), now=timezone.now())
    finish_task(task_id=held.pk, fence=held.fence, actor=researcher.as_actor(), now=timezone.now())
    merge = merged(away, incident, reviewer)
    other = ReviewTaskFactory(article=ArticleFactory(published_on=date(2026, 11, 12)))
    accepted_claim(by=researcher, article=other.article, incident=incident, minimum=3)
    total = _total(
        researcher, elsewhere, article=article, speaker=speaker, minimum=7654, maximum=7654
    )
    other_total = _total(researcher, incident)
    for about in (About(incident_id=incident.pk), About(task_id=coding.task_id)):
        words = f"Unsaid words for @{coder.alias}"
        add_comment(about=about, text=words, actor=researcher.as_actor(), now=NOW)
    Assignment.objects.create(incident=incident, person=coder, by=reviewer, at=NOW)
    scene = Scene(
        coding=coding,
        coder=coder,
        incident=incident,
        away=away,
        elsewhere=elsewhere,
        copy_task=copied.pk,
        edited_task=edited.pk,
        other_task=other.pk,
        speaker=speaker,
        total=total,
        other_total=other_total,
        request=drafted_request(by=researcher, incident=incident),
        merge=merge,
    )
    take_coding(coding_id=coding.pk, actor=coder.as_actor(), now=timezone.now())
    return scene


def _closed(scene: Scene) -> list[str]:
    """Every address that leads to something of it by name."""
    name, other = str(scene.incident), str(scene.elsewhere)
    return [
        reverse("incident", args=[name]),
        reverse("incident", args=[str(scene.away)]),
        reverse("incident_talk", args=[name]),
        reverse("incident_merge", args=[name]),
        reverse("incident_merge_into", args=[name, other]),
        reverse("incident_merge_into", args=[other, name]),
        reverse("incident_split", args=[name]),
        reverse("merge_undo", args=[scene.merge.pk]),
        reverse("restricted", args=[name]),
        reverse("restricted_new", args=[name]),
        reverse("request_new", args=[name]),
        reverse("request", args=[scene.request.pk]),
        reverse("total", args=[scene.total.pk]),
        reverse("total", args=[scene.other_total.pk]),
        reverse("task", args=[scene.coding.task_id]),
        reverse("task", args=[scene.copy_task]),
        reverse("task_talk", args=[scene.coding.task_id]),
    ]


def _open(scene: Scene) -> list[str]:
    """Addresses where it might stand among other things."""
    other_task = reverse("task", args=[scene.other_task])
    article = scene.coding.task.article
    return [
        reverse("desk"),
        reverse("incidents"),
        f"{reverse('incidents')}?status=DRAFT",
        f"{reverse('incidents')}?status=MERGED",
        reverse("queue"),
        f"{reverse('queue')}?state=CODED",
        f"{reverse('queue')}?words=market",
        reverse("totals"),
        reverse("requests"),
        reverse("sources"),
        reverse("source", args=[scene.speaker.pk]),
        reverse("source_merge_into", args=[scene.speaker.pk, article.outlet_id]),
        reverse("incident", args=[str(scene.elsewhere)]),
        reverse("incident_merge", args=[str(scene.elsewhere)]),
        other_task,
        reverse("task", args=[scene.edited_task]),
        f"{other_task}?incident={scene.incident.pk}",
        f"{other_task}?code={scene.incident}",
        reverse("lineage", args=[article.pk]),
        reverse("capture", args=[article.capture_id]),
        reverse("second_codings"),
        reverse("second_coding", args=[scene.coding.pk]),
        reverse("agreement"),
        reverse("watch"),
        reverse("imports"),
    ]


def _read(client: Client, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, response.content.decode()


def test_what_shows_the_first_coding_is_refused_with_one_sentence(
    scene: Scene, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(scene.coder)

    for address in _closed(scene):
        status, page = _read(client, address)

        assert (address, status) == (address, 403)
        assert CLOSED in page
        assert [words for words in (*UNTOLD, TITLE) if words in page] == [], address


def test_no_other_page_says_anything_of_it(
    scene: Scene, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(scene.coder)

    for address in _open(scene):
        status, page = _read(client, address)

        assert (address, status) == (address, 200)
        assert [words for words in UNTOLD if words in page] == [], address
        if address not in {reverse("requests"), reverse("desk")}:
            assert TITLE not in page, address


def test_everybody_else_reads_it_all_the_time(
    scene: Scene, signed_in: Callable[[Person], Client]
) -> None:
    """So the pages above would show it, were they not closed."""
    client = signed_in(trusted(PersonFactory(role=Role.COORDINATOR.value)))
    showing = [
        *(address for address in _closed(scene) if not address.endswith("/new/")),
        *(reverse(name) for name in ("incidents", "totals", "requests")),
        f"{reverse('queue')}?state=CODED",
        reverse("source", args=[scene.speaker.pk]),
        reverse("incident", args=[str(scene.elsewhere)]),
        reverse("task", args=[scene.other_task]),
        reverse("task", args=[scene.edited_task]),
    ]

    for address in showing:
        status, page = _read(client, address)

        assert (address, status) == (address, 200)
        assert [words for words in (*UNTOLD, TITLE) if words in page] != [], address


def test_who_codes_blind_reviews_no_incident_that_rests_on_it(
    scene: Scene, researcher: Person, signed_in: Callable[[Person], Client]
) -> None:
    fields = {"title": "Sent to review", "created_by": researcher}
    incident = IncidentFactory(**fields)
    accepted_claim(by=researcher, article=scene.coding.task.article, incident=incident)
    submit_incident(
        incident_id=incident.pk,
        expected_revision=incident.revision,
        actor=researcher.as_actor(),
        now=timezone.now(),
    )
    other = PersonFactory(role=Role.COORDINATOR.value)

    assert "Sent to review" in _read(signed_in(other), reverse("desk"))[1]
    assert "Sent to review" not in _read(signed_in(scene.coder), reverse("desk"))[1]


def test_nothing_is_written_there_either(
    scene: Scene, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(scene.coder)
    address = reverse("incident_talk", args=[str(scene.incident)])

    assert client.post(address, {"what": "take"}).status_code == 403
    contained = {"what": "contain", "incident": str(scene.incident)}
    total = reverse("total", args=[running_total(scene.coder).pk])
    assert client.post(total, contained).status_code == 403


def test_work_on_the_same_event_says_that_an_incident_is_withheld(
    scene: Scene, signed_in: Callable[[Person], Client]
) -> None:
    _status, page = _read(signed_in(scene.coder), reverse("task", args=[scene.other_task]))

    assert "It may report an incident that is closed to you" in page
    assert "On an incident that is closed to you" in page


def test_all_of_it_opens_when_the_coding_is_out_of_hand(
    scene: Scene, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(scene.coder)
    actor = scene.coder.as_actor()
    give_back_coding(coding_id=scene.coding.pk, actor=actor, now=timezone.now())

    status, page = _read(client, reverse("incident", args=[str(scene.incident)]))

    assert status == 200
    assert "4,321" in page or "4321" in page
    assert TITLE in _read(client, reverse("incidents"))[1]


def test_rows_of_tables_that_became_it_are_left_out(
    scene: Scene, researcher: Person, signed_in: Callable[[Person], Client]
) -> None:
    batch = imported(csv_of(FIRST, SECOND), scene.coder)
    row = ImportedRow.objects.filter(batch=batch).earliest("number")
    article = scene.coding.task.article
    accepted_claim(by=researcher, article=article, incident=row.incident)
    client = signed_in(scene.coder)

    page = client.get(reverse("import", args=[batch.pk]))
    file = client.get(reverse("import_results", args=[batch.pk])).content.decode()

    assert [shown.number for shown in page.context["rows"]] == [3]
    assert str(row.incident) not in file
    trial = client.get(reverse("import_try", args=[batch.capture_id, batch.mapping_id]))
    assert str(row.incident) not in trial.content.decode()
    assert "It is about an incident that is closed to you now." in trial.content.decode()
    assert trial.context["tried"].counts == {"SAME": 2}
