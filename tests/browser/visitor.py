"""A person's browser: finds its way by what is written on the page, and notes what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Dialog,
        Locator,
        Page,
        Request,
        Response,
        ViewportSize,
    )

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 800}
#: The browser's own doing: a page that was left for the next one before its last part came.
#: What a server does wrong has other names.
_LEFT_EARLY = "net::ERR_ABORTED"
#: Chromium's own word on a status, which ``_answered`` judges.
_STATUS_WORDS = "Failed to load resource: the server responded with a status"


@dataclass  # Playwright keeps a wrapper of each handler on its object, so no slots
class Visitor:
    """One browser profile with one page; ``faults`` collects what must never happen."""

    page: Page
    context: BrowserContext
    site: str
    faults: list[str] = field(default_factory=list)

    @classmethod
    def arrive(cls, browser: Browser, site: str, **options: Any) -> Visitor:
        """Open a fresh profile; ``options`` are those of the browser's context."""
        context = browser.new_context(**{"viewport": WIDE, "locale": "en", **options})
        context.set_default_timeout(15_000)
        visitor = cls(page=context.new_page(), context=context, site=site)
        visitor._listen()
        return visitor

    def leave(self) -> list[str]:
        """Close the profile and tell what went wrong."""
        self.context.close()
        return self.faults

    def open(self, path: str, *, status: int = HTTPStatus.OK) -> Page:
        """Go to a page, which must answer with ``status``."""
        response = self.page.goto(f"{self.site}{path}")
        assert response is not None
        assert response.status == status, f"{path}: {response.status}"
        return self.page

    def sign_in(self, email: str, password: str) -> None:
        """Through the form, as people do."""
        self.open("/account/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name="Sign out").wait_for()

    def follow(self, what: Locator) -> None:
        """Press a link or a button, and wait for the page it leads to."""
        with self.page.expect_navigation():
            what.click()

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press the button of this name."""
        self.follow((within or self.page).get_by_role("button", name=name, exact=True))

    def read(self, language: str) -> None:
        """Switch the language by the button in the frame, where it is another one."""
        if self.page.locator("html").get_attribute("lang") != language:
            self.page.locator(f"button[name=language][value={language}]").click()
            self.page.locator(f"html[lang={language}]").wait_for()

    def _listen(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("dialog", self._asked)
        self.context.on("request", self._asking)
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_STATUS_WORDS):
            self.faults.append(f"console on {self.page.url}: {message.text}")

    def _asked(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asking(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.site).netloc:
            self.faults.append(f"another host: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != _LEFT_EARLY:
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        """A page may refuse (its test says so); nothing may break, and every part must be there."""
        is_part = response.request.resource_type != "document"
        limit = HTTPStatus.BAD_REQUEST if is_part else HTTPStatus.INTERNAL_SERVER_ERROR
        if response.status >= limit:
            self.faults.append(f"{response.status}: {response.url}")
