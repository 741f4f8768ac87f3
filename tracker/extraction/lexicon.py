"""The vocabulary, as data: one folder per language, one TOML file per topic, read once.

A word is taught by adding it to ``lexicon/<language>/<topic>.toml``; see ``docs/extraction.md``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent / "lexicon"


@cache
def topic(name: str, language: str = "en") -> dict[str, Any]:
    """The tables of one topic; raises FileNotFoundError where the language lacks it."""
    return tomllib.loads((_ROOT / language / f"{name}.toml").read_text(encoding="utf-8"))


def any_of(words: list[str] | tuple[str, ...]) -> str:
    """A pattern for any of the words or phrases, the longest first; blanks match any space."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in longest_first) + ")"
