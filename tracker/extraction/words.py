"""The words the patterns know: who was harmed, how, and who says so."""

from __future__ import annotations

import re

CIVILIAN = (
    *("civilian", "civilians", "child", "children", "woman", "women", "girl", "girls", "boy"),
    *("boys", "baby", "babies", "infant", "infants", "resident", "residents", "villager"),
    *("villagers", "worshipper", "worshippers", "patient", "patients", "doctor", "doctors"),
    *("nurse", "nurses", "medic", "medics", "paramedic", "paramedics", "journalist"),
    *("journalists", "student", "students", "pupil", "pupils", "teacher", "teachers", "farmer"),
    *("farmers", "shopkeeper", "shopkeepers", "trader", "traders", "shopper", "shoppers"),
    *("worker", "workers", "family", "families", "mother", "father", "interpreter", "rescuers"),
    *("shepherd", "shepherds", "fisherman", "fishermen", "passengers", "passenger", "evacuees"),
)
COMBATANT = (
    *("fighter", "fighters", "militant", "militants", "soldier", "soldiers", "troops"),
    *("terrorist", "terrorists", "rebel", "rebels", "insurgent", "insurgents", "gunman"),
    *("gunmen", "jihadist", "jihadists", "commander", "commanders", "leader", "leaders"),
    *("operative", "operatives", "recruit", "recruits", "militiaman", "militiamen", "officer"),
    *("officers", "forces", "smuggler", "smugglers", "troop", "servicemen", "guerrillas"),
)
UNKNOWN = (
    *("people", "person", "persons", "body", "bodies", "victim", "victims", "individual"),
    *("individuals", "man", "men", "others", "policeman", "policemen", "police", "associate"),
    *("associates", "casualties", "lives", "wounded", "dead", "injured", "son", "sons"),
    *("daughter", "daughters", "wife", "brother", "brothers", "sister", "sisters", "relative"),
    *("relatives", "husband"),
)
STATUS_OF: dict[str, str] = {
    **dict.fromkeys(UNKNOWN, "UNKNOWN"),
    **dict.fromkeys(COMBATANT, "COMBATANT"),
    **dict.fromkeys(CIVILIAN, "CIVILIAN"),
}
SINGULAR = (
    *("civilian", "child", "woman", "girl", "boy", "baby", "infant", "resident", "villager"),
    *("worshipper", "patient", "doctor", "nurse", "medic", "paramedic", "journalist", "student"),
    *("pupil", "teacher", "farmer", "shopkeeper", "trader", "shopper", "worker", "interpreter"),
    *("shepherd", "fisherman", "passenger", "fighter", "militant", "soldier", "terrorist"),
    *("rebel", "insurgent", "gunman", "jihadist", "commander", "leader", "operative", "recruit"),
    *("officer", "smuggler", "person", "victim", "individual", "man", "policeman", "associate"),
    *("son", "daughter", "wife", "husband", "brother", "sister", "mother", "father", "relative"),
)
CHILDREN = frozenset({"child", "children", "girl", "girls", "boy", "boys", "baby", "babies"})
WOMEN = frozenset({"woman", "women", "mother"})
GROUP = re.compile(
    r"\b(?:" + "|".join(sorted(STATUS_OF, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
#: Harm words by outcome; every one is a whole word or phrase.
HARM_WORDS: dict[str, tuple[str, ...]] = {
    "KILLED": (
        *("killed", "kills", "killing", "dead", "died", "die", "dies", "slain", "perished"),
        *("death", "deaths", "passed away", "lost their lives", "claimed the lives of", "bodies"),
        *("claimed the life of", "claiming the lives of", "claiming the life of", "executed"),
        *("shot dead", "beheaded"),
    ),
    "INJURED": (
        *("wounded", "injured", "wounding", "injuring", "injures", "wounds", "hurt", "maimed"),
        *("suffocated", "suffocation", "asphyxiated", "asphyxiation", "burned", "burnt"),
        *("injury of", "injury to"),
    ),
    "ABDUCTED": ("kidnapped", "abducted", "kidnapping", "abducting"),
}
OUTCOME_OF = {word: outcome for outcome, words in HARM_WORDS.items() for word in words}
HARM = re.compile(
    r"\b(?:"
    + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(OUTCOME_OF, key=len)[::-1])
    + r")\b",
    re.IGNORECASE,
)
#: Harm words that a figure may follow as their object.
TAKES_OBJECT = re.compile(
    r"^(?:killed|kills|killing|wounded|wounding|injured|injuring|injures|kidnapped|abducted|"
    r"kidnapping|abducting|claim(?:ed|ing) the (?:lives|life) of|deaths?|injury (?:of|to)|"
    r"executed|beheaded)$",
    re.IGNORECASE,
)
#: Figures that stand for an unnumbered many.
UNNUMBERED = frozenset({"many", "numerous", "a number of"})
#: "Four children were among the dead": a breakdown of a figure given elsewhere.
AMONG_THE_HARMED = re.compile(
    r"\bamong the (?:dead|wounded|killed|injured|victims)\b|"
    r"\bof (?:those|the) (?:killed|wounded|injured)\b",
    re.IGNORECASE,
)
#: What makes a number no count of people.
NO_COUNT_AFTER = re.compile(
    r"[\s-]*(?:%|per\s?cent|percent|km|kilomet|miles?\b|met(?:er|re)|hours?|minutes?|days?|weeks?|months?|"
    r"years?|o'clock|[ap]\.?m\b|am\b|pm\b|dollars?|million|billion|rockets?|missiles?|shells?|"
    r"strikes?|attacks?|operations?|missions?|raids?|times|houses?|buildings?|vehicles?|tanks?|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"-year-old|year-old|th\b|st\b|rd\b|nd\b|sorties|barrel|bombs?|mortars?|local time)",
    re.IGNORECASE,
)
NO_COUNT_BEFORE = re.compile(
    r"(?:\b(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?|\baged?|[$€£]|\bat|MQ-|\btop|"
    r"\bone of (?:the|its|their)(?:\s+\w+){0,2})\s*$",
    re.IGNORECASE,
)
#: What a sentence must hold to be read at all.
MAY_TELL_HARM = re.compile(HARM.pattern + r"|\b(?:casualties|fatalities|injuries)\b", re.IGNORECASE)
#: The figure replaces an earlier one of the same speaker.
CUMULATIVE = re.compile(
    r"\b(?:toll|(?:number|total) of (?:dead|deaths|killed|victims|casualties|wounded))\b"
    r"[^.;]{0,40}\b(?:ris(?:es|en|ing)|rose|climb(?:s|ed|ing)|increas\w{1,4}|now stands|jumped)\b|"
    r"\b(?:raising|bringing|brings|brought|pushing|pushed) (?:the|its|their)\b[^.;,]{0,20}"
    r"\b(?:toll|total|number)\b",
    re.IGNORECASE,
)
#: Speakers without a name of their own; each is a group of its own story.
GENERIC = re.compile(
    r"^(?:\w+\s+){0,3}(?:officials?|sources?|witness(?:es)?|residents?|activists?|neighbou?rs?|"
    r"relatives?|doctors?|nurses?|medics?|police|rescuers|villagers|authorities|spokes\w+|locals|"
    r"survivors?|mayor|statement)$|"
    r"^(?:\w+\s+){0,2}(?:officials?|sources?|witness(?:es)?|residents?|activists?|relatives?|"
    r"doctors?|nurses?|medics?)\s+(?:at|in|from|of)\b",
    re.IGNORECASE,
)
