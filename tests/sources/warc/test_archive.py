"""Into the tracker from a WARC, and out of it to a WARC that other tools read."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from warcio.archiveiterator import ArchiveIterator

from tests.conftest import NOW
from tests.sources.warc.crawls import Crawl, page
from tracker.core.actor import machine
from tracker.core.errors import InvalidInput
from tracker.sources.choices import CustodyKind
from tracker.sources.models import Article, Capture, CustodyEvent, IngestFailure, Retrieval
from tracker.sources.services.capture_store import path_of, read_capture, store_capture
from tracker.sources.services.export_warc import export_warc
from tracker.sources.services.ingest import Outcome, ingest_bytes, ingest_pasted, ingest_path
from tracker.sources.services.retrieved import Retrieved
from tracker.sources.warc.pages import ArchivedPage, read_pages
from tracker.sources.warc.writing import ArchiveInvalid, validate

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.accounts.models import Person

pytestmark = pytest.mark.django_db
ACTOR = machine("tests")
URL = "https://coast.example/market?b=2&a=1"


def ingest(path: Path) -> list[tuple[str, str]]:
    """Outcome and reason of each item."""
    results = ingest_path(path=path, actor=ACTOR, clock=lambda: NOW)
    return [(result.outcome.value, result.reason) for result in results]


def fetched(content: bytes, *, url: str = URL, at: datetime = NOW) -> Capture:
    """A capture of a fetched page."""
    retrieved = Retrieved(
        url="http://coast.example/m",
        final_url=url,
        redirects=("https://coast.example/m",),
        status=200,
        headers={
            "content-type": "text/html",
            "content-encoding": "gzip",
            "content-length": "9",
            "set-cookie": "us=secret",
        },
        request_headers={"user-agent": "tracker", "authorization": "secret"},
        address="2001:db8::7",
        tool="tracker 0.1",
        seconds=0.25,
        robots_reason="Named in a court order.",
        at=at,
    )
    return store_capture(
        content=content,
        media_type="text/html",
        reference=url,
        retrieved=retrieved,
        asked_by="feed 4",
        actor=ACTOR,
        now=NOW,
    )[0]


def exported(path: Path, captures: list[Capture]) -> list[tuple[str, dict[str, str], bytes]]:
    """Type, headers and content of each record, read by another tool, digests checked."""
    export_warc(
        captures=captures,
        path=path,
        reason="For the court.",
        actor=ACTOR,
        clock=lambda: NOW,
        tell=lambda _: None,
    )
    with path.open("rb") as file:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def test_each_page_of_a_warc_becomes_an_article_with_its_origin(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    crawl = Crawl().answer("/1", page(1)).answer("/2", page(2))
    path.write_bytes(crawl.content()[:-10])

    assert ingest(path) == [
        ("new", ""),
        ("new", ""),
        ("failed", "The file ends in the middle of it."),
    ]

    article = Article.objects.order_by("id").first()
    assert article is not None
    retrieval = Retrieval.objects.get(capture__article=article)
    assert article.url == retrieval.url == "https://delta.example/1"
    assert retrieval.retrieved_at == datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    assert retrieval.tool == "Wget/1.21.3, from a WARC"
    assert "cookie" not in retrieval.request_headers
    assert retrieval.request_headers["user-agent"] == "Wget"
    assert article.capture.reference == f"{path}#2"
    assert read_capture(article.capture) == page(1)


def test_the_same_warc_again_adds_nothing_and_the_failed_record_can_be_tried(
    tmp_path: Path,
) -> None:
    path = tmp_path / "crawl.warc"
    whole = Crawl(is_packed=False).answer("/1", page(1), request_first=True).content()
    path.write_bytes(whole[:-20])
    ingest(path)
    failure = IngestFailure.objects.get()
    before = CustodyEvent.objects.count()

    path.write_bytes(whole)
    out = StringIO()
    call_command("ingest", "--retry", stdout=out, stderr=StringIO())

    assert failure.reference == f"{path}#3"
    assert out.getvalue().startswith(f"new  {path}#3  article ")
    assert CustodyEvent.objects.count() == before + 2
    assert ingest(path) == [("same", "")]
    assert (Retrieval.objects.count(), CustodyEvent.objects.count()) == (1, before + 2)


def test_the_same_page_at_another_time_is_another_retrieval(tmp_path: Path) -> None:
    for number, day in enumerate(("2026-11-02T08:30:00Z", "2026-11-05T08:30:00Z")):
        path = tmp_path / f"{number}.warc.gz"
        crawl = Crawl().answer("/1", page(1), warc_headers={"WARC-Date": day})
        path.write_bytes(crawl.content())
        ingest(path)

    assert Capture.objects.count() == 1
    assert Retrieval.objects.count() == 2
    kinds = list(CustodyEvent.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["ACQUIRED", "HASHED", "ACQUIRED"]


def test_an_uploaded_warc_is_read(researcher: Person) -> None:
    results = ingest_bytes(
        content=Crawl().answer("/1", page(1)).content(),
        reference="/home/somebody/crawl.warc.gz",
        media_type="application/warc",
        actor=researcher.as_actor(),
        now=NOW,
    )

    assert [result.outcome for result in results] == [Outcome.NEW]
    assert results[0].reference == "upload: crawl.warc.gz#2"


def test_export_reads_back_with_request_answer_and_metadata(tmp_path: Path) -> None:
    capture = fetched(page(1))

    records = exported(tmp_path / "out.warc.gz", [capture])

    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "request", "metadata"]
    _, headers, content = records[1]
    assert content == page(1)
    assert headers["WARC-Target-URI"] == URL
    assert headers["WARC-IP-Address"] == "2001:db8::7"
    digest = base64.b32encode(hashlib.sha1(page(1), usedforsecurity=False).digest()).decode()
    assert headers["WARC-Payload-Digest"] == f"sha1:{digest}"
    assert records[2][1]["WARC-Concurrent-To"] == headers["WARC-Record-ID"]
    metadata = records[3][2].decode()
    assert f"sha256: {capture.sha256}\r\n" in metadata
    assert "redirects: https://coast.example/m\r\n" in metadata
    assert "against-robots-because: Named in a court order.\r\n" in metadata
    whole = (tmp_path / "out.warc.gz").read_bytes()
    with (tmp_path / "out.warc.gz").open("rb") as file:
        answer = next(iter(read_pages(file, largest=10_000)))
    assert isinstance(answer, ArchivedPage)
    assert "secret" not in str(answer)
    assert b"secret" not in whole
    assert answer.headers["x-archive-orig-content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(page(1)))


def test_the_checker_of_another_tool_finds_nothing_wrong(tmp_path: Path) -> None:
    capture = fetched(page(1), url="https://coast.example/سوق?q=حلب")
    Retrieval.objects.bulk_create(
        Retrieval(
            capture=capture,
            url=f"https://coast.example/{status}",
            final_url=f"https://coast.example/{status}",
            status=status,
            headers={"x-note": "عاجل – é", "content-type": "text/html"},
            asked_by="تحرير",
            retrieved_at=NOW,
        )
        for status in (200, 299, 599)
    )
    path = tmp_path / "out.warc.gz"

    records = exported(path, [capture])

    assert [kind for kind, _, _ in records].count("revisit") == 3
    assert records[1][1]["WARC-Target-URI"] == (
        "https://coast.example/%D8%B3%D9%88%D9%82?q=%D8%AD%D9%84%D8%A8"
    )
    checked = subprocess.run(  # noqa: S603  # this interpreter, a file of the test
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("digest pass") == len(records) - 3  # revisits have no block


def test_a_second_receipt_is_a_revisit(tmp_path: Path) -> None:
    capture = fetched(page(1))
    fetched(page(1), url="https://coast.example/again", at=datetime(2026, 11, 21, tzinfo=UTC))

    records = exported(tmp_path / "out.warc", [capture])

    revisit = next(headers for kind, headers, _ in records if kind == "revisit")
    answer = next(headers for kind, headers, _ in records if kind == "response")
    assert revisit["WARC-Target-URI"] == "https://coast.example/again"
    assert revisit["WARC-Refers-To-Target-URI"] == answer["WARC-Target-URI"]
    assert revisit["WARC-Payload-Digest"] == answer["WARC-Payload-Digest"]


def test_what_was_pasted_leaves_as_a_resource_and_comes_back(
    tmp_path: Path, researcher: Person
) -> None:
    ingest_pasted(
        title="Call",
        text="The doctor counted nine.",
        outlet="",
        published_on="",
        actor=researcher.as_actor(),
        now=NOW,
    )
    capture = Capture.objects.get()

    records = exported(tmp_path / "out.warc.gz", [capture])

    assert [kind for kind, _, _ in records] == ["warcinfo", "resource", "metadata"]
    assert records[1][1]["WARC-Target-URI"] == f"urn:sha256:{capture.sha256}"
    assert ingest(tmp_path / "out.warc.gz") == [("same", "")]


def test_every_export_is_in_the_custody_log_with_its_reason(tmp_path: Path) -> None:
    capture = fetched(page(1))
    exported(tmp_path / "out.warc.gz", [capture])

    event = CustodyEvent.objects.get(kind=CustodyKind.EXPORTED)
    assert (event.capture, event.actor_alias, event.reason) == (capture, "tests", "For the court.")
    with pytest.raises(InvalidInput, match="is there already"):
        exported(tmp_path / "out.warc.gz", [capture])
    with pytest.raises(InvalidInput, match=r"must end in"):
        exported(tmp_path / "out.zip", [capture])


def test_an_archive_that_does_not_read_back_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.warc"
    capture = fetched(page(1))
    exported(path, [capture])
    whole = path.read_bytes()

    validate(path, sha256s=[capture.sha256])
    for broken, sha256s in (
        (whole.replace(b"killed 1", b"killed 9"), [capture.sha256]),
        (whole[:-300], [capture.sha256]),
        (whole, []),
        (whole, ["0" * 64]),
    ):
        path.write_bytes(broken)
        with pytest.raises(ArchiveInvalid):
            validate(path, sha256s=sha256s)


def test_command_selects_and_names_what_is_missing(tmp_path: Path) -> None:
    kept, lost = fetched(page(1)), fetched(page(2))
    path_of(lost.sha256).unlink()
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="Not every capture"):
        call_command(
            "export_warc",
            str(tmp_path / "out.warc.gz"),
            "--all",
            "--reason=Yearly copy",
            stdout=out,
            stderr=err,
        )

    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["capture"], line["exported"]) for line in lines] == [
        (kept.pk, True),
        (lost.pk, False),
    ]
    assert "1 of 2 captures" in err.getvalue()
    with pytest.raises(CommandError, match="Say which captures"):
        call_command("export_warc", str(tmp_path / "b.warc"), "--reason=x")
    with pytest.raises(CommandError, match="No capture fits"):
        call_command("export_warc", str(tmp_path / "b.warc"), "--source=Nobody", "--reason=x")
