"""What a researcher does with an article of two events, by the pages alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.workers.processes import wait_until
from tracker.incidents.choices import ClaimState
from tracker.incidents.models import Claim, Incident

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from playwright.sync_api import Locator

    from tests.browser.visitor import Visitor

STRIKE, RAID = "strike", "raid"
EARLIER = "blew himself up"


@dataclass(frozen=True, slots=True)
class Report:
    """An article in which the officials of ``party`` tell of an airstrike and of a raid.

    ``officials`` and ``command`` are how its speakers are written down.
    """

    text: str
    outlet: str
    party: str
    officials: str
    command: str
    places: tuple[str, str]
    title: str = "Airstrike and raid on two days"


@dataclass(frozen=True, slots=True)
class Reading:
    """One claim as a person reads it: found by outcome, figure and words of its passage.

    ``fields`` are what its form must say; ``as_proposed`` = where the machine found the claim,
    it is accepted as it stands.
    """

    event: str
    outcome: str
    minimum: int
    words: str
    fields: dict[str, str]
    as_proposed: bool = False


def readings_of(report: Report) -> list[Reading]:
    """What a careful person takes from the article."""
    officials = {"Speaker": report.officials, "Party of the speaker": report.party}
    command = {"Speaker": report.command, "Party of the speaker": report.party}
    fighter = {"Status": "COMBATANT"}
    none = {"Status": "CIVILIAN", "Says": "ASSERTS_NO_HARM", "Figure": "0"}
    television = {"Speaker": "state TV", "Status": "UNKNOWN"}
    return [
        Reading(STRIKE, "KILLED", 2, "in an airstrike", officials | fighter),
        Reading(STRIKE, "KILLED", 0, "initial assessment", officials | none),
        Reading(STRIKE, "INJURED", 0, "initial assessment", officials | none),
        Reading(RAID, "KILLED", 1, "announced in a statement", command | fighter),
        Reading(RAID, "INJURED", 1, "During the operation", command),
        Reading(RAID, "KILLED", 0, "in that operation", command | none),
        Reading(RAID, "INJURED", 0, "in that operation", command | none),
        Reading(RAID, "KILLED", 1, "said on Telegram", television, as_proposed=True),
        Reading(RAID, "ABDUCTED", 3, "said on Telegram", television, as_proposed=True),
    ]


@dataclass(slots=True)
class Researcher:
    """A signed-in visitor at work on one article."""

    visitor: Visitor
    report: Report
    chosen: int = 0

    def add(self) -> None:
        """Paste the article on the Add page."""
        page = self.visitor.open("/add/")
        form = page.locator("form", has=page.locator("input[value=add-paste]"))
        form.get_by_label("Headline").fill(self.report.title)
        form.get_by_label("Outlet").fill(self.report.outlet)
        form.get_by_label("Published or received on").fill("2022-10-06")
        form.get_by_label("Text of the article").fill(self.report.text)
        self.visitor.press("Add the text")
        page.get_by_role("row").filter(has_text="new").first.wait_for()

    def take_the_task(self) -> None:
        """Wait until the workers have brought it to the queue, then hold it."""
        title = self.report.title

        def is_there() -> bool:
            return self.visitor.open("/queue/").get_by_role("link", name=title).count() == 1

        assert wait_until(is_there)
        self.visitor.follow(self.visitor.page.get_by_role("link", name=title))
        self.visitor.press("Take this task")
        self.visitor.page.get_by_role("button", name="Hold longer").wait_for()

    def make_incident(self, title: str) -> None:
        """Make an incident in the workbench and use it for what is accepted next."""
        self.visitor.page.get_by_label("A new incident").fill(title)
        self.visitor.press("Make and use it")
        self.chosen = Incident.objects.values_list("pk", flat=True).get(title=title)

    def decide(self, event: str) -> None:
        """Accept every claim of one event, as proposed or corrected; add what was not seen."""
        for reading in readings_of(self.report):
            if reading.event == event:
                self._accept(reading)

    def reject_the_rest(self) -> int:
        """Reject with a reason whatever is still open; how many that were."""
        return reject(self.visitor, self._open())

    def add_missed(self) -> None:
        """The death of an earlier raid, which the machine left out: recalled, on no incident."""
        told = {"Figure": "1", "Outcome": "KILLED", "Status": "COMBATANT"}
        self._add(EARLIER, told | {"Covers": "BACKGROUND", "Incident": ""})

    def finish(self) -> None:
        """Nothing is left: the task is done."""
        self.visitor.press("Done")
        self.visitor.page.get_by_text("is done.").wait_for()

    def _accept(self, reading: Reading) -> None:
        claim = self._proposed(reading)
        here = {"Covers": "INCIDENT", "Incident": str(self.chosen)}
        if claim is None:
            told = {"Figure": str(reading.minimum), "Outcome": reading.outcome}
            self._add(reading.words, told | reading.fields | here)
            return
        if reading.as_proposed:
            self.visitor.press("Accept", within=decision_of(self.visitor, claim))
            return
        self.visitor.follow(decision_of(self.visitor, claim).get_by_role("link", name="Edit"))
        form = self.visitor.page.locator("form.t-edit")
        fill(form, reading.fields | here)
        self.visitor.press("Accept as corrected", within=form)

    def _add(self, words: str, fields: dict[str, str]) -> None:
        """What the machine left out, from its sentence."""
        self.visitor.follow(self.visitor.page.get_by_role("link", name="New claim"))
        form = self.visitor.page.locator("form.t-edit")
        form.get_by_label("Words of the article that carry it").fill(
            _sentence(self.report.text, words)
        )
        fill(form, fields | {"Why": "Not seen by the machine."})
        self.visitor.press("Add and accept", within=form)

    def _proposed(self, reading: Reading) -> Claim | None:
        return (
            self._open()
            .filter(outcome=reading.outcome, minimum=reading.minimum, quote__contains=reading.words)
            .order_by("start", "id")
            .first()
        )

    def _open(self) -> QuerySet[Claim]:
        return Claim.objects.filter(state=ClaimState.PROPOSED)


def decision_of(visitor: Visitor, claim: Claim) -> Locator:
    """The form of buttons beside one open claim."""
    edit = ", ".join(f"a[href^='?edit={claim.pk}{after}']" for after in "&#")
    return visitor.page.locator("li form.t-acts", has=visitor.page.locator(edit))


def reject(visitor: Visitor, claims: QuerySet[Claim]) -> int:
    """Reject each of these with a reason; how many that were."""
    rest = list(claims.order_by("start", "id"))
    for claim in rest:
        visitor.follow(decision_of(visitor, claim).get_by_role("link", name="Reject"))
        visitor.press("Said twice" if claim.minimum else "Not harm to people")
        visitor.page.locator(f"a[href*='reject={claim.pk}']").wait_for(state="detached")
    return len(rest)


def fill(form: Locator, values: dict[str, str]) -> None:
    """Type into the fields that carry these labels; of a choice, its stored word."""
    for label, value in values.items():
        field = form.get_by_label(label, exact=True)
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def send_form(visitor: Visitor, what: str, button: str, values: dict[str, str]) -> None:
    """Open one form of the incident page, fill it, send it."""
    visitor.page.locator(f"#form-{what} summary").click()
    form = visitor.page.locator(f"#form-{what} form")
    fill(form, values)
    visitor.press(button, within=form)


def _sentence(text: str, words: str) -> str:
    """The sentence of the article that holds these words."""
    return next(s for s in re.split(r"(?<=\.)\s+", text) if words in s)
