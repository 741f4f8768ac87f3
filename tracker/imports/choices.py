"""What a column of a table may hold, how its days are written, what becomes of a row."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices


class SheetField(TextChoices):
    """What a column is read as; all but NOTE are taken from one column at most."""

    RECORD_ID = "RECORD_ID", "the team's own number of the row"
    INCIDENT_REF = "INCIDENT_REF", "the team's own number of the incident"
    TITLE = "TITLE", "title of the incident"
    SUMMARY = "SUMMARY", "summary of the incident"
    DATE = "DATE", "day, or first day"
    DATE_END = "DATE_END", "last day"
    PLACE_NAME = "PLACE_NAME", "name of the place"
    LAT = "LAT", "latitude"
    LON = "LON", "longitude"
    GEO_PRECISION = "GEO_PRECISION", "how well the place is known"
    SPEAKER = "SPEAKER", "who says so"
    SAID_ON = "SAID_ON", "day on which it was said"
    SUBJECT_STATUS = "SUBJECT_STATUS", "who the people were"
    KILLED = "KILLED", "killed, as one figure"
    KILLED_MIN = "KILLED_MIN", "killed, at least"
    KILLED_MAX = "KILLED_MAX", "killed, at most"
    KILLED_CIVILIANS = "KILLED_CIVILIANS", "civilians killed"
    KILLED_FIGHTERS = "KILLED_FIGHTERS", "fighters killed"
    KILLED_WOMEN = "KILLED_WOMEN", "women among the killed"
    KILLED_MEN = "KILLED_MEN", "men among the killed"
    KILLED_CHILDREN = "KILLED_CHILDREN", "children among the killed"
    INJURED = "INJURED", "injured, as one figure"
    INJURED_MIN = "INJURED_MIN", "injured, at least"
    INJURED_MAX = "INJURED_MAX", "injured, at most"
    INJURED_CIVILIANS = "INJURED_CIVILIANS", "civilians injured"
    INJURED_FIGHTERS = "INJURED_FIGHTERS", "fighters injured"
    OLD_RATING = "OLD_RATING", "the team's own rating"
    NOTE = "NOTE", "kept as words beside the figures"


class DayOrder(TextChoices):
    """What 03/04/2019 means; "" = it is refused where it could be either."""

    DAY_FIRST = "DAY_FIRST", "the day comes first"
    MONTH_FIRST = "MONTH_FIRST", "the month comes first"


class Encoding(TextChoices):
    """How a text file may be written where it is not UTF-8."""

    WESTERN = "cp1252", "Western (Windows 1252)"
    ARABIC = "cp1256", "Arabic (Windows 1256)"
    CYRILLIC = "cp1251", "Cyrillic (Windows 1251)"


class Delimiter(TextChoices):
    """What parts the cells of a text file."""

    COMMA = "COMMA", "comma"
    SEMICOLON = "SEMICOLON", "semicolon"
    TAB = "TAB", "tab"
    BAR = "BAR", "vertical bar"


#: The sign of each.
SIGNS: dict[str, str] = {"COMMA": ",", "SEMICOLON": ";", "TAB": "\t", "BAR": "|"}


class RatingScale(TextChoices):
    """Scales of other projects, kept as they are and never turned into a rating of ours."""

    MT_42 = "MT_42", "OpenEvSys MT-42, reliability of information"
    MT_41 = "MT_41", "OpenEvSys MT-41, status as a violation"
    SFM = "SFM", "Security Force Monitor, confidence"


#: The words of each scale, as its owner writes them.
RATINGS: dict[str, tuple[str, ...]] = {
    RatingScale.MT_42.value: (
        *("highly reliable", "likely reliable", "unsure", "likely unreliable"),
        *("highly unreliable", "unknown"),
    ),
    RatingScale.MT_41.value: (
        *("confirmed as violation", "confirmed as similar act", "confirmed as not a violation"),
        *("likely", "possible", "unlikely", "unknown"),
    ),
    RatingScale.SFM.value: ("low", "medium", "high"),
}


class RowOutcome(TextChoices):
    """What becomes, or would become, of a row."""

    CREATED = "CREATED", "a new draft"
    JOINED = "JOINED", "same incident as another row"
    SAME = "SAME", "same as before"
    REFUSED = "REFUSED", "refused"


#: Of these a passage, claims and a task are made.
TAKEN: tuple[RowOutcome, ...] = (RowOutcome.CREATED, RowOutcome.JOINED)


class Refusal(StrEnum):
    """Why a row is refused: a code that stays, beside a sentence that may be worded better."""

    CELLS = "CELLS"
    ROW_TWICE = "ROW_TWICE"
    CHANGED = "CHANGED"
    EMPTY = "EMPTY"
    DAY = "DAY"
    PLACE = "PLACE"
    FIGURE = "FIGURE"
    WORD = "WORD"
    LENGTH = "LENGTH"
