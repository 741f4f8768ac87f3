"""``manage.py ingest``: its lines, its summary, its exit status."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError

from tests.conftest import NOW
from tracker.core.actor import machine
from tracker.sources.models import Article
from tracker.sources.services.ingest import IngestResult, ingest_bytes

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def run(*arguments: str) -> tuple[list[str], str, str]:
    """Lines of standard output, standard error, and the sentence it ended with."""
    out, err = StringIO(), StringIO()
    try:
        call_command("ingest", *arguments, stdout=out, stderr=err)
    except CommandError as failure:
        return out.getvalue().splitlines(), err.getvalue(), str(failure)
    return out.getvalue().splitlines(), err.getvalue(), ""


def test_samples_twice() -> None:
    path = str(SAMPLES / "articles.jsonl")

    lines, summary, ending = run(path)
    again, nothing, _ = run(path)

    ids = list(Article.objects.order_by("id").values_list("pk", flat=True))
    assert lines[0] == f"new  {path}:1  article {ids[0]}"
    assert lines[17] == f"copy  {path}:18  article {ids[17]}, the same text as article {ids[15]}"
    assert summary == "31 items: 30 new, 1 copy.\n"
    assert ending == ""
    assert {line.split()[0] for line in again} == {"same"}
    assert nothing == "Nothing changed: 31 same.\n"


def test_bad_input_ends_with_status_one_and_can_be_listed_and_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "later.txt"

    lines, _, ending = run(str(SAMPLES / "bad" / "half-line.jsonl"), str(path))
    listed, _, _ = run("--failed")
    path.write_text("Now it is there.")
    tried, summary, still = run("--retry")

    assert [line.split()[0] for line in lines] == ["new", "failed", "failed"]
    assert "--failed" in ending
    assert len(listed) == 2
    assert listed[0].startswith(f"failed  {path}  There is no such file or folder. (tried once")
    assert sorted(line.split()[0] for line in tried) == ["failed", "new"]
    assert summary == "2 items: 1 new, 1 failed.\n"
    assert still
    assert len(run("--failed")[0]) == 1


def test_empty_folder(tmp_path: Path) -> None:
    assert run(str(tmp_path)) == ([], "There was nothing to store.\n", "")


def test_strange_names_stay_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "a\nb\x1b[31m.txt").write_text("Text.")

    (line,), _, _ = run(str(tmp_path))

    assert "a\ufffdb\ufffd[31m.txt" in line


@pytest.mark.parametrize("arguments", [[], ["x", "--failed"], ["--failed", "--retry"]])
def test_what_to_do_must_be_said(arguments: list[str]) -> None:
    assert "Give paths" in run(*arguments)[2]


def test_full_store_stops_with_a_sentence(capture_root: Path, tmp_path: Path) -> None:
    capture_root.write_text("in the way")
    (tmp_path / "a.txt").write_text("Text.")

    assert "can't be written" in run(str(tmp_path / "a.txt"))[2]


@pytest.mark.parametrize("failure", [OperationalError, InterfaceError])
def test_database_that_goes_away_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
) -> None:
    def away(**_: object) -> list[IngestResult]:
        raise failure("gone")

    monkeypatch.setattr("tracker.sources.services.ingest.ingest_batch", away)
    (tmp_path / "a.txt").write_text("Text.")

    assert "goes on where it stopped" in run(str(tmp_path))[2]


def test_upload_without_bytes_cannot_be_tried_again() -> None:
    ingest_bytes(content=b"", reference="a.txt", media_type=None, actor=machine("tests"), now=NOW)

    lines, _, ending = run("--retry")

    assert lines == ["failed  upload: a.txt  Nothing of it was kept. Give it once more."]
    assert ending
