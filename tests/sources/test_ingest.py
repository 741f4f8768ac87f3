"""One service for all that comes in: idempotent, one line per item, and what fails is kept."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests.conftest import NOW
from tests.factories import SourceFactory
from tracker.audit.models import AuditEvent
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput, NotAllowed, NotFound
from tracker.sources.choices import ArticleState, SourceKind
from tracker.sources.models import Article, Capture, IngestFailure, Source
from tracker.sources.services.capture_store import (
    read_capture,
)
from tracker.sources.services.files import LARGEST_ITEM
from tracker.sources.services.ingest import (
    HOPELESS,
    IngestResult,
    Outcome,
    ingest_bytes,
    ingest_pasted,
    ingest_path,
    retry_failure,
)

if TYPE_CHECKING:
    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db
ACTOR = machine("tests")
BAD = Path(__file__).resolve().parents[1] / "samples" / "bad"


def record(**changes: object) -> bytes:
    """One JSON line of an invented article."""
    line = {
        "id": "one",
        "source": "Delta Post",
        "published": "2026-11-09",
        "title": "Boat house damaged",
        "text": "Shells damaged a boat house.",
        **changes,
    }
    return json.dumps(line).encode()


def ingest(content: bytes, name: str = "lines.jsonl") -> list[IngestResult]:
    return ingest_bytes(content=content, reference=name, media_type=None, actor=ACTOR, now=NOW)


def ingest_files(*paths: Path) -> list[IngestResult]:
    return [r for path in paths for r in ingest_path(path=path, actor=ACTOR, clock=lambda: NOW)]


def outcomes(results: list[IngestResult]) -> list[str]:
    return [result.outcome.value for result in results]


def test_new_article_waits_with_its_bytes_and_one_audit_line() -> None:
    (result,) = ingest(record())

    article = Article.objects.select_related("capture", "outlet").get()
    assert result == IngestResult("upload: lines.jsonl:1", Outcome.NEW, "", article.pk)
    assert article.state == ArticleState.FETCHED
    assert article.published_on == date(2026, 11, 9)
    assert (article.outlet.name, article.outlet.kind) == ("Delta Post", SourceKind.OUTLET)  # type: ignore[union-attr]
    assert read_capture(article.capture) == record()
    assert [e.action for e in AuditEvent.objects.all()] == ["article.ingest"]


def test_second_time_changes_nothing() -> None:
    first = ingest(record() + b"\n" + record(id="two", text="Other words.") + b"\n")
    lines = AuditEvent.objects.count()

    second = ingest(record() + b"\n" + record(id="two", text="Other words.") + b"\n")

    assert outcomes(second) == ["same", "same"]
    assert [r.article_id for r in second] == [r.article_id for r in first]
    assert (Article.objects.count(), AuditEvent.objects.count()) == (2, lines)


def test_same_text_in_another_outlet_is_a_copy() -> None:
    (first,) = ingest(record())
    (second,) = ingest(record(source="Coast Herald", text="Shells  damaged\na boat house."))

    assert second.outcome is Outcome.COPY
    assert second.reason == f"the same text as article {first.article_id}"
    assert Article.objects.count() == 2


def test_same_id_with_the_same_text_is_the_same() -> None:
    (first,) = ingest(record())
    (second,) = ingest(record(title="Another headline"))

    assert second.outcome is Outcome.SAME
    assert second.article_id == first.article_id


def test_same_id_with_other_text_is_a_later_version_and_in_another_outlet_it_is_not() -> None:
    results = ingest(
        record() + b"\n" + record(text="Other.") + b"\n" + record(source="Veria", text="O")
    )
    (third,) = ingest(record(text="Another again."))
    (again,) = ingest(record(text="Another again.", title="Another headline"))

    assert outcomes(results) == ["new", "new", "new"]
    first, second, elsewhere = (result.article_id for result in results)
    assert results[1].reason == f"a later version of article {first}"
    chain = dict(Article.objects.values_list("pk", "previous_id"))
    assert chain == {first: None, second: first, elsewhere: None, third.article_id: second}
    assert (again.outcome, again.article_id) == (Outcome.SAME, third.article_id)


def test_outlet_is_found_without_regard_to_case() -> None:
    outlet = SourceFactory.create(name="DELTA post", kind=SourceKind.WIRE)

    ingest(record())

    assert Source.objects.get() == outlet
    assert Article.objects.get().outlet == outlet


def test_folder_of_every_kind(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("Title\n\nText.")
    (tmp_path / "b.jsonl").write_bytes(b"\n" + record() + b"\r\n\r\n")
    (tmp_path / "sub" / "c.html").write_text("<html><p>Page")
    (tmp_path / "sub" / "d.py").write_text("import os")
    (tmp_path / ".hidden").write_text("Never read.")

    results = ingest_files(tmp_path)

    assert outcomes(results) == ["new", "new", "new", "failed"]
    assert [Path(r.reference).name for r in results] == ["a.txt", "b.jsonl:2", "c.html", "d.py"]
    assert set(Capture.objects.values_list("media_type", flat=True)) == {
        "text/plain",
        "application/json",
        "text/html",
        "application/octet-stream",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("binary.bin", ["failed"]),
        ("blank.txt", ["failed"]),
        ("empty.txt", ["failed"]),
        ("not-utf8.txt", ["failed"]),
        ("half-line.jsonl", ["new", "failed"]),
        ("dates.jsonl", ["failed", "failed", "failed", "new"]),
        ("same-id.jsonl", ["new", "new"]),
        ("missing-fields.jsonl", ["failed"] * 11 + ["new"]),
    ],
)
def test_bad_samples_fail_one_by_one(name: str, expected: list[str]) -> None:
    results = ingest_files(BAD / name)

    assert outcomes(results) == expected
    failures = IngestFailure.objects.order_by("id")
    assert [f.reference for f in failures] == [
        r.reference for r in results if r.outcome is Outcome.FAILED
    ]
    assert all(f.reason.endswith(".") for f in failures)
    assert all((f.capture is None) == (f.item_sha256 == "") for f in failures)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")

    results = ingest_files(tmp_path / "missing", Path(__file__) / "below", tmp_path)

    assert outcomes(results) == ["failed"] * 4
    assert [r.reason for r in results] == [
        "There is no such file or folder.",
        "It can't be read: Not a directory.",
        "There is no such file or folder.",
        "It is neither a file nor a folder.",
    ]


def test_fifty_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "c.bin"):
        with (tmp_path / name).open("wb") as file:
            file.write(b"A plain beginning. " * 10)
            file.truncate(50 * 1024 * 1024)
    (tmp_path / "c.bin").chmod(0o600)

    results = ingest_files(tmp_path)

    assert outcomes(results) == ["failed"] * 3
    assert Capture.objects.count() == 0


def test_one_line_too_long_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(record() + b"\n" + b"x" * (LARGEST_ITEM + 200_000) + b"\n")
        file.write(record(id="three", text="Other.") + b"\n")

    results = ingest_files(path)

    assert outcomes(results) == ["new", "failed", "new"]
    assert results[1].reason == "It is larger than 20 MB, which no article is."
    assert results[2].reference == f"{path}:3"


def test_upload_that_is_too_large() -> None:
    (result,) = ingest(b"a" * (LARGEST_ITEM + 1), "big.txt")

    assert result.outcome is Outcome.FAILED
    assert Capture.objects.count() == 0


def test_file_that_is_no_lines_at_all_is_left_after_a_while() -> None:
    results = ingest(b"{\n" * (HOPELESS * 3) + record())

    assert len(results) == HOPELESS + 1
    assert results[-1].reference == "upload: lines.jsonl"
    assert "the rest was not read" in results[-1].reason


def test_many_bad_lines_after_a_good_one_do_not_stop_it() -> None:
    results = ingest(record() + b"\n" + b"{\n" * (HOPELESS + 5) + record(id="z", text="Last."))

    assert outcomes(results)[-1] == "new"
    assert len(results) == HOPELESS + 7


def test_same_failure_counts_up_and_comes_back() -> None:
    ingest(b"{", "x.jsonl")
    ingest(b"{", "x.jsonl")

    failure = IngestFailure.objects.get()
    assert failure.attempts == 2
    assert failure.resolved_at is None
    assert read_capture(failure.capture) == b"{"  # type: ignore[arg-type]


def test_mended_item_resolves_the_failure_of_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for published in ("yesterday", "2026-11-09"):
        path.write_bytes(record(published=published))
        ingest_files(path)

    assert IngestFailure.objects.get().resolved_at == NOW


def test_upload_of_the_same_name_resolves_nothing_of_another() -> None:
    ingest(record(published="yesterday"))
    ingest(record())

    assert IngestFailure.objects.get().resolved_at is None


def test_name_of_an_upload_never_becomes_a_path_to_read(
    researcher: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Not for the tracker.")
    monkeypatch.chdir(tmp_path)
    ingest(b"", str(secret))
    ingest_files(tmp_path / "gone.txt")
    uploaded, missing = IngestFailure.objects.order_by("id")

    for failure, actor in ((uploaded, ACTOR), (missing, researcher.as_actor())):
        with pytest.raises(InvalidInput, match="once more"):
            retry_failure(failure_id=failure.pk, actor=actor, now=NOW)
    assert uploaded.reference == "upload: secret.txt"
    assert not Article.objects.exists()


def test_retry_of_kept_bytes_and_of_a_file_that_appeared(tmp_path: Path) -> None:
    ingest(record() + b"\n" + record(text=" "))
    path = tmp_path / "later.txt"
    ingest_files(path)
    path.write_text("Now it is there.")
    kept, missing = IngestFailure.objects.order_by("id")

    still = retry_failure(failure_id=kept.pk, actor=ACTOR, now=NOW)
    mended = retry_failure(failure_id=missing.pk, actor=ACTOR, now=NOW)

    assert outcomes(still + mended) == ["failed", "new"]
    kept.refresh_from_db()
    missing.refresh_from_db()
    assert (kept.attempts, kept.resolved_at, missing.resolved_at) == (2, None, NOW)
    with pytest.raises(NotFound):
        retry_failure(failure_id=0, actor=ACTOR, now=NOW)


def test_retry_of_bytes_of_an_unknown_kind() -> None:
    ingest(b"import os", "a.py")

    (result,) = retry_failure(failure_id=IngestFailure.objects.get().pk, actor=ACTOR, now=NOW)

    assert result.outcome is Outcome.FAILED
    assert IngestFailure.objects.get().attempts == 2


def test_pasted_text(researcher: Person) -> None:
    pasted: dict[str, Any] = {
        "title": " T ",
        "text": "One\r\ntwo \ud800",
        "outlet": "Veria",
        "published_on": "",
    }
    first = ingest_pasted(**pasted, actor=researcher.as_actor(), now=NOW)
    second = ingest_pasted(**pasted, actor=researcher.as_actor(), now=NOW)

    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.SAME)
    article = Article.objects.select_related("capture").get()
    assert (article.title, article.published_on, article.external_id) == ("T", None, "")
    assert article.capture.collected_by == researcher.alias


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"text": " "}, "no text"), ({"published_on": "2023-02-30"}, "does not exist")],
)
def test_pasted_nonsense_is_refused(researcher: Person, changes: dict[str, str], said: str) -> None:
    pasted: dict[str, Any] = {
        "title": "",
        "text": "Text.",
        "outlet": "",
        "published_on": "",
        **changes,
    }

    with pytest.raises(InvalidInput, match=said):
        ingest_pasted(**pasted, actor=researcher.as_actor(), now=NOW)
    assert not IngestFailure.objects.exists()


def test_viewer_may_not_ingest(viewer: Person) -> None:
    with pytest.raises(NotAllowed):
        ingest_bytes(
            content=b"Text", reference="a", media_type=None, actor=viewer.as_actor(), now=NOW
        )
    with pytest.raises(NotAllowed):
        retry_failure(failure_id=1, actor=viewer.as_actor(), now=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_at_the_same_moment_make_one_article() -> None:
    def one(_: int) -> str:
        try:
            return ingest(record())[0].outcome.value
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = sorted(pool.map(one, range(8)))

    assert results == ["new"] + ["same"] * 7
    assert (Article.objects.count(), Capture.objects.count(), Source.objects.count()) == (1, 1, 1)
