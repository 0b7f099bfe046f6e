"""Copies of a project: made by SQLite from a reader, looked at before they count, brought back as new files.

A backup is a project file of its own, in a folder outside the project's. Its name tells which project (the beginning of
its id), when (UTC) and why: `Morning--0192f0c1--20261124T081500Z--work.annotator`.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.ids import uuid7
from annotator.domain.journalled import payload_sha256
from annotator.i18n import _
from annotator.storage import connection as connections
from annotator.storage import fingerprint, journal, retention
from annotator.storage.faults import told
from annotator.storage.layout import HOLDER

REASONS = ("work", "migration", "merge", "purge", "repair")
MOST_BYTES = 20_000_000_000
"""What the backups of one project may take together; the oldest go first, the newest two stay."""
_SPARE = 50_000_000
"""Bytes that stay free beside a backup."""
_FLUSH_EVERY = 0.02
"""Seconds."""
_NAME = re.compile(r"(.*)--([0-9a-f]{8})--(\d{8}T\d{6}Z)--([a-z]+)\.annotator")
_MOMENT = "%Y%m%dT%H%M%SZ"


class Backup(NamedTuple):
    """A backup by its name; `size` in bytes, `id` the first eight characters of the project's id."""

    path: Path
    name: str
    id: str
    at: datetime
    reason: str
    size: int


class Holding(NamedTuple):
    """What a backup holds."""

    articles: int
    spans: int
    steps: int


def listed(folder: Path, project_id: str = "") -> list[Backup]:
    """Return the backups in the folder, of one project if its id is given, the newest first."""
    found: list[Backup] = []
    with suppress(FileNotFoundError):
        for entry in os.scandir(folder):
            match = _NAME.fullmatch(entry.name)
            if match and (not project_id or project_id.startswith(match[2])):
                with suppress(ValueError, OSError):
                    at = datetime.strptime(match[3], _MOMENT).replace(tzinfo=UTC)
                    found.append(Backup(Path(entry.path), match[1], match[2], at, match[4], entry.stat().st_size))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def make(project: Path, folder: Path, reason: str, now: datetime | None = None) -> Backup:
    """Back a project up into the folder, look at the copy, and let go of backups that are too old.

    May run in any thread, while the project is written. Raises UserError where it could not be made; nothing is left
    of it then, and the older ones stay.
    """
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    with told(project), closing(connections.for_reading(project)) as reader:
        fingerprint.verify(reader, project, reader.execute("PRAGMA user_version").fetchone()[0])
        about = dict(reader.execute("SELECT key, value FROM project").fetchall())
        stem = re.sub(r"[^\w .()-]", "_", about.get("name", ""))[:60].strip(" .") or "project"
        target = _named(folder, stem, about["id"], moment, reason)
        while target.exists():
            moment += timedelta(seconds=1)
            target = _named(folder, stem, about["id"], moment, reason)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _require_room(reader, folder)
        except OSError as error:
            raise UserError(
                _("No backup: {folder} cannot be written ({reason}).").format(
                    folder=folder, reason=error.strerror or error
                )
            ) from None
        copy(reader, target)
    thin_out(folder, about["id"], now=moment)
    return Backup(target, stem, about["id"][:8], moment, reason, target.stat().st_size)


def _named(folder: Path, stem: str, id: str, moment: datetime, reason: str) -> Path:
    return folder / f"{stem}--{id[:8]}--{moment.strftime(_MOMENT)}--{reason}.annotator"


def _require_room(reader: sqlite3.Connection, folder: Path) -> None:
    (pages,), (size,) = reader.execute("PRAGMA page_count").fetchone(), reader.execute("PRAGMA page_size").fetchone()
    free = shutil.disk_usage(folder).free
    if free < pages * size + _SPARE:
        raise UserError(
            _("No backup: the disk of {folder} has {free:,} MB free, too few for a copy.").format(
                folder=folder, free=free // 1000000
            )
        )


def copy(reader: sqlite3.Connection, target: Path) -> None:
    """Write what a reading connection sees into a new file, and look at it before it gets its name.

    Raises UserError; sqlite3.Error where the reader cannot read.
    """
    temporary = target.with_name(f".{target.name}.{uuid7()[-8:]}.new")
    try:
        # The backup interface would start anew at every step of the writer, and never end.
        with _flushed(temporary):
            reader.execute("VACUUM INTO ?", (str(temporary),))
        with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            # Nobody holds the copy, and its last session did not end badly.
            connection.execute("DELETE FROM project WHERE key = ?", (HOLDER,))
        verify(temporary)
        _same_journal(reader, temporary)
        to_disk(temporary)
        if target.exists():
            raise UserError(_("{target} exists already; it was not touched.").format(target=target))
        temporary.replace(target)
        to_disk(target.parent)
    except sqlite3.Error as error:
        raise UserError(
            _("The copy {target} could not be made: {reason}.").format(target=target, reason=error)
        ) from error
    finally:
        for rest in (temporary, Path(f"{temporary}-journal")):
            rest.unlink(missing_ok=True)


