"""Claims on the workbench: accepted, corrected, rejected, added, linked; each is its own form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    IncidentFactory,
    SourceFactory,
)
from tracker.audit.models import AuditEvent
from tracker.incidents.choices import ClaimState, IncidentStatus, Polarity, Scope
from tracker.incidents.models import Claim, Incident
from tracker.sources.models import Party

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tracker.accounts.models import Person
    from tracker.verification.models import ReviewTask

    SignIn = Callable[[Person], Client]
from tests.web.bench import FIELDS, TEXT, address_of, claims_of, decide, propose

pytestmark = pytest.mark.django_db


def test_accepting_leads_to_the_next_open_claim(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    incident = IncidentFactory(created_by=researcher)
    claim = claims_of(task)[0]
    response = decide(
        signed_in(researcher), task, claim, decision="accept", incident=str(incident.pk)
    )
    assert response.status_code == 302
    assert response.url == f"{address_of(task)}?incident={incident.pk}#c-a2"
    claim.refresh_from_db()
    assert claim.state == ClaimState.ACCEPTED
    assert claim.incident == incident
    assert AuditEvent.objects.filter(action="claim.accept", target_id=claim.pk).count() == 1


def test_total_never_goes_to_the_chosen_incident(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    total = propose(
        task.article, "Sixty-four people", scope=Scope.AGGREGATE, minimum=64, maximum=64
    )
    incident = IncidentFactory(created_by=researcher)
    client = signed_in(researcher)
    html = client.get(address_of(task)).content.decode()
    assert 'id="c-t1"' in html
    response = decide(client, task, total, decision="accept", incident=str(incident.pk))
    assert response.status_code == 302
    total.refresh_from_db()
    assert total.state == ClaimState.ACCEPTED
    assert total.incident is None


def test_edit_opens_the_claim_with_its_fields(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    claim = claims_of(task)[0]
    html = signed_in(researcher).get(address_of(task, f"?edit={claim.pk}")).content.decode()
    assert 'value="7+"' in html
    assert "Accept as corrected" in html
    assert 'class="t-passage is-on" id="p-a1"' in html


def test_correction_takes_every_field_as_people_write_it(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    outlet = SourceFactory(name="Veria Monitor", party=None)
    claim = claims_of(task)[0]
    response = decide(
        signed_in(researcher),
        task,
        claim,
        decision="correct",
        **FIELDS
        | {
            "figure": "between 7 and 9",
            "subject_status": "CIVILIAN",
            "speaker_text": "veria monitor",
            "party_name": "Northern Front",
            "said_on": "2026-11-14",
            "children": "3",
            "women": "up to 2",
            "men": "none",
            "credibility": "2",
            "group": "monitors",
            "quantifier_raw": "seven to nine",
            "is_cumulative_update": "on",
            "incident": "new",
            "new_incident": "Strike on a market, Ardesh",
            "reason": "The second sentence says it.",
        },
    )
    assert response.status_code == 302
    claim.refresh_from_db()
    assert (claim.minimum, claim.maximum) == (7, 9)
    assert (claim.children_min, claim.children_max) == (3, 3)
    assert (claim.women_min, claim.women_max) == (None, 2)
    assert (claim.men_min, claim.men_max) == (0, 0)
    assert claim.speaker == outlet
    assert claim.party == Party.objects.get(name="Northern Front")
    assert claim.credibility == 2
    assert claim.group == "monitors"
    assert claim.is_cumulative_update
    assert str(claim.said_on) == "2026-11-14"
    assert claim.incident is not None
    assert claim.incident.title == "Strike on a market, Ardesh"
    assert claim.decision_reason == "The second sentence says it."


def test_none_harmed_is_a_zero_whatever_the_box_says(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    claim = claims_of(task)[0]
    denial = FIELDS | {"polarity": "ASSERTS_NO_HARM", "figure": ""}
    assert (
        decide(signed_in(researcher), task, claim, decision="correct", **denial).status_code == 302
    )
    claim.refresh_from_db()
    assert claim.polarity == Polarity.ASSERTS_NO_HARM
    assert (claim.minimum, claim.maximum) == (0, 0)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"figure": "lots"}, "Write a figure such as"),
        ({"figure": "9-7"}, "below the lowest"),
        ({"figure": "0"}, "says there was none"),
        ({"polarity": "ASSERTS_NO_HARM"}, "says 0"),
        ({"incident": "new"}, "Give the new incident a title"),
        ({"said_on": "2026-02-30"}, "valid date"),
        ({"outcome": "VANISHED"}, "Select a valid choice"),
    ],
)
def test_what_can_not_be_stays_in_the_form_with_a_sentence(
    wrong: dict[str, str],
    sentence: str,
    task: ReviewTask,
    researcher: Person,
    signed_in: SignIn,
) -> None:
    claim = claims_of(task)[0]
    fields = FIELDS | {"reason": "kept words"} | wrong
    response = decide(signed_in(researcher), task, claim, decision="correct", **fields)
    html = response.content.decode()
    assert response.status_code == 400
    assert sentence in html
    assert "kept words" in html
    claim.refresh_from_db()
    assert claim.state == ClaimState.PROPOSED


def test_total_on_an_incident_is_refused_before_it_is_sent_on(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    incident = IncidentFactory(created_by=researcher)
    fields = FIELDS | {"scope": "AGGREGATE", "incident": str(incident.pk)}
    response = decide(signed_in(researcher), task, claims_of(task)[0], decision="correct", **fields)
    assert response.status_code == 400
    assert "belongs to no single incident" in response.content.decode()


def test_rejecting_needs_a_reason_and_keeps_the_claim_visible(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    claim = claims_of(task)[0]
    html = client.get(address_of(task, f"?reject={claim.pk}")).content.decode()
    assert "Said twice" in html
    refused = decide(client, task, claim, decision="reject", why="other")
    assert refused.status_code == 400
    assert "Say in a few words why" in refused.content.decode()
    done = decide(client, task, claim, decision="reject", why="not_said", words="a date")
    assert done.status_code == 302
    claim.refresh_from_db()
    assert claim.state == ClaimState.REJECTED
    assert claim.decision_reason == "Not said: a date"
    html = client.get(address_of(task)).content.decode()
    assert "is-decided is-rejected" in html
    assert "Not said: a date" in html


def test_an_accepted_claim_may_have_been_taken_back(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    claim = task.article.claims.first()
    assert claim is not None
    assert "Taken back" not in client.get(address_of(task, f"?reject={claim.pk}")).content.decode()
    decide(client, task, claim)
    claim.refresh_from_db()

    shown = client.get(address_of(task, f"?reject={claim.pk}")).content.decode()
    refused = decide(client, task, claim, decision="reject", why="taken_back")
    done = decide(
        client, task, claim, decision="reject", why="taken_back", words="Its page says so."
    )

    assert "Taken back by its speaker" in shown
    assert refused.status_code == 400
    assert done.status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.decision_reason) == ("RETRACTED", "Its page says so.")


def test_new_claim_needs_words_of_the_article(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    assert 'id="new"' in client.get(address_of(task, "?add=1")).content.decode()
    url = reverse("task_add", args=[task.pk])
    sent = FIELDS | {"fence": str(task.fence), "quote": "words of nobody"}
    refused = client.post(url, sent)
    assert refused.status_code == 409
    assert "words of nobody" in refused.content.decode()
    denial = sent | {
        "quote": "no civilian was killed",
        "figure": "",
        "polarity": "ASSERTS_NO_HARM",
        "speaker_text": "The Coalition",
        "party_name": "Coalition",
    }
    assert client.post(url, denial).status_code == 302
    claim = Claim.objects.get(quote="no civilian was killed")
    assert claim.state == ClaimState.ACCEPTED
    assert claim.start == TEXT.index("no civilian was killed")
    assert claim.party is not None


def test_new_claim_with_a_fault_stays_in_its_form(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    sent = FIELDS | {"fence": str(task.fence), "figure": "lots", "quote": "wounded 12"}
    response = signed_in(researcher).post(reverse("task_add", args=[task.pk]), sent)
    assert response.status_code == 400
    assert "wounded 12</textarea>" in response.content.decode()


def test_new_incident_is_made_and_chosen(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    url = reverse("task_incident", args=[task.pk])
    assert client.post(url, {"title": ""}).status_code == 400
    response = client.post(url, {"title": "Strike on a market, Ardesh"})
    incident = Incident.objects.get()
    chosen = response.headers["Location"]
    assert chosen == f"{address_of(task)}?incident={incident.pk}#candidates"
    html = client.get(chosen).content.decode()
    assert "Claims about this event that you accept now go here" in html


def test_accepted_claims_are_linked_together(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    client = signed_in(researcher)
    incident = IncidentFactory(created_by=researcher)
    for claim in claims_of(task):
        decide(client, task, claim, decision="accept")
    page = client.get(address_of(task, f"?incident={incident.pk}")).content.decode()
    assert "Link the 2 accepted claims without an incident" in page
    sent = {
        "fence": str(task.fence),
        "incident": str(incident.pk),
        "claim": [str(claim.pk) for claim in claims_of(task)],
    }
    assert client.post(reverse("task_link", args=[task.pk]), sent).status_code == 302
    assert {claim.incident_id for claim in claims_of(task)} == {incident.pk}


def test_linking_to_what_is_in_review_says_so(
    task: ReviewTask, researcher: Person, signed_in: SignIn
) -> None:
    incident = IncidentFactory(created_by=researcher)
    Incident.objects.filter(pk=incident.pk).update(
        status=IncidentStatus.IN_REVIEW, submitted_by=researcher, submitted_at=timezone.now()
    )
    client = signed_in(researcher)
    claim = claims_of(task)[0]
    decide(client, task, claim, decision="accept")
    sent = {"fence": str(task.fence), "incident": str(incident.pk), "claim": str(claim.pk)}
    response = client.post(reverse("task_link", args=[task.pk]), sent)
    assert response.status_code == 409
    assert "in review" in response.content.decode()
