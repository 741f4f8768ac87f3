"""Whatever comes in: an answer in time proportional to its length, and never an exception."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from functools import cache
from typing import TYPE_CHECKING

import pytest

import tracker.extraction
from tracker.extraction import extract
from tracker.extraction.document import LONGEST_SENTENCE

if TYPE_CHECKING:
    from types import ModuleType

#: Seconds of processor time for a million characters, and for a page of ordinary length.
MOST_SECONDS = 30.0
PAGE_SECONDS = 5.0
SENTENCE = (
    "At least 12 people, including three children, were killed when shells hit Nahr, he said. "
)
ENDLESS = "and five people were killed in Sella and 3 wounded near Nahr, said a source in the town "
TABLE = "Province\tKilled\tInjured\n" + "".join(f"Nahr {n}\t{n * 3}\t{n * 7}\n" for n in range(400))
MIXED = "قتل 12 مدنيا killed 5 человек 死亡 ၁၂ יב said Нар في السوق were wounded on Tuesday. "

PAGES = {
    "nothing": "",
    "blanks": " \n\t \r\n ",
    "one endless sentence": ENDLESS * 400,
    "one endless word": "a" * 60_000,
    "no full stop, all figures": "12 34 56 " * 6_000,
    "mixed scripts": MIXED * 100,
    "control characters": "five\0 people\x07 were\x1b[31m killed\x7f in \u202eNahr\u202c\ufeff. "
    * 300,
    "a table": TABLE,
    "all capitals": SENTENCE.upper() * 100,
    "quotation marks never closed": '"He said "five were killed “and three ' * 800,
    "nested brackets": "(" * 5_000 + "five people were killed" + ")" * 5_000,
    "combining marks": "e\u0301\u0301\u0301\u0301" * 5_000,
    "lone surrogates": "five \ud800 people were killed \udfff. " * 200,
    "enormous numbers": "9" * 10_000 + " people were killed. " + "1,000," * 4_000 + " wounded.",
    "a name that ends with a dash": "Nahria and Sella- said 9 died. The FSA said 2 died. ",
    "lists of names": "Ali, Omar, Sella, " * 3_000 + "were killed.",
}
NO_HARM = {
    "sport": (
        "The Lions killed off the game after the break. Striker Jon Bell, 23, fired two past a "
        "wounded defence that has lost 11 of its last 12 matches. 'We were shot,' said his coach."
    ),
    "market": (
        "Banks were the worst casualties of a bloodbath on Friday. The index fell 12 percent, its "
        "worst loss since 2008, and 300 funds suffered heavy losses."
    ),
    "obituary": (
        "Ada Holm, who died at home aged 91, was a nurse in two wars. She leaves three sons, seven "
        "grandchildren and 40 rose bushes."
    ),
    "history": "The 3rd Brigade marched out in 1914 with 2,000 men. A museum opens on 7 May.",
    "politics": "Resolution 2254 passed by 15 votes to none. The 47th session opens on 12 June.",
    "title alone": "",
}
#: The longest run of blanks inside a sentence.
BLANKS = " " * 7
#: Pieces that a pattern may match in many ways when they come again and again.
PIECES = (
    *(
        "a",
        "A",
        BLANKS + "a",
        BLANKS + ",",
        "\na",
        ",",
        ".",
        "-",
        "'",
        '"',
        "1",
        "1,",
        "0.",
        "(",
        "a ",
        "A ",
        "a, ",
    ),
    *("a-", "A-", "al-", "Al-", "the ", "of ", "and ", "five ", "12 ", "no ", "Nahr ", "A.", "A. "),
    *("killed ", "people ", "said ", "including ", "in ", "on ", "Tuesday ", "March ", "2016 "),
    *("two children ", "wounded and ", "who ", "was ", "at least ", "it said, ", "Nahr and "),
    *("source in ", "the town of ", "last ", "\u0301", "قتل ", "ا", "12 people ", "near Nahr, "),
)
#: A sentence is read up to so many characters and holds no longer run of blanks: what one costs at
#: most makes the whole proportional to the text.
LONG = LONGEST_SENTENCE
MOST_PER_SENTENCE = 0.1


@pytest.mark.parametrize("kind", PAGES)
def test_odd_page_is_read_to_the_end(kind: str) -> None:
    started = time.process_time()
    found = extract(title="", text=PAGES[kind])
    assert time.process_time() - started < PAGE_SECONDS
    for claim in found.claims:
        assert 0 <= claim.start < claim.end <= len(PAGES[kind])


@pytest.mark.parametrize("piece", [SENTENCE, ENDLESS, MIXED, "a", "killed ", "12 ", "\n", "Nahr "])
def test_a_million_characters_take_seconds(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    started = time.process_time()
    extract(title=text[:1000], text=text)
    assert time.process_time() - started < MOST_SECONDS


@pytest.mark.parametrize("kind", NO_HARM)
def test_what_is_no_report_of_harm_gives_no_claim(kind: str) -> None:
    assert extract(title="", text=NO_HARM[kind]).claims == ()


def test_title_alone_is_read_without_harm_to_anybody() -> None:
    extract(title="Twelve civilians killed in Nahr", text="")


def modules() -> list[ModuleType]:
    package = tracker.extraction
    names = [
        found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return [importlib.import_module(name) for name in names]


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Every expression over texts that a module of the package holds, also in its tables."""
    found: dict[str, re.Pattern[str]] = {}
    for module in modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(_patterns_in(value, depth=3)):
                found[f"{module.__name__.removeprefix('tracker.extraction.')}.{name}.{number}"] = (
                    pattern
                )
    return found


def _patterns_in(value: object, *, depth: int) -> list[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        return [value] if isinstance(value.pattern, str) else []
    inside: list[object] = []
    if depth and isinstance(value, dict):
        inside = [*value.keys(), *value.values()]
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        inside = list(value)
    return [pattern for one in inside for pattern in _patterns_in(one, depth=depth - 1)]


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - started


@pytest.mark.parametrize("name", sorted(patterns()))
def test_expression_is_done_with_any_sentence_at_once(name: str) -> None:
    pattern = patterns()[name]
    for piece in PIECES:
        text = (piece * LONG)[:LONG] + "!"
        took = _seconds(pattern, text)
        if took > MOST_PER_SENTENCE:
            took = min(took, _seconds(pattern, text))
        assert took < MOST_PER_SENTENCE, (piece, took)
