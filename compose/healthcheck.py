"""Ask this container's own web process whether it lives (healthz) or is ready (readyz).

Exit status 0 says yes. The Host header is the public one: the tracker answers to no other.
"""

from __future__ import annotations

import os
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

PORT = 8000
PATIENCE_SECONDS = 4


def status_of(page: str, *, public_url: str, port: int = PORT) -> int:
    """The status with which ``/page`` answers on this machine.

    Raises OSError or HTTPException where nobody answers in time.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", f"/{page}", headers={"Host": urlsplit(public_url).netloc})
        return connection.getresponse().status
    finally:
        connection.close()


def main() -> None:
    """Check the page named on the command line, ``healthz`` by default."""
    page = sys.argv[1] if len(sys.argv) > 1 else "healthz"
    try:
        status = status_of(page, public_url=os.environ["PUBLIC_URL"])
    except (OSError, HTTPException) as failure:
        sys.exit(f"/{page} does not answer: {failure}")
    if status != 200:  # noqa: PLR2004  # the one answer that means yes
        sys.exit(f"/{page} answers {status}")


if __name__ == "__main__":
    main()
