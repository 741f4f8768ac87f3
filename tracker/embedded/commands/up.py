"""``manage.py up``: the same as the demo, empty, for real use."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded import prepare, site
from tracker.embedded.archive import write_backup
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.data_folder import add_data_option
from tracker.embedded.errors import UnableToStart
from tracker.embedded.installation import held, running_servers
from tracker.embedded.kinds import UP
from tracker.embedded.sealing import make_key, read_key
from tracker.embedded.talk import result, say, step

if TYPE_CHECKING:
    from tracker.embedded.installation import Installation

EXAMPLE = "example: python3 manage.py up --public-url https://harm.example.org"


def main(arguments: list[str]) -> int:
    """Start and keep running until Ctrl-C or SIGTERM."""
    options = _parser().parse_args(arguments[2:])
    control = options.data_dir
    address = site.public_address(options.port, options.public_url)
    with (
        held(control, UP),
        site.listening(options.port) as listener,
        running_servers(CHECKOUT, UP, control) as installation,
    ):
        site.bring_up(
            installation,
            address,
            listener,
            before_migration=lambda: _offer_backup(installation, options),
        )
        _show(installation, address.public_url)
        installation.supervisor.watch_until_asked()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="manage.py up",
        description="Start everything on this machine for real use. Data stay in .state/.",
        epilog=EXAMPLE,
    )
    parser.add_argument("--port", type=int, default=8000, help="of the web pages (default 8000)")
    parser.add_argument(
        "--public-url",
        metavar="URL",
        help="the https address of the proxy in front: sets hosts, secure cookies, trusted proxy",
    )
    add_data_option(parser)
    before = parser.add_mutually_exclusive_group()
    before.add_argument(
        "--backup-before-migrate",
        metavar="FILE",
        type=Path,
        help="where a new version has to migrate, back up to FILE first (needs --key-file)",
    )
    before.add_argument(
        "--no-backup", action="store_true", help="where it has to migrate, do so without a backup"
    )
    parser.add_argument("--key-file", type=Path, help="the key for --backup-before-migrate")
    return parser


def _offer_backup(installation: Installation, options: argparse.Namespace) -> None:
    """Back up before the first migration of data that somebody has worked on."""
    if options.no_backup:
        return
    target, key_file = options.backup_before_migrate, options.key_file
    if target is None:
        if not sys.stdin.isatty():
            raise UnableToStart(
                "This version has to migrate the database. Start with --backup-before-migrate FILE "
                "--key-file KEY to back up first, or with --no-backup to do without."
            )
        say("This version has to migrate the database, which can't be undone without a backup.")
        answer = input("Back up first, to which file? (Enter: no backup) ").strip()
        if not answer:
            return
        target = Path(answer)
    if key_file is None:
        key_file = target.with_name(f"{target.name}.key")
        make_key(key_file)
        say(f"The key for this backup is in {key_file}: keep it apart from the backup.")
    with step(f"Writing the backup {target}"):
        write_backup(installation.postgres, target, read_key(key_file))


def _show(installation: Installation, url: str) -> None:
    printed = prepare.manage(
        CHECKOUT,
        ["first_admin"],
        installation.environment,
        installation.supervisor,
        installation.accounts.application,
    )
    link = prepare.printed_object("first_admin", printed).get("link")
    result(f"\nThe tracker is running: {url}")
    if link:
        result(f"First administrator, sign in once by this link (it is not shown again): {link}")
    say("Ctrl-C stops it; the data stay.")
