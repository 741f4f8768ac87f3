"""Words of tables of teams and of lists of places, marked for translation."""

from __future__ import annotations

from django.utils.translation import gettext_noop

WORDS: tuple[str, ...] = (
    # SheetField
    gettext_noop("the team's own number of the row"),
    gettext_noop("the team's own number of the incident"),
    gettext_noop("title of the incident"),
    gettext_noop("summary of the incident"),
    gettext_noop("day, or first day"),
    gettext_noop("last day"),
    gettext_noop("name of the place"),
    gettext_noop("latitude"),
    gettext_noop("longitude"),
    gettext_noop("how well the place is known"),
    gettext_noop("who says so"),
    gettext_noop("day on which it was said"),
    gettext_noop("who the people were"),
    gettext_noop("killed, as one figure"),
    gettext_noop("killed, at least"),
    gettext_noop("killed, at most"),
    gettext_noop("civilians killed"),
    gettext_noop("fighters killed"),
    gettext_noop("women among the killed"),
    gettext_noop("men among the killed"),
    gettext_noop("children among the killed"),
    gettext_noop("injured, as one figure"),
    gettext_noop("injured, at least"),
    gettext_noop("injured, at most"),
    gettext_noop("civilians injured"),
    gettext_noop("fighters injured"),
    gettext_noop("the team's own rating"),
    gettext_noop("kept as words beside the figures"),
    # DayOrder
    gettext_noop("the day comes first"),
    gettext_noop("the month comes first"),
    # Encoding
    gettext_noop("Western (Windows 1252)"),
    gettext_noop("Arabic (Windows 1256)"),
    gettext_noop("Cyrillic (Windows 1251)"),
    # Delimiter
    gettext_noop("comma"),
    gettext_noop("semicolon"),
    gettext_noop("tab"),
    gettext_noop("vertical bar"),
    # RatingScale
    gettext_noop("OpenEvSys MT-42, reliability of information"),
    gettext_noop("OpenEvSys MT-41, status as a violation"),
    gettext_noop("Security Force Monitor, confidence"),
    # RowOutcome
    gettext_noop("a new draft"),
    gettext_noop("same incident as another row"),
    gettext_noop("same as before"),
    gettext_noop("refused"),
    # PlaceKind
    gettext_noop("country"),
    gettext_noop("province or governorate"),
    gettext_noop("village, town or city"),
    # ListKind
    gettext_noop("an operator's own list"),
    gettext_noop("a dump of GeoNames"),
)
