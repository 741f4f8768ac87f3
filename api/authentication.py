"""Partner keys: ``Authorization: Bearer PREFIX.SECRET``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from tracker.accounts.services.partners import find_partner_key
from tracker.audit.services.record import record_event
from tracker.core.actor import ANONYMOUS

if TYPE_CHECKING:
    from rest_framework.request import Request

    from tracker.accounts.models import PartnerKey

_SCHEME = "bearer"


class PartnerKeyAuthentication(BaseAuthentication):
    """Finds the organisation's key in force; ``request.auth`` is that key, there is no user."""

    def authenticate(self, request: Request) -> tuple[None, PartnerKey] | None:
        """The key, None where no key was sent; AuthenticationFailed where it proves nothing."""
        header = request.headers.get("Authorization", "")
        scheme, _, secret = header.partition(" ")
        if not header:
            return None
        if scheme.lower() != _SCHEME or not secret.strip():
            raise AuthenticationFailed("Send the key as “Authorization: Bearer KEY”.")
        key = find_partner_key(secret=secret.strip())
        if key is None:
            record_event(
                actor=ANONYMOUS,
                action="partner_key.refuse",
                now=timezone.now(),
                target_type="accounts.partnerkey",
            )
            raise AuthenticationFailed("This key is not known, or it was revoked.")
        return None, key

    def authenticate_header(self, request: Request) -> str:
        """What a 401 answers in WWW-Authenticate."""
        return 'Bearer realm="partners"'


class PartnerKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the schema describes partner keys."""

    target_class = "api.authentication.PartnerKeyAuthentication"
    name = "partnerKey"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """An HTTP bearer scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "The key that `manage.py create_partner` printed once.",
        }
