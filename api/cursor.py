"""Cursors: where the last page ended, opaque to partners and stable under new publications."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from urllib.parse import urlencode

from rest_framework import serializers

DEFAULT_PAGE = 50
LARGEST_PAGE = 200


class PageParameters(serializers.Serializer[None]):
    """What every list takes."""

    cursor = serializers.CharField(
        required=False, max_length=200, help_text="The `cursor` of the page before."
    )
    limit = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_PAGE,
        default=DEFAULT_PAGE,
        help_text="Items per page.",
    )


def encode_cursor(*position: str | int) -> str:
    """The position of the last item seen, as text that fits an address."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> list[Any]:
    """The position in ``cursor``. Raises ValidationError where it is none of ours."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        position = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as failure:
        raise _bad_cursor() from failure
    if not isinstance(position, list) or [type(part) for part in position] != list(kinds):
        raise _bad_cursor()
    return position


def next_address(path: str, query: dict[str, str], cursor: str | None) -> str | None:
    """The address of the next page, None on the last."""
    return None if cursor is None else f"{path}?{urlencode({**query, 'cursor': cursor})}"


def _bad_cursor() -> serializers.ValidationError:
    return serializers.ValidationError(
        {"cursor": ["Not a cursor of this list; take it from the page before, or leave it out."]}
    )