@contextmanager
def _flushed(path: Path) -> Iterator[None]:
    """Bring a file that grows to the disk little by little: all at once at its end would hold up every other write."""
    done = threading.Event()

    def flush() -> None:
        while not done.wait(_FLUSH_EVERY):
            with suppress(OSError):
                to_disk(path)

    thread = threading.Thread(target=flush, name="flush")
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def verify(path: Path) -> Holding:
    """Look at a backup as a whole: pages, tables, chain of the journal's end. Raises UserError where it is damaged."""
    layout = connections.look(path)
    try:
        with told(path), closing(still(path)) as connection:
            fingerprint.verify(connection, path, layout)
            for (answer,) in connection.execute("PRAGMA quick_check").fetchall():
                if answer != "ok":
                    raise UserError(_("{path} is damaged: {answer}.").format(path=path, answer=answer))
            purged = "SELECT 1 FROM change JOIN purged USING (article) WHERE change.step = step.seq"
            last = connection.execute(
                f"SELECT seq, payload_sha256 FROM step WHERE NOT EXISTS ({purged}) ORDER BY seq DESC LIMIT 20"
                if layout
                else "SELECT seq, payload_sha256 FROM step ORDER BY seq DESC LIMIT 20"
            ).fetchall()
            for seq, sha256 in last:
                if payload_sha256(journal.changes(connection, seq)) != sha256:
                    raise UserError(
                        _("{path} is damaged: the content of a step does not fit its fingerprint.").format(path=path)
                    )
            return holding(connection)
    except sqlite3.Error as error:
        raise UserError(_("{path} is damaged: {reason}.").format(path=path, reason=error)) from error


def still(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that nobody writes: nothing is made beside it, a -wal beside it is not its own."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = 0")
    connection.execute("PRAGMA cell_size_check = 1")
    return connection


def held(path: Path) -> Holding:
    """Return what a backup holds, without the long look of `verify`. Raises UserError where that cannot be read."""
    layout = connections.look(path)
    with told(path), closing(still(path)) as connection:
        fingerprint.verify(connection, path, layout)
        return holding(connection)


def holding(connection: sqlite3.Connection) -> Holding:
    """Return how much stands in a project."""
    counts = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM span), (SELECT count(*) FROM step)"
    return Holding(*connection.execute(counts).fetchone())


def _same_journal(reader: sqlite3.Connection, path: Path) -> None:
    """Compare the end of a copy's journal with the project's own; steps done meanwhile are not in it."""
    with closing(still(path)) as connection:
        end = connection.execute("SELECT seq, id, payload_sha256, prev_hash FROM step ORDER BY seq DESC LIMIT 1")
        last = end.fetchone()
        count = connection.execute("SELECT count(*) FROM step").fetchone()
    if last is None:
        raise UserError(_("The copy holds no journal."))
    ours = reader.execute("SELECT seq, id, payload_sha256, prev_hash FROM step WHERE seq = ?", last[:1]).fetchone()
    if ours != last or count != reader.execute("SELECT count(*) FROM step WHERE seq <= ?", last[:1]).fetchone():
        raise UserError(_("The copy does not hold the project's journal."))


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    with suppress(PermissionError, IsADirectoryError):  # Windows syncs no folders
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def thin_out(folder: Path, project_id: str, now: datetime | None = None, most: int = MOST_BYTES) -> None:
    """Delete backups of a project that the rule does not keep, and the oldest where together they take too much."""
    there = listed(folder, project_id)
    stay = retention.kept((backup.at for backup in there), now or datetime.now(UTC))
    taken = 0
    for number, backup in enumerate(there):
        taken += backup.size
        if backup.at not in stay or (taken > most and number > 1):
            with suppress(OSError):
                backup.path.unlink()
                taken -= backup.size


def restore(backup: Path, target: Path) -> Holding:
    """Bring a backup back as a new project. Raises UserError where it is damaged, or something stands at the target."""
    for name in (target.name, f"{target.name}-wal", f"{target.name}-journal"):
        if target.with_name(name).exists():
            raise UserError(
                _("{path} exists already; it was not touched. Name another file.").format(path=target.with_name(name))
            )
    if not target.absolute().parent.is_dir():
        raise UserError(_("The folder {parent} does not exist.").format(parent=target.parent))
    held = verify(backup)
    with closing(still(backup)) as reader:
        copy(reader, target)
    return held


def older(backup: Path) -> Iterator[Backup]:
    """Yield the backups of the same project before this one that are sound, the newest first."""
    match = _NAME.fullmatch(backup.name)
    if match is None:
        return
    for candidate in listed(backup.parent, match[2]):
        if candidate.path.name < backup.name or candidate.at.strftime(_MOMENT) < match[3]:
            with suppress(UserError):
                verify(candidate.path)
                yield candidate
