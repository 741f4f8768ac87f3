"""PDF documents: text with what the document says of itself, or a sentence why not."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from tests.sources.parsing.invented import SENTENCES
from tracker.sources.parsing.document import read_document
from tracker.sources.parsing.kinds import Kind, detect_kind
from tracker.sources.parsing.parsed import Page, Unreadable
from tracker.sources.parsing.sandbox import PageReader


def pdf(*lines: str, kids: str = "[3 0 R]") -> bytes:
    """A small document written by hand: one page of lines."""
    shown = "".join(f"({line}) Tj T* " for line in lines).encode("latin-1")
    stream = b"BT /F1 11 Tf 14 TL 50 780 Td " + shown + b"ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {kids} /Count 1 >>".encode(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (Losses at Sella) /Author (Harbour office) "
        b"/CreationDate (D:20261103080000Z) >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def test_document_is_read_with_its_properties() -> None:
    content = pdf(*SENTENCES)

    found = read_document(content)

    assert detect_kind(head=content[:100], name="a.txt") is Kind.PDF
    assert all(sentence in found["text"] for sentence in SENTENCES)
    assert (found["title"], found["author"]) == ("Losses at Sella", "Harbour office")
    assert (found["published"], found["published_basis"]) == ("2026-11-03", "DOCUMENT")


def _locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(*SENTENCES))))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf("Short."), "hardly any text"),
        (_locked(), "locked with a password"),
        (b"%PDF-1.4 and nothing else", "broken|can't be read"),
        (pdf(*SENTENCES)[:300], "broken|can't be read|hardly any text"),
        (pdf(*SENTENCES, kids="[2 0 R]"), "broken|can't be read|hardly any text|took too long"),
    ],
)
def test_document_that_is_none_ends_in_a_sentence_and_the_reader_lives(
    content: bytes, said: str
) -> None:
    reader = PageReader()
    with pytest.raises(Unreadable, match=said):
        reader.read(Page(content=content, is_document=True))

    assert SENTENCES[0] in reader.read(Page(content=pdf(*SENTENCES), is_document=True)).text
    reader.close()
