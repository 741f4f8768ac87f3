"""What stands beside the name of a place, and what is in capitals without being one."""

from __future__ import annotations

from tracker.extraction.lexicon import any_of, topic

_PLACES = topic("places")
_NEAR = _PLACES["before"]
_ASIDE = _PLACES["aside"]
_NAMES = _PLACES["names"]
_PEOPLES: list[str] = topic("peoples")["nationalities"]

#: How exact a place of a kind is: 1 for a country, 7 for a building.
LEVEL_OF_KIND: dict[str, int] = {
    word: int(level) for level, words in _PLACES["kinds"].items() for word in words
}
COUNTRY = 1
PROVINCE = 2
#: The level of a name of which nothing but its place in the sentence is known.
UNKNOWN = 4
#: From here on a kind is of a settlement or what lies in one.
SETTLEMENT = 5
BUILDING = 7
#: How a place stands that only holds the one which is meant: "a village in X".
HOLDS = "holds"
#: How a place stands where several places of it are meant: "in three towns of X".
SPREAD = "spread"
#: How a name stands after which something done is called: "the X strike".
CALLED = "called"
KINDS = any_of(list(LEVEL_OF_KIND))
SETTLEMENTS = any_of(
    [word for word, level in LEVEL_OF_KIND.items() if SETTLEMENT <= level < BUILDING]
)
PLURALS = any_of(
    [word for word in LEVEL_OF_KIND if {word[:-1], word[:-3] + "y"} & {*LEVEL_OF_KIND}]
)
INHABITED = any_of(_PLACES["inhabited"])
MEANT = any_of([*_PLACES["inhabited"], *_PLACES["taken_up"]])
BETWEEN = any_of([*_NEAR["between"], *_PEOPLES])
DIRECTION = any_of(_NEAR["direction"])
DIRECTIONS = frozenset(_NEAR["direction"])
IN, NEAR, ON, OF = (any_of(_NEAR[cue]) for cue in ("in", "near", "on", "of"))
SEVERAL, TO_SOMEBODY = any_of(_NEAR["several"]), any_of(_NEAR["to_somebody"])
#: What may stand before a name that is part of a longer phrase of where.
OUT_OF = any_of(sorted({"of", *_NEAR["in"], *_NEAR["near"], "on"}))
SPEECH, AFTER_SPEECH, MOVED, ENDINGS = (
    any_of(_ASIDE[words]) for words in ("speech", "after_speech", "moved", "endings")
)
#: "London Based": the name before it says whose something is.
ENDING_WORDS = frozenset(_ASIDE["endings"])
HOUSES = frozenset(_PLACES["houses"])
TREATED = frozenset(_ASIDE["treated"])
TREATING = any_of(_ASIDE["treating"])

COUNTRIES = frozenset(name.casefold() for name in _NAMES["countries"])
REGIONS = frozenset(name.casefold() for name in _NAMES["regions"])
RIVERS = frozenset(name.casefold() for name in _NAMES["rivers"])
WORLD = frozenset(name.casefold() for name in _NAMES["world"])
NATIONALITIES = frozenset(word.casefold() for word in _PEOPLES)
#: In capitals and often where a place stands, but no place of an event.
NO_PLACE = (
    frozenset(_NAMES["no_place"].split())
    | NATIONALITIES
    | frozenset(word + "s" for word in NATIONALITIES)
)
