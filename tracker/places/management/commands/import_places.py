"""``manage.py import_places FILE --list NAME``: an operator's list, or a dump of GeoNames."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.core.actor import machine
from tracker.core.errors import DomainError
from tracker.core.management.json_lines import progress_bar
from tracker.places.choices import ListKind
from tracker.places.reading.listed import Unlisted, read_geonames, read_own
from tracker.places.services.lists import bring_in_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from rich.progress import Progress

ACTOR = machine("import_places")
GEONAMES_LICENCE = "© GeoNames, https://www.geonames.org/, CC BY 4.0"


class Command(BaseCommand):
    """A JSON object per refused line and one with the numbers, on standard output.

    Exit status 0 only where no line was refused.
    """

    help = (
        "Bring in a list of places, as a CSV file or a dump of GeoNames. A CSV file is headed "
        "name, latitude, longitude and, where known, country, admin, kind (COUNTRY, ADMIN1, "
        "SETTLEMENT) and alternative names (parted by ; or |); a dump is one such as SY.txt. The "
        "next file under the same --list replaces it; the same file changes nothing. Example: "
        "python3 manage.py import_places SY.txt --list 'GeoNames SY' --geonames --country SY"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, its name here, and under which licence it may be used."""
        parser.add_argument("path", metavar="FILE", type=Path, help="a list in UTF-8")
        parser.add_argument("--list", required=True, metavar="NAME", help="its name here")
        parser.add_argument("--geonames", action="store_true", help="it is a dump of GeoNames")
        parser.add_argument("--country", default="", metavar="XX", help="of a dump only this one")
        parser.add_argument("--licence", default="", help="whose it is and how it may be used")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read and replace."""
        path: Path = options["path"]
        is_dump: bool = options["geonames"]
        licence = options["licence"] or (GEONAMES_LICENCE if is_dump else "")
        if not licence:
            raise CommandError("Say with --licence whose list it is and how it may be used.")
        if options["country"] and not is_dump:
            raise CommandError("--country chooses from a dump of GeoNames only.")
        try:
            digest = _digest(path, options["country"])
            with (
                path.open(encoding="utf-8-sig", newline="") as file,
                progress_bar(path.name) as bar,
            ):
                lines = _lines(file, bar)
                counts = bring_in_list(
                    name=options["list"].strip(),
                    kind=ListKind.GEONAMES if is_dump else ListKind.OWN,
                    licence=licence,
                    sha256=digest,
                    places=read_geonames(lines, country=options["country"])
                    if is_dump
                    else read_own(lines),
                    tell=self._tell,
                    actor=ACTOR,
                    now=timezone.now(),
                )
        except (OSError, UnicodeDecodeError) as failure:
            raise CommandError(f"{path} can't be read as a list in UTF-8.") from failure
        except DomainError as failure:
            raise CommandError(str(failure)) from failure
        if not counts:
            self.stderr.write("The list is as this file says already; nothing changed.")
        self.stdout.write(json.dumps({"list": options["list"].strip(), **counts}))
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} lines are refused; the others are taken.")

    def _tell(self, line: Unlisted) -> None:
        self.stdout.write(json.dumps({"row": line.number, "reason": line.reason}))


def _digest(path: Path, country: str) -> str:
    """The same for the same file and choice."""
    digest = hashlib.sha256(country.upper().encode())
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _lines(file: TextIO, bar: Progress) -> Iterator[str]:
    task = bar.add_task("", total=None)
    for line in file:
        bar.advance(task)
        yield line
