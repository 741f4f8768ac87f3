"""When two feeds name the same thing, and when a thing has changed."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from url_normalize import url_normalize

LONGEST_KEY = 500
LONGEST_ADDRESS = 2000
#: Parameters that say where a reader came from and never what is read. Names that some site
#: uses for content ("ref", "source", "id") are not among them.
_TRACKERS = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid",
        "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_ga",
        "_gl", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking", "vero_id",
        "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "wickedid", "ref_src", "ref_url",
        "cmpid", "xtor", "pk_campaign", "pk_kwd", "pk_source",
        "pk_medium", "pk_content", "pk_cid", "ns_campaign", "ns_mchannel", "ns_source",
        "ns_linkname", "ns_fee",
        "smid", "smtyp", "guccounter", "guce_referrer", "guce_referrer_sig", "sc_src", "sc_lid",
        "wt_mc", "wt.mc_id", "at_medium", "at_campaign", "at_custom1", "at_custom2", "at_custom3",
        "at_custom4", "epik", "spm", "trk", "trkcampaign",
    }
)  # fmt: skip
_TRACKER_PREFIXES = ("utm_", "mtm_", "matomo_", "hsa_", "oly_", "vero_")
_SPACE = re.compile(r"\s+")
#: A text with fewer words than this may be a teaser of a longer one.
_FEWEST_WORDS = 80
_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]"
    r"|(?:read|continue|see)\s+(?:more|on|reading|the (?:full|whole|rest))\b[^.]{0,60}"
    r"|(?:اقرأ|إقرأ|للمزيد|المزيد)[^.]{0,40})[\s.»>→\]]*$",
    re.IGNORECASE,
)


def clean_address(url: str) -> str:
    """The address without trackers and fragment, written in the one usual way.

    Two addresses with the same result are fetched once; what was given is kept beside it.
    Gives "" for anything that is no address of the web.
    """
    try:
        normal = url_normalize(url.strip())
        if not normal:
            return ""
        parts = urlsplit(normal)
        host = parts.hostname
    except ValueError:  # includes what idna refuses
        return ""
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return ""
    kept = [pair for pair in parts.query.split("&") if pair and not _is_tracker(pair)]
    cleaned = parts._replace(query="&".join(kept), fragment="").geturl()
    return cleaned if len(cleaned) <= LONGEST_ADDRESS else ""


def item_key(*, identifier: str, address: str, digest: str) -> str:
    """A feed's own name for an item; where it gives none its address, else its text."""
    key = identifier.strip() or address or f"sha256:{digest}"
    if len(key) <= LONGEST_KEY:
        return key
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def item_digest(*, title: str, text: str) -> str:
    """The same for items that differ in white space only."""
    folded = "\n".join(_SPACE.sub(" ", part).strip() for part in (title, text))
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def carries_whole_text(text: str, *, has_address: bool) -> bool:
    """Whether a feed gives an item's text itself and not the beginning of one.

    Without an address there is nothing more to be had, so what there is is the whole.
    """
    words = text.split()
    if not has_address:
        return bool(words)
    return len(words) >= _FEWEST_WORDS and _CUT_OFF.search(text[-300:].rstrip()) is None


def _is_tracker(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in _TRACKERS or name.startswith(_TRACKER_PREFIXES)
