"""Words that tell no report from another."""

from __future__ import annotations

_WORDS = """
    the and for with from that this these those was were are been being has have had not but its
    his her their they them him she who whom which what when where while will would could should
    after before during between into over under about against also more most than then there here
    said says say told reported reports report according least some many other others one two out
    off all any both each few very can may might did does such only own same too now just since
    until because through near around our your you ours per via new says
"""
COMMON = frozenset(_WORDS.split())
