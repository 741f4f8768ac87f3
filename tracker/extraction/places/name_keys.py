"""What the spellings of one place name share: the keys that the gazetteer is sorted by (pure)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Of a longer name the beginning counts; there is none.
LONGEST = 120
_MARKS = re.compile("['’‘ʼʿʾʻ`´ʹʺ.\u0640\u200c-\u200f]")
_ARTICLE = re.compile(
    r"(?<![^\s-])(?:al|el|ul|ad|an|ar|as|ash|at|az|es|esh|ez|ed|en|er|et)[- ]{1,3}(?=\w)"
)
_BETWEEN = re.compile(r"[\W_]+")
_ARABIC_ARTICLE = "ال"
_LETTERS = str.maketrans(
    {"ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae",
     "ə": "e", "–": "-"}
)  # fmt: skip
_VOWELS = str.maketrans("yeowq", "iiuuk")
_DIPHTHONG = re.compile(r"[aei][iy]")
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=\w{3}[ae])h$")
_LOOSE_END = re.compile(r"(?<=\w{3})(?:[ai]?h|[ai])$")
#: Words that begin many names and are spelled in many ways.
_ELEMENTS = {
    spelling: key
    for key, spellings in {
        "tl": "tel tal tell tall",
        "kfr": "kafr kafar kufr kefar",
        "dr": "deir dayr dair der",
        "bt": "bayt beit bait",
        "an": "ain ayn ein",
        "um": "umm um oum",
        "jbl": "jabal jebel djebel gebel",
        "abu": "abu abou",
    }.items()
    for spelling in spellings.split()
}


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The same for usual spelling variants: case, accents, article, hyphens, doubled letters.

    >>> name_key("al-Mazra'a") == name_key("El Mazraa") == name_key("Mazraah")
    True
    """
    return "".join(_light(word) for word in _words(name))


@lru_cache(maxsize=4096)
def loose_key(name: str) -> str:
    """As ``name_key``, and with short vowels confused; only good within one country.

    >>> loose_key("Idleb") == loose_key("Idlib")
    True
    """
    return "".join(_loose(word) for word in _words(name))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name[:LONGEST].casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = _ARTICLE.sub("", _MARKS.sub("", plain.translate(_LETTERS)).strip())
    return [
        word.removeprefix(_ARABIC_ARTICLE) if len(word) > len(_ARABIC_ARTICLE) + 2 else word
        for word in _BETWEEN.split(plain)
        if word
    ]


def _light(word: str) -> str:
    if not word.isascii():
        return word
    if word in _ELEMENTS:
        return _ELEMENTS[word]
    plain = word.replace("ou", "u").replace("oo", "u").replace("ee", "i")
    return _FINAL_H.sub("", _DOUBLED.sub(r"\1", _DIPHTHONG.sub("ai", plain)))


def _loose(word: str) -> str:
    if not word.isascii():
        return word
    if word in _ELEMENTS:
        return _ELEMENTS[word]
    return _LOOSE_END.sub("", _DOUBLED.sub(r"\1", word.translate(_VOWELS)))
