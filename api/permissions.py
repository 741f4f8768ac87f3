"""Who may call the partner API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from tracker.accounts.models import PartnerKey

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


class IsPartner(BasePermission):
    """A partner's key in force; the browser sessions of staff open nothing here."""

    message = "This needs a partner's key."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the request proved a key."""
        return isinstance(request.auth, PartnerKey)
