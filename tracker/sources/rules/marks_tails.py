"""Furniture that pages put into and under a report, told by its words alone (pure).

A small list of general patterns: calls to follow, share and subscribe, links to other stories,
tags, rights and disclaimers. A passage that reads like the report itself is never marked because
of where it stands: what only looks like furniture by its place is left to the paragraphs that
recur on a host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.sources.rules.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A line of so many words that ends like a sentence belongs to the report.
_SENTENCE_WORDS = 12
_SENTENCE_END = re.compile(r"[.!?؟…][\"'”’»)\]]*$")
_BULLET = re.compile(r"^[-•*·–—]\s+")
_EDGES = " \t:.!…-–—•*|>»[]()"

#: Whole lines that head a block of furniture; what follows is furniture up to the next sentence.
_HEADINGS = frozenset(
    """
    about the author|about us|advertisement|article continues below|comments|connect with us
    continue reading|don't miss|don’t miss|editor's picks|editor’s picks|filed under|follow us
    from our partners|join the conversation|keep reading|keywords|latest news|latest stories
    leave a comment|leave a reply|load more|more news|more on this story|more stories|more to read
    most popular|most read|newsletter|next article|next post|next story|popular|post a comment
    previous article|previous post|previous story|promoted stories|read more|read next
    real time analytics|recommended|recommended for you|related|related articles|related content
    related coverage|related links|related news|related posts|related reading|related stories
    related topics|related video|see also|share|share this|share this article|share this post
    share this story|share this:|share via|sign up|source link|sponsored|subscribe|tagged|tags
    tell us what you think|top stories|topics|trending|trending now|up next|view comments
    what to read next|you may also like|you may like|you might also like|you might like
    اقرأ أيضا|اقرأ أيضاً|اقرأ المزيد|أخبار ذات صلة|مواضيع ذات صلة|شارك|شارك الخبر|تابعنا|الوسوم
    كلمات مفتاحية|كلمات دلالية|وسوم|التعليقات|اترك تعليقا|الأكثر قراءة|رابط المصدر
    """.replace("\n", "|")
    .replace("  ", "")
    .strip("| ")
    .split("|")
) - {""}
#: Those of them that only ever come after the end of a report.
_ENDINGS = frozenset(
    """
    about the author|leave a comment|leave a reply|most popular|most read|next article|next post
    next story|post a comment|previous article|previous post|previous story|recommended for you
    source link|tagged|tags|trending|trending now|up next|view comments|what to read next
    you may also like|you may like|you might also like|you might like
    الوسوم|كلمات دلالية|كلمات مفتاحية|وسوم|اترك تعليقا|الأكثر قراءة|رابط المصدر
    """.replace("\n", "|")
    .replace("  ", "")
    .strip("| ")
    .split("|")
) - {""}
_ENDING_STARTS = re.compile(r"(?i)^(?:written by (?:the )?(?:editor|admin|staff)\b|filed under\b)")
#: An ending is one only where at most this share of the text stands below it.
_MOST_BELOW = 0.35
_HEADING_STARTS = re.compile(
    r"(?i)^(?:more (?:from|on|about) |written by (?:the )?(?:editor|admin|staff)\b"
    r"|posted (?:by|in) |filed under\b|tagged (?:with|as)\b|tags?: |topics?: |keywords?: "
    r"|share this\b)"
)


def _beginning(*patterns: str) -> re.Pattern[str]:
    """One expression for what lines begin with; it is tried once for each line."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


