"""That a row can't be taken, with a code that stays and a sentence for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.imports.choices import Refusal


class RowRefused(Exception):
    """One thing of a row can't be; the others go on."""

    def __init__(self, code: Refusal, sentence: str) -> None:
        """``sentence`` says what is wrong and names the heading."""
        super().__init__(sentence)
        self.code = code
