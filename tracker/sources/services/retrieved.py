"""How bytes came from the web: kept beside them as evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Retrieved:
    """One request and its answer, redirects included.

    ``redirects`` are the addresses on the way, in order, without the first and the last.
    ``address`` is the network address the last connection was made to, ``tool`` the name and
    version of what fetched. ``robots_reason`` "" = robots.txt allowed it. ``status`` None = the
    archive it comes from does not say. ``at`` None = just now; of an archive its own time.
    Names in ``headers`` are in lower case.
    """

    url: str
    final_url: str
    status: int | None
    headers: Mapping[str, str]
    request_headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()
    address: str = ""
    tool: str = ""
    seconds: float = 0.0
    robots_reason: str = ""
    at: datetime | None = None

    @property
    def content_type(self) -> str:
        """What the sender says it is, "" = nothing."""
        return self.headers.get("content-type", "")
