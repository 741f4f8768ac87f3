"""``manage.py create_partner``: a key to the partner API, printed once."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.accounts.services.partners import create_partner_key, revoke_partner_key
from tracker.core.actor import machine
from tracker.core.errors import DomainError

_ACTOR = machine("create_partner")


class Command(BaseCommand):
    """Prints one JSON object; the key in it is kept nowhere."""

    help = (
        "Make a key to the partner API and print it, once, as JSON. "
        "Examples: python3 manage.py create_partner 'Delta Relief'   "
        "python3 manage.py create_partner --revoke 3f9a51c2d07e --reason 'key was mailed around'"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """A name to make a key for, or a prefix to revoke one by."""
        parser.add_argument("name", nargs="?", default="", help="the partner organisation")
        parser.add_argument("--revoke", default="", metavar="PREFIX", help="end this key at once")
        parser.add_argument("--reason", default="revoked by command", help="why it ends")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make or revoke."""
        if bool(options["name"]) == bool(options["revoke"]):
            raise CommandError("Give the name of a partner, or --revoke with the prefix of a key.")
        try:
            said = _revoke(options) if options["revoke"] else _create(options["name"])
        except DomainError as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(json.dumps(said))
        if options["name"]:
            self.stderr.write("Hand the key over by a way you trust; it is not shown again.")


def _create(name: str) -> dict[str, str]:
    made = create_partner_key(organisation=name, actor=_ACTOR, now=timezone.now())
    return {
        "organisation": made.key.organisation.name,
        "prefix": made.key.prefix,
        "key": made.secret,
    }


def _revoke(options: dict[str, Any]) -> dict[str, str]:
    key = revoke_partner_key(
        prefix=options["revoke"], actor=_ACTOR, now=timezone.now(), reason=options["reason"]
    )
    return {"organisation": key.organisation.name, "prefix": key.prefix, "revoked": "yes"}
