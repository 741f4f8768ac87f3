"""``manage.py backup``: data and captures of ``up`` in one encrypted file."""

from __future__ import annotations

import argparse
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded.archive import write_backup
from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.data_folder import add_data_option
from tracker.embedded.errors import UnableToStart
from tracker.embedded.installation import held, joined_server, running_servers
from tracker.embedded.kinds import UP
from tracker.embedded.running_state import find_running
from tracker.embedded.sealing import make_key, read_key
from tracker.embedded.talk import result, say, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.embedded.postgres import Postgres

EXAMPLE = (
    "example: python3 manage.py backup --new-key harm.key, once; then "
    "python3 manage.py backup monday.backup --key-file harm.key"
)


def main(arguments: list[str]) -> int:
    """Make a key, or a backup; ``up`` may run meanwhile."""
    parser = argparse.ArgumentParser(
        prog="manage.py backup",
        description="Write the data and captures of `up` to one file, encrypted to a key.",
        epilog=EXAMPLE,
    )
    parser.add_argument("file", nargs="?", type=Path, help="the backup to write")
    parser.add_argument("--key-file", type=Path, help="the key, made by --new-key")
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="write a new key and stop")
    add_data_option(parser)
    options = parser.parse_args(arguments[2:])
    if options.new_key:
        make_key(options.new_key)
        result(f"The new key is in {options.new_key}. Keep it apart from the backups: without it")
        result("they can't be read by anybody, and with it by everybody.")
        return 0
    if options.file is None or options.key_file is None:
        parser.error("give FILE and --key-file KEY (make one with --new-key KEY)")
    refuse_own_servers("backup")
    _back_up(options.data_dir, options.file, options.key_file)
    return 0


def refuse_own_servers(command: str) -> None:
    """Raise UnableToStart where the database is somebody else's to look after."""
    if os.environ.get("DATABASE_URL"):
        raise UnableToStart(
            f"`{command}` is for installations started by `up`; with DATABASE_URL use pg_dump and "
            "copy CAPTURE_ROOT, as docs/operations.md says."
        )


def refuse_absent(control: Path) -> None:
    """Raise UnableToStart where ``up`` has never kept anything."""
    if not (control / "secrets.json").exists():
        raise UnableToStart(f"There is nothing in {control}: `up` has not been started here yet.")


def _back_up(control: Path, target: Path, key_file: Path) -> None:
    key = read_key(key_file)
    if target.exists():
        raise UnableToStart(f"{target} exists: choose another name.")
    refuse_absent(control)
    with _server(control) as postgres, step(f"Writing {target}"):
        write_backup(postgres, target, key)
    result(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


@contextmanager
def _server(control: Path) -> Iterator[Postgres]:
    """The database of the running installation, or of a stopped one, started for the while."""
    running = find_running(control)
    if running is not None:
        yield joined_server(control, running)
        return
    say("`up` does not run here; its database is started for the backup.")
    with (
        held(control, UP),
        running_servers(CHECKOUT, UP, control, with_broker=False) as installation,
    ):
        yield installation.postgres
