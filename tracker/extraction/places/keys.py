"""A key that the spelling variants of a place's name share (pure)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LEADING_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|at|an|ar|az|ul|il)[- ](?=\w)")
_JOINTS = re.compile(r"[-’'ʿʾ`. ]+")
_VOWELS = re.compile(r"[aeiouyw]+")
_SILENT = re.compile(r"(?<=[aeiou])h$")  # "Hasakah", "Hasaka"
_DOUBLED = re.compile(r"(.)\1+")
_FEWEST_CONSONANTS = 3


@lru_cache(maxsize=20_000)
def place_key(name: str) -> str:
    """What the variants of a name share: no case, accents, article, hyphens, vowels or doubling.

    >>> place_key("al-Hasakah") == place_key("Hasakeh") == place_key("El Hasaka")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()
    words = []
    for word in _LEADING_ARTICLE.sub("", plain).split():
        bare = re.sub(r"(?:^|-)(?:al|el|as|ash|ad|at|an|ar|az|ez|es|ed)-", "", word)
        bare = _JOINTS.sub("", bare)
        if bare not in {"al", "el", "as", "ash", "ad", "at", "an", "ar", "az", "ez", ""}:
            words.append(bare)
    joined = _SILENT.sub("", "".join(words).removesuffix("s"))
    first = "a" if joined[:1] and joined[0] in "aeiou" else ""
    bones = _DOUBLED.sub(r"\1", _VOWELS.sub("", joined).replace("q", "k"))
    if len(bones) > _FEWEST_CONSONANTS:
        return first + bones
    if len(bones) == _FEWEST_CONSONANTS:
        return f"{first}{bones}{len(_VOWELS.findall(joined))}"
    short = _DOUBLED.sub(r"\1", joined).rstrip("ae")
    return short if len(short) > 1 else joined
