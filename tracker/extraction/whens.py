"""When each mention's event happened: the phrase nearest to it, else that of its event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.days import find_days
from tracker.extraction.model import Evidence, When

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.extraction.document import Document
    from tracker.extraction.model import Happening, Mention

_NOT_SAID = When(None, None, None, "UNKNOWN", "", "", None, "", "", Evidence(""))


def read_whens(
    document: Document, mentions: Sequence[Mention], happenings: Sequence[Happening]
) -> list[When]:
    """For each mention the time of its event."""
    del happenings
    return [_when_of(document, mention) for mention in mentions]


def _when_of(document: Document, mention: Mention) -> When:
    sentence = document.sentences[mention.sentence]
    report = document.report
    for day in find_days(sentence.words, report):
        if day.of_statement:
            continue
        span = (sentence.start + day.start, sentence.start + day.end)
        return When(
            day=day.first if day.first == day.last else None,
            first=day.first,
            last=day.last,
            precision=day.precision,
            basis=day.basis,
            phrase=document.text[span[0] : span[1]],
            anchor=report.day if report else None,
            anchor_kind=report.basis if report else "",
            time_term="",
            evidence=Evidence("day in the sentence", (span,)),
        )
    return _NOT_SAID