#: Whole lines that lead to something else begin like this.
_LINKS = _beginning(
    r"(?:related|read more|read also|also read|read next|see also|see more|more|watch|watch also"
    r"|watch now|listen|don.t miss|must read|in case you missed it|recommended)\s?[:|►»>-]\s?\S",
    r"(?:click|tap) (?:here|to)\b",
    r"(?:اقرأ أيضا|اقرأ أيضاً|اقرأ المزيد|شاهد أيضا|شاهد أيضاً)\s?[:|-]",
)
#: Lines and sentences that say something about the page begin like this …
_NOTICES = _beginning(
    r"(?:(?:connect with|find|join|like|visit) (?:us|our|the)|follow|subscribe|sign up"
    r"|download|get)\b.{0,120}\b(?:facebook|twitter|instagram|telegram|youtube|whatsapp|tiktok"
    r"|linkedin|google news|newsletters?"
    r"|our app|mobile app|social (?:media|networks?)|channels?|rss)\b",
    r"(?:e-?mail|contact|write to|reach)\b.{0,80}(?:@|\bfollow\b)",
    r"(?:sign up|subscribe|register)\b.{0,60}\b(?:here|today|now|free|newsletters?|alerts?"
    r"|inbox|updates)\b",
    r"(?:support|donate|help us)\b.{0,80}\b(?:journalism|reporting|donat\w+|contribution)\b",
    r"share (?:this|on|via|with)\b",
    r"(?:print|save|e-?mail) (?:this )?(?:article|page|story)\b",
    r"(?:copyright|\(c\)|©)\s",
    r"this (?:story|article|post|report) (?:has been|was|is being) (?:updated|corrected"
    r"|auto-?generated|originally published|first published)\b",
    r"\(?(?:image|photo|picture|video) (?:credits?|by|courtesy)\b.{0,60}$",
    r"(?:we use cookies|this (?:site|website) uses cookies|accept (?:all )?cookies)\b",
    r"(?:loading|please wait)\b.{0,20}$",
    r"\d+ (?:comments?|shares?|views?)$",
    r"(?:تابعونا|تابعنا|اشترك|شارك|انضم|حمل)\s.{0,80}(?:فيسبوك|تويتر|تلغرام|تليغرام|واتساب|يوتيوب"
    r"|انستغرام|قناتنا|النشرة|التطبيق)",
)
#: … or hold this; the plain words are looked for first, which is quick.
_WITHIN = tuple(
    (needle, re.compile(pattern, re.IGNORECASE))
    for needle, pattern in (
        (
            "follow ",
            r"\bfollow (?:him|her|them|us|me)\b.{0,60}"
            r"(?:@|\bon (?:twitter|facebook|instagram|x)\b)",
        ),
        ("rights reserved", r"\ball rights reserved\b"),
        ("informational purposes", r"\bfor (?:general )?informational purposes only\b"),
        ("guarantee the", r"\b(?:do|does|can) ?not guarantee the (?:accuracy|completeness)\b"),
        ("advice", r"\bnot (?:be considered|constitute|intended as) (?:\w+ ){0,2}advice\b"),
        ("readers are", r"\breaders are (?:encouraged|advised) to (?:verify|check)\b"),
        (
            "for any ",
            r"\bnot (?:be )?(?:held )?(?:responsible|liable) for any (?:loss|damage|errors)\b",
        ),
        (
            "expressed",
            r"\b(?:views|opinions) expressed\b.{0,120}\b(?:author|necessarily|own)\b",
        ),
        (
            "may not be",
            r"\bmay not be (?:published|reproduced|reprinted|republished)\b.{0,80}\b(?:broadcast"
            r"|rewritten|redistributed|permission|consent)\b",
        ),
        ("جميع الحقوق", r"جميع الحقوق محفوظة"),
    )
)
_Patterns = tuple[tuple[str, re.Pattern[str]], ...]
_SENTENCE = re.compile(r".+?(?:[.!?؟…][\"'”’»)\]]*(?=\s|$)|$)", re.DOTALL)
#: Above this a line may be a whole report, and only its sentences are looked at.
_LONGEST_LINE = 45
_LONGEST_SENTENCE = 30
_LONGEST_HEADING = 300  # characters: a line of tags may be long


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    length: int  # in words

    @property
    def is_sentence(self) -> bool:
        """Whether it reads like part of a report."""
        return self.length >= _SENTENCE_WORDS and _SENTENCE_END.search(self.words) is not None


def tail_marks(text: str) -> list[Mark]:
    """The furniture among the lines of ``text``, in order and joined where it is one block.

    ``why`` is "link" for what leads elsewhere, "notice" for what says something about the page.
    """
    marks: list[Mark] = []
    within = _within(text)
    in_block = False
    for line in _lines(text):
        if _is_ending(line.words) and len(text) - line.end <= _MOST_BELOW * len(text):
            _add(marks, Mark(line.start, len(text.rstrip()), "link"), text)
            break
        if _is_heading(line.words) or (in_block and not line.is_sentence):
            in_block = True
            _add(marks, Mark(line.start, line.end, "link"), text)
            continue
        in_block = False
        for start, end in _notices(line, within):
            _add(marks, Mark(start, end, "notice"), text)
    return marks


def _within(text: str) -> _Patterns:
    """Those of the patterns whose plain words are in the text at all."""
    folded = text.casefold()
    return tuple(one for one in _WITHIN if one[0] in folded)


def _notices(line: _Line, within: _Patterns) -> list[tuple[int, int]]:
    """The line, where it is a notice; of a long one its sentences that are, or all of it where
    they are the larger part."""
    if line.length <= _LONGEST_LINE:
        return [(line.start, line.end)] if _is_notice(line.words, within) else []
    found = [
        (line.start + match.start(), line.start + match.end(), len(match.group().split()))
        for match in _SENTENCE.finditer(line.words)
        if _is_short_notice(match.group().strip(), within)
    ]
    if 2 * sum(words for _, _, words in found) >= line.length:
        return [(line.start, line.end)]
    return [(start, end) for start, end, _ in found]


def _is_notice(words: str, within: _Patterns) -> bool:
    words = _BULLET.sub("", words)
    return _LINKS.match(words) is not None or _says_notice(words, within)


def _is_short_notice(sentence: str, within: _Patterns) -> bool:
    return len(sentence.split()) <= _LONGEST_SENTENCE and _says_notice(sentence, within)


def _says_notice(words: str, within: _Patterns) -> bool:
    if _NOTICES.match(words):
        return True
    if not within:
        return False
    folded = words.casefold()
    return any(needle in folded and pattern.search(words) for needle, pattern in within)


def _is_ending(words: str) -> bool:
    if len(words) > _LONGEST_HEADING:
        return False
    words = _BULLET.sub("", words)
    return words.casefold().strip(_EDGES) in _ENDINGS or _ENDING_STARTS.match(words) is not None


def _is_heading(words: str) -> bool:
    words = _BULLET.sub("", words)
    if len(words) > _LONGEST_HEADING or _SENTENCE_END.search(words.rstrip("!?.…")):
        return False
    starts = _HEADING_STARTS.match(words)
    if words.casefold().strip(_EDGES) in _HEADINGS:
        return True
    return starts is not None and _SENTENCE_END.search(words) is None


def _add(marks: list[Mark], mark: Mark, text: str) -> None:
    if marks and marks[-1].why == mark.why and not text[marks[-1].end : mark.start].strip():
        mark = Mark(marks.pop().start, mark.end, mark.why)
    marks.append(mark)


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            start = at + raw.index(words[0])
            yield _Line(start, start + len(words), words, len(words.split()))
        at += len(raw)
