"""One person per role, with sign-ins that are random per installation."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.accounts.models import Person
from tracker.accounts.services.people import invite_person, use_link
from tracker.core.actor import Role, machine

if TYPE_CHECKING:
    from datetime import datetime

ALIASES: dict[Role, str] = {
    Role.VIEWER: "Wren",
    Role.RESEARCHER: "Heron",
    Role.REVIEWER: "Juniper",
    Role.COORDINATOR: "Alder",
    Role.ADMINISTRATOR: "Kestrel",
}
_WORDS = (
    *("amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "hazel", "indigo", "jasper"),
    *("kelp", "larch", "maple", "nectar", "olive", "pepper", "quartz", "river", "saffron"),
    *("thyme", "umber", "violet", "willow", "yarrow"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody needs to sign in; the password exists here only."""

    role: str
    email: str
    password: str


def make_people(*, now: datetime) -> list[SignIn]:
    """Create whoever is missing; those already there keep their passwords and are not listed."""
    made: list[SignIn] = []
    for role, alias in ALIASES.items():
        email = f"{alias.lower()}@demo.example"
        if Person.objects.filter(email=email).exists():
            continue
        link = invite_person(email=email, alias=alias, role=role, actor=machine("demo"), now=now)
        password = "-".join([*(secrets.choice(_WORDS) for _ in range(4)), secrets.token_hex(3)])
        use_link(token=link.token, password=password, now=now)
        made.append(SignIn(role=role.value.lower(), email=email, password=password))
    return made


def person(role: Role) -> Person:
    """The demo's person of this role."""
    return Person.objects.get(alias=ALIASES[role])
