"""Every page in both directions, light and dark, wide and narrow: nothing that axe can find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from django.utils import timezone

from tests.browser.axe import cut_off, violations, width_beyond
from tests.browser.stops import Stop, every_stop
from tests.browser.visitor import NARROW, WIDE
from tests.factories.demo import tell_demo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor
    from tracker.web.demo.people import SignIn

pytestmark = pytest.mark.timeout(420)

LIGHT: Literal["light"] = "light"
DARK: Literal["dark"] = "dark"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_have_no_fault_that_axe_finds(language: str, visit: Callable[..., Visitor]) -> None:
    sign_ins = tell_demo(now=timezone.now())
    found: list[str] = []
    by_role: dict[str, list[Stop]] = {}
    for stop in every_stop():
        by_role.setdefault(stop.role, []).append(stop)
    for role, stops in by_role.items():
        visitor = _arrived(visit, sign_ins.get(role), language)
        for number, stop in enumerate(stops):
            found += _look(visitor, stop, language, is_even=number % 2 == 0)
    assert not found, "\n".join(found)


def _arrived(visit: Callable[..., Visitor], person: SignIn | None, language: str) -> Visitor:
    visitor = visit()
    if person is None:
        visitor.open("/account/login/")
    else:
        visitor.sign_in(person.email, person.password)
    visitor.read(language)
    return visitor


def _look(visitor: Visitor, stop: Stop, language: str, *, is_even: bool) -> list[str]:
    """Whether all of it fits, wide and narrow; what axe finds, which takes longer, in one of the
    two: wide and light in one direction, narrow and dark in the other."""
    axe_window = WIDE if is_even == (language == "en") else NARROW
    page = visitor.page
    response = page.goto(f"{visitor.site}{stop.path}")
    assert response is not None
    found = [f"{stop}: {response.status}"] if response.status != stop.status else []
    if stop.press:
        visitor.follow(page.locator(stop.press))
    assert page.locator("html").get_attribute("dir") == ("ltr" if language == "en" else "rtl")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    for window, scheme in ((WIDE, LIGHT), (NARROW, DARK)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(window)
        where = f"{stop.role or 'nobody'} {stop.path} {language} {scheme} {window['width']}"
        if window is axe_window:
            found += [f"{where}: {fault}" for fault in violations(page)]
        if beyond := width_beyond(page):
            found.append(f"{where}: {beyond} px wider than the window")
        found += [f"{where}: cut off: {words}" for words in cut_off(page)]
    return found
