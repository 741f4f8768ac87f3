"""The dateline that a report begins with, to the letter (pure)."""

from __future__ import annotations

import re

_LONGEST = 120
_PLACE = (
    r"[A-Z\u00c0-\u00de][\w.'’\-]*"
    r"(?:[ ,/]+(?:[A-Z\u00c0-\u00de][\w.'’\-]*|al-\w+|and|of|the|de|el|near"
    r"|[a-z]{4,14}(?=, ))){0,7}"
)
_DAY = (
    r"(?:,? ?(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
    r"(?: \d{1,2})?(?:, ?\d{4})?)?"
)
_AGENCY = r"(?: ?\([^)\n]{2,40}\))?"
_DASH = r"\s?(?:[–—]|--|\s-\s)\s?"
#: "SELLA, Nahr Province, Nov. 2 (Meridian Wire) –", "SELLA (Agency) –", "Sella: "
_DATELINE = re.compile(rf"^\s*({_PLACE}{_DAY}{_AGENCY}){_DASH}")
_ARABIC = re.compile(r"^\s*([\u0600-\u06ff ،]{2,40}(?:\([^)\n]{2,40}\))?)\s?[–—-]\s")


def dateline_of(text: str) -> str:
    """The dateline at the beginning of ``text`` as it stands there; "" where there is none.

    Only what a dash ends and what names a day, an agency or a place in capitals counts, so that a
    sentence with a dash in it is not taken for one.
    """
    head = text.lstrip()[:_LONGEST]
    match = _DATELINE.match(head) or _ARABIC.match(head)
    if match is None:
        return ""
    found = match.group(1).strip()
    place = re.split(r"[,(]", found)[0].strip()
    is_told = "(" in found or re.search(r"\d", found) is not None or place.isupper()
    if not is_told and not re.match(r"[\u0600-\u06ff]", found):
        return found if len(place.split()) <= 2 and "," in found else ""  # noqa: PLR2004  # "Sella, Nahr –"
    return found
