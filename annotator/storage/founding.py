"""A project made of what somebody packed: its own id, name and journal, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlite_utils

import annotator
from annotator.domain import ids
from annotator.domain.change import Value
from annotator.domain.errors import UserError
from annotator.domain.journalled import ChangeRecord, StepRecord
from annotator.domain.text import printable
from annotator.i18n import _
from annotator.storage import backup, check, creation, fold, journal, migrations, payload
from annotator.storage import connection as connections
from annotator.storage.authority import SHARED
from annotator.storage.faults import told
from annotator.storage.fingerprint import seal
from annotator.storage.forged import unsound
from annotator.storage.layout import LEAD, SEAL
from annotator.storage.parcel import Parcel
from annotator.storage.reader import Reader
from annotator.storage.validating import MOST_TICKS
from annotator.storage.writing import keep_texts

_CHUNK = 500
"""Steps that are written together."""
_LAST_TICK = MOST_TICKS >> 1  # whoever goes on from here has as much before them
_BETWEEN_LOOKS = 200_000
"""Instructions of SQLite's machine between two looks at whether it is given up."""


@contextmanager
def _understood() -> Iterator[None]:
    """Refuse what nobody would write, and the fold or SQLite cannot take."""
    try:
        yield
    except UserError:
        raise
    except (
        ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError,
        sqlite3.DataError, sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError,
    ) as error:  # fmt: skip
        raise UserError(
            _("What stands in it cannot be understood ({kind}).").format(kind=type(error).__name__)
        ) from None


def _require_sound_value(article: str, change: fold.Told, value: Value) -> None:
    if wrong := unsound(article, change, value):
        raise UserError(
            _("What stands in it does not fit ({what} {id}): {sentence}").format(
                what=change.kind, id=printable(change.entity), sentence=wrong
            )
        )


