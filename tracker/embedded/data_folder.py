"""Where the data of real use lie: ``.state`` of the checkout, unless said otherwise."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded.checkout import CHECKOUT
from tracker.embedded.kinds import UP

if TYPE_CHECKING:
    import argparse

VARIABLE = "TRACKER_DATA_DIR"


def state_folder() -> Path:
    """The folder that ``up`` keeps its data in."""
    return Path(os.environ.get(VARIABLE) or CHECKOUT / UP.folder).absolute()


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """``--data-dir``, for data that shall not lie in the checkout."""
    parser.add_argument(
        "--data-dir",
        metavar="FOLDER",
        type=lambda text: Path(text).absolute(),
        default=state_folder(),
        help=f"keep the data there; set {VARIABLE} too, so that other commands find them",
    )
