"""Several windows per partner key, counted in PostgreSQL and never in a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.throttling import SimpleRateThrottle

from tracker.accounts.models import PartnerKey

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


class _PerKey(SimpleRateThrottle):
    """One counter per key, or per address for those without one."""

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """The counter's name; it holds no secret."""
        who = (
            request.auth.prefix if isinstance(request.auth, PartnerKey) else self.get_ident(request)
        )
        return self.cache_format % {"scope": self.scope, "ident": who}


class PerMinute(_PerKey):
    """The short window, against runaway loops."""

    scope = "partner_minute"


class PerDay(_PerKey):
    """The long window, against copying everything every minute."""

    scope = "partner_day"


class SuggestionsPerDay(_PerKey):
    """What one partner may send in a day, for each suggestion is a person's work."""

    scope = "partner_suggestions"
