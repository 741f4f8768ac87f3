"""What may leave the house, as pure functions."""

TEXT = """\
A version is a snapshot. Its figures never change; new claims reopen the incident and lead to
version n+1. Ratings and notes for partners are pinned as they stood.
"""