class Founding:
    """Makes a project at a path; what is not `finished` when the block ends leaves nothing behind."""

    def __init__(self, path: Path) -> None:
        creation.require_free(path)
        self._path = path
        self._temporary = path.with_name(f".{path.name}.{ids.uuid7()[-8:]}.new")
        self._seq = 0
        self._waiting: list[tuple[int, StepRecord, Sequence[ChangeRecord]]] = []
        self._roots: dict[str, str] = {}

    def __enter__(self) -> Self:
        with told(self._path):
            self._connection = connections.for_writing(self._temporary)
        try:
            with told(self._path, writing=True):
                # The file has no name of its own yet: what the disk lost of it is made anew.
                self._connection.execute("PRAGMA synchronous = OFF")
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.execute("PRAGMA defer_foreign_keys = ON")
                migrations.apply_all(sqlite_utils.Database(self._connection, execute_plugins=False))
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        for rest in (self._temporary, Path(f"{self._temporary}-wal"), Path(f"{self._temporary}-shm")):
            rest.unlink(missing_ok=True)

    def about(self, id: str, name: str, created: str, lead: str) -> None:
        """Say what the project is: its own entries, as the package has them (`lead` "" where nobody leads)."""
        about = {"id": id, "name": name, "created": created, "program": f"annotator {annotator.__version__}"}
        if lead:
            about[LEAD] = lead
        about[SEAL] = seal(about)
        with told(self._path, writing=True):
            self._connection.executemany("INSERT INTO project (key, value) VALUES (?, ?)", about.items())

    def text(self, sha256: str, body: str) -> None:
        """Keep a text, which fits its fingerprint."""
        with told(self._path, writing=True):
            keep_texts(self._connection, {sha256: body})

    def step(self, step: StepRecord, changes: Sequence[ChangeRecord]) -> None:
        """Append a step as it is. Raises UserError where it was there already, or its clock was never reached."""
        if step.id in self._roots:
            raise UserError(_("The step {id} stands in it twice.").format(id=step.id))
        if not 0 < step.lamport < _LAST_TICK:
            raise UserError(_("The step {id} stands at no tick of the clock.").format(id=step.id))
        for change in changes:
            if change.kind in SHARED or change.kind == "article":
                self._require_sound(step, change)
        self._seq += 1
        root = self._roots[step.id] = self._root(step)
        self._waiting.append((self._seq, step._replace(root=root), changes))
        if len(self._waiting) == _CHUNK:
            self._write()

    def _require_sound(self, step: StepRecord, change: ChangeRecord) -> None:
        # Where it does not count no fold looks at it; it is told as what somebody would have.
        text = change.after if change.after is not None else change.before
        if text is not None:
            with _understood():
                kind, entity, article, parent, before, after = change
                told = fold.Told(step.lamport, step.id, 0, 0, step.annotator, kind, entity, parent, before, after)
                _require_sound_value(article, told, payload.decode(kind, text))

    def _root(self, step: StepRecord) -> str:
        # As in every project: what nobody did, and what is only a part, cannot be undone.
        if not step.annotator or not step.device:
            return ""
        return (self._roots.get(step.undoes) or step.undoes) if step.undoes else step.id

    def _write(self) -> None:
        rows = [journal.step_row(seq, step) for seq, step, _ in self._waiting]
        changes = [row for seq, _, some in self._waiting for row in journal.change_rows(seq, some)]
        with told(self._path, writing=True):
            self._connection.executemany(f"INSERT INTO {journal.INTO_STEP} VALUES ({_marks(15)})", rows)
            self._connection.executemany(f"INSERT INTO {journal.INTO_CHANGE} VALUES ({_marks(8)})", changes)
        self._waiting.clear()

    def articles(self) -> list[str]:
        """Return the articles (ids) whose tables are to be made (`tables`), "" among them.

        Raises UserError where the package holds no project but only work on one.
        """
        self._write()
        with told(self._path):
            known = fold.articles(self._connection)
            (scheme,) = self._connection.execute(
                "SELECT EXISTS (SELECT 1 FROM change WHERE kind = 'scheme')"
            ).fetchone()
            made = {
                row[0]
                for row in self._connection.execute(
                    "SELECT DISTINCT article FROM change WHERE before IS NULL AND (kind = 'article' OR "
                    "(kind = 'import' AND CASE WHEN json_valid(after) "
                    "THEN json_type(after, '$.article') END IS NOT NULL))"
                ).fetchall()
            }
        if not scheme or set(known) - made - {""}:
            raise UserError(
                _("It holds work on a project, not the project itself: open the project and merge the package into it.")
            )
        return known

    def tables(self, articles: Iterable[str]) -> None:
        """Make the tables of these articles what the journal says."""
        with told(self._path, writing=True), _understood():
            fold.rewrite(self._connection, articles, _require_sound_value)

    def finish(self, parcel: Parcel, watch: Callable[[int], None]) -> tuple[int, int]:
        """Look at all of it and let it be the project; return how many articles and spans stand in it.

        `watch` is asked (with 0) during the long look; what it raises ends all.

        Raises UserError where anything in it does not fit, or the disk refuses; nothing is left then.
        """
        with told(self._path, writing=True):
            # Without a step of its own: it is the project, and is not switched off.
            self._connection.execute(
                "INSERT INTO package (id, name, annotator, at, active, sha256, key, header, report) "
                "VALUES (?, ?, ?, ?, 1, ?, ?, ?, '{}')",
                (parcel.id, parcel.name, parcel.annotator, parcel.at, parcel.sha256, parcel.key, parcel.header),
            )
            with _understood():
                self._connection.execute("COMMIT")
            counts = self._connection.execute("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM span)")
            articles, spans = counts.fetchone()
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._require_whole(watch)
        with told(self._path, writing=True):
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.close()
            backup.to_disk(self._temporary)
        creation.put(self._temporary, self._path)
        backup.to_disk(self._path.absolute().parent)
        return articles, spans

    def _require_whole(self, watch: Callable[[int], None]) -> None:
        def given_up() -> bool:
            try:
                watch(0)
            except Exception:  # asked again below, where it can be raised
                return True
            return False

        reader = Reader(self._temporary)
        try:
            reader.connection.set_progress_handler(given_up, _BETWEEN_LOOKS)
            found = next(check.check(reader), None)
            watch(0)
        finally:
            reader.close()
        if found is not None:
            raise UserError(
                _("What stands in it does not fit ({what} {id}): {sentence}").format(
                    what=found.what, id=found.id, sentence=found.sentence
                )
            )


def _marks(count: int) -> str:
    return ", ".join("?" * count)
