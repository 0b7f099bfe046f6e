"""Taking articles out for good: text, spans and what the journal held of them; the ids stay, so that none comes back.

The chain of the journal runs over the fingerprints of contents, not over the contents, and stays whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from annotator import paths, times
from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.domain.ids import uuid7
from annotator.i18n import _, later
from annotator.storage import backup, search
from annotator.storage.faults import told
from annotator.storage.store import Store

REMAIN = later(
    "Copies may remain elsewhere: in exports, in files that were sent, in the folders "
    "the articles came from, in backups of the whole computer, and on the disk itself "
    "until it writes over them."
)


def purge(store: Store, articles: Sequence[str], annotator: str) -> int:
    """Take articles (ids) out of an open project and of all its backups; return how many backups held some.

    A backup is made before and purged with the others. Raises UserError where an article is not there, the backup
    cannot be made, or the disk refuses; nothing is purged then. Times that I measured there go with them.
    """
    missing = [id for id in articles if store.article(id) is None]
    if missing:
        raise UserError(_("There is no article {id} in this project; nothing was purged.").format(id=missing[0]))
    project = store.about()["id"]
    backup.make(store.path, paths.backups_dir(), "purge")
    times.drop(project, articles)
    with store.writing() as connection:
        connection.execute("PRAGMA secure_delete = ON")
        _take_out(connection, articles, annotator)
    store.make_compact()
    return sum(_purge_backup(each.path, articles, annotator) for each in backup.listed(paths.backups_dir(), project))


def _take_out(connection: sqlite3.Connection, articles: Sequence[str], annotator: str) -> None:
    """Take the articles out, in an open transaction."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    now = clock.now()
    for id in articles:
        connection.execute("UPDATE change SET before = NULL, after = NULL WHERE article = ?", (id,))
        for table in ("relation", "span_group", "span"):
            connection.execute(f"DELETE FROM {table} WHERE layer IN (SELECT id FROM layer WHERE article = ?)", (id,))
        for table in ("decision", "assignment", "remark", "proposal", "fork", "layer", "revision"):
            connection.execute(f"DELETE FROM {table} WHERE article = ?", (id,))
        connection.execute("DELETE FROM article WHERE id = ?", (id,))
        connection.execute(
            "INSERT OR IGNORE INTO purged (article, at, annotator) VALUES (?, ?, ?)", (id, now, annotator)
        )
    connection.execute("DELETE FROM text WHERE sha256 NOT IN (SELECT sha256 FROM revision)")
    if search.is_there(connection):
        # It cannot take out single words; the articles that stay are read anew when the project is open.
        search.empty(connection)
    for _name, sql in triggers:
        connection.execute(sql)


def _purge_backup(path: Path, articles: Sequence[str], annotator: str) -> bool:
    """Take the articles out of a backup, in a copy that takes its place; False where it holds none of them."""
    temporary = path.with_name(f".{path.name}.{uuid7()[-8:]}.new")
    try:
        with told(path), closing(backup.still(path)) as reader:
            known = {row[0] for row in reader.execute("SELECT DISTINCT article FROM change").fetchall()}
            held = [id for id in articles if id in known]
            if not held:
                return False
            reader.execute("VACUUM INTO ?", (str(temporary),))
        with told(path), closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE")
            _take_out(connection, held, annotator)
            connection.execute("COMMIT")
            connection.execute("VACUUM")
        backup.verify(temporary)
        temporary.replace(path)
    except UserError:
        # A backup that cannot be read cannot be cleaned; it must not keep the text either.
        path.unlink(missing_ok=True)
    finally:
        temporary.unlink(missing_ok=True)
    return True
