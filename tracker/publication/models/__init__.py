"""The tables of publication."""

from tracker.publication.models.version import PinnedSource, PublicCode, Version

__all__ = ["PinnedSource", "PublicCode", "Version"]
