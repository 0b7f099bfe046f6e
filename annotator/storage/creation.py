"""Making a new project file, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlite_utils

import annotator
from annotator.domain import clock, ids
from annotator.domain.change import Change
from annotator.domain.errors import UserError
from annotator.domain.journalled import StepRecord, payload_sha256
from annotator.domain.scheme import Scheme
from annotator.i18n import _, later
from annotator.storage import connection as connections
from annotator.storage import journal, migrations
from annotator.storage.apply import apply
from annotator.storage.faults import told
from annotator.storage.fingerprint import seal
from annotator.storage.layout import SEAL


def create(path: Path, scheme: Scheme, name: str | None) -> None:
    """Make a project of this scheme at `path`. Raises UserError where something stands there already."""
    require_free(path)
    temporary = path.with_name(f".{path.name}.{ids.uuid7()[-8:]}.new")
    try:
        with told(path), closing(connections.for_writing(temporary)) as connection:
            _fill(connection, scheme, name or path.stem)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        put(temporary, path)
    finally:
        for rest in (temporary, Path(f"{temporary}-wal"), Path(f"{temporary}-shm")):
            rest.unlink(missing_ok=True)


def require_free(path: Path) -> None:
    """Raise UserError where something stands at `path`, or it cannot be made there."""
    if path.exists() or path.is_symlink():
        raise UserError(_("{path} exists already; it was not touched.").format(path=path))
    if not path.parent.is_dir():
        raise UserError(_("The folder {parent} does not exist.").format(parent=path.parent))


def put(temporary: Path, path: Path) -> None:
    """Give a finished file its name. Raises UserError where that is taken meanwhile."""
    # A link fails where the name is taken, so a file made meanwhile is never replaced; some file systems have no links.
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise UserError(_("{path} exists already; it was not touched.").format(path=path)) from None
    except OSError:
        if path.exists():
            raise UserError(_("{path} exists already; it was not touched.").format(path=path)) from None
        temporary.rename(path)


def _fill(connection: sqlite3.Connection, scheme: Scheme, name: str) -> None:
    database = sqlite_utils.Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    migrations.apply_all(database)
    now = clock.now()
    about = {
        "id": ids.uuid7(),
        "name": name,
        "created": now,
        "program": f"annotator {annotator.__version__}",
    }
    about[SEAL] = seal(about)
    connection.executemany("INSERT INTO project (key, value) VALUES (?, ?)", about.items())
    # The first entry of the journal, by nobody and at no time: one scheme gives the same step in every project.
    change = Change(None, scheme)
    records = [journal.recorded(change, "")]
    step = StepRecord(
        ids.scheme_step_id(scheme.id, scheme.sha256),
        annotator="",
        device="",
        at="",
        title=later("Scheme chosen"),
        scheme_version=scheme.version,
        lamport=1,
        payload_sha256=payload_sha256(records),
    )
    apply(connection, change, 1)
    journal.insert(connection, 1, step, records)
    connection.execute("COMMIT")
