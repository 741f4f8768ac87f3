"""What staff say to each other about an incident stays in the house."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.factories.published import published_version
from tracker.incidents.selectors.assessment import assess_incident
from tracker.publication.selectors.document import build_document, cited_standings
from tracker.verification.selectors.talk import About
from tracker.verification.services.assign import assign
from tracker.verification.services.talk import add_comment

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_document_holds_no_comment_mention_or_assignment(
    researcher: Person, reviewer: Person
) -> None:
    incident = published_version().incident
    about = About(incident_id=incident.pk)
    text = f"I doubt this one, @{reviewer.alias}"
    add_comment(about=about, text=text, actor=researcher.as_actor(), now=NOW)
    assign(about=about, person_id=researcher.pk, actor=researcher.as_actor(), now=NOW)
    incident.refresh_from_db()
    assessed = assess_incident(incident)

    told = json.dumps(
        build_document(
            assessed=assessed, standings=cited_standings(assessed), change_note="More.", now=NOW
        )
    )

    assert "7" in told
    for word in ("doubt", reviewer.alias, researcher.alias, "comment", "assign"):
        assert word not in told
