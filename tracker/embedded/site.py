"""From running servers to a page that answers."""

from __future__ import annotations

import errno
import http
import http.client
import socket
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.embedded import application, prepare
from tracker.embedded.errors import UnableToStart
from tracker.embedded.supervisor import TICK
from tracker.embedded.talk import step, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.embedded.application import Address
    from tracker.embedded.installation import Installation
    from tracker.embedded.service import Running

HEALTH = "/healthz"
HOPELESS_AFTER = 3  # ends in a row before the first answer
HIGHEST_PORT = 65535
LOCAL_HOSTS = {"localhost", "127.0.0.1"}


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """The web address, taken before anything else starts, so that nobody takes it meanwhile.

    Raises UnableToStart where another program has it.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OverflowError:
            raise UnableToStart(f"{port} is no port: choose one up to {HIGHEST_PORT}.") from None
        except OSError as failure:
            raise UnableToStart(_why_not(port, failure)) from None
        listener.listen(128)
        yield listener


def public_address(port: int, public_url: str | None) -> application.Address:
    """The address people use: this machine's own, or the one of the proxy in front.

    Raises UnableToStart for anything that is no plain https address.
    """
    if public_url is None:
        return application.Address(port, f"http://localhost:{port}")
    parts = urlsplit(public_url)
    is_plain = not (parts.query or parts.fragment or parts.username) and parts.path in {"", "/"}
    if parts.scheme != "https" or not parts.hostname or not is_plain:
        raise UnableToStart(
            f"--public-url takes an address such as https://harm.example.org, not {public_url}"
        )
    return application.Address(port, f"https://{parts.netloc}")


def bring_up(
    installation: Installation,
    address: Address,
    listener: socket.socket,
    before_migration: Callable[[], None],
) -> None:
    """Migrate where needed, start web, and worker and beat once a page answers.

    Each needs a core while it loads, and people wait for the page.
    Raises UnableToStart with the end of the web server's log where it never does.
    """
    checkout, layout = installation.checkout, installation.layout
    if installation.accounts.warning:
        warn(installation.accounts.warning)
    static = prepare.static_folder(checkout, layout)
    settings = application.settings_environment(layout, installation.postgres, address, static)
    environment = application.process_environment(layout) | settings
    installation.url, installation.settings = address.public_url, settings
    installation.environment = environment
    owner = application.migration_environment(environment, installation.postgres)
    if prepare.needs_migration(checkout, layout.control):
        if not installation.is_new and prepare.has_unapplied(checkout, owner):
            before_migration()
        prepare.migrate(checkout, layout.control, owner, installation.supervisor)
    prepare.collect_static(checkout, static, environment, installation.supervisor)
    web, *behind = application.application_services(
        checkout, layout, installation.accounts.application, environment, listener.fileno()
    )
    with step("Starting web"):
        _wait_for_page(installation, installation.supervisor.start_application(web), address.port)
    with step("Starting worker and beat"):
        for service in behind:
            installation.supervisor.start_application(service)


def _wait_for_page(installation: Installation, web: Running, port: int) -> None:
    while not _answers(port):
        installation.supervisor.tick()
        if web.failures >= HOPELESS_AFTER:
            raise UnableToStart(
                f"The web server does not start; the end of {web.service.log}:\n{web.last_lines()}"
            )
        time.sleep(TICK)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", HEALTH, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _why_not(port: int, failure: OSError) -> str:
    if failure.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: choose one, such as --port {port + 1}."
    if failure.errno == errno.EACCES:
        return f"This account may not use port {port}: choose one above 1023, such as --port 8000."
    return f"Port {port} can't be used: {failure.strerror}."
