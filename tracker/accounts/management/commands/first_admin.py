"""``manage.py first_admin``: the one-time link of the first administrator."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from tracker.accounts.models import Person
from tracker.accounts.services.people import NewLink, invite_person, make_reset_link
from tracker.core.actor import Role, machine
from tracker.core.errors import DomainError

_ACTOR = machine("first_admin")


class Command(BaseCommand):
    """Prints one JSON object: the link where one was made, else {}."""

    help = (
        "Invite the first administrator and print the one-time link as JSON; prints {} where "
        "there is an administrator already. "
        "Example: python3 manage.py first_admin --email ada@example.org --alias Heron"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Address and alias, and the way back in where the link was lost."""
        parser.add_argument("--email", default="", help="what the administrator signs in with")
        parser.add_argument("--alias", default="Administrator", help="what others see")
        parser.add_argument(
            "--again",
            action="store_true",
            help="make a new link for the administrator with this --email; the old one ends",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Invite, or make a new link, or say that there is nothing to do."""
        email = options["email"] or _generated_address()
        administrators = Person.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True)
        try:
            if options["again"]:
                link = _again(administrators.filter(email__iexact=email).first())
            elif administrators.exists():
                self.stdout.write(json.dumps({}))
                return
            else:
                link = invite_person(
                    email=email,
                    alias=options["alias"],
                    role=Role.ADMINISTRATOR,
                    actor=_ACTOR,
                    now=timezone.now(),
                )
        except DomainError as failure:
            raise CommandError(str(failure)) from failure
        path = reverse("one_time_link", kwargs={"token": link.token})
        self.stdout.write(
            json.dumps(
                {
                    "link": f"{settings.PUBLIC_URL}{path}",
                    "email": link.person.email,
                    "alias": link.person.alias,
                    "until": link.expires_at.isoformat(),
                }
            )
        )


def _again(person: Person | None) -> NewLink:
    if person is None:
        raise CommandError("No active administrator signs in with this address; give --email.")
    return make_reset_link(person_id=person.pk, actor=_ACTOR, now=timezone.now())


def _generated_address() -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    is_name = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    return f"administrator@{host if is_name else 'localhost'}"
