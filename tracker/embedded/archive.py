"""A backup: the logical dump and the captures in one sealed file, and the way back.

Runs inside ``.venv`` only, as ``sealing`` does.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, cast

from tracker.embedded import roles
from tracker.embedded.layout import SHARED_WITH_COMMANDS
from tracker.embedded.sealing import SealedReader, SealingWriter, UnableToRead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.embedded.accounts import Account
    from tracker.embedded.postgres import Postgres

FORMAT = 1
PART = 8 * 1024 * 1024
MANIFEST, DUMP, CAPTURES = "manifest.json", "database", "captures"
RESTORED, FORMER = "tracker_restored", "tracker_former"


def write_backup(postgres: Postgres, target: Path, key: bytes) -> None:
    """Write the whole installation to ``target``; the file appears when it is complete.

    Raises UnableToRead where the dump fails, OSError where the disk does.
    """
    beside = target.with_name(f"{target.name}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            sealed = SealingWriter(file, key)
            with tarfile.open(fileobj=cast("IO[bytes]", sealed), mode="w|") as tar:
                _write_members(tar, postgres)
            sealed.close()
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def restore_backup(postgres: Postgres, source: Path, key: bytes, application: Account) -> None:
    """Read everything into place beside the present data, and only then take their place.

    Raises UnableToRead where the file or the key is not whole; nothing has changed then.
    """
    staged = postgres.layout.data / "captures.new"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    postgres.run_sql(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE);")
    postgres.run_sql(roles.database_script(RESTORED))
    try:
        with source.open("rb") as file:
            reader = SealedReader(file, key)
            _read_members(reader, postgres, staged)
            reader.finish()
        for path in [staged, *staged.rglob("*")]:
            if os.geteuid() != application.uid:
                os.chown(path, application.uid, application.gid)
            path.chmod(SHARED_WITH_COMMANDS if path.is_dir() else 0o440)
        _swap(postgres, staged)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        postgres.run_sql(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE);")


def is_empty(postgres: Postgres) -> bool:
    """Whether nothing was ever migrated into the database."""
    found = postgres.run_sql("SELECT to_regclass('public.django_migrations');", roles.DATABASE)
    return not found.strip()


def _write_members(tar: tarfile.TarFile, postgres: Postgres) -> None:
    made = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = {"format": FORMAT, "made": made, "postgresql": postgres.binaries.version}
    _add(tar, MANIFEST, json.dumps(manifest).encode())
    for number, part in enumerate(_dump(postgres)):
        _add(tar, f"{DUMP}/{number:08}", part)
    captures = postgres.layout.captures  # after the dump: what it names is there, and never changes
    for path in sorted(path for path in captures.rglob("*") if path.is_file()):
        _add_file(tar, path, f"{CAPTURES}/{path.relative_to(captures).as_posix()}")


def _dump(postgres: Postgres) -> Iterator[bytes]:
    command = [postgres.binaries.program("pg_dump"), "--format=custom", "--no-owner"]
    with subprocess.Popen(  # noqa: S603  # pg_dump of the lock
        [*command, "-d", roles.DATABASE],
        env=_as_owner(postgres),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None  # noqa: S101  # for the type checker
        assert process.stderr is not None  # noqa: S101  # for the type checker
        while part := process.stdout.read(PART):
            yield part
        complaint = process.stderr.read().decode(errors="replace").strip()
    if process.returncode:
        raise UnableToRead(f"The database can't be dumped: {complaint}")


def _read_members(reader: SealedReader, postgres: Postgres, staged: Path) -> None:
    try:
        with (
            tarfile.open(fileobj=cast("IO[bytes]", reader), mode="r|") as tar,
            _Loader(postgres) as loader,
        ):
            _check_manifest(tar)
            while (member := tar.next()) is not None:
                folder, _, rest = member.name.partition("/")
                content = tar.extractfile(member)
                if content is None or folder not in {DUMP, CAPTURES}:
                    raise UnableToRead(f"The backup holds something unknown: {member.name}")
                if folder == DUMP:
                    loader.feed(content)
                else:
                    _place(content, staged, rest)
    except tarfile.TarError as failure:
        raise UnableToRead(f"The backup can't be read: {failure}") from None


def _check_manifest(tar: tarfile.TarFile) -> None:
    member = tar.next()
    content = tar.extractfile(member) if member and member.name == MANIFEST else None
    manifest: dict[str, Any] = json.loads(content.read()) if content else {}
    if manifest.get("format") != FORMAT:
        raise UnableToRead(
            "The backup was written by a version of the tracker unknown to this one."
        )


class _Loader:
    """pg_restore, fed part by part."""

    def __init__(self, postgres: Postgres) -> None:
        command = [postgres.binaries.program("pg_restore"), "--no-owner", "--exit-on-error"]
        self._process = subprocess.Popen(  # noqa: S603  # pg_restore of the lock
            [*command, "--single-transaction", "-d", RESTORED],
            env=_as_owner(postgres),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> _Loader:
        return self

    def feed(self, content: IO[bytes]) -> None:
        """Hand one part over; where the other side has ended, ``__exit__`` says why."""
        assert self._process.stdin is not None  # noqa: S101  # for the type checker
        try:
            shutil.copyfileobj(content, self._process.stdin, PART)
        except BrokenPipeError:
            raise UnableToRead(self._complaint()) from None

    def __exit__(self, failed: object, *_: object) -> None:
        if failed:
            self._process.kill()
            self._process.communicate()
            return
        complaint = self._complaint()
        if self._process.returncode:
            raise UnableToRead(complaint)

    def _complaint(self) -> str:
        text = self._process.communicate()[1].decode(errors="replace").strip()
        return f"The database in the backup can't be restored: {text.partition(chr(10))[0]}"


def _place(content: IO[bytes], staged: Path, name: str) -> None:
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute():
        raise UnableToRead(f"The backup holds a capture with an impossible name: {name}")
    path = staged.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as file:
        shutil.copyfileobj(content, file, PART)


def _swap(postgres: Postgres, staged: Path) -> None:
    captures, former = postgres.layout.captures, postgres.layout.data / "captures.former"
    shutil.rmtree(former, ignore_errors=True)
    postgres.run_sql(f"DROP DATABASE IF EXISTS {FORMER} WITH (FORCE);")
    postgres.run_sql(
        f"BEGIN; ALTER DATABASE {roles.DATABASE} RENAME TO {FORMER};"
        f" ALTER DATABASE {RESTORED} RENAME TO {roles.DATABASE}; COMMIT;"
    )
    captures.rename(former)
    staged.rename(captures)
    postgres.run_sql(f"DROP DATABASE {FORMER} WITH (FORCE);")
    shutil.rmtree(former)
    for leftover in postgres.layout.valkey.rglob("*"):  # its hints name rows of the former data
        if leftover.is_file():
            leftover.unlink()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def _add_file(tar: tarfile.TarFile, path: Path, name: str) -> None:
    try:
        with path.open("rb") as file:
            member = tarfile.TarInfo(name)
            member.size = os.fstat(file.fileno()).st_size
            tar.addfile(member, file)
    except FileNotFoundError:
        return  # it was being written under another name a moment ago


def _as_owner(postgres: Postgres) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "PGHOST": str(postgres.layout.sockets),
        "PGUSER": roles.OWNER,
        "PGPASSWORD": postgres.credentials.owner,
    }
