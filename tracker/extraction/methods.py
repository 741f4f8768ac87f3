"""Words that say how people were harmed, by the methods of the annotation guide."""

from __future__ import annotations

import re

#: Where two fit, all are kept: a report often names the bomb and the vehicle.
_WORDS = {
    "airstrike": r"air ?-?strikes?|air ?-?raids?|air attacks?|warplanes?|(?:fighter )?jets?|"
    r"bombers|barrel bombs?|cruise missiles?|bombing raids?|bombing campaign|helicopters?|sorties",
    "drone strike": r"drones?|unmanned aircraft",
    "shelling": r"shell(?:s|ed|ing)|rockets?|mortars?|artillery|missiles?|bombard(?:ed|ment)",
    "ground attack": r"clash(?:es|ed)?|fighting|battles?|ambush(?:ed|es)?|offensive|assault|combat",
    "raid": r"commandos?|special forces|raided",
    "gunfire": r"snipers?|gunmen|gunman|shot dead|shooting|opened fire|gunfire",
    "car bomb": r"(?:car|truck|vehicle) bomb\w*|bomb-laden|booby-?trapped (?:car|truck|vehicle)",
    "suicide attack": r"suicide|blew (?:himself|herself|themselves) up|explosive belt",
    "ied": r"explosive devices?|roadside bomb|(?<!car )(?<!truck )bomb (?:blast|explo\w+)|"
    r"(?:twin |deadly )?blasts?|explosions?",
    "chemical": r"chemical|gas attack|toxic gas|poison(?:ous)? gas|nerve (?:gas|agent)|sarin|"
    r"chlorine|suffocat\w+",
    "execution": r"execut(?:ed|ion|ions)|behead(?:ed|ing|ings)|crucified",
    "landmine": r"land ?mines?|mines? explo\w+",
}
_PATTERNS = {
    method: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for method, words in _WORDS.items()
}


def find_methods(sentence: str) -> frozenset[str]:
    """The methods whose words stand in the sentence."""
    return frozenset(method for method, words in _PATTERNS.items() if words.search(sentence))
