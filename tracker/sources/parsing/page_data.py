"""What a page says of itself: title, author, outlet, days with the place they were found in.

Read from the tree that the text was read from; asking the extractor for it costs half as much
again as the text. Structured data is never read for the body, which publishers cut there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(?i)(?:article|posting|report|webpage)$")
_MOST_SCRIPTS = 20
_LONGEST_SCRIPT = 500_000
_DEEPEST = 6
_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DAY_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)"
)
_SEPARATORS = re.compile(r"\s+[|–—·»-]\s+")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "date",
    "pubdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
)
_OF_ARTICLES = ("article:published_time", "articlebody", "parsely-pub-date")
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher")


@dataclass(frozen=True, slots=True)
class PageData:
    """ "" = the page does not say. Days are YYYY-MM-DD; a basis is a value of DateBasis."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    published: str = ""
    published_basis: str = ""
    modified: str = ""
    modified_basis: str = ""
    canonical_url: str = ""
    is_for_subscribers: bool = False
    is_article: bool = False


@dataclass(slots=True)
class _Structured:
    """What the page's JSON-LD says of the article."""

    article: Mapping[str, Any] = field(default_factory=dict)
    outlet: str = ""
    is_free: bool = True


def data_of(tree: HtmlElement, *, url: str) -> PageData:
    """What the page says; ``url`` is where it was found, "" = not from the web."""
    meta = _meta(tree)
    structured = _structured(tree)
    canonical = _canonical(tree, url)
    published, published_basis = _published(tree, meta, structured, canonical or url)
    modified, modified_basis = _first_day(
        (_text(structured.article.get("dateModified")), "STRUCTURED"),
        *((meta.get(name, ""), "META") for name in _MODIFIED),
    )
    outlet = _first(meta, _OUTLETS) or structured.outlet or _host(url)
    return PageData(
        title=_title(tree, meta, structured, outlet),
        author=_author(meta, structured),
        outlet=outlet,
        published=published,
        published_basis=published_basis,
        modified=modified,
        modified_basis=modified_basis,
        canonical_url=canonical,
        is_for_subscribers=not structured.is_free,
        is_article="headline" in structured.article
        or meta.get("og:type", "").lower() == "article"
        or any(name in meta for name in _OF_ARTICLES),
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The first content of each name or property, in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _structured(tree: HtmlElement) -> _Structured:
    found = _Structured()
    scripts = (s for s in tree.iter("script") if "ld+json" in (s.get("type") or "").lower())
    for number, script in enumerate(scripts):
        if number >= _MOST_SCRIPTS:
            break
        for entry in _entries(script.text or ""):
            kinds = [kind for kind in _listed(entry.get("@type")) if isinstance(kind, str)]
            if any(_ARTICLE_TYPES.search(kind) for kind in kinds):
                is_page = all(kind.lower().endswith("webpage") for kind in kinds)
                if not found.article or ("headline" not in found.article and not is_page):
                    found.article = entry
                found.outlet = found.outlet or _name(entry.get("publisher"))
            if str(entry.get("isAccessibleForFree", "true")).strip().lower() == "false":
                found.is_free = False
    return found


def _entries(raw: str) -> Iterator[Mapping[str, Any]]:
    """Every object of a script, at most a few levels deep; nothing where it is no JSON."""
    if len(raw) > _LONGEST_SCRIPT:
        return
    try:
        waiting: list[tuple[Any, int]] = [(json.loads(raw, strict=False), 0)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value, depth = waiting.pop(0)
        if isinstance(value, dict):
            yield value
        if isinstance(value, dict | list) and depth < _DEEPEST:
            inner = value.values() if isinstance(value, dict) else value
            waiting += [(child, depth + 1) for child in inner if isinstance(child, dict | list)]


def _published(
    tree: HtmlElement, meta: Mapping[str, str], structured: _Structured, url: str
) -> tuple[str, str]:
    return _first_day(
        (_text(structured.article.get("datePublished")), "STRUCTURED"),
        *((meta.get(name, ""), "META") for name in _PUBLISHED),
        (_day_in_markup(tree), "MARKUP"),
        (_day_in_address(url), "URL"),
    )


def _first_day(*candidates: tuple[str, str]) -> tuple[str, str]:
    for raw, basis in candidates:
        match = _DAY.match(raw.strip())
        if match:
            return match.group(), basis
    return "", ""


def _day_in_markup(tree: HtmlElement) -> str:
    """The day of the only time element that says when it was published, or of the only one."""
    days = [element.get("datetime") or "" for element in tree.iter("time")]
    days = [match.group() for day in days if (match := _DAY.match(day.strip()))]
    named = [
        element.get("datetime") or ""
        for element in tree.iter("time")
        if element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
    ]
    return next(iter(named), days[0] if len(set(days)) == 1 else "")


def _day_in_address(url: str) -> str:
    match = _DAY_IN_ADDRESS.search(urlsplit(url).path) if url else None
    return "-".join((match[1], match[2].zfill(2), match[3].zfill(2))) if match else ""


def _canonical(tree: HtmlElement, url: str) -> str:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            address = _joined(url, element.get("href").strip())
            if urlsplit(address).scheme in {"http", "https"}:
                return address[:2000]
    return ""


def _joined(url: str, address: str) -> str:
    try:
        return urljoin(url, address)
    except ValueError:
        return ""


def _title(tree: HtmlElement, meta: Mapping[str, str], structured: _Structured, outlet: str) -> str:
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    if len([heading for heading in headings if heading]) == 1:
        return next(heading for heading in headings if heading)
    said = _text(structured.article.get("headline")) or _first(meta, _TITLES)
    title = next((" ".join(t.text_content().split()) for t in tree.iter("title")), "")
    return _without_outlet(said or title or next(iter(headings), ""), outlet)


def _without_outlet(title: str, outlet: str) -> str:
    """The title without the outlet's name that many pages put behind it."""
    parts = _SEPARATORS.split(title)
    if len(parts) > 1 and outlet and parts[-1].casefold() in outlet.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»-\u00a0")
    return title


def _author(meta: Mapping[str, str], structured: _Structured) -> str:
    named = [_name(author) for author in _listed(structured.article.get("author"))]
    said = ", ".join(dict.fromkeys(name for name in named if name))
    said = said or _first(meta, _AUTHORS)
    return "" if said.startswith(("http://", "https://", "@")) else said


def _name(value: object) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("name")
    return _text(value)


def _first(meta: Mapping[str, str], names: Iterable[str]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
