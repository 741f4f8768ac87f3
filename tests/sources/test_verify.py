"""Damage in the store is found, noted once, and said so that people see it."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import NOW
from tests.factories import PersonFactory
from tracker.audit.models import AuditEvent
from tracker.core.actor import Role, machine
from tracker.sources.choices import CheckOutcome
from tracker.sources.models import Capture, CaptureCheck, CustodyEvent
from tracker.sources.services import verify
from tracker.sources.services.capture_store import path_of, store_capture
from tracker.sources.services.disposal import decide_disposal, request_disposal
from tracker.sources.services.verify import check_captures, report_damage, verify_all, verify_some
from tracker.watching.choices import AlarmKind
from tracker.watching.models import Alarm

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def _captures(count: int) -> list[Capture]:
    return [
        store_capture(
            content=f"bytes {number}".encode(),
            media_type="text/plain",
            reference="a",
            actor=machine("tests"),
            now=NOW,
        )[0]
        for number in range(count)
    ]


def _overwrite(capture: Capture, content: bytes) -> None:
    path = path_of(capture.sha256)
    path.chmod(0o600)
    path.write_bytes(content)


def _dispose(capture: Capture) -> None:
    asker, other = (PersonFactory(role=Role.COORDINATOR.value).as_actor() for _ in range(2))
    disposal = request_disposal(capture_id=capture.pk, reason="Asked to.", actor=asker, now=NOW)
    decide_disposal(disposal_id=disposal.pk, agree=True, actor=other, now=NOW)


def test_each_capture_is_checked_and_the_outcome_noted() -> None:
    intact, changed, missing, disposed = _captures(4)
    _overwrite(changed, b"other")
    path_of(missing.sha256).unlink()
    _dispose(disposed)

    checked = [one for batch in verify_all(clock=lambda: LATER) for one in batch]

    assert [one.outcome for one in checked] == [
        CheckOutcome.INTACT,
        CheckOutcome.CHANGED,
        CheckOutcome.MISSING,
        CheckOutcome.DISPOSED,
    ]
    last = {
        capture.pk: capture.custody.order_by("-id").values_list("kind", "reason")[0]
        for capture in (intact, changed, missing, disposed)
    }
    assert last[intact.pk] == ("VERIFIED", "")
    assert last[changed.pk] == ("DAMAGED", "The stored bytes are not those that were received.")
    assert last[missing.pk][0] == "DAMAGED"
    assert last[disposed.pk] == ("DISPOSED", "Asked to.")
    line = AuditEvent.objects.get(action="capture.verify")
    assert line.changes == {"intact": 1, "changed": 1, "missing": 1, "disposed": 1}


def test_known_damage_is_not_noted_again_and_a_repair_is() -> None:
    (capture,) = _captures(1)
    content = path_of(capture.sha256).read_bytes()
    _overwrite(capture, b"other")
    for _ in range(3):
        check_captures(captures=[capture], now=NOW)
    assert report_damage(now=NOW) == 1
    alarm = Alarm.objects.get()
    assert alarm.kind == AlarmKind.CAPTURE_DAMAGED
    assert alarm.sentence.startswith("1 capture is damaged or missing")

    _overwrite(capture, content)
    verify_some(clock=lambda: NOW + timedelta(minutes=1))

    kinds = list(capture.custody.order_by("id").values_list("kind", flat=True))
    assert kinds == ["ACQUIRED", "HASHED", "DAMAGED", "VERIFIED"]
    assert report_damage(now=NOW) == 0
    alarm.refresh_from_db()
    assert alarm.cleared_at is not None


def test_the_longest_unchecked_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "BATCH", 2)
    first, second, third = _captures(3)
    seen: list[list[int]] = []

    def run(at: datetime) -> None:
        before = set(CustodyEvent.objects.values_list("pk", flat=True))
        verify_some(clock=lambda: at, seconds=0)
        new = CustodyEvent.objects.exclude(pk__in=before).order_by("pk")
        seen.append(list(new.values_list("capture_id", flat=True)))

    for days in (29, 31, 32, 33, 62):
        run(NOW + timedelta(days=days))

    assert seen == [[], [first.pk, second.pk], [third.pk], [], [first.pk, second.pk]]


def test_disposed_bytes_that_came_back_are_deleted_again() -> None:
    (capture,) = _captures(1)
    content = path_of(capture.sha256).read_bytes()
    _dispose(capture)
    path_of(capture.sha256).write_bytes(content)  # a backup of before was copied over the store

    check_captures(captures=[capture], now=NOW)

    assert not path_of(capture.sha256).exists()
    assert "found again after their disposal" in capture.custody.order_by("-id")[0].reason
    assert CaptureCheck.objects.get().outcome == CheckOutcome.DISPOSED


def test_command_prints_what_is_damaged_and_ends_with_one() -> None:
    _intact, missing = _captures(2)
    out, err = StringIO(), StringIO()
    call_command("verify_captures", stdout=out, stderr=err)
    assert (out.getvalue(), err.getvalue()) == ("", "2 captures: 2 intact.\n")

    path_of(missing.sha256).unlink()
    with pytest.raises(CommandError, match="1 captures are damaged"):
        call_command("verify_captures", stdout=out, stderr=err)
    found = json.loads(out.getvalue())
    assert (found["capture"], found["outcome"]) == (missing.pk, "missing")
