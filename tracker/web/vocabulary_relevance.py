"""Why an article is likely to report harm, or not, as the reading says it, for translation."""

from __future__ import annotations

from django.utils.translation import gettext_noop

WORDS: tuple[str, ...] = (
    gettext_noop("a figure of people harmed in an event told as news, surely read"),
    gettext_noop("no figure that surely tells of harm to people who may be civilians"),
    gettext_noop("civilians are named as victims"),
    gettext_noop("no victims are named as civilians"),
    gettext_noop("several figures of such harm"),
    gettext_noop("few figures of such harm"),
    gettext_noop("harm stands at the head of the text"),
    gettext_noop("no harm at the head of the text"),
    gettext_noop("it is said where or when"),
    gettext_noop("it is not said where or when"),
    gettext_noop("it is said by what means of war"),
    gettext_noop("no means of war is named"),
    gettext_noop("words of war"),
    gettext_noop("hardly a word of war"),
    gettext_noop("few figures of fighters hurt"),
    gettext_noop("several figures of fighters hurt"),
    gettext_noop("few words of fighters"),
    gettext_noop("many words of fighters"),
    gettext_noop("words of homes, families, hospitals"),
    gettext_noop("few words of civil life"),
    gettext_noop("sentences that join harm and civil life"),
    gettext_noop("no sentence joins harm and civil life"),
    gettext_noop("few words of talks and politics"),
    gettext_noop("many words of talks and politics"),
    gettext_noop("no words of sport"),
    gettext_noop("words of sport"),
    gettext_noop("no words of the economy"),
    gettext_noop("words of the economy"),
    gettext_noop("no words of remembrance"),
    gettext_noop("words of lives and remembrance"),
    gettext_noop("no words of films, games or exercises"),
    gettext_noop("words of films, games or exercises"),
)
