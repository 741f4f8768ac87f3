"""The agency a text names as where it comes from (pure)."""

from __future__ import annotations

import re

#: News agencies as they are named in credits; general knowledge, of all regions.
_AGENCIES: dict[str, tuple[str, ...]] = {
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "AP": ("Associated Press", "The Associated Press"),
    "Reuters": ("Thomson Reuters",),
    "dpa": ("DPA", "Deutsche Presse-Agentur"),
    "UPI": ("United Press International",),
    "EFE": ("Agencia EFE",),
    "ANSA": (),
    "APA": ("Austria Press Agency",),
    "PA Media": ("Press Association",),
    "Anadolu Agency": ("Anadolu", "AA"),
    "DHA": ("Demirören News Agency", "Dogan News Agency"),
    "IHA": ("Ihlas News Agency",),
    "TASS": ("ITAR-TASS",),
    "RIA Novosti": ("RIA", "Sputnik"),
    "Interfax": ("Interfax-Ukraine",),
    "Ukrinform": (),
    "UNIAN": (),
    "BelTA": (),
    "Xinhua": ("Xinhua News Agency",),
    "Kyodo": ("Kyodo News",),
    "Jiji Press": ("Jiji",),
    "Yonhap": ("Yonhap News Agency",),
    "PTI": ("Press Trust of India",),
    "ANI": (),
    "APP": ("Associated Press of Pakistan",),
    "Bernama": (),
    "Antara": (),
    "SANA": ("Syrian Arab News Agency",),
    "IRNA": (),
    "ISNA": (),
    "Fars News Agency": ("Fars", "FNA"),
    "Tasnim": ("Tasnim News Agency",),
    "Mehr": ("Mehr News Agency",),
    "INA": ("Iraqi News Agency",),
    "NNA": ("National News Agency",),
    "WAFA": (),
    "Ma'an": ("Maan News Agency", "Ma'an News Agency"),
    "Petra": ("Petra News Agency",),
    "MENA": ("Middle East News Agency",),
    "SPA": ("Saudi Press Agency",),
    "KUNA": (),
    "QNA": ("Qatar News Agency",),
    "WAM": ("Emirates News Agency",),
    "BNA": (),
    "SABA": ("Saba News Agency",),
    "SUNA": ("Sudan News Agency",),
    "ANHA": ("Hawar News Agency",),
    "APS": ("Algeria Press Service",),
    "MAP": ("Maghreb Arab Press",),
    "TAP": ("Tunis Afrique Presse",),
    "PANA": ("Panapress",),
}
_NAMES = {
    spelling.casefold(): name for name, others in _AGENCIES.items() for spelling in (name, *others)
}
_SPELLINGS = "|".join(
    re.escape(spelling)
    for spelling in sorted(
        {spelling for name, others in _AGENCIES.items() for spelling in (name, *others)},
        key=len,
        reverse=True,
    )
)
_AGENCY = rf"(?P<agency>{_SPELLINGS})(?!\w)"
_DASH = r"\s*(?:[-–—]{1,2}|:)\s"
#: "ARDESH, 3 May (Meridian Wire) -": whoever stands there is who sent the text.
_DATELINE = re.compile(
    r"\A[^\n()]{0,80}?\((?P<agency>[A-Z][\w'.&/ -]{1,40})\)" + _DASH, re.MULTILINE
)
_HEAD = re.compile(rf"(?:^|[(/,\s]){_AGENCY}(?:\s*\))?{_DASH}|\({_AGENCY.replace('agency', 'b')}\)")
_TAIL = re.compile(
    rf"(?:^|[(\[/|—–-]|\b(?:Source|Agencies|From|With)\s*:?)\s*{_AGENCY}\s*[)\]]?\s*\.?\s*\Z",
    re.MULTILINE,
)
_VERB = r"(?:reported|reports|said|says|quoted|added|news agency|correspondents?|reporters?)"
_TOLD = re.compile(
    rf"\b(?:according to|told|quoted by|citing|reported by)\s+(?:the\s+)?{_AGENCY}"
    rf"|(?<![\w/]){_AGENCY.replace('agency', 'b')}\s+{_VERB}\b"
)
_HEAD_LENGTH = 240
_TAIL_LENGTH = 160
_DAY_WORDS = re.compile(r"\d|^(?:video|photos?|file|updated?|live|opinion)$", re.IGNORECASE)


def agency_credit(text: str, dateline: str = "") -> str:
    """The agency that the dateline, the first lines, the last line or the telling itself names;
    "" where none does. A dateline is believed before a line of thanks."""
    for head in (dateline, text[:_HEAD_LENGTH]):
        match = _DATELINE.search(f"{head.strip()} ")
        if match and not _DAY_WORDS.search(match["agency"]):
            return _NAMES.get(match["agency"].casefold(), match["agency"])
    for pattern, passage in (
        (_HEAD, f"{dateline}\n{text[:_HEAD_LENGTH]}"),
        (_TAIL, text.rstrip()[-_TAIL_LENGTH:]),
        (_TOLD, text),
    ):
        match = pattern.search(passage)
        if match:
            named = next(value for value in match.groupdict().values() if value)
            return _NAMES[named.casefold()]
    return ""
