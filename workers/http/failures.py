"""Why there is no page."""

from __future__ import annotations

from contextlib import contextmanager
from ssl import SSLCertVerificationError
from typing import TYPE_CHECKING

import httpcore

from workers.http.addresses import AddressRefused
from workers.http.backend import ProxyRefused, TimeIsUp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta


_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class UnableToFetch(Exception):
    """Why there is no page, in one sentence. ``is_final`` = trying again would not help.

    ``status`` None = no answer came. ``retry_after`` None = the server named no time.
    """

    def __init__(
        self,
        sentence: str,
        *,
        is_final: bool,
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(sentence)
        self.is_final = is_final
        self.status = status
        self.retry_after = retry_after


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """Whatever goes wrong between here and the server leaves as UnableToFetch."""
    try:
        yield
    except (AddressRefused, ProxyRefused) as refusal:
        raise UnableToFetch(str(refusal), is_final=isinstance(refusal, AddressRefused)) from refusal
    except (TimeIsUp, httpcore.TimeoutException) as failure:
        raise UnableToFetch("The server took too long to answer.", is_final=False) from failure
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as failure:
        if isinstance(failure.__context__, SSLCertVerificationError):
            sentence = "The server's certificate is not valid for this address."
        else:
            sentence = f"The server could not be reached ({type(failure).__name__})."
        raise UnableToFetch(sentence, is_final=False) from failure


def refusal(status: int, *, retry_after: timedelta | None = None) -> UnableToFetch:
    """What a status other than 200 means."""
    return UnableToFetch(
        f"The server answered with status {status}.",
        is_final=status not in _PASSING,
        status=status,
        retry_after=retry_after,
    )
