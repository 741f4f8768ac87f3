"""How bytes came from the web: kept beside them as evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Retrieved:
    """One request and its answer, redirects included.

    ``redirects`` are the addresses on the way, in order, without the first and the last.
    ``address`` is the network address the last connection was made to, ``tool`` the name and
    version of what fetched. ``robots_reason`` "" = robots.txt allowed it.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    request_headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()
    address: str = ""
    tool: str = ""
    seconds: float = 0.0
    robots_reason: str = ""
