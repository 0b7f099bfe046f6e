"""The file in which what a package brings is looked at and folded, while others go on working in the project.

It lies in the folder for temporary files and goes with the merge. Its names hide the project's where both have them
(`package`, `package_step`, `project`): asked through it, the project is as it will be.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.storage import connection as connections
from annotator.storage import journal
from annotator.storage.faults import told
from annotator.storage.rows import TABLES

FILE = "staged.db"

_LAYOUT = """
CREATE TABLE new_text (sha256 TEXT PRIMARY KEY, length INTEGER, body TEXT, line INTEGER);
CREATE TABLE new_step (
  n INTEGER PRIMARY KEY, root TEXT, id TEXT UNIQUE, annotator TEXT, device TEXT, lamport INTEGER, at TEXT, title TEXT,
  undoes TEXT, grp TEXT, job TEXT, scheme_version INTEGER, payload_sha256 TEXT, prev_hash TEXT, seal TEXT, hash TEXT,
  line INTEGER
);
CREATE TABLE new_change (
  step INTEGER, n INTEGER, kind TEXT, entity TEXT, article TEXT, parent TEXT, before TEXT, after TEXT
);
CREATE INDEX new_change_article ON new_change (article);
CREATE TABLE known_step (id TEXT PRIMARY KEY, seq INTEGER, packaged INTEGER) WITHOUT ROWID;
CREATE TABLE new_revision (
  article TEXT, n INTEGER, sha256 TEXT, line INTEGER, PRIMARY KEY (article, n)
) WITHOUT ROWID;
CREATE TABLE new_fork (entity TEXT, step TEXT, kind TEXT, article TEXT);
CREATE TABLE gone (kind TEXT, id TEXT, article TEXT);
CREATE TABLE touched (article TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_STEP = "root, id, annotator, device, lamport, at, title, undoes, grp, job, scheme_version, payload_sha256, prev_hash"
# Numbers of steps to come begin behind the last one there was; where somebody wrote meanwhile they move on by :by.
_SEAL = "CASE WHEN :by THEN step_seal(n + :last, root, hash) ELSE seal END"
_HEAD = "CASE WHEN head > :base THEN head + :by ELSE head END"
_ELSEWHERE = "NOT IN (SELECT value FROM json_each(:anew))"


@contextmanager
def staging(project: Path) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """Give a connection to a new file beside which the project stands as `here`, and the file; it goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="annotator-merge-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / FILE
        with told(path), closing(connections.for_staging(path, project)) as connection:
            connection.execute("BEGIN")
            for statement in filter(str.strip, _LAYOUT.split(";")):
                connection.execute(statement)
            for table in TABLES.values():
                # As strict as the project's own: what these do not take, it would not either.
                rows = connection.execute(f"PRAGMA here.table_info({table.name})").fetchall()
                types = {name: type for _, name, type, *_rest in rows}
                columns = ", ".join(f'"{name}" {types[name]} NOT NULL' for name in (*table.columns, "head"))
                connection.execute(f"CREATE TABLE put_{table.name} ({columns}, its_article TEXT) STRICT")
            yield connection, path


def put(kind: str) -> str:
    """Return the INSERT of a row that the project's table of a kind is to hold; the article's id comes last."""
    table = TABLES[kind]
    return f"INSERT INTO put_{table.name} VALUES ({', '.join('?' * (len(table.columns) + 2))})"


def writes() -> list[str]:
    """Return the statements that bring what is staged into the project's tables; it stands beside it as `staged`.

    Parameters: `last` the last local number of a step, `base` what it was when all was made ready, `by` their
    distance, `anew` the articles (JSON) whose tables are made by themselves.
    """
    statements = [
        # Texts of articles that were purged here, or that no article has, are left out.
        "INSERT INTO main.text (sha256, length, body) SELECT sha256, length, body FROM staged.new_text "
        "WHERE sha256 IN (SELECT sha256 FROM staged.new_revision) ON CONFLICT DO NOTHING",
        f"INSERT INTO main.step (seq, {_STEP}, seal) SELECT n + :last, {_STEP}, {_SEAL} FROM staged.new_step "
        "ORDER BY n",
        f"INSERT INTO main.{journal.INTO_CHANGE} SELECT step + :last, n, kind, entity, article, parent, before, after "
        "FROM staged.new_change ORDER BY rowid",
        "INSERT INTO main.revision (article, n, sha256) SELECT article, n, sha256 FROM staged.new_revision "
        "WHERE 1 ON CONFLICT DO NOTHING",
    ]
    for kind, table in reversed(TABLES.items()):
        statements.append(
            f"DELETE FROM main.{table.name} WHERE id IN "
            f"(SELECT id FROM staged.gone WHERE kind = '{kind}' AND article {_ELSEWHERE})"
        )
    for table in TABLES.values():
        statements.append(
            f"INSERT INTO main.{table.into} SELECT {table.quoted}, {_HEAD} FROM staged.put_{table.name} "
            f"WHERE its_article {_ELSEWHERE} {table.otherwise_update}"
        )
    statements += [
        f"DELETE FROM main.fork WHERE article IN (SELECT article FROM staged.touched WHERE article {_ELSEWHERE})",
        "INSERT INTO main.fork (entity, step, kind, article) SELECT entity, step, kind, article FROM staged.new_fork "
        f"WHERE article {_ELSEWHERE}",
    ]
    return statements
