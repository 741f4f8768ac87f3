"""Who had a capture is always known, and nobody destroys one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from tests.conftest import NOW
from tests.factories import PersonFactory
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role, machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.sources.choices import ArticleState, CustodyKind, DisposalState
from tracker.sources.models import Article, Capture, CustodyEvent, Disposal
from tracker.sources.services.access import copy_capture, view_capture
from tracker.sources.services.capture_store import (
    CaptureDamaged,
    CaptureDisposed,
    path_of,
    read_capture,
    store_capture,
)
from tracker.sources.services.disposal import (
    decide_disposal,
    finish_disposals,
    request_disposal,
)
from tracker.sources.services.ingest import ingest_pasted
from tracker.sources.services.parse import parse_articles

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db
REASON = "The family withdrew its consent."


def _capture(content: bytes = b"bytes") -> Capture:
    capture, _ = store_capture(
        content=content, media_type="text/plain", reference="a", actor=machine("tests"), now=NOW
    )
    return capture


def _kinds(capture: Capture) -> list[str]:
    return list(capture.custody.order_by("id").values_list("kind", flat=True))


def _asked(capture: Capture, person: Person) -> Disposal:
    return request_disposal(capture_id=capture.pk, reason=REASON, actor=person.as_actor(), now=NOW)


def test_receiving_a_capture_is_two_lines_and_receiving_it_again_none() -> None:
    capture = _capture()
    _capture()

    assert _kinds(capture) == ["ACQUIRED", "HASHED"]


def test_each_look_and_each_copy_is_a_line_with_the_person(researcher: Person) -> None:
    capture = _capture()
    actor = researcher.as_actor()

    view_capture(capture_id=capture.pk, actor=actor, now=NOW)
    _, content = copy_capture(capture_id=capture.pk, reason="For the court.", actor=actor, now=NOW)

    assert content == b"bytes"
    assert _kinds(capture) == ["ACQUIRED", "HASHED", "VIEWED", "COPIED"]
    line = CustodyEvent.objects.get(kind=CustodyKind.COPIED)
    assert (line.actor_id, line.actor_alias) == (researcher.pk, researcher.alias)
    assert (line.reason, line.at) == ("For the court.", NOW)
    actions = AuditEvent.objects.filter(target_id=capture.pk, actor_id=researcher.pk)
    assert set(actions.values_list("action", flat=True)) == {"capture.view", "capture.copy"}


def test_no_copy_without_right_reason_or_bytes(researcher: Person, viewer: Person) -> None:
    capture = _capture()
    with pytest.raises(NotAllowed):
        copy_capture(capture_id=capture.pk, reason="x", actor=viewer.as_actor(), now=NOW)
    with pytest.raises(InvalidInput, match="Say why"):
        copy_capture(capture_id=capture.pk, reason=" ", actor=researcher.as_actor(), now=NOW)
    with pytest.raises(NotFound):
        copy_capture(capture_id=999_999, reason="x", actor=researcher.as_actor(), now=NOW)
    path_of(capture.sha256).unlink()
    with pytest.raises(CaptureDamaged):
        copy_capture(capture_id=capture.pk, reason="x", actor=researcher.as_actor(), now=NOW)
    assert _kinds(capture) == ["ACQUIRED", "HASHED"]


def test_two_people_dispose_and_the_hash_stays(coordinator: Person, administrator: Person) -> None:
    capture = _capture()
    disposal = _asked(capture, coordinator)
    assert read_capture(capture) == b"bytes"

    decide_disposal(disposal_id=disposal.pk, agree=True, actor=administrator.as_actor(), now=NOW)

    disposal.refresh_from_db()
    assert (disposal.state, disposal.deleted_at) == (DisposalState.DONE, NOW)
    assert not path_of(capture.sha256).exists()
    assert Capture.objects.get(pk=capture.pk).sha256 == capture.sha256
    line = CustodyEvent.objects.get(kind=CustodyKind.DISPOSED)
    assert (line.actor_alias, line.reason) == (administrator.alias, REASON)
    with pytest.raises(CaptureDisposed, match="were disposed of on 2026-11-20"):
        read_capture(capture)


def test_bytes_that_were_disposed_of_are_not_kept_again(
    coordinator: Person, administrator: Person
) -> None:
    capture = _capture()
    disposal = _asked(capture, coordinator)
    decide_disposal(disposal_id=disposal.pk, agree=True, actor=administrator.as_actor(), now=NOW)

    again = _capture()

    assert again == capture
    assert not path_of(capture.sha256).exists()


def test_nobody_disposes_alone_or_without_right(
    coordinator: Person, researcher: Person, reviewer: Person
) -> None:
    capture = _capture()
    for person in (researcher, reviewer):
        with pytest.raises(NotAllowed):
            _asked(capture, person)
    with pytest.raises(InvalidInput, match="Say why"):
        request_disposal(capture_id=capture.pk, reason=" ", actor=coordinator.as_actor(), now=NOW)
    disposal = _asked(capture, coordinator)
    with pytest.raises(InvalidInput, match="asked for already"):
        _asked(capture, coordinator)

    with pytest.raises(NotAllowed, match="another person must decide"):
        decide_disposal(disposal_id=disposal.pk, agree=True, actor=coordinator.as_actor(), now=NOW)
    with pytest.raises(NotAllowed):
        decide_disposal(disposal_id=disposal.pk, agree=True, actor=reviewer.as_actor(), now=NOW)
    assert read_capture(capture) == b"bytes"


def test_a_refused_disposal_keeps_the_bytes_and_may_be_asked_for_again(
    coordinator: Person, administrator: Person
) -> None:
    capture = _capture()
    disposal = _asked(capture, coordinator)
    decide_disposal(disposal_id=disposal.pk, agree=False, actor=administrator.as_actor(), now=NOW)

    assert read_capture(capture) == b"bytes"
    with pytest.raises(InvalidInput, match="decided already"):
        decide_disposal(
            disposal_id=disposal.pk, agree=True, actor=administrator.as_actor(), now=NOW
        )
    assert _asked(capture, administrator).pk != disposal.pk


def test_what_the_disk_holds_on_to_is_deleted_by_the_sweep(
    coordinator: Person, administrator: Person
) -> None:
    capture = _capture()
    path = path_of(capture.sha256)
    path.unlink()
    path.mkdir()  # as good as a file that can't be deleted, for root too
    disposal = _asked(capture, coordinator)
    decide_disposal(disposal_id=disposal.pk, agree=True, actor=administrator.as_actor(), now=NOW)
    disposal.refresh_from_db()
    assert disposal.state == DisposalState.APPROVED
    assert finish_disposals(now=NOW) == 0

    path.rmdir()
    assert finish_disposals(now=NOW) == 1
    disposal.refresh_from_db()
    assert disposal.state == DisposalState.DONE
    assert _kinds(capture)[-1] == "DISPOSED"


def test_the_article_keeps_its_text_and_one_not_read_yet_says_why(
    coordinator: Person, administrator: Person, researcher: Person
) -> None:
    for number in (3, 4):
        ingest_pasted(
            title="Call",
            text=f"The doctor counted {number} dead.",
            outlet="",
            published_on="",
            actor=researcher.as_actor(),
            now=NOW,
        )
    read, unread = Article.objects.order_by("pk")
    parse_articles(article_ids=[read.pk], clock=lambda: NOW)
    for article in (read, unread):
        disposal = _asked(article.capture, coordinator)
        decide_disposal(
            disposal_id=disposal.pk, agree=True, actor=administrator.as_actor(), now=NOW
        )

    parse_articles(article_ids=[unread.pk], clock=lambda: NOW)

    read.refresh_from_db()
    unread.refresh_from_db()
    assert read.text == "The doctor counted 3 dead."
    assert unread.state == ArticleState.FAILED
    assert "were disposed of on" in unread.failure_reason


def test_one_person_can_not_be_two(coordinator: Person) -> None:
    disposal = _asked(_capture(), coordinator)

    with pytest.raises(IntegrityError, match="disposal_two_people"):
        Disposal.objects.filter(pk=disposal.pk).update(
            state=DisposalState.APPROVED, decided_by=coordinator, decided_at=NOW
        )


def test_a_store_that_is_no_folder_refuses_kindly(capture_root: Path, coordinator: Person) -> None:
    capture = _capture()
    other = PersonFactory(role=Role.COORDINATOR.value)
    disposal = _asked(capture, coordinator)
    for folder in capture_root.iterdir():
        folder.rename(capture_root.with_name("elsewhere"))
    decide_disposal(disposal_id=disposal.pk, agree=True, actor=other.as_actor(), now=NOW)

    disposal.refresh_from_db()
    assert disposal.state == DisposalState.DONE
