"""The workbench: take a task, read it beside its claims; nothing from outside becomes markup."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    IncidentFactory,
    PartyFactory,
    ReviewTaskFactory,
    SourceFactory,
    accepted_claim,
)
from tracker.incidents.choices import IncidentStatus
from tracker.incidents.models import Incident, Reading
from tracker.sources.choices import LineageKind
from tracker.sources.models import CredibilityNote, Story
from tracker.verification.choices import TaskState
from tracker.verification.models import Draft, ReviewTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tracker.accounts.models import Person

    SignIn = Callable[[Person], Client]
from tests.web.bench import FIELDS, TEXT, address_of, decide, hold, propose

pytestmark = pytest.mark.django_db

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_holder_sees_passages_claims_and_how_long(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    html = signed_in(researcher).get(address_of(task)).content.decode()
    assert 'id="p-a1"' in html
    assert 'id="c-a1"' in html
    assert '<mark class="t-hl t-hl--figure">at least seven</mark>' in html
    assert "Yours for 19 more min" in html
    assert "Done: 2 claims left" in html
    assert task.article.capture.sha256 in html


def test_others_read_along_and_see_who_has_it(
    task: ReviewTask, researcher: Person, reviewer: Person, viewer: Person, signed_in: SignIn
) -> None:
    for person in (reviewer, viewer):
        html = signed_in(person).get(address_of(task)).content.decode()
        assert f"<bdi>{researcher.alias}</bdi> has this task" in html
        assert 'name="decision"' not in html
        assert "Take this task" not in html


def test_waiting_task_is_taken_by_a_button_and_not_by_looking(
    researcher: Person, viewer: Person, signed_in: SignIn
) -> None:
    task = ReviewTaskFactory(article=ArticleFactory(text=TEXT))
    client = signed_in(researcher)
    assert "Take this task" in client.get(address_of(task)).content.decode()
    task.refresh_from_db()
    assert task.state == TaskState.QUEUED
    assert "Take this task" not in signed_in(viewer).get(address_of(task)).content.decode()
    response = client.post(reverse("task_take", args=[task.pk]))
    assert response.status_code == 302
    task.refresh_from_db()
    assert task.holder == researcher


def test_taking_what_somebody_has_says_who(
    task: ReviewTask, researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    response = signed_in(reviewer).post(reverse("task_take", args=[task.pk]))
    assert response.status_code == 409
    assert researcher.alias in response.content.decode()
    task.refresh_from_db()
    assert task.holder == researcher


@pytest.mark.parametrize("name", ["task_take", "task_close", "task_add", "task_link"])
def test_who_may_not_decide_is_refused(
    name: str, task: ReviewTask, viewer: Person, administrator: Person, signed_in: SignIn
) -> None:
    for person in (viewer, administrator):
        response = signed_in(person).post(reverse(name, args=[task.pk]), {"do": "release"})
        assert response.status_code == 403
    task.refresh_from_db()
    assert task.state == TaskState.LEASED


def test_rating_and_note_stand_by_the_claims_of_a_source(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    monitor = SourceFactory(name="Veria Monitor")
    CredibilityNote.objects.create(
        source=monitor,
        reliability="B",
        text="Publishes its lists.",
        author=researcher,
        made_at=timezone.now(),
    )
    propose(task.article, "Sixty-four people", speaker=monitor, speaker_text="Veria Monitor")
    html = signed_in(researcher).get(address_of(task)).content.decode()
    assert "Publishes its lists." in html
    assert '<span><span class="visually-hidden">Reliability </span>B</span>' in html
    assert "is not rated" not in html.split('id="c-a3"')[1]


def test_copy_says_of_what_and_where_figures_differ(researcher: Person, signed_in: SignIn) -> None:
    story = Story.objects.create(made_at=timezone.now())
    origin = ArticleFactory(text=TEXT, story=story, outlet=SourceFactory(name="Meridian Wire"))
    ReviewTaskFactory(article=origin)
    copy = ArticleFactory(
        text=TEXT, story=story, origin=origin, overlap=0.94, lineage_kind=LineageKind.EDITED_COPY
    )
    first = propose(origin, "killed at least seven people")
    second = propose(copy, "killed at least seven people", minimum=17, maximum=17, copy_of=first)
    client = signed_in(researcher)
    task = hold(ReviewTaskFactory(article=copy), researcher)
    html = client.get(address_of(task)).content.decode()
    assert "Edited copy of" in html
    assert "94 % the same words" in html
    assert "figures differ in A1: 7+ in the origin, 17 here" in html
    page = client.get(address_of(task, f"?edit={second.pk}")).content.decode()
    assert "This copy says 17. Its origin says 7+." in page
    fields = FIELDS | {"figure": "17", "copy_decision": "ORIGIN_STANDS"}
    assert decide(client, task, second, decision="correct", **fields).status_code == 302
    second.refresh_from_db()
    assert second.copy_decision == "ORIGIN_STANDS"


def test_arabic_article_runs_right_to_left_in_an_english_page_and_the_reverse(
    researcher: Person, signed_in: SignIn
) -> None:
    arabic = ReviewTaskFactory(
        article=ArticleFactory(text="قتل ٧ أشخاص في غارة", title="غارة", language="ar")
    )
    english = ReviewTaskFactory(article=ArticleFactory(text=TEXT))
    client = signed_in(researcher)
    html = client.get(address_of(arabic)).content.decode()
    assert '<html lang="en" dir="ltr"' in html
    assert '<article class="t-article" lang="ar" dir="rtl">' in html
    client.cookies["django_language"] = "ar"
    html = client.get(address_of(english)).content.decode()
    assert '<html lang="ar" dir="rtl"' in html
    assert '<article class="t-article" lang="en" dir="ltr">' in html


def test_nothing_from_outside_becomes_markup(
    researcher: Person, reviewer: Person, signed_in: SignIn
) -> None:
    article = ArticleFactory(
        text=f"five {EVIL} died\n\nsix {EVIL}",
        title=EVIL,
        url=f"javascript:alert(1)//{EVIL}",
        language="en",
        outlet=SourceFactory(name=EVIL, party=PartyFactory(name=EVIL)),
    )
    type(researcher).objects.filter(pk=researcher.pk).update(alias=EVIL[:40])
    researcher.refresh_from_db()
    task = hold(ReviewTaskFactory(article=article), researcher)
    incident = IncidentFactory(created_by=researcher, title=EVIL)
    accepted_claim(
        by=researcher,
        article=article,
        start=0,
        quote=article.text[:40],
        speaker_text=EVIL,
        quantifier_raw=EVIL[:20],
        party=PartyFactory(name=f"{EVIL} 2"),
        incident=incident,
    )
    claim = propose(article, "died", speaker_text=EVIL)
    name = f"task-{task.pk}-claim-{claim.pk}"
    Draft.objects.create(
        person=researcher, token="t", form=name, fields={"reason": EVIL}, saved_at=timezone.now()
    )
    client = signed_in(researcher)
    pages = [
        client.get(address_of(task, query)).content.decode()
        for query in ("", f"?edit={claim.pk}", f"?reject={claim.pk}", f"?incident={incident.pk}")
    ]
    pages.append(signed_in(reviewer).get(address_of(task)).content.decode())
    pages.append(
        decide(
            client, task, claim, decision="reject", why="other", words=EVIL, revision="9"
        ).content.decode()
    )
    for html in pages:
        assert "<script" not in html
        assert "<img" not in html
        assert "javascript:" not in re.findall(r'href="([^"]*)"', html)
        assert not re.search(r'href="javascript', html)
        assert not re.search(r"\sstyle=|\son\w+=\"", html)


def test_incidents_of_the_same_story_are_offered_with_the_reason(
    researcher: Person, signed_in: SignIn
) -> None:
    story = Story.objects.create(made_at=timezone.now())
    first = ArticleFactory(text=TEXT, story=story)
    open_one = IncidentFactory(created_by=researcher, title="Strike on a market, Ardesh")
    locked = IncidentFactory(created_by=researcher, title="Locked")
    for incident in (open_one, locked):
        accepted_claim(by=researcher, article=first, incident=incident, statement=incident.title)
    Incident.objects.filter(pk=locked.pk).update(
        status=IncidentStatus.IN_REVIEW, submitted_by=researcher, submitted_at=timezone.now()
    )
    task = hold(ReviewTaskFactory(article=ArticleFactory(text=TEXT, story=story)), researcher)
    client = signed_in(researcher)
    html = client.get(address_of(task)).content.decode()
    assert html.count("of another article of the same story") == 2
    assert f"?incident={open_one.pk}#candidates" in html
    assert f"?incident={locked.pk}#candidates" not in html
    chosen = client.get(address_of(task, f"?incident={open_one.pk}")).content.decode()
    assert chosen.count("Strike on a market, Ardesh</bdi>") == 1


def test_incidents_told_alike_are_offered_with_their_likeness(
    researcher: Person, signed_in: SignIn
) -> None:
    alike = IncidentFactory(
        created_by=researcher,
        title="Market in Ardesh hit from the air",
        place_name="Ardesh",
        date_start=date(2026, 11, 13),
        date_end=date(2026, 11, 13),
        date_precision="DAY",
    )
    text = "An air strike on the market in Ardesh killed seven people today, medics said."
    article = ArticleFactory(title="Seven die in market", text=text)
    task = hold(ReviewTaskFactory(article=article), researcher)

    html = signed_in(researcher).get(address_of(task)).content.decode()

    assert re.search(r"Likeness \d+ of 100", html)
    assert "Both name Ardesh for harm of these days." in html
    assert f"?incident={alike.pk}#candidates" in html


def test_old_incident_is_chosen_by_its_code_and_a_locked_one_is_not(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    old = IncidentFactory(created_by=researcher, title="Long ago")
    client = signed_in(researcher)
    page = client.get(address_of(task, f"?code={old.handle}"))
    assert page.context["bench"].chosen == old
    Incident.objects.filter(pk=old.pk).update(
        status=IncidentStatus.IN_REVIEW, submitted_by=researcher, submitted_at=timezone.now()
    )
    for name in (old.handle, str(old.pk), "nowhere", "9" * 30):
        assert client.get(address_of(task, f"?code={name}")).context["bench"].chosen is None


def test_workbench_asks_as_often_for_thirty_claims_as_for_three(
    researcher: Person,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(researcher)
    for many in (3, 30):
        article = ArticleFactory(text=TEXT)
        for number in range(many):
            source = SourceFactory()
            incident = IncidentFactory(created_by=researcher)
            accepted_claim(
                by=researcher,
                article=article,
                speaker=source,
                party=PartyFactory(),
                incident=incident,
                statement=f"s{many}-{number}",
            )
            IncidentFactory(created_by=researcher)
        task = hold(ReviewTaskFactory(article=article), researcher)
        with django_assert_max_num_queries(17):
            assert client.get(address_of(task)).status_code == 200


def test_claim_says_why_the_machine_reads_it_so(viewer: Person, signed_in: SignIn) -> None:
    article = ArticleFactory(text="Shells killed seven people in Marnesh on Tuesday.")
    claim = ClaimFactory(article=article, minimum=7, maximum=7)
    Reading.objects.create(
        claim=claim,
        outcome="KILLED",
        subject_status="UNKNOWN",
        scope="INCIDENT",
        minimum=7,
        maximum=7,
        place="Marnesh",
        method="shelling",
        actor="army",
        protected_kind="medical",
        ages=[7, 9],
        infrastructure=["hospital"],
        is_double_tap=True,
        date_start=date(2026, 11, 24),
        date_end=date(2026, 11, 24),
        date_precision="DAY",
        speaker_chain=["SANA", "police source"],
        evidence={
            "figure": ["harm then figure", [[14, 19]], 0.93],
            "speaker": ["outlet quotes somebody", [], None],
            "place": ["", [], None],
        },
    )
    task = ReviewTaskFactory(article=article)

    html = signed_in(viewer).get(reverse("task", args=[task.pk])).content.decode()

    circumstances = ("medical staff", "aged 7, 9", "hit: hospital", "helpers struck in turn")
    for words in ("Marnesh", "24 Nov 2026", "shelling", "by army", *circumstances):
        assert f"<bdi>{words}</bdi>" in html
    assert "Why the machine reads A1 so" in html
    assert "harm then figure</bdi> · right in about 93 of 100 such readings" in html
    assert "SANA → police source" in html
    assert '<q lang="en"><bdi>seven</bdi></q>' in html


SAID = (
    "Shells killed seven people in Marnesh on Tuesday, the Nahr Rescue Service said.\n\n"
    "The Coalition said on Wednesday that it struck a weapons store in the town and that no "
    "civilians were harmed."
)


def test_what_parties_say_can_be_recorded_on_the_chosen_incident(
    researcher: Person, signed_in: SignIn
) -> None:
    article = ArticleFactory(text=SAID, published_on=date(2026, 11, 26))
    incident = IncidentFactory()
    task = hold(ReviewTaskFactory(article=article), researcher)
    client = signed_in(researcher)

    html = client.get(address_of(task, f"?incident={incident.pk}")).content.decode()

    assert "What the parties say" in html
    assert "acknowledges the act, denies harm" in html
    link = re.search(r'href="([^"]*record=position[^"]*)"', html)
    assert link is not None
    page = client.get(unescape(link[1]).partition("#")[0]).content.decode()
    form = page[page.index('id="form-position"') :]
    assert form.startswith('id="form-position" open')
    assert 'value="Coalition"' in form
    assert 'value="2026-11-25"' in form
    assert '<option value="ACKNOWLEDGES" selected>' in form
    assert '<option value="DENIES_HARM" selected>' in form
