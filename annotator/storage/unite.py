"""Steps made elsewhere, brought in as they are; the tables then follow the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from annotator.domain.errors import UserError
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.i18n import _
from annotator.storage import fold, journal
from annotator.storage.store import Store
from annotator.storage.writing import keep_texts

Foreign = tuple[StepRecord, Sequence[ChangeRecord]]


def exported(connection: sqlite3.Connection) -> list[Foreign]:
    """Return all steps with their changes, oldest first."""
    return [(step, journal.changes(connection, seq)) for seq, step in journal.steps(connection)]


def bring(store: Store, foreign: Iterable[Foreign], texts: Mapping[str, str]) -> int:
    """Bring steps into an open project, in one transaction; as `unite`."""
    with store.writing() as connection:
        # The next step of this program follows what comes now, not the step that was the last one.
        store.journal_end = None
        return unite(connection, foreign, texts)


def unite(connection: sqlite3.Connection, foreign: Iterable[Foreign], texts: Mapping[str, str]) -> int:
    """Bring steps in, in an open transaction; return how many were new. Those that are here already are left alone.

    Raises UserError where a step is damaged, or is here with other content.
    """
    keep_texts(connection, texts)
    (seq,) = connection.execute("SELECT coalesce(max(seq), 0) FROM step").fetchone()
    purged = {row[0] for row in connection.execute("SELECT article FROM purged").fetchall()}
    touched: set[str] = set()
    new = 0
    for step, changes in foreign:
        if payload_sha256(changes) != step.payload_sha256:
            raise UserError(_("The step {id} is damaged: its content does not fit its fingerprint.").format(id=step.id))
        known = journal.step(connection, step.id)
        if known is not None:
            if known.hash() != step.hash():
                raise UserError(_("The step {id} is here already, with other content.").format(id=step.id))
            continue
        new += 1
        changes = [_without_content(change) if change.article in purged else change for change in changes]
        journal.insert(connection, seq + new, step._replace(root=_root(connection, step)), changes)
        touched.update(change.article for change in changes)
    fold.rewrite(connection, sorted(touched))
    return new


def _without_content(change: ChangeRecord) -> ChangeRecord:
    # What was purged here must not come back by way of a colleague.
    return change._replace(before=None, after=None)


def _root(connection: sqlite3.Connection, step: StepRecord) -> str:
    if not step.undoes:
        return step.id
    before = journal.step(connection, step.undoes)
    return before.root if before is not None and before.root else step.undoes
