"""Steps made elsewhere: looked at and folded beside the project first, then brought in by one transaction."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from annotator.domain.change import Change
from annotator.domain.errors import Stale
from annotator.domain.journalled import digest
from annotator.i18n import _
from annotator.storage import fold, forks
from annotator.storage.authority import Authority, Named, authority, spelt_lead
from annotator.storage.faults import told
from annotator.storage.fingerprint import seal
from annotator.storage.layout import LEAD, SEAL
from annotator.storage.parcel import Parcel
from annotator.storage.rows import TABLES
from annotator.storage.staging import put, staging, writes
from annotator.storage.store import Store
from annotator.storage.tally import Tally
from annotator.storage.validating import UNREADABLE, Validating

MOST_TOLD = 500_000
"""Changes that listeners are told of one by one."""


class Written(NamedTuple):
    """What one transaction did: how long it held up all others (seconds), and what it changed of what stands."""

    seconds: float
    changes: tuple[Change, ...]
    tally: Tally


class _State(NamedTuple):
    """What the fold of any article depends on beside its changes."""

    rules: Authority
    packages: tuple[tuple[str, int], ...]
    purged: tuple[str, ...]


def _state(connection: sqlite3.Connection, schema: str) -> _State:
    packages = connection.execute(f"SELECT id, active FROM {schema}.package ORDER BY id").fetchall()
    purged = connection.execute(f"SELECT article FROM {schema}.purged ORDER BY article").fetchall()
    return _State(authority(connection), tuple(packages), tuple(row[0] for row in purged))


class Staged:
    """What a package brings (or, switched off, takes away), made ready beside the project."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, parcel: Parcel | None, switched: str = "", on: bool = False
    ) -> None:
        self.connection = connection
        self._path = path
        self._switched, self._on = switched, on
        self.parcel = parcel
        (self._base,) = connection.execute("SELECT coalesce(max(seq), 0) FROM here.step").fetchone()
        self._shadow()
        self._before = _state(connection, "here")
        self.tally = Tally()
        self.changes: list[Change] = []
        self.lead = ""
        """Who leads from now on ("ID TICK"), where nobody did."""
        self.validating = Validating(connection, self._base, parcel, self._before.rules) if parcel else None
        self.rules = self._before.rules
        row = parcel and connection.execute("SELECT active FROM here.package WHERE id = ?", (parcel.id,)).fetchone()
        self.known = row is not None
        """Whether the package was merged here before."""
        self.active = bool(row and row[0])

    # made ready

    def settle(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> bool:
        """Fold what is touched; return False where it was cancelled. Raises UserError where a package is refused."""
        if self.validating is not None:
            self.validating.finish()
        self._foresee()
        named = self._named()
        self.rules = authority(self.connection, named)
        touched = self._touched()
        self.connection.executemany("INSERT INTO touched VALUES (?)", [(article,) for article in touched])
        for number, article in enumerate(touched):
            if cancelled():
                return False
            self._fold(article)
            progress(number + 1, len(touched))
        self.connection.execute("COMMIT")
        return not cancelled()

    @property
    def nothing_new(self) -> bool:
        """Whether there is nothing to write."""
        return self.known and self.active and not (self.validating and self.validating.new)

    def _shadow(self) -> None:
        """Have the project look as it is, to whoever asks through the staging file, until `_foresee`.

        First of all: a statement that SQLite has made ready goes on asking the table it knew.
        """
        connection = self.connection
        connection.execute("CREATE TABLE project AS SELECT key, value FROM here.project")
        connection.execute("CREATE TABLE package AS SELECT id, active FROM here.package")
        (self._hides,) = connection.execute("SELECT EXISTS (SELECT 1 FROM here.package WHERE NOT active)").fetchone()
        if self._hides and not self._switched:
            connection.execute("CREATE TABLE package_step AS SELECT package, step FROM here.package_step")
            connection.execute("CREATE INDEX package_step_step ON package_step (step)")

    def _foresee(self) -> None:
        """Have the project look, to whoever asks through the staging file, as it will be."""
        connection, parcel = self.connection, self.parcel
        if self._switched:
            connection.execute("UPDATE package SET active = ? WHERE id = ?", (self._on, self._switched))
        if parcel is None:
            return
        first = connection.execute("SELECT value FROM project WHERE key = ?", (LEAD,)).fetchone()
        if first is None and spelt_lead(parcel.lead)[0]:
            self.lead = parcel.lead
            connection.execute("INSERT INTO project (key, value) VALUES (?, ?)", (LEAD, parcel.lead))
        connection.execute("DELETE FROM package WHERE id = ?", (parcel.id,))
        connection.execute("INSERT INTO package VALUES (?, 1)", (parcel.id,))
        if self._hides:
            connection.execute("INSERT INTO package_step SELECT ?, id FROM known_step WHERE packaged", (parcel.id,))

    def _named(self) -> list[Named]:
        return self.connection.execute(
            "SELECT lamport, id, new_change.n, annotator, after FROM new_change JOIN new_step ON new_step.n = step "
            "WHERE article = '' AND kind = 'lead' AND after IS NOT NULL"
        ).fetchall()

    def _touched(self) -> list[str]:
        connection = self.connection
        found = {row[0] for row in connection.execute("SELECT DISTINCT article FROM new_change").fetchall()}
        if self._switched:
            found |= _articles(
                connection, "id IN (SELECT step FROM here.package_step WHERE package = :it)", {"it": self._switched}
            )
        elif self._hides:
            found |= _articles(connection, "seq IN (SELECT seq FROM known_step WHERE packaged)", {})
        before, after = self._before.rules, self.rules
        if (before.leads, before.since) != (after.leads, after.since):
            # Who leads says what counts of all that was done to what all share.
            found |= _articles(connection, "change.kind IN ('scheme', 'assignment', 'lead', 'article')", {})
        return sorted(found)

    def _fold(self, article: str) -> None:
        changes = fold.told(self.connection, article, self.rules)
        new = self._new(article)
        if self.validating is not None:
            self.validating.look_at(article, new)
        counting = [change for change in new if fold.counts(change, self.rules)]
        if counting:
            changes = sorted([*changes, *counting])
        try:
            wanted = fold.folded(changes)
            difference = fold.difference(fold.stored(self.connection, article), wanted)
            if self.validating is not None:
                self.validating.require_places(article, difference)
            self._stage(article, difference)
        except UNREADABLE as error:
            # What stands here was understood before: it is one of the values that come.
            if self.validating is None or not new:
                raise
            raise self.validating.what_cannot_be_read(new) from error
        found = forks.found(article, changes, wanted)
        known = set(forks.stored(self.connection, article))
        self.connection.executemany(
            "INSERT INTO new_fork (kind, entity, article, step) VALUES (?, ?, ?, ?)", list(found)
        )
        self.tally.add(article, difference, wanted)
        self.tally.add_forks(article, [fork for fork in found if fork not in known])
        self.tally.add_waiting(article, new, changes, wanted)
        # Of what is more than anybody looks at only the articles are told, not each span.
        large = len(self.changes) > MOST_TOLD
        self.changes += [it for it in told_of(difference) if not large or it.kind != "span"]

    def _new(self, article: str) -> list[fold.Told]:
        rows = self.connection.execute(
            "SELECT lamport, id, new_change.n, step + ?, annotator, kind, entity, parent, before, after "
            "FROM new_change JOIN new_step ON new_step.n = step WHERE article = ? ORDER BY lamport, id, new_change.n",
            (self._base, article),
        )
        return list(map(fold.Told._make, rows.fetchall()))

    def _stage(self, article: str, difference: fold.Difference) -> None:
        rows: dict[str, list[tuple[object, ...]]] = {}
        for (kind, _id), one in difference.put.items():
            rows.setdefault(kind, []).append((*TABLES[kind].to_row(one.value), one.head, article))
        for kind, some in rows.items():
            self.connection.executemany(put(kind), some)
        self.connection.executemany(
            "INSERT INTO gone VALUES (?, ?, ?)", [(kind, id, article) for kind, id in difference.gone]
        )

    # written

    def write(self, store: Store, report: str, cancelled: Callable[[], bool]) -> Written | None:
        """Bring it in by one transaction, or nothing of it; None where it was cancelled. Raises NotSaved, UserError."""
        with store.looking() as connection:
            connection.create_function(
                "step_seal", 3, lambda seq, root, own: digest((str(seq), root, own))[:16], deterministic=True
            )
            connection.execute("ATTACH ? AS staged", (str(self._path),))
            try:
                return self._write(store, report, cancelled)
            finally:
                connection.execute("DETACH staged")

    def _write(self, store: Store, report: str, cancelled: Callable[[], bool]) -> Written | None:
        began = time.perf_counter()
        try:
            with store.writing() as connection:
                tally, changes = self._written(connection, report, cancelled)
        except _Cancelled:
            return None
        return Written(time.perf_counter() - began, tuple(changes), tally)

    def _written(
        self, connection: sqlite3.Connection, report: str, cancelled: Callable[[], bool]
    ) -> tuple[Tally, list[Change]]:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        anew, last = self._changed_meanwhile(connection)
        given = {"last": last, "base": self._base, "by": last - self._base, "anew": json.dumps(anew)}
        for statement in writes():
            if cancelled():
                raise _Cancelled
            connection.execute(statement, {key: value for key, value in given.items() if f":{key}" in statement})
        self._write_about(connection, report)
        if not anew:
            if cancelled():
                raise _Cancelled
            return self.tally, self.changes
        # What somebody did meanwhile is folded together with what comes.
        changes = [change for change in self.changes if change.article not in anew]
        tally = self.tally.without(anew)
        for article, difference in fold.rewrite(connection, anew).items():
            tally.add(article, difference, fold.stored(connection, article))
            changes += told_of(difference)
        if cancelled():
            raise _Cancelled
        return tally, changes

    def _changed_meanwhile(self, connection: sqlite3.Connection) -> tuple[list[str], int]:
        """Return the touched articles that are other than when they were folded, and the last number of a step."""
        (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM main.step").fetchone()
        state = _state(connection, "main")
        if state.purged != self._before.purged or state.packages != self._before.packages:
            raise Stale(
                _("The project was changed meanwhile in a way that does not fit. Nothing was merged; try again.")
            )
        touched = [row[0] for row in connection.execute("SELECT article FROM staged.touched").fetchall()]
        if state.rules != self._before.rules:
            return touched, last
        if last == self._base:
            return [], last
        others = {
            row[0]
            for row in connection.execute(
                "SELECT DISTINCT article FROM main.change WHERE step > ?", (self._base,)
            ).fetchall()
        }
        return [article for article in touched if article in others], last

    def _write_about(self, connection: sqlite3.Connection, report: str) -> None:
        parcel = self.parcel
        if parcel is None:
            connection.execute("UPDATE main.package SET active = ? WHERE id = ?", (self._on, self._switched))
            return
        if self.known:
            connection.execute("UPDATE main.package SET active = 1, report = ? WHERE id = ?", (report, parcel.id))
        else:
            connection.execute(
                "INSERT INTO main.package (id, name, annotator, at, active, sha256, key, header, report) "
                "VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)",
                (parcel.id, parcel.name, parcel.annotator, parcel.at, parcel.sha256, parcel.key, parcel.header, report),
            )
        connection.execute(
            "INSERT INTO main.package_step (package, step) SELECT ?, id FROM "
            "(SELECT id FROM staged.new_step UNION ALL SELECT id FROM staged.known_step WHERE packaged) "
            "WHERE 1 ORDER BY id ON CONFLICT DO NOTHING",
            (parcel.id,),
        )
        if self.lead:
            about = dict(connection.execute("SELECT key, value FROM main.project").fetchall()) | {LEAD: self.lead}
            rows = [(LEAD, self.lead), (SEAL, seal(about))]
            connection.executemany("INSERT OR REPLACE INTO main.project (key, value) VALUES (?, ?)", rows)


class _Cancelled(Exception):
    """Nothing is to be written after all."""


def _articles(connection: sqlite3.Connection, where: str, given: dict[str, str]) -> set[str]:
    rows = connection.execute(
        f"SELECT DISTINCT change.article FROM here.change JOIN here.step ON step.seq = change.step WHERE {where}", given
    )
    return {row[0] for row in rows.fetchall()}


def told_of(difference: fold.Difference) -> Iterator[Change]:
    """Yield what a difference changes of what stands; not that another step says the same now."""
    for one in difference.gone.values():
        yield Change(one.value, None)
    for key, one in difference.put.items():
        was = difference.was.get(key)
        if was is None or was.value != one.value:
            yield Change(was.value if was is not None else None, one.value)


@contextmanager
def staged(store: Store, parcel: Parcel | None = None, switched: str = "", *, on: bool = False) -> Iterator[Staged]:
    """Give what a package brings, to be filled, settled and written; or one (its id) that is `switched` off or `on`."""
    with told(store.path), staging(store.path) as (connection, path):
        yield Staged(connection, path, parcel, switched, on)
