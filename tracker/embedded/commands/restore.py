"""``manage.py restore``: bring a backup back, whole or not at all."""

from __future__ import annotations

import argparse
from pathlib import Path

from tracker.embedded import prepare
from tracker.embedded.archive import is_empty, restore_backup
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.commands.backup import refuse_own_servers
from tracker.embedded.data_folder import add_data_option
from tracker.embedded.errors import UnableToStart
from tracker.embedded.installation import held, running_servers
from tracker.embedded.kinds import UP
from tracker.embedded.running_state import find_running
from tracker.embedded.sealing import read_key
from tracker.embedded.talk import result, step

EXAMPLE = "example: python3 manage.py restore monday.backup --key-file harm.key"


def main(arguments: list[str]) -> int:
    """Read the file to its end, then put its contents in the place of what is there."""
    parser = argparse.ArgumentParser(
        prog="manage.py restore",
        description="Bring a backup back; `up` must not run meanwhile.",
        epilog=EXAMPLE,
    )
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--key-file", type=Path, required=True, help="the key it was made with")
    parser.add_argument(
        "--replace", action="store_true", help="give up the data that are there at present"
    )
    add_data_option(parser)
    options = parser.parse_args(arguments[2:])
    refuse_own_servers("restore")
    key = read_key(options.key_file)
    if not options.file.is_file():
        raise UnableToStart(f"{options.file} is not there, or is no file.")
    _restore(options.data_dir, options.file.absolute(), key, may_replace=options.replace)
    result(f"{options.file} is restored. Start with: python3 manage.py up")
    return 0


def _restore(control: Path, source: Path, key: bytes, *, may_replace: bool) -> None:
    if find_running(control) is not None:
        raise UnableToStart("Stop `up` first (Ctrl-C): a restore replaces what people work on.")
    with (
        held(control, UP),
        running_servers(CHECKOUT, UP, control, with_broker=False) as installation,
    ):
        if not may_replace and not is_empty(installation.postgres):
            raise UnableToStart(
                f"There are data in {control} already: --replace gives them up for the backup."
            )
        with step(f"Reading {source}"):
            restore_backup(installation.postgres, source, key, installation.accounts.application)
        prepare.forget_migration(control)
