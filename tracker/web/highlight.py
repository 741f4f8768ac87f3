"""Article text with the passages of its claims marked: safe HTML, paragraph by paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.utils.safestring import SafeString

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_ANY_LINE = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one claim: ``label`` as people see it, offsets into the whole text.

    ``figure`` is the span of the printed figure inside the passage, None where it has none.
    """

    label: str
    start: int
    end: int
    figure: tuple[int, int] | None = None
    is_on: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, ready for a template."""

    html: SafeString
    is_on: bool


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The part of a passage that lies in one paragraph and in no half of an earlier passage."""

    passage: Passage
    start: int
    end: int

    @property
    def begins(self) -> bool:
        return self.start == self.passage.start

    @property
    def ends(self) -> bool:
        return self.end == self.passage.end


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stays the same all over one paragraph."""

    text: str
    figures: Sequence[tuple[int, int]]
    link_label: str
    furniture: Sequence[tuple[int, int]]
    furniture_label: str


def anchor(label: str) -> str:
    """The fragment of a label: ``A1`` is ``a1`` in ``#p-a1`` and ``#c-a1``."""
    return label.lower()


def find_figure(quote: str, words: str, start: int) -> tuple[int, int] | None:
    """Where the printed figure stands in a passage that begins at ``start``, or None."""
    at = quote.casefold().find(words.casefold()) if words else -1
    # Case folding may change lengths; then the exact words decide.
    if at >= 0 and quote[at : at + len(words)].casefold() != words.casefold():
        at = quote.find(words)
    return None if at < 0 else (start + at, start + at + len(words))


def highlight(
    text: str,
    passages: Iterable[Passage],
    *,
    link_label: str,
    furniture: Iterable[tuple[int, int]] = (),
    furniture_label: str = "",
) -> list[Paragraph]:
    """The paragraphs of ``text`` with every passage marked and led to its claim.

    Each passage is a ``span.t-passage`` whose id stands once, where it begins, followed where it
    ends by a link to the claim; passages that overlap are nested or cut, and no word is lost.
    ``link_label`` holds one ``{}`` for the label. ``furniture`` are the spans that are no part of
    the report, in order; they are shown grey, and ``furniture_label`` says so to who can't see it.
    Everything from outside is escaped.
    """
    inside = [p for p in (_trimmed(text, p) for p in passages) if p is not None]
    blank = _Sheet(text, (), link_label, tuple(furniture), furniture_label)
    return [
        Paragraph(
            html=mark_safe("".join(_paragraph(blank, start, end, inside))),  # noqa: S308  # every part is escaped
            is_on=any(p.is_on and p.start < end and start < p.end for p in inside),
        )
        for start, end in _paragraphs(text)
    ]


def _trimmed(text: str, passage: Passage) -> Passage | None:
    """Without blanks at its ends, so that it begins and ends inside paragraphs."""
    if not 0 <= passage.start < passage.end <= len(text):
        return None
    words = text[passage.start : passage.end]
    start = passage.start + len(words) - len(words.lstrip())
    end = passage.end - (len(words) - len(words.rstrip()))
    return replace(passage, start=start, end=end) if start < end else None


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    # Plain text breaks lines inside paragraphs; text from pages has one line per paragraph.
    separator = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _ANY_LINE
    at = 0
    for gap in separator.finditer(text):
        if text[at : gap.start()].strip():
            yield at, gap.start()
        at = gap.end()
    if text[at:].strip():
        yield at, len(text)


def _paragraph(blank: _Sheet, start: int, end: int, passages: Sequence[Passage]) -> Iterator[str]:
    here = [p for p in passages if p.start < end and start < p.end]
    stretches = [_Stretch(p, max(p.start, start), min(p.end, end)) for p in here]
    figures = _merged([p.figure for p in here if p.figure is not None])
    yield from _nested(replace(blank, figures=figures), start, end, stretches)


def _nested(sheet: _Sheet, start: int, end: int, stretches: Sequence[_Stretch]) -> Iterator[str]:
    """Passages inside a passage nest; one that reaches beyond it is cut where the first ends."""
    at = start
    waiting = sorted(stretches, key=_outermost_first)
    while waiting:
        outer = waiting[0]
        same = [s for s in waiting if (s.start, s.end) == (outer.start, outer.end)]
        rest = waiting[len(same) :]
        inner = [replace(s, end=min(s.end, outer.end)) for s in rest if s.start < outer.end]
        after = [replace(s, start=max(s.start, outer.end)) for s in rest if s.end > outer.end]
        yield _words(sheet, at, outer.start)
        yield from (_opening(s) for s in same)
        yield from _nested(sheet, outer.start, outer.end, inner)
        yield "</span>" * len(same)
        yield from (_link(s.passage, sheet.link_label) for s in same if s.ends)
        at = outer.end
        waiting = sorted(after, key=_outermost_first)
    yield _words(sheet, at, end)


def _outermost_first(stretch: _Stretch) -> tuple[int, int, str]:
    return (stretch.start, -stretch.end, stretch.passage.label)


def _opening(stretch: _Stretch) -> str:
    passage = stretch.passage
    on = " is-on" if passage.is_on else ""
    if stretch.begins:
        return format_html('<span class="t-passage{}" id="p-{}">', on, anchor(passage.label))
    return format_html('<span class="t-passage{}">', on)


def _words(sheet: _Sheet, start: int, end: int) -> str:
    """The words between two offsets, what is furniture of the page set apart."""
    out: list[str] = []
    at = start
    for left, right in sheet.furniture:
        left, right = max(left, at), min(right, end)  # noqa: PLW2901  # clipped to this piece
        if left >= right:
            continue
        out.append(_figures(sheet, at, left))
        label = format_html('<span class="visually-hidden">{} </span>', sheet.furniture_label)
        out.append(f'<span class="t-furniture">{label}{_figures(sheet, left, right)}</span>')
        at = right
    out.append(_figures(sheet, at, end))
    return "".join(out)


def _figures(sheet: _Sheet, start: int, end: int) -> str:
    text = sheet.text
    out: list[str] = []
    at = start
    for left, right in sheet.figures:
        left, right = max(left, at), min(right, end)  # noqa: PLW2901  # clipped to this piece
        if left >= right:
            continue
        out.append(str(escape(text[at:left])))
        out.append(f'<mark class="t-hl t-hl--figure">{escape(text[left:right])}</mark>')
        at = right
    out.append(str(escape(text[at:end])))
    return "".join(out)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _link(passage: Passage, link_label: str) -> str:
    return format_html(
        '<a class="t-ref{}" href="#c-{}" aria-label="{}">{}</a>',
        " is-on" if passage.is_on else "",
        anchor(passage.label),
        link_label.format(passage.label),
        passage.label,
    )
