"""What a browser sent, read without trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

_MOST_DIGITS = 18
_FURTHEST = 1_000_000
NOT_A_NUMBER = -1


def whole_number(words: str) -> int:
    """A number of at most 18 plain digits; -1, which names no record, for anything else."""
    if words.isascii() and words.isdecimal() and len(words) <= _MOST_DIGITS:
        return int(words)
    return NOT_A_NUMBER


def asked_skip(request: HttpRequest) -> int:
    """How many rows of a list the address leaves out; 0 for what is no number."""
    number = whole_number(request.GET.get("skip", ""))
    return 0 if number == NOT_A_NUMBER else min(number, _FURTHEST)


def sent_number(request: HttpRequest, name: str) -> int:
    """A hidden number of a sent form, or -1."""
    return whole_number(request.POST.get(name, ""))
