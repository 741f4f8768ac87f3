"""Languages of articles: their names and the direction they run in."""

from __future__ import annotations

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
)


def direction_of(language: str) -> str:
    """rtl, ltr, or auto where the language is not known."""
    if not language:
        return "auto"
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"


def language_words(language: str) -> str:
    """The name of a language in the reader's own; the code where no name is known."""
    info = LANG_INFO.get(language) or LANG_INFO.get(language.split("-", maxsplit=1)[0])
    name = info.get("name") if info else None
    return _(name) if name else language
