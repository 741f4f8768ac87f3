"""An act of speech as the attribution of a figure, by whose words count in which outlet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.extraction.lexicon import any_of, topic
from tracker.extraction.model import Attribution, Evidence
from tracker.extraction.speakers.names import clean, is_named, issuer, kind_of

if TYPE_CHECKING:
    from tracker.extraction.speakers.sayings import Said

_LEXICON = topic("speech")
_OUTLETS: dict[str, list[str]] = _LEXICON["outlets"]
_REPORTERS = re.compile(rf"\b{any_of(_LEXICON['named']['reporters'])}\b", re.IGNORECASE)
_MEDIUM = re.compile(r"\b(?:newspaper|news (?:agency|network|channel|website)|television)\b")


def attributed(said: Said, outlet: str, rule: str) -> Attribution:
    voice, act = said.voice, said.act
    origin = issuer(clean(act.origin))
    if _is_outlet(outlet, voice.name):
        if not origin:
            return Attribution(
                "", is_named=True, chain=(), evidence=Evidence("own reporter", (said.who,))
            )
        return Attribution(
            origin, is_named(origin), (origin,), Evidence("quoted by the outlet", (said.who,))
        )
    carrier = clean(act.carrier)
    is_carried = bool(carrier) and kind_of(carrier) == "media" and not _is_outlet(outlet, carrier)
    chain = ((carrier,) if is_carried else ()) + (voice.name,) + ((origin,) if origin else ())
    return Attribution(voice.name, voice.is_named, chain, Evidence(rule, (said.who,)))


def _is_outlet(outlet: str, who: str) -> bool:
    """The outlet itself or one of its own reporters."""
    words = re.sub(r"[^a-z ]", "", who.lower().replace("-", " "))
    if re.match(r"^(?:our|the|this)?\s?(?:own\s)?(?:correspondents?|reporters?)$", words):
        return True
    slug = re.sub(r"[^a-z]", "", outlet.lower())
    if not slug:
        return False
    names = [slug, *_OUTLETS.get(slug, [])]
    rest = _MEDIUM.sub("", _REPORTERS.sub("", words))
    rest = " ".join(re.sub(r"\s(?:in|at|on)\s.*", "", rest).split())
    joined = rest.replace(" ", "").removeprefix("al")
    return any(
        joined in (n, n + "s") for n in (name.replace(" ", "").removeprefix("al") for name in names)
    )
