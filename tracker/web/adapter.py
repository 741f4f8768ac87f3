"""Sign-in rules for allauth: by invitation only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import Http404

from tracker.web.accounts.signin import client_address

if TYPE_CHECKING:
    from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up: people come by an administrator's one-time link."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Answer 404: the page is not there."""
        raise Http404

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count by, the same as everywhere."""
        return client_address(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: "signed in as …" would print an address, and the page shows it anyway."""
