"""Commands whose printed JSON is a contract: the first administrator, partners' keys."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import PersonFactory
from tracker.accounts.models import PartnerKey, Person
from tracker.accounts.services.partners import (
    create_partner_key,
    find_partner_key,
    revoke_partner_key,
)
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role, machine
from tracker.core.errors import NotAllowed

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django.fixtures import Settings


def _run(*arguments: str) -> Any:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def test_first_administrator_gets_a_link_that_opens(db: None) -> None:
    printed = _run("first_admin", "--email", "ada@example.org", "--alias", "Heron")

    assert printed["link"].startswith("http://localhost:8000/link/")
    assert (printed["email"], printed["alias"]) == ("ada@example.org", "Heron")
    page = Client().get(printed["link"].removeprefix("http://localhost:8000"))
    assert page.status_code == 200
    assert Person.objects.get().role == Role.ADMINISTRATOR


@pytest.mark.parametrize(
    ("public_url", "email"),
    [
        ("https://harm.example.org", "administrator@harm.example.org"),
        ("http://localhost:8000", "administrator@localhost"),
        ("http://127.0.0.1:8000", "administrator@localhost"),
        ("http://[::1]:8000", "administrator@localhost"),
    ],
)
def test_address_of_the_first_administrator_is_made_from_the_host(
    db: None, settings: Settings, public_url: str, email: str
) -> None:
    settings.PUBLIC_URL = public_url

    assert _run("first_admin")["email"] == email


def test_second_run_prints_nothing_to_open(db: None) -> None:
    _run("first_admin")

    assert _run("first_admin") == {}
    assert Person.objects.count() == 1


def test_lost_link_is_made_again_on_the_machine_and_ends_the_old_one(db: None) -> None:
    lost = _run("first_admin")["link"]

    again = _run("first_admin", "--again")["link"]

    client = Client()
    assert client.get(lost.removeprefix("http://localhost:8000")).status_code == 410
    assert client.get(again.removeprefix("http://localhost:8000")).status_code == 200


@pytest.mark.parametrize(
    "arguments",
    [("--again", "--email", "nobody@example.org"), ("--email", "no address"), ("--alias", " ")],
)
def test_first_admin_says_what_is_wrong(db: None, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        _run("first_admin", *arguments)


def test_taken_alias_is_a_sentence(db: None) -> None:
    PersonFactory(alias="Administrator", role=Role.VIEWER.value)

    with pytest.raises(CommandError, match="is taken"):
        _run("first_admin")


def test_partner_key_is_printed_once_and_works(db: None) -> None:
    printed = _run("create_partner", "Delta Relief")

    assert set(printed) == {"organisation", "prefix", "key"}
    key = find_partner_key(secret=printed["key"])
    assert key is not None
    assert key.organisation.name == "Delta Relief"
    assert printed["key"] not in str(PartnerKey.objects.values().get())


def test_revoked_key_works_no_more(db: None) -> None:
    printed = _run("create_partner", "Delta Relief")

    said = _run("create_partner", "--revoke", printed["prefix"], "--reason", "It was mailed.")

    assert said["prefix"] == printed["prefix"]
    assert find_partner_key(secret=printed["key"]) is None
    assert list(AuditEvent.objects.order_by("id").values_list("action", flat=True)) == [
        "partner_key.create",
        "partner_key.revoke",
    ]


@pytest.mark.parametrize(
    "arguments", [(), (" ",), ("Delta", "--revoke", "abc"), ("--revoke", "abc")]
)
def test_create_partner_says_what_is_wrong(db: None, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        _run("create_partner", *arguments)


@pytest.mark.parametrize("name", ["first_admin", "create_partner"])
def test_help_shows_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command(name, "--help")

    assert f"manage.py {name}" in " ".join(capsys.readouterr().out.split())


def test_key_is_made_by_an_administrator_or_on_the_machine_itself(
    researcher: Person, administrator: Person, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        create_partner_key(organisation="Delta", actor=researcher.as_actor(), now=now)

    made = create_partner_key(organisation="Delta", actor=administrator.as_actor(), now=now)

    with pytest.raises(NotAllowed):
        revoke_partner_key(prefix=made.key.prefix, actor=researcher.as_actor(), now=now, reason="x")
    assert str(made.key) == f"key {made.key.prefix}"
    assert made.secret not in str(made.key.as_actor())


@pytest.mark.parametrize("secret", ["", "no-dot", ".", "0123456789ab.", "0123456789ab.wrong"])
def test_secret_that_proves_nothing_finds_no_key(db: None, secret: str) -> None:
    assert find_partner_key(secret=secret) is None


def test_right_prefix_with_a_wrong_secret_finds_no_key(db: None, now: datetime) -> None:
    made = create_partner_key(organisation="Delta", actor=machine("tests"), now=now)

    assert find_partner_key(secret=f"{made.key.prefix}.wrong") is None
