"""The worked example of the methodology, from ten articles to a published range, by the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.browser.researcher import decision_of, fill, reject, send_form
from tests.factories import PersonFactory
from tests.factories.demo import SAMPLES
from tests.factories.people import PASSWORD
from tests.web.test_worked_example import EXPLANATION, STORY
from tracker.accounts.models import Person
from tracker.core.actor import Role
from tracker.incidents.choices import ClaimState
from tracker.incidents.models import Claim, Incident
from tracker.sources.models import Article
from tracker.verification.services.advance import advance_articles

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor

pytestmark = pytest.mark.timeout(240)

#: How the form of a claim calls the fields of the story.
LABELS = {
    "outcome": "Outcome",
    "subject_status": "Status",
    "polarity": "Says",
    "scope": "Covers",
    "speaker_text": "Speaker",
    "party_name": "Party of the speaker",
    "credibility": "Credibility of this claim",
    "copy_decision": "This copy says 17. Its origin says 11.",
}


def test_ten_articles_become_a_published_range(visit: Callable[..., Visitor]) -> None:
    heron = visit()
    heron.sign_in(PersonFactory(alias="Heron").email, PASSWORD)
    _enter_sources(heron)
    _upload(heron)
    for name, decided in STORY["decided"].items():
        _decide(heron, name, decided)
    _enter_facts(heron)
    alder = visit()
    alder.sign_in(PersonFactory(alias="Alder", role=Role.COORDINATOR.value).email, PASSWORD)
    _give_the_right(alder)
    _name_the_dead(heron)
    heron.open(f"/incidents/{_incident()}/")
    heron.press("Send to review")

    juniper = visit()
    juniper.sign_in(PersonFactory(alias="Juniper", role=Role.REVIEWER.value).email, PASSWORD)
    page = juniper.open(f"/incidents/{_incident()}/")
    page.get_by_label("Change note").fill("First version.")
    juniper.press("Publish")
    page.get_by_text("is public.").wait_for()
    assert page.get_by_text(EXPLANATION).is_visible()


def _enter_sources(visitor: Visitor) -> None:
    for source in STORY["sources"]:
        page = visitor.open("/sources/new/")
        told = {"Name": source["name"], "Kind": source["kind"], "Party": source["party"] or ""}
        fill(page.locator("main form"), told)
        visitor.press("Add the source")


def _upload(visitor: Visitor) -> None:
    page = visitor.open("/add/")
    page.locator("input[type=file]").set_input_files(SAMPLES / "worked_example.jsonl")
    visitor.press("Upload")
    everything = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    assert len(everything) == len(STORY["decided"]) + 1, "one is a reprint to the letter"
    advance_articles(article_ids=everything, clock=timezone.now)


def _decide(visitor: Visitor, name: str, decided: list[dict[str, Any]]) -> None:
    """Everything proposed for one article: accepted as the story says, or rejected."""
    article = Article.objects.get(external_id=name)
    page = visitor.open(f"/task/{article.task.pk}/")
    visitor.press("Take this task")
    for row in decided:
        _accept(visitor, article, row)
    reject(visitor, Claim.objects.filter(article=article, state=ClaimState.PROPOSED))
    visitor.press("Done")
    page.get_by_text("is done.").wait_for()


def _accept(visitor: Visitor, article: Article, row: dict[str, Any]) -> None:
    claim = Claim.objects.get(article=article, quote__contains=row["quote"], minimum=row["minimum"])
    visitor.follow(decision_of(visitor, claim).get_by_role("link", name="Edit"))
    form = visitor.page.locator("form.t-edit")
    fill(form, {LABELS[name]: str(value) for name, value in row.items() if name in LABELS})
    if "said_with" in row:
        other = Claim.objects.get(article=article, quote__contains=row["said_with"])
        fill(form, {"Beside other figures of the article": f"with:{other.pk}"})
    if row.get("is_cumulative_update"):
        form.get_by_label("Replaces this speaker's earlier figure").check()
    if row.get("scope") != "AGGREGATE":
        is_there = Incident.objects.filter(title=STORY["title"]).exists()
        fill(form, {"Incident": str(_incident().pk) if is_there else "new"})
        fill(form, {} if is_there else {"Title of the new incident": STORY["title"]})
    visitor.press("Accept as corrected", within=form)


def _enter_facts(visitor: Visitor) -> None:
    page = visitor.open(f"/incidents/{_incident()}/")
    send_form(visitor, "edit", "Save", {
        "What happened": STORY["summary"],
        "First day": STORY["date_start"], "Last day": STORY["date_end"],
        "The day is known to": STORY["date_precision"],
        "Place": STORY["place_name"], "The place is known to": STORY["geo_precision"],
        "Why you change it": "The reports say so.",
    })  # fmt: skip
    (party,) = STORY["parties"]
    page.locator("#form-party summary").click()
    form = page.locator("#form-party form")
    form.get_by_label("Party").fill(party["name"])
    form.get_by_label("Accused by some speaker").set_checked(party["accused"])
    visitor.press("Save the party", within=form)
    (position,), (evidence,) = STORY["positions"], STORY["strike_evidence"]
    send_form(visitor, "position", "Record the statement", {
        "Party": position["party"], "Said on": position["date"],
        "The act": position["act"], "The harm": position["harm"],
        "Responsibility": position["responsibility"],
    })  # fmt: skip
    told = {"Kind": evidence["kind"], "Party": evidence["party"]}
    send_form(visitor, "evidence", "Record the evidence", told)


def _give_the_right(coordinator: Visitor) -> None:
    page = coordinator.open("/restricted/access/")
    heron = str(Person.objects.get(alias="Heron").pk)
    told = {"Person": heron, "May": "WRITE", "Reason": "Keeps the list of victims."}
    fill(page.locator("main form", has_text="Give it"), told)
    coordinator.press("Give it")


def _name_the_dead(visitor: Visitor) -> None:
    for name in STORY["named_victims"]:
        page = visitor.open(f"/restricted/incidents/{_incident()}/new/")
        fill(page.locator("main form"), {
            "Who it is": "VICTIM", "What happened to the victim": "KILLED",
            "Status of the victim": "CIVILIAN", "Names": name,
        })  # fmt: skip
        visitor.press("Seal and save")


def _incident() -> Incident:
    return Incident.objects.get(title=STORY["title"])
