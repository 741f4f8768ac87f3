"""Alive, and ready: what is asked, how long it may take, what it must not say."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.db import connection

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import Settings


def test_healthz_answers_without_the_database(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == HTTPStatus.OK
    assert response.content == b"ok"
    assert response["Content-Type"] == "text/plain"


def test_readyz_is_ready_when_all_is_there(client: Client, db: None) -> None:
    response = client.get("/readyz")

    assert response.status_code == HTTPStatus.OK
    assert response.json() == {"status": "ready", "database": "ok", "broker": "ok"}


@pytest.mark.parametrize(
    "broker", ["redis+socket:///no/such/valkey.sock", "amqp://guest:guest@127.0.0.1:1//"]
)
def test_readyz_without_broker_is_degraded_and_in_service(
    client: Client, db: None, settings: Settings, broker: str
) -> None:
    settings.BROKER_URL = broker

    response = client.get("/readyz")

    assert response.status_code == HTTPStatus.OK
    assert response.json()["status"] == "degraded"
    assert "guest" not in response.content.decode()


def test_readyz_without_database_says_so_soon(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parameters = connection.get_connection_params() | {"host": str(tmp_path), "password": "hush"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: parameters)
    began = time.monotonic()

    response = client.get("/readyz")

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json() == {"status": "unavailable", "database": "unreachable", "broker": "ok"}
    assert time.monotonic() - began < 3


def test_readyz_gives_up_on_a_host_that_does_not_answer(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An address for documentation: nothing ever answers there.
    parameters = connection.get_connection_params() | {"host": "192.0.2.1"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: parameters)
    began = time.monotonic()

    response = client.get("/readyz")

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert time.monotonic() - began < 4


def test_readyz_names_missing_migrations(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters = connection.get_connection_params() | {"dbname": "template1"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: parameters)

    response = client.get("/readyz")

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json()["database"] == "migrations missing"


def test_health_asks_the_pages_database_connection_nothing(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get("/healthz")
        client.get("/readyz")
