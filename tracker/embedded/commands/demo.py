"""``manage.py demo``: everything on this machine, with invented articles."""

from __future__ import annotations

import argparse
import json
import shutil
from typing import TYPE_CHECKING, Any

from tracker.embedded import prepare, site
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.credentials import write_private
from tracker.embedded.installation import held, running_servers
from tracker.embedded.kinds import DEMO
from tracker.embedded.layout import remembered_data
from tracker.embedded.talk import result, say, step

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.embedded.installation import Installation

SIGN_INS = "sign-ins.json"
EXAMPLE = "example: python3 manage.py demo --port 8010"


def main(arguments: list[str]) -> int:
    """Start, show, and keep running until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="manage.py demo",
        description="Start everything on this machine with invented articles. Data stay in .demo/.",
        epilog=EXAMPLE,
    )
    parser.add_argument("--port", type=int, default=8000, help="of the web pages (default 8000)")
    options = parser.parse_args(arguments[2:])
    control = CHECKOUT / DEMO.folder
    address = site.public_address(options.port, None)
    with held(control, DEMO), site.listening(options.port) as listener:
        _forget_broken_off(control)
        with running_servers(CHECKOUT, DEMO, control) as installation:
            site.bring_up(installation, address, listener, before_migration=_nothing_to_lose)
            _show(address.public_url, _sign_ins(installation, control))
            installation.supervisor.watch_until_asked()
    return 0


def _nothing_to_lose() -> None:
    say("  (a demo has nothing to back up)")


def _forget_broken_off(control: Path) -> None:
    """Remove the data of a demo that ended before it could tell its sign-ins."""
    data = remembered_data(control)
    if not (control / SIGN_INS).exists() and (data / "postgres").exists():
        say("An earlier demo was broken off while it was being filled; beginning anew.")
        for name in ("postgres", "valkey", "captures"):
            shutil.rmtree(data / name, ignore_errors=True)


def _sign_ins(installation: Installation, control: Path) -> list[dict[str, Any]]:
    """The people of the demo; made, and the articles fed, at its first start."""
    path = control / SIGN_INS
    if installation.is_new or not path.exists():
        with step("Making one person per role and feeding the invented articles"):
            printed = prepare.manage(
                CHECKOUT,
                ["load_demo"],
                installation.environment,
                installation.supervisor,
                installation.accounts.application,
            )
        loaded = prepare.printed_object("load_demo", printed)
        say(f"  {loaded['articles']} articles are on their way through the workers")
        write_private(path, json.dumps(loaded["sign_ins"]))
    people: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return people


def _show(url: str, people: list[dict[str, Any]]) -> None:
    width = max((len(person["email"]) for person in people), default=0)
    lines = [
        f"  {person['role']:<14} {person['email']:<{width}}  {person['password']}"
        for person in people
    ]
    result("\n".join(["", f"The tracker is running: {url}", "", "Sign in as", *lines, ""]))
    say("Ctrl-C stops it; the data stay for the next time.")
