"""The pages that axe looks at, each with something on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from tests.browser.imports import imports
from tests.browser.work import work
from tests.factories import IncidentFactory, SourceFactory
from tests.factories.feeds import FeedFactory
from tests.factories.requests import answered_request, drafted_request, sent_request
from tests.factories.restricted import VALUES, named, recorded
from tests.incidents.one_speaker import as_one, heard
from tests.incidents.restructured import told
from tests.incidents.totals import running_total
from tests.places.lists import own_list, taught
from tests.places.merged import FIELD_NOTES, as_one_place, as_two_places
from tracker.accounts.models import Person
from tracker.accounts.services.people import invite_person
from tracker.core.actor import Role, machine
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Claim, Incident
from tracker.incidents.services.aggregates import contain_incident
from tracker.incidents.services.incidents import create_incident
from tracker.incidents.services.merge import merge_incidents
from tracker.places.services.spellings import withdraw_spelling
from tracker.restricted.choices import AccessLevel
from tracker.restricted.services.access import grant_access
from tracker.restricted.services.consent import record_consent
from tracker.restricted.services.shred import shred_person
from tracker.sources.models import Article, Capture, Source
from tracker.sources.services.capture_store import record_receipt
from tracker.sources.services.disposal import request_disposal
from tracker.sources.services.retrieved import Retrieved
from tracker.verification.choices import TaskState
from tracker.verification.models import ReviewTask
from tracker.verification.services.leases import lease_task
from tracker.watching.choices import AlarmKind, Stage
from tracker.watching.models import StageMinute
from tracker.watching.services.alarms import raise_alarm
from tracker.watching.services.heartbeats import beat


@dataclass(frozen=True, slots=True)
class Stop:
    """A page to look at, as whom ("" = signed out), the status it answers with, and what to press
    there first (a selector, "" = nothing)."""

    path: str
    role: str = "researcher"
    status: int = 200
    press: str = ""


def every_stop() -> list[Stop]:
    """All pages in every state that looks different."""
    return [
        *_outside(),
        *_around(),
        *_captures(),
        *_tasks(),
        *_incidents(),
        *_restricted(),
        *_requests(),
        *(Stop(path, role=role, status=status) for path, role, status in work()),
        *_tables(),
    ]


def _tables() -> list[Stop]:
    """Tables of teams; places taught, and merged."""
    by = Person.objects.filter(role=Role.COORDINATOR).earliest("pk")
    spelling = taught("وردش", by)
    taught("Bostan", by)
    withdraw_spelling(
        spelling_id=spelling.pk, actor=by.as_actor(), now=timezone.now(), reason="Another one."
    )
    return [
        *(Stop(path, role="coordinator") for path in imports(by)),
        Stop("/places/?spelling=Ardesh", role="coordinator"),
        Stop(f"/places/{spelling.pk + 1}/withdraw/", role="coordinator"),
        *_place_merges(by),
    ]


def _place_merges(by: Person) -> list[Stop]:
    """Two places that are named, chosen and compared, one merge that stands and one undone."""
    own_list(FIELD_NOTES, name="Field notes")
    undone = as_one_place(by, "Mervash", "Vardesh")
    as_two_places(undone, by)
    inner = as_one_place(by, "Tellorin", "Vardesh")
    outer = as_one_place(by, "Vardesh", "Osk")
    two = "goes-name=Mervash&stays-name=Far+Harbour"
    return [
        Stop(path, role="coordinator", status=status)
        for path, status in (
            ("/places/merges/", 200),
            ("/places/merge/", 200),
            ("/places/merge/?goes-name=Qellan&stays-name=", 400),
            (f"/places/merge/?{two}", 200),
            ("/places/merge/?goes-name=Osk&stays-name=Osk", 200),
            (f"/places/merges/{inner.pk}/undo/", 200),
            (f"/places/merges/{outer.pk}/undo/", 200),
        )
    ]


def _outside() -> list[Stop]:
    now = timezone.now()
    link = invite_person(
        email="linnet@demo.example",
        alias="Linnet",
        role=Role.RESEARCHER,
        actor=machine("tests"),
        now=now,
    )
    return [
        Stop("/account/login/", role=""),
        Stop(f"/link/{link.token}/", role=""),
        Stop("/link/closed/", role="", status=410),
        Stop("/account/password/reset/", role=""),
        Stop("/account/inactive/", role="", status=403),
        Stop("/account/signup/", role="", status=404),
    ]


def _around() -> list[Stop]:
    source = Source.objects.filter(notes__isnull=False).order_by("pk")[0]
    person = Person.objects.get(alias="Wren")
    copy = Article.objects.filter(origin__isnull=False).order_by("pk")[0]
    return [
        Stop("/"),
        Stop("/me/"),
        Stop("/add/"),
        Stop("/sources/"),
        Stop("/sources/new/"),
        Stop(f"/sources/{source.pk}/"),
        *_source_merges(),
        *_feeds(),
        Stop(f"/articles/{copy.pk}/links/"),
        Stop("/queue/"),
        Stop("/people/", status=403),
        Stop("/nowhere/", status=404),
        Stop("/queue/next/", status=405),
        Stop("/", role="administrator"),
        *_watching(),
        Stop("/people/", role="administrator"),
        Stop(f"/people/{person.pk}/", role="administrator"),
        Stop("/", role="viewer"),
    ]


def _source_merges() -> list[Stop]:
    """Two spellings that are compared, two that were merged, seen from both, and the undo."""
    coordinator = Person.objects.get(alias="Alder")
    one, two, three = (
        SourceFactory(name=f"Valley {name}", kind="MONITOR") for name in ("Monitor", "Monitr", "X")
    )
    heard(coordinator, one, two)
    done = as_one(three, one, coordinator)
    role = "coordinator"
    return [
        Stop(f"/sources/{one.pk}/", role=role),
        Stop(f"/sources/{three.pk}/", role=role),
        Stop(f"/sources/{two.pk}/merge/?into=x", role=role, status=400),
        Stop(f"/sources/{two.pk}/merge/{one.pk}/", role=role),
        Stop(f"/source-merges/{done.pk}/undo/", role=role),
    ]


def _watching() -> list[Stop]:
    """A worker that lives and one that is gone, what came through, and an alarm on every page."""
    now = timezone.now()
    for name, at in (("celery@one", now), ("celery@two", now - timedelta(hours=1))):
        beat(name=name, process_id=7, queues=["fetch"], tasks_done=41, now=at)
    StageMinute.objects.create(stage=Stage.PARSE, minute=now, done=17, failed=2)
    raise_alarm(key="k", kind=AlarmKind.QUEUE_UNATTENDED, sentence="Nobody works.", now=now)
    return [Stop("/watch/", role="administrator")]


def _captures() -> list[Stop]:
    """A fetched capture with a disposal that waits for a second person."""
    capture = Capture.objects.order_by("pk")[0]
    retrieved = Retrieved(
        url="https://delta.example/1",
        final_url="https://delta.example/1?from=front",
        redirects=("https://delta.example/front",),
        status=200,
        headers={"content-type": "text/html"},
        request_headers={"user-agent": "page-reader/1.0"},
        tool="page-reader/1.0",
    )
    actor, now = machine("tests"), timezone.now()
    record_receipt(capture=capture, retrieved=retrieved, asked_by="", actor=actor, now=now)
    asker = Person.objects.filter(role=Role.COORDINATOR).earliest("pk").as_actor()
    request_disposal(capture_id=capture.pk, reason="Asked to.", actor=asker, now=now)
    return [
        Stop(f"/capture/{capture.pk}/"),
        Stop(f"/capture/{capture.pk}/", role="administrator"),
        Stop("/captures/", role="administrator"),
    ]


def _feeds() -> list[Stop]:
    """The list with its filter, one feed, and the forms; for those who may change them and not."""
    feed = FeedFactory(next_poll_at=timezone.now(), made_at=timezone.now())
    return [
        Stop("/feeds/"),
        Stop(f"/feeds/{feed.pk}/"),
        Stop("/feeds/new/", status=403),
        Stop("/feeds/?state=PAUSED&q=x", role="administrator"),
        Stop(f"/feeds/{feed.pk}/", role="administrator"),
        Stop(f"/feeds/{feed.pk}/edit/", role="administrator"),
        Stop("/feeds/new/", role="administrator"),
        Stop("/feeds/import/", role="administrator"),
    ]


def _tasks() -> list[Stop]:
    """The workbench held by oneself with each of its forms, held by another, open and decided."""
    held, others = _waiting("sample-017"), _waiting("sample-020")
    now = timezone.now()
    for task, alias in ((held, "Heron"), (others, "Alder")):
        lease_task(task_id=task, actor=Person.objects.get(alias=alias).as_actor(), now=now)
    claim = Claim.objects.filter(article__task=held).order_by("start", "id")[0]
    done = ReviewTask.objects.filter(state=TaskState.CODED).order_by("pk")[0].pk
    arabic = _waiting("sample-019")
    return [
        Stop(f"/task/{held}/"),
        Stop(f"/task/{held}/?edit={claim.pk}"),
        Stop(f"/task/{held}/?reject={claim.pk}"),
        Stop(f"/task/{held}/?add=1"),
        Stop(f"/task/{held}/?panel=duplicate"),
        Stop(f"/task/{held}/?panel=aside"),
        Stop("/queue/?state=LATER"),
        Stop(f"/task/{others}/"),
        Stop(f"/task/{done}/"),
        Stop(f"/task/{arabic}/"),
        Stop(f"/task/{held}/", role="viewer"),
    ]


def _waiting(external_id: str) -> int:
    return ReviewTask.objects.get(article__external_id=external_id).pk


def _incidents() -> list[Stop]:
    """A draft to be edited, one in review, one published; for those who may act and may not."""
    draft = create_incident(
        title="Shells on a ferry",
        actor=Person.objects.get(alias="Heron").as_actor(),
        now=timezone.now(),
    )
    in_review = Incident.objects.get(status=IncidentStatus.IN_REVIEW)
    published = Incident.objects.get(status=IncidentStatus.PUBLISHED)
    return [
        Stop("/incidents/"),
        Stop("/incidents/new/"),
        Stop("/totals/"),
        Stop(f"/totals/{_total(published)}/"),
        Stop(f"/incidents/{draft}/"),
        Stop(f"/incidents/{published}/"),
        Stop(f"/incidents/{in_review}/"),
        Stop(f"/incidents/{in_review}/", role="reviewer"),
        Stop(f"/incidents/{published}/", role="viewer"),
        Stop(f"/incidents/{_told_again(published)}/", role="reviewer"),
        *_merges(),
    ]


def _told_again(incident: Incident) -> Incident:
    """Another one of the same day and place, which may be the same event."""
    made: Incident = IncidentFactory(
        title="Bakery hit, rescuers say",
        created_by=Person.objects.get(alias="Heron"),
        date_start=incident.date_start,
        date_end=incident.date_end,
        date_precision=incident.date_precision,
        place_name=incident.place_name,
    )
    return made


def _total(incident: Incident) -> int:
    """A running total that covers the incident, with the rest worked out."""
    by = Person.objects.get(alias="Heron")
    claim = running_total(by)
    contain_incident(
        claim_id=claim.pk, incident_id=incident.pk, actor=by.as_actor(), now=timezone.now()
    )
    return claim.pk


def _merges() -> list[Stop]:
    """Two that are compared, one that went, its merge to be undone, and claims to be parted."""
    now = timezone.now()
    reviewer = Person.objects.filter(role=Role.REVIEWER).earliest("pk")
    one, two, three = (
        told(reviewer, title=title, killed=(3, 8), accused="Army")
        for title in ("Shells on a quay", "Strike on a quay", "Quay hit")
    )
    done = merge_incidents(
        source_id=one.pk,
        source_revision=one.revision,
        target_id=two.pk,
        target_revision=two.revision,
        actor=reviewer.as_actor(),
        now=now,
        reason="One strike, told twice.",
    )
    return [
        Stop(f"/incidents/{one}/", role="reviewer"),
        Stop(f"/incidents/{two}/", role="reviewer"),
        Stop(f"/incidents/{two}/merge/", role="reviewer"),
        Stop(f"/incidents/{two}/merge/?into=x", role="reviewer", status=400),
        Stop(f"/incidents/{three}/merge/{two}/", role="reviewer"),
        Stop(f"/incidents/{three}/merge/{one}/", role="reviewer"),
        Stop(f"/incidents/{three}/split/", role="reviewer"),
        Stop(f"/merges/{done.pk}/undo/", role="reviewer"),
    ]


def _restricted() -> list[Stop]:
    """Private persons as somebody with the right sees them, and who may give that right."""
    now = timezone.now()
    writer = Person.objects.get(alias="Heron")
    coordinator = Person.objects.filter(role=Role.COORDINATOR).earliest("pk").as_actor()
    grant_access(
        person_id=writer.pk, level=AccessLevel.WRITE, actor=coordinator, now=now, reason="Lists."
    )
    actor = writer.as_actor()
    incident = create_incident(title="Shells on a mill", actor=actor, now=now)
    open_record = recorded(incident, by=writer, values=VALUES)
    gone = recorded(incident, by=writer, values=named("Another"))
    consent = record_consent(
        person_id=open_record.pk,
        scope="RECORD",
        giver="RELATIVE",
        giver_name="Idris",
        given_on=now.date(),
        actor=actor,
        now=now,
    )
    shred_person(person_id=gone.pk, actor=actor, now=now, reason="Asked to.")
    records = f"/restricted/incidents/{incident}/"
    return [
        Stop(records),
        Stop(f"{records}new/"),
        Stop(f"/restricted/{open_record.pk}/"),
        Stop(f"/restricted/{gone.pk}/"),
        Stop(f"/restricted/{open_record.pk}/shred/"),
        Stop(f"/restricted/consents/{consent.pk}/withdraw/"),
        Stop("/restricted/access/", role="administrator"),
        Stop(records, role="viewer", status=403),
        Stop(records, press=f"form[action='{records}'] button"),
        Stop(f"/restricted/{open_record.pk}/", press="form[action$='/show/'] button"),
    ]


def _requests() -> list[Stop]:
    """A draft, one that is overdue and stands on the desk, one answered; the form and the list."""
    now = timezone.now()
    owner = Person.objects.get(alias="Heron")
    incident = Incident.objects.filter(parties__isnull=False).order_by("pk")[0]
    nameless = create_incident(title="Fire in a mill", actor=owner.as_actor(), now=now)
    today = now.date()
    sent_on, due_on = today - timedelta(days=40), today - timedelta(days=9)
    draft = drafted_request(by=owner, incident=incident, now=now)
    late = sent_request(by=owner, incident=incident, sent_on=sent_on, due_on=due_on, now=now)
    answered = answered_request(
        by=owner, incident=incident, sent_on=sent_on, replied_on=due_on, due_on=today, now=now
    )
    return [
        Stop("/requests/"),
        Stop("/requests/?show=closed"),
        Stop(f"/requests/{draft.pk}/"),
        Stop(f"/requests/{late.pk}/"),
        Stop(f"/requests/{answered.pk}/"),
        Stop(f"/requests/{answered.pk}/", role="viewer"),
        Stop(f"/incidents/{incident}/requests/new/"),
        Stop(f"/incidents/{nameless}/requests/new/"),
        Stop(f"/incidents/{incident}/"),
        Stop("/"),
    ]
