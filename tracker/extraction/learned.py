"""What was learned from annotated articles: one readable TOML file per table, read once.

The files are written by ``manage.py train_extraction``, with a report of how good they are beside
them; a person may read them, and should not edit them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).parent / "weights"


@cache
def learned(name: str) -> dict[str, Any]:
    """The tables of one file; none where it was never trained."""
    path = WEIGHTS / f"{name}.toml"
    if not path.exists():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))
