"""Figures and small words as the sentences of an explanation use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.incidents.rules.facts import ClaimFact

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)


def figure_words(minimum: int | None, maximum: int | None) -> str:
    """A range as people read it: "7+", "6–14", "up to 30", "4"; "" where there is no figure."""
    if minimum is None:
        return "" if maximum is None else f"up to {maximum}"
    if maximum is None:
        return f"{minimum}+"
    return str(minimum) if minimum == maximum else f"{minimum}–{maximum}"


def spoken_range(minimum: int | None, maximum: int | None) -> str:
    """The same inside a sentence: "6 to 14"."""
    return figure_words(minimum, maximum).replace("–", " to ")


def figure_of(claim: ClaimFact) -> str:
    """What one claim says; a stated none is "0 said"."""
    if claim.is_zero:
        return "0 said"
    return figure_words(claim.minimum, claim.maximum) or "no number"


def number_words(number: int) -> str:
    """ "ten"; digits above twelve."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def counted_words(number: int, noun: str) -> str:
    """ "one origin", "ten named victims": the noun takes an s."""
    return f"{number_words(number)} {noun}{'' if number == 1 else 's'}"


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; each once."""
    once = list(dict.fromkeys(words))
    return " and ".join([", ".join(once[:-1]), once[-1]] if len(once) > 1 else once)


def days_between(earlier: date, later: date) -> str:
    """ "the same day", "a day later", "4 days later"."""
    days = (later - earlier).days
    if days == 0:
        return "the same day"
    return "a day later" if days == 1 else f"{days} days later"


def capitalised(sentence: str) -> str:
    """The sentence with its first letter large and the others as they are."""
    return sentence[:1].upper() + sentence[1:]
