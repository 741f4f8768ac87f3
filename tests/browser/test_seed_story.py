"""One article, two events: from the Add page over workbench, review and publication to a partner.

Every step is a real page or a real request, with real workers behind; what a partner must read in
the end stands in section 9.6 of the methodology.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from django.core.management import call_command

from tests.browser.researcher import RAID, STRIKE, Report, Researcher, fill, send_form
from tests.factories import PersonFactory
from tests.factories.people import PASSWORD
from tracker.core.actor import Role
from tracker.incidents.choices import ClaimState
from tracker.incidents.models import Claim, Incident
from tracker.publication.rules.masking import BLANK

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.timeout(240), pytest.mark.usefixtures("_workers")]

TITLES = {STRIKE: "Airstrike in the north", RAID: "Raid near the village"}
DAYS = {STRIKE: "2022-10-06", RAID: "2022-10-05"}
NOTE = "Names its sources; corrects in public."
#: Pixels below which words stand one under the other.
NARROWEST = 200
#: The words of each marked passage, without the links that lead to its claims.
PASSAGES = """[...document.querySelectorAll("article .t-passage[id]")].map(passage => {
    const words = passage.cloneNode(true);
    words.querySelectorAll("a.t-ref").forEach(link => link.remove());
    return words.textContent;
})"""
NOTHING = {"min": None, "max": None, "open_above": False, "highest_stated": None}
NO_CIVILIANS = {**NOTHING, "stated_civilian_min": None, "stated_civilian_max": None}
ONE = {"min": 1, "max": 1, "open_above": False, "highest_stated": 1}
ONE_PRESUMED = {**ONE, "stated_civilian_min": None, "stated_civilian_max": None}


@pytest.fixture
def seed_002(shared: Path) -> Report:
    """The second raw article of the evaluation material."""
    text = (shared / "articles" / "seeds" / "002.txt").read_text(encoding="utf-8")
    return Report(
        text=text,
        outlet="CNN",
        party="US forces",
        officials="two defense officials",
        command="US Central Command",
        places=("northern Syria", "Qamishli"),
    )


@pytest.fixture
def invented() -> Report:
    """An invented article of the same build."""
    text = (Path(__file__).parent / "two_events.txt").read_text(encoding="utf-8")
    return Report(
        text=text,
        outlet="Coast Herald",
        party="Coalition",
        officials="two defence officials",
        command="Coalition Command",
        places=("northern Veria", "Qarnesh"),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """How the story ended: what a partner reads of both incidents."""

    strike: dict[str, Any]
    raid: dict[str, Any]


def test_seed_002_from_the_add_page_to_a_partner(
    seed_002: Report, visit: Callable[..., Visitor]
) -> None:
    told = _tell(seed_002, visit)

    _check_strike(told.strike, seed_002)
    _check_raid(told.raid, seed_002)


def test_invented_article_of_the_same_build_without_scripts(
    invented: Report, visit: Callable[..., Visitor]
) -> None:
    told = _tell(invented, partial(visit, java_script_enabled=False))

    _check_strike(told.strike, invented)
    _check_raid(told.raid, invented)


def _tell(report: Report, visit: Callable[..., Visitor]) -> Told:
    visitor = visit()
    visitor.sign_in(PersonFactory(alias="Heron").email, PASSWORD)
    researcher = Researcher(visitor, report)
    researcher.add()
    _rate_the_outlet(visitor, report)
    _decide_everything(researcher)
    for event, place in zip((STRIKE, RAID), report.places, strict=True):
        _enter_facts(visitor, report, event, place)
        _send_to_review(visitor, event)
    second = visit()
    second.sign_in(PersonFactory(alias="Juniper", role=Role.REVIEWER.value).email, PASSWORD)
    said = StringIO()
    call_command("create_partner", "Delta Relief", stdout=said, stderr=StringIO())
    key = json.loads(said.getvalue())["key"]
    return Told(*(_read(visitor.site, key, _publish(second, event)) for event in (STRIKE, RAID)))


def _rate_the_outlet(visitor: Visitor, report: Report) -> None:
    page = visitor.open("/sources/")
    visitor.follow(page.get_by_role("link", name=report.outlet))
    fill(page.locator("#note"), {"Reliability": "B", "Reason": NOTE, "Who may read it": "PARTNERS"})
    visitor.press("Save the note")


def _decide_everything(researcher: Researcher) -> None:
    researcher.take_the_task()
    _check_highlights(researcher)
    for event in (STRIKE, RAID):
        researcher.make_incident(TITLES[event])
        researcher.decide(event)
    assert researcher.reject_the_rest() > 0
    researcher.add_missed()
    researcher.finish()
    assert not Claim.objects.filter(state=ClaimState.PROPOSED).exists()


def _check_highlights(researcher: Researcher) -> None:
    """Every proposed passage is marked in the article, its figure too, and leads to its claim."""
    page = researcher.visitor.page
    claims = list(Claim.objects.select_related("article"))
    assert len(claims) > len(TITLES)
    assert page.locator(".t-claims > li").count() == len(claims)
    marked: list[str] = page.evaluate(PASSAGES)
    for claim in claims:
        assert claim.quote == claim.article.text[claim.start : claim.end]
        assert any(claim.quote.startswith(words) for words in marked)
    for passage in page.locator("article .t-passage[id]").all():
        assert passage.locator("mark.t-hl").count() > 0
    for reading in page.locator(".t-claims .t-read").all():
        box = reading.bounding_box()
        assert box is not None
        assert box["width"] > NARROWEST
    for link in page.locator("article a.t-ref").all():
        assert page.locator(f"li{link.get_attribute('href')}").count() == 1


def _enter_facts(visitor: Visitor, report: Report, event: str, place: str) -> None:
    page = visitor.open(f"/incidents/{_incident(event)}/")
    day = DAYS[event]
    send_form(visitor, "edit", "Save", {
        "What happened": "As the article tells it.",
        "First day": day, "Last day": day, "The day is known to": "DAY",
        "Place": place,
        "The place is known to": "GOVERNORATE" if event == STRIKE else "NEAR_SETTLEMENT",
        "Why you change it": "The article says so.",
    })  # fmt: skip
    page.locator("#form-party summary").click()
    party = page.locator("#form-party form")
    party.get_by_label("Party").fill(report.party)
    party.get_by_label("Accused by some speaker").set_checked(event == RAID)
    visitor.press("Save the party", within=party)
    send_form(visitor, "position", "Record the statement", {
        "Party": report.party, "Said on": "2022-10-06",
        "The act": "ACKNOWLEDGES",
        "The harm": "NO_INDICATION" if event == STRIKE else "DENIES_HARM",
    })  # fmt: skip


def _send_to_review(visitor: Visitor, event: str) -> None:
    """The one who wrote it sends it on, and may not publish it, whatever the page offers."""
    page = visitor.page
    visitor.press("Send to review")
    assert page.get_by_role("button", name="Publish").is_disabled()
    page.evaluate("document.querySelectorAll('[disabled]').forEach(e => { e.disabled = false })")
    page.get_by_label("Change note").fill("First version.")
    visitor.press("Publish")
    assert Incident.objects.get(title=TITLES[event]).code is None


def _publish(second: Visitor, event: str) -> str:
    """A second person publishes; the code that partners know it by."""
    page = second.open(f"/incidents/{_incident(event)}/")
    if event == RAID:
        page.get_by_text("Are they the same dead?").wait_for()
    page.get_by_label("Change note").fill("First version.")
    second.press("Publish")
    page.get_by_text("is public.").wait_for()
    code = Incident.objects.get(title=TITLES[event]).code
    assert code
    return code


def _read(site: str, key: str, code: str) -> dict[str, Any]:
    assert httpx.get(f"{site}/api/v1/incidents/{code}/").status_code == 401
    answer = httpx.get(
        f"{site}/api/v1/incidents/{code}/", headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json()
    return document


def _incident(event: str) -> Incident:
    return Incident.objects.get(title=TITLES[event])


def _check_strike(document: dict[str, Any], report: Report) -> None:
    """Section 9.6, article 002 a: no harm asserted is no zero; the party's zero stands beside."""
    assert document["date"] == {
        "start": "2022-10-06",
        "end": "2022-10-06",
        "precision": "DAY",
        "basis": None,
    }
    assert document["location"]["name"] == report.places[0]
    for outcome in ("killed", "injured"):
        assert document[outcome]["headline"] == f"Civilians {outcome}: no harm asserted"
        assert document[outcome]["civilians"] == NO_CIVILIANS
    fighters = {"min": 2, "max": 2, "open_above": False, "highest_stated": 2}
    assert document["killed"]["combatants"] == fighters
    assert (
        "Fighters reported killed: 2, by the party's own account."
        in (document["killed"]["explanation"])
    )
    assert _claims(document) == {
        ("KILLED", "COMBATANT", 2, report.party, None),
        ("KILLED", "CIVILIAN", 0, report.party, "PARTY_DENIAL"),
        ("INJURED", "CIVILIAN", 0, report.party, "PARTY_DENIAL"),
    }
    assert (document["grade"], document["strike_status"]) == ("UNASSESSED", "DECLARED")
    assert document["belligerents"] == [_party(report, accused=False, harm="NO_INDICATION")]
    _check_sources(document, report)


