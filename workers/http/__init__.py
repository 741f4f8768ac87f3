"""Outbound HTTP: the only place from which the tracker talks to the web."""
