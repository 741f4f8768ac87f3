"""What is kept off the machine shows what no chain can show by itself."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.conftest import NOW
from tracker.audit.checkpoints import Checkpoint, read_checkpoints
from tracker.audit.models import AuditEvent, AuditSeal
from tracker.audit.rules import FIRST_HASH, link_hash
from tracker.audit.selectors import chain
from tracker.audit.selectors.chain import TOLD, list_checkpoints, verify_chain
from tracker.audit.services.export_checkpoints import UnableToExport, export_checkpoints
from tracker.audit.services.record import record_event
from tracker.audit.services.seal import line_of, seal_events
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

TESTER = machine("tests")
SEALED = NOW.isoformat()


def write(count: int) -> None:
    for number in range(count):
        record_event(actor=TESTER, action="test.line", now=NOW, changes={"number": number})
    seal_events(now=NOW)


def rewrite_from(first: int) -> None:
    """What a superuser can do: change a line and compute every hash after it anew."""
    seals = list(AuditSeal.objects.select_related("event").order_by("number"))
    AuditEvent.objects.filter(pk=seals[first - 1].event_id).update(action="other.line")
    previous = seals[first - 2].hash if first > 1 else FIRST_HASH
    for seal in seals[first - 1 :]:
        seal.event.refresh_from_db()
        seal.previous_hash = previous
        seal.hash = link_hash(number=seal.number, previous_hash=previous, line=line_of(seal.event))
        seal.save()
        previous = seal.hash


def cut_after(last: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditseal WHERE number > %s", [last])


@pytest.fixture(autouse=True)
def without_triggers(db: None) -> None:
    """What somebody with the superuser's rights could do; the test's rollback undoes it."""
    with connection.cursor() as cursor:
        for table in ("audit_auditevent", "audit_auditseal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


@pytest.fixture
def every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "EVERY", 2)


@pytest.fixture
def kept(tmp_path: Path, every_second: None) -> Path:
    """Of five links, noted at 2, 4 and 5."""
    write(5)
    path = tmp_path / "checkpoints.jsonl"
    export_checkpoints(path=path, actor=TESTER, now=NOW)
    return path


def test_checkpoints_are_every_so_many_links_and_the_last(kept: Path) -> None:
    assert read_checkpoints(kept) == [
        Checkpoint(seal.number, seal.hash, SEALED)
        for seal in AuditSeal.objects.filter(number__in=[2, 4, 5]).order_by("number")
    ]
    line = AuditEvent.objects.get(action="audit.export_checkpoints")
    assert (line.actor_alias, line.changes) == ("tests", {"last_link": 5})


def test_a_chain_that_grew_still_agrees(kept: Path) -> None:
    write(3)

    assert verify_chain(kept=read_checkpoints(kept)).faults == ()


def test_a_cut_tail_names_the_first_missing_link(kept: Path) -> None:
    cut_after(3)

    assert verify_chain().faults == ()
    assert verify_chain(kept=read_checkpoints(kept)).faults == (
        f"Link 4 is missing: the chain ends with 3, and 5, sealed {SEALED}, was noted; "
        "its tail was cut.",
    )


def test_a_chain_computed_anew_names_the_first_link_that_differs(kept: Path) -> None:
    rewrite_from(4)

    assert verify_chain().faults == ()
    assert verify_chain(kept=read_checkpoints(kept)).faults == (
        f"Link 4 is not the one that was noted, sealed {SEALED}: the chain was written anew from "
        "a link between 3 and 4.",
    )


def test_a_chain_emptied_and_begun_anew_shows(kept: Path) -> None:
    cut_after(0)

    assert verify_chain(kept=read_checkpoints(kept)).faults[0].startswith("Link 1 is missing")


def test_faults_are_told_in_order_and_counted_beyond_the_first(kept: Path) -> None:
    write(30)
    AuditEvent.objects.update(action="other.line")

    report = verify_chain()

    first = AuditSeal.objects.get(number=1)
    assert report.faults[0] == f"Link 1: line {first.event_id} is not what was sealed."
    assert (len(report.faults), report.further) == (TOLD, report.sealed - TOLD)


def test_a_file_that_disagrees_is_left_as_it_was(kept: Path) -> None:
    before = kept.read_bytes()
    cut_after(3)

    with pytest.raises(UnableToExport, match=r"Link 4 is missing.*Nothing was written\."):
        export_checkpoints(path=kept, actor=TESTER, now=NOW)

    assert kept.read_bytes() == before


def test_the_same_file_is_carried_on(kept: Path) -> None:
    write(2)

    report = export_checkpoints(path=kept, actor=TESTER, now=NOW)

    assert report.faults == ()
    assert [one.link for one in read_checkpoints(kept)] == [2, 4, 6, 8]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not json\n",
        "[]\n",
        '{"link": 0, "hash": "' + "0" * 64 + '", "sealed_at": ""}\n',
        '{"link": 1, "hash": "short", "sealed_at": ""}\n',
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "checkpoints.jsonl"
    path.write_text(content)

    with pytest.raises(InvalidInput, match="no checkpoint"):
        read_checkpoints(path)


def test_nothing_is_noted_of_an_empty_chain(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Nothing is sealed yet"):
        export_checkpoints(path=tmp_path / "c.jsonl", actor=TESTER, now=NOW)

    assert list(list_checkpoints()) == []


def test_the_command_exports_and_compares(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints.jsonl"
    write(3)
    call_command("verify_audit", "--export", str(path), stdout=io.StringIO())
    call_command("verify_audit", "--against", str(path), stdout=io.StringIO())
    cut_after(1)
    for way in ("--export", "--against"):
        out = io.StringIO()

        with pytest.raises(CommandError, match="does not hold: 1 fault"):
            call_command("verify_audit", way, str(path), stdout=out)

        assert json.loads(out.getvalue())["faults"][0].startswith("Link 2 is missing")


@pytest.mark.parametrize("way", ["--export", "--against"])
def test_the_command_says_where_a_file_is_unfit(tmp_path: Path, way: str) -> None:
    write(1)
    path = tmp_path / "checkpoints.jsonl"
    path.write_text("no checkpoints\n")

    with pytest.raises(CommandError, match=r"checkpoints\.jsonl:1 is no checkpoint"):
        call_command("verify_audit", way, str(path), stdout=io.StringIO())
    with pytest.raises(CommandError, match="can't be"):
        call_command("verify_audit", way, str(tmp_path / "no" / "file"), stdout=io.StringIO())