def _check_raid(document: dict[str, Any], report: Report) -> None:
    """Section 9.6, article 002 b: one person presumed civilian beside one fighter."""
    assert document["date"] == {
        "start": "2022-10-05",
        "end": "2022-10-05",
        "precision": "DAY",
        "basis": None,
    }
    assert document["location"]["name"] == report.places[1]
    for outcome in ("killed", "injured"):
        presumed = f"1 person reported {outcome}, status not stated (presumed civilian)"
        assert document[outcome]["headline"] == presumed
        assert document[outcome]["civilians"] == ONE_PRESUMED
    assert document["killed"]["combatants"] == ONE
    assert document["injured"]["combatants"] == NOTHING
    assert (
        "Fighters reported killed: 1, by the party's own account."
        in (document["killed"]["explanation"])
    )
    assert _claims(document) == {
        ("KILLED", "COMBATANT", 1, report.party, None),
        ("INJURED", "UNKNOWN", 1, report.party, None),
        ("KILLED", "CIVILIAN", 0, report.party, "PARTY_DENIAL"),
        ("INJURED", "CIVILIAN", 0, report.party, "PARTY_DENIAL"),
        ("KILLED", "UNKNOWN", 1, None, None),
        ("ABDUCTED", "UNKNOWN", 3, None, None),
    }
    assert (document["grade"], document["strike_status"]) == ("WEAK", "DECLARED")
    assert document["provisional"] is True
    assert document["belligerents"] == [_party(report, accused=True, harm="DENIES_HARM")]
    _check_sources(document, report)


def _claims(document: dict[str, Any]) -> set[tuple[object, ...]]:
    names = ("outcome", "subject_status", "min", "party", "excluded_because")
    found = {tuple(claim[name] for name in names) for claim in document["claims"]}
    assert len(found) == len(document["claims"])
    return found


def _party(report: Report, *, accused: bool, harm: str) -> dict[str, Any]:
    said = {"date": "2022-10-06", "act": "ACKNOWLEDGES", "harm": harm, "responsibility": None}
    return {
        "name": report.party,
        "accused": accused,
        "position_summary": "ACKNOWLEDGED_ACT_DENIES_HARM",
        "positions": [said],
    }


def _check_sources(document: dict[str, Any], report: Report) -> None:
    """The rating and the note in force when it was published are part of the version."""
    (source,) = document["sources"]
    names = ("name", "kind", "reliability", "note")
    assert tuple(source[name] for name in names) == (report.outlet, "OUTLET", "B", NOTE)
    for claim in document["claims"]:
        for words in claim["quote"].split(BLANK):
            assert words.strip(" .…") in report.text, "to the letter, but for names"
