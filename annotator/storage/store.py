"""A project's file, open: one connection that writes, under a lock, and one that reads."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from annotator.domain import clock
from annotator.domain.errors import NotSaved, ReadOnly, UserError
from annotator.domain.scheme import Scheme
from annotator.i18n import _
from annotator.storage import connection as connections
from annotator.storage import whereabouts
from annotator.storage.faults import protected, told
from annotator.storage.layout import HOLDER, LAYOUT, LEAD, SEAL
from annotator.storage.lock import Held, Lock, lock_file
from annotator.storage.reader import Reader

_ASKED = 0.1
"""Seconds: whoever only asks whether a project is held takes its lock for less than a thousandth."""


class End(NamedTuple):
    """Where the journal ends: local number and lamport of its last step, hash of the last one of a writer's line."""

    seq: int
    lamport: int
    hash: str


class JournalEnd(NamedTuple):
    """The end of the journal as who wrote last left it; `line` is annotator and device."""

    line: tuple[str, str]
    end: End


class Store(Reader):
    """An open project. Reading is for the thread that opened it; `writing` may be used by any, one at a time."""

    def __init__(self, path: Path, lock: Lock | None) -> None:
        self._lock = lock
        self._writer: sqlite3.Connection | None = None
        self._writing = threading.RLock()
        self.journal_end: JournalEnd | None = None
        """Where the journal ends, None where it must be asked. This program holds the lock, so nobody else goes on."""
        self.end_to_be: JournalEnd | None = None
        """Where it ends once the transaction that is open is kept."""
        self.unclean = False
        """Whether who had the project open for writing before did not close it."""
        try:
            # Looked at first: setting up the writing connection writes.
            super().__init__(path)
            at = path.stat()
            self.file = at.st_dev, at.st_ino
            """Which file it is, by whatever name."""
            if lock is not None:
                self.unclean = HOLDER in self.about()
                with told(path):
                    self._writer = connections.for_writing(path)
                self._say_who_holds()
        except BaseException:
            self._release()
            raise

    @staticmethod
    def create(path: Path | str, scheme: Scheme, name: str | None = None) -> None:
        """Make a new project. Raises UserError where the file exists; it is not touched then."""
        # Imported here: making a project needs sqlite_utils, opening one does not.
        from annotator.storage import creation

        creation.create(Path(path), scheme, name)

    @classmethod
    def open(cls, path: Path | str, *, write: bool = True) -> Store:
        """Open a project. Raises UserError, NotAProject, ReadOnly (another program holds it for writing)."""
        path = Path(path)
        if not write:
            if connections.look(path) < LAYOUT:
                raise UserError(
                    _("{path} is of an older version of Annotator; open it in the window once to renew it.").format(
                        path=path
                    )
                )
            return cls(path, None)
        if kind := whereabouts.network(path):
            raise ReadOnly(
                _(
                    "{path} lies on a network share ({kind}), where two people could destroy each "
                    "other's work. Copy it to a folder of this computer to work on it."
                ).format(path=path, kind=kind)
            )
        lock = cls._lock_for(path)
        try:
            if (layout := connections.look(path)) < LAYOUT:
                # Imported here: only an older project needs sqlite_utils.
                from annotator.storage import migrations

                migrations.upgrade(path, layout)
            return cls(path, lock)
        except BaseException:
            lock.release()
            raise

    @staticmethod
    def held(path: Path) -> bool:
        """Whether a program holds the project for writing at this moment, this one included."""
        file = lock_file(path)
        if not file.exists():
            return False
        try:
            Lock.take(file).release()
        except Held:
            return True
        except OSError:
            return False
        return False

    @staticmethod
    def _lock_for(path: Path) -> Lock:
        if not path.exists():
            connections.look(path)  # says so
        try:
            return Lock.take(lock_file(path), _ASKED)
        except Held:
            raise ReadOnly(
                _("{path} is open for writing already, by {holder}.").format(path=path, holder=_holder(path))
            ) from None
        except OSError as error:
            words = _("{path} cannot be written here ({reason}).").format(path=path, reason=error.strerror or error)
            raise ReadOnly(protected(path) or words) from None

    @property
    def writable(self) -> bool:
        """Whether this program holds the project for writing."""
        return self._writer is not None

    def reader(self, *, whole: bool = False) -> Reader:
        """Return a reader with a connection of its own, for the calling thread.

        It is sealed as this one is, unless what it is for must be `whole`: a check, a copy, a plan of what to write.
        """
        reader = Reader(self.path)
        if self.sealed_for and not whole:
            reader.seal(self.sealed_for)
        return reader

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run the block in one transaction on the writing connection; all of it is kept, or nothing.

        Raises ReadOnly, Stale, UserError; NotSaved where the disk refuses. Then it is not known whether the block is
        kept (a commit that fails may be found on the disk later): ask `recovered`.
        """
        if self._writer is None:
            raise ReadOnly(_("{path} is open for reading only.").format(path=self.path))
        with self._writing, told(self.path, writing=True):
            self._require_same_file()
            # IMMEDIATE: a deferred transaction that reads first may find itself unable to write.
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
                self.journal_end, self.end_to_be = self.end_to_be or self.journal_end, None
            except BaseException:
                self.journal_end = self.end_to_be = None
                if self._writer.in_transaction:
                    with suppress(sqlite3.Error):  # the first error is the one to be told
                        self._writer.execute("ROLLBACK")
                raise

    @property
    def writes(self) -> int:
        """How many rows were written since the project was opened: the same number again, and nothing was."""
        return 0 if self._writer is None else self._writer.total_changes

    @contextmanager
    def looking(self) -> Iterator[sqlite3.Connection]:
        """Let the block read what the next write starts from, in any thread; nobody writes meanwhile.

        On the writing connection, whose pages are at hand: the reading one fetches them anew after each write.
        """
        if self._writer is None:
            yield self._read
            return
        with self._writing, told(self.path):
            yield self._writer

    def recovered(self, step: str) -> bool:
        """Connect anew after a write that the disk refused; return whether the step with this id is in the journal.

        False also where connecting fails: then nothing can be written yet.
        """
        with self._writing:
            if self._writer is None:
                return False
            self.journal_end = None
            try:
                self._require_same_file()
                fresh, old = connections.for_writing(self.path), self._writer
                self._writer = fresh
                with suppress(sqlite3.Error):
                    old.close()
                found = self._writer.execute("SELECT 1 FROM step WHERE id = ?", (step,)).fetchone()
            except (sqlite3.Error, UserError):
                return False
            return found is not None

    def astray(self) -> str:
        """Return a sentence where the file was moved, deleted or replaced while it is open, else ""."""
        try:
            self._require_same_file()
        except NotSaved as error:
            return str(error)
        return ""

    def room(self) -> tuple[int, int]:
        """Return how many bytes are free on the project's disk, and how many the project takes."""
        try:
            return shutil.disk_usage(self.path.parent).free, self.path.stat().st_size
        except OSError:
            return sys.maxsize, 0

    def fold_in(self) -> bool:
        """Fold the -wal file into the project; False where somebody writes or reads just now, or the disk refuses."""
        if self._writer is None or not self._writing.acquire(blocking=False):
            return False
        try:
            busy, _, _ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
        except sqlite3.Error:
            return False
        finally:
            self._writing.release()

    @property
    def led(self) -> bool:
        """Whether somebody leads the project; in any thread."""
        with self.looking() as connection:
            return connection.execute("SELECT 1 FROM project WHERE key = ?", (LEAD,)).fetchone() is not None

    def set_lead(self, annotator: str, since: int | None = None) -> None:
        """Let an annotator (id) lead the project, where nobody does, from now on or since a tick of the logical clock.

        Raises UserError, ReadOnly.
        """
        from annotator.storage.fingerprint import seal

        with self.writing() as connection:
            about = dict(connection.execute("SELECT key, value FROM project").fetchall())
            if LEAD in about:
                raise UserError(_("This project has a lead already."))
            (tick,) = connection.execute("SELECT coalesce(max(lamport), 0) FROM step").fetchone()
            about[LEAD] = f"{annotator} {tick if since is None else since}"
            about[SEAL] = seal(about)
            rows = [(key, about[key]) for key in (LEAD, SEAL)]
            connection.executemany("INSERT OR REPLACE INTO project (key, value) VALUES (?, ?)", rows)

    def make_compact(self) -> None:
        """Write the project anew without what was deleted, -wal and all. Raises UserError."""
        if self._writer is None:
            return
        with self._writing, told(self.path, writing=True):
            self._writer.execute("VACUUM")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, target: Path) -> None:
        """Write the project as it is now into a new file, in any thread. Raises UserError."""
        from annotator.storage import backup

        reader = self.reader(whole=True)
        try:
            backup.copy(reader.connection, target)
        finally:
            reader.close()

    def findings(self, *, after_crash: bool = False) -> list[str]:
        """Look at the whole file and at every text, or with `after_crash` at what was done last.

        Runs in any thread. Returns sentences, none when all is well.
        """
        from annotator.storage import check

        reader = self.reader(whole=True)
        try:
            return [finding.sentence for finding in (check.tail if after_crash else check.surface)(reader)]
        finally:
            reader.close()

    def _require_same_file(self) -> None:
        # What is written to a file that was moved away or replaced succeeds, and is lost.
        try:
            there = self.path.stat()
        except OSError:
            there = None
        if there is None or (there.st_dev, there.st_ino) != self.file:
            raise NotSaved(
                _(
                    "{path} was moved, deleted or replaced while it was open. Nothing more is written to "
                    "it; save a copy under another name to keep what you have."
                ).format(path=self.path)
            )

    def close(self) -> None:
        """Fold the -wal file into the project and let it go; a project left behind is one file."""
        if self._writer is not None:
            # Every step is on disk already; only this tidying can fail (a full disk, a stick pulled out).
            with suppress(UserError), self.writing() as connection:
                connection.execute("DELETE FROM project WHERE key = ?", (HOLDER,))
        self._release()

    def _release(self) -> None:
        wrote = self._writer is not None
        if hasattr(self, "_read"):
            self._close_connections()
        if self._writer is not None:
            with suppress(sqlite3.Error):  # else the -wal stays and is read at the next opening
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.close()
            self._writer = None
        if self._lock is not None:
            self._lock.release()
        if not wrote:
            from annotator.storage import tidying

            tidying.tidy(self.path)

    def _say_who_holds(self) -> None:
        who = {"who": _account(), "pid": os.getpid(), "host": _host(), "since": clock.now()}
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO project (key, value) VALUES (?, ?)", (HOLDER, json.dumps(who)))


def _host() -> str:
    if sys.platform == "win32":
        import platform  # slow to import, so only here

        return platform.node()
    return os.uname().nodename


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return _("somebody")


def _holder(path: Path) -> str:
    # The lock may be taken before its holder's name is written, or the file unreadable: then only "another program".
    try:
        reader = Reader(path)
        try:
            who = json.loads(reader.about()[HOLDER])
        finally:
            reader.close()
        return _("{who} (process {pid} on {host}, since {since} UTC)").format(
            who=who["who"], pid=who["pid"], host=who["host"], since=who["since"][:16].replace("T", " ")
        )
    except (UserError, KeyError, ValueError, TypeError):
        return _("another program")
