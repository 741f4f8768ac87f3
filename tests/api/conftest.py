"""A partner with a key."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from tests.conftest import NOW
from tracker.accounts.services.partners import NewKey, create_partner_key
from tracker.core.actor import machine


@pytest.fixture
def key(db: None) -> NewKey:
    """A key in force of an invented organisation."""
    return create_partner_key(organisation="Delta Relief", actor=machine("tests"), now=NOW)


@pytest.fixture
def partner(key: NewKey) -> APIClient:
    """A client that sends the key."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key.secret}")
    return client
