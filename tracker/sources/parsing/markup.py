"""A page's markup as a tree, mended where its body was cut into pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafilatura import load_html

from tracker.sources.parsing.parsed import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

#: A paragraph of at least so many characters is told, not listed.
LONG_PARAGRAPH = 80
_FEWEST_PARAGRAPHS = 2
_BLOCKS = ("div", "section")
_WHOLES = ("article", "main")


def tree_of(markup: str) -> HtmlElement:
    """The tree of a page, as the extractor reads it best. Raises Unreadable."""
    tree = load_html(markup)
    if tree is None:
        raise Unreadable("The page holds no markup that can be read.")
    join_bodies(tree)
    return tree


def join_bodies(tree: HtmlElement) -> None:
    """Put the pieces of a body that advertisements cut apart into the first of them.

    Pieces are blocks of one article with the same class at the same depth, each with paragraphs
    of its own. Without this only the piece with the most text is taken for the body.
    """
    for whole in tree.iter(*_WHOLES):
        pieces: dict[tuple[str, str, int], list[HtmlElement]] = {}
        for block in whole.iter(*_BLOCKS):
            if block.get("class") and _is_told(block) and _nearest_whole(block) is whole:
                depth = sum(1 for _ in block.iterancestors())
                pieces.setdefault((block.tag, block.get("class"), depth), []).append(block)
        for first, *others in pieces.values():
            for other in others:
                for child in list(other):
                    first.append(child)


def long_paragraphs(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The paragraphs that are told."""
    for paragraph in tree.iter("p"):
        if len(paragraph.text_content().strip()) >= LONG_PARAGRAPH:
            yield paragraph


def _is_told(block: HtmlElement) -> bool:
    own = (p for p in block.iterchildren("p") if len(p.text_content()) >= LONG_PARAGRAPH)
    return sum(1 for _ in own) >= _FEWEST_PARAGRAPHS


def _nearest_whole(block: HtmlElement) -> HtmlElement | None:
    return next((element for element in block.iterancestors(*_WHOLES)), None)
