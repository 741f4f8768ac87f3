"""Pages that are no articles: told apart before anything of them is taken for a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.sources.parsing.markup import LONG_PARAGRAPH
from tracker.sources.parsing.parsed import Unreadable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from tracker.sources.parsing.page_data import PageData

#: Below this many characters a page holds a teaser or a notice, not an article.
SHORTEST = 200
#: Up to here what stands before a wall is a beginning and no report.
LONGEST_STUB = 800
_FEWEST_TEASERS = 10
_LONGEST_NOTICE = 1500
_LAST_WORDS = 30
_WALL_WITHIN = 250
_NOT_FOUND = re.compile(
    r"(?i)\b(?:error )?404\b|\b(?:page|article|story|content) (?:was )?(?:not|cannot be|can.t be) "
    r"found\b|\bpage (?:does not|doesn.t|no longer) exists?\b|^not found$|\bno longer available\b"
    r"|الصفحة غير موجودة|لم يتم العثور"
)
_COOKIES = re.compile(
    r"(?i)\bcookies?\b|\bconsent\b|\bprivacy (?:policy|settings|choices)\b|\bpersonal data\b"
    r"|\bour partners\b|ملفات تعريف الارتباط"
)
_WALL = re.compile(
    r"(?i)\bsubscribe (?:now )?to (?:continue|read|keep|unlock)\b|\bto continue reading\b"
    r"|\b(?:log|sign) in to (?:continue|read)\b|\balready a (?:subscriber|member)\b"
    r"|\b(?:article|story|content) is (?:only )?(?:for|available to|reserved for) "
    r"(?:our )?(?:subscribers|members)\b|\bsubscribers? only\b|\bstart your free trial\b"
    r"|\bunlock this (?:article|story)\b|للمشتركين فقط|اشترك لمتابعة القراءة"
)
_SENTENCES = re.compile(r"[.!?؟\n]+")
_HEADINGS = ("h2", "h3", "h4")


def require_article(tree: HtmlElement, text: str, data: PageData) -> None:
    """Raise Unreadable, naming the kind, where the page is no article.

    ``text`` is what was found in it, ``data`` what it says of itself.
    """
    words = " ".join(tree.text_content().split())
    if _is_not_found(data.title, tree, text):
        raise Unreadable("The page says that there is nothing at this address (not-found page).")
    if _is_cookie_wall(text, words):
        raise Unreadable("The page asks about cookies and shows no article (cookie wall).")
    if _is_stub(text, words, data):
        raise Unreadable("The page shows only the beginning to those who do not pay (paywall).")
    if not data.is_article and _is_index(tree, text):
        raise Unreadable("The page lists articles and is none itself (index page).")
    if len(text.strip()) < SHORTEST:
        raise Unreadable("No article text was found in the page.")


def _is_not_found(title: str, tree: HtmlElement, text: str) -> bool:
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1", "title")]
    said = any(
        _NOT_FOUND.search(words) for words in (title, *headings) if len(words) < LONG_PARAGRAPH
    )
    return said and len(text) < LONGEST_STUB


def _is_cookie_wall(text: str, words: str) -> bool:
    if len(text.strip()) < SHORTEST:
        return len(words) < _LONGEST_NOTICE and len(_COOKIES.findall(words)) >= 2  # noqa: PLR2004  # once is a footer
    sentences = [part for part in _SENTENCES.split(text) if part.strip()]
    about = sum(1 for sentence in sentences if _COOKIES.search(sentence))
    return 2 * about > len(sentences)


def _is_stub(text: str, words: str, data: PageData) -> bool:
    """A beginning with a wall right behind it; what the frame of a page offers is no wall."""
    if len(text) >= LONGEST_STUB:
        return False
    told = " ".join(text.split())
    end = words.rfind(told[-_LAST_WORDS:])
    behind = words[end : end + _LAST_WORDS + _WALL_WITHIN] if end >= 0 else words
    return data.is_for_subscribers or _WALL.search(f"{told} {behind}") is not None


def _is_index(tree: HtmlElement, text: str) -> bool:
    """Many headings that lead elsewhere, and hardly anything told at length."""
    teasers = sum(
        1
        for heading in tree.iter(*_HEADINGS)
        if heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None
    )
    if teasers < _FEWEST_TEASERS:
        return False
    told = sum(1 for line in text.splitlines() if len(line) >= 2 * LONG_PARAGRAPH)
    return told * 4 < teasers
