"""From an older layout to the present one; the first migration makes a project of an empty file."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations

from annotator import paths
from annotator.domain.errors import UserError
from annotator.domain.journalled import StepRecord
from annotator.i18n import _
from annotator.storage import backup, fingerprint, journal, layout, search
from annotator.storage import connection as connections
from annotator.storage.faults import told
from annotator.storage.rows import TABLES

migrations = Migrations("annotator")

_ADDED_BY_2 = re.compile(
    r"^(CREATE TABLE (article|searched) |CREATE INDEX article_|CREATE VIRTUAL |INSERT INTO search )", re.MULTILINE
)


@migrations()
def m001_tables(database: sqlite_utils.Database) -> None:
    """Make every table as it is now, and fill them from those of layout 0 where there are such."""
    old = _set_aside(database)
    for statement in layout.statements():
        database.execute(statement)
    if old:
        _fill_from_0(database, old)
    for table in old:
        database.execute(f"DROP TABLE {_aside(table)}")


@migrations()
def m002_index(database: sqlite_utils.Database) -> None:
    """Give the articles of layout 1 numbers, and make the index of words, which is filled when there is time."""
    connection = database.conn
    if search.is_there(connection):
        return
    for index in ("article_order", "article_text"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute(f"ALTER TABLE article RENAME TO {_aside('article')}")
    for statement in layout.statements():
        if _ADDED_BY_2.search(statement):
            connection.execute(statement)
    into = TABLES["article"].into
    columns = into.partition("(")[2].rstrip(")")
    connection.execute(f"INSERT INTO {into} SELECT {columns} FROM {_aside('article')} ORDER BY position, id")
    connection.execute(f"DROP TABLE {_aside('article')}")


@migrations()
def m003_fewer_pages(database: sqlite_utils.Database) -> None:
    """Take away two indexes of the journal that cost every step of layout 2 a page and were asked for nothing."""
    for index in ("step_root", "step_lamport", "step_line"):
        database.execute(f"DROP INDEX IF EXISTS {index}")
    (statement,) = (it for it in layout.statements() if "CREATE INDEX step_line " in it)
    database.execute(statement)


_ADDED_BY_4 = re.compile(r"(^|\n)CREATE (TABLE|INDEX) (lead|assignment|remark|proposal|package|sent|fork)[ _]")


@migrations()
def m004_colleagues(database: sqlite_utils.Database) -> None:
    """Add the tables of what people agree on; those of packages of layout 3, which nothing wrote, are made anew."""
    if database["lead"].exists():
        return
    for table in ("package_step", "package"):
        database.execute(f"DROP TABLE {table}")
    for statement in layout.statements():
        if _ADDED_BY_4.search(statement):
            database.execute(statement)


def _set_aside(database: sqlite_utils.Database) -> list[str]:
    """Rename the project's tables, take their indexes and triggers away; return the tables' names."""
    rows = database.execute(
        "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND tbl_name <> '_sqlite_migrations' ORDER BY name"
    ).fetchall()
    for kind, name in rows:
        if kind in ("trigger", "index"):
            database.execute(f"DROP {kind.upper()} {name}")
    tables = [name for kind, name in rows if kind == "table"]
    for name in tables:
        database.execute(f"ALTER TABLE {name} RENAME TO {_aside(name)}")
    return tables


def _aside(table: str) -> str:
    return f"old_{table}"


def _fill_from_0(database: sqlite_utils.Database, old: list[str]) -> None:
    """Layout 0 (never released; it keeps this road open) had no lengths of texts, no revisions, no roots and seals."""
    connection = database.conn
    connection.create_function("code_points", 1, len, deterministic=True)
    made = {("text", "length"): "code_points(body)"}
    _fill_steps_from_0(connection)
    for table in (table for table in old if table != "step"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]
        if table == "article":
            columns.remove("n")
        into = ", ".join(f'"{column}"' for column in columns)
        sources = ", ".join(made.get((table, column), f'"{column}"') for column in columns)
        connection.execute(f"INSERT INTO {table} ({into}) SELECT {sources} FROM {_aside(table)}")
    about = dict(connection.execute("SELECT key, value FROM project").fetchall())
    connection.execute("INSERT INTO project (key, value) VALUES (?, ?)", (layout.SEAL, fingerprint.seal(about)))
    connection.execute("INSERT INTO revision (article, n, sha256) SELECT id, revision, sha256 FROM article")


def _fill_steps_from_0(connection: sqlite3.Connection) -> None:
    roots: dict[str, str] = {}
    columns = journal.STEP.replace("root", "''")
    for seq, *row in connection.execute(f"SELECT seq, {columns} FROM old_step ORDER BY seq").fetchall():
        step = StepRecord(*row)
        # What nobody did, the choice of the scheme, cannot be undone.
        roots[step.id] = roots.get(step.undoes, step.undoes) if step.undoes else step.id if step.annotator else ""
        journal.insert(connection, seq, step._replace(root=roots[step.id]), ())


def apply_all(database: sqlite_utils.Database) -> None:
    """Bring a file to the present layout, in the transaction that is open."""
    migrations.apply(database)
    database.execute(f"PRAGMA application_id = {layout.APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {layout.LAYOUT}")


def upgrade(path: Path, older: int) -> None:
    """Bring a project of an older layout to the present one: after a backup, wholly or not at all; under the lock.

    Raises UserError where the backup or the migration fails; the project is as it was then.
    """
    with told(path), closing(connections.for_reading(path)) as reader:
        fingerprint.verify(reader, path, older)
    backup.make(path, paths.backups_dir(), "migration")
    with told(path), closing(connections.for_writing(path)) as connection:
        # Tables refer to each other by name while they are renamed and filled in any order.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA legacy_alter_table = ON")
        connection.execute("BEGIN IMMEDIATE")
        try:
            apply_all(sqlite_utils.Database(connection, execute_plugins=False))
            _require_sound(connection, path)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _require_sound(connection: sqlite3.Connection, path: Path) -> None:
    fingerprint.verify(connection, path)
    if astray := connection.execute("PRAGMA foreign_key_check").fetchall():
        raise UserError(
            _(
                "{path} could not be brought to the present layout: {count} rows point nowhere. It "
                "was not changed; `annotator repair {path} -o NEW` saves what can be saved."
            ).format(path=path, count=len(astray))
        )
