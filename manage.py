#!/usr/bin/env python3
"""The only entry point. Plain ``python3 manage.py`` works on a bare checkout."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # said kindly before anything newer is parsed
    sys.exit(
        "manage.py: this needs Python 3.11 or newer, and this is Python {}.{}.".format(
            *sys.version_info[:2]
        )
    )

from tracker.embedded.launch import main

if __name__ == "__main__":
    sys.exit(main(sys.argv))
