"""The committed schema is the one the code has, and nothing breaks the server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
import yaml
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import given, settings
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.factories.published import published_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rest_framework.test import APIClient

    from tracker.accounts.services.partners import NewKey

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.yaml"
pytestmark = pytest.mark.django_db


def test_the_committed_schema_is_the_one_the_code_has(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(fresh))

    assert yaml.safe_load(SCHEMA.read_text("utf-8")) == yaml.safe_load(fresh.read_text("utf-8")), (
        "Write it anew: python3 manage.py spectacular --file docs/api/openapi.yaml"
    )


def test_no_field_that_may_hold_a_name_is_in_the_schema() -> None:
    schemas = yaml.safe_load(SCHEMA.read_text("utf-8"))["components"]["schemas"]
    fields = {name for schema in schemas.values() for name in schema.get("properties", {})}

    assert "killed" in fields
    assert not fields & {"text", "victim", "email", "alias", "author", "grade_reason"}


def test_schema_and_docs_are_open_and_ask_nobody_else(client: APIClient) -> None:
    assert client.get("/api/v1/schema/").status_code == 200
    page = client.get("/api/v1/docs/")

    assert page.status_code == 200
    assert b"http://" not in page.content.replace(b"http://testserver", b"")
    assert b"https://" not in page.content
    assert b"<style" not in page.content, "the policy of the site refuses it"


@pytest.fixture
def api_schema(db: None) -> Iterator[schemathesis.BaseSchema]:
    """The schema as served, against the application in this process and its transaction."""
    published_version()
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_no_request_breaks_the_server_or_the_schema(
    api_schema: schemathesis.BaseSchema, key: NewKey
) -> None:
    headers = {"Authorization": f"Bearer {key.secret}"}
    tried = 0
    for found in api_schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=25, deadline=None, derandomize=True, database=None)
        def check(case: Case[Any]) -> None:
            # A cursor is opaque: no schema can say which ones are ours.
            case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

        check()
        tried += 1

    assert tried == 4
