"""A step into the tables and the journal, inside a transaction of the store."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby

from annotator.domain.article import Annotator
from annotator.domain.change import LAYERED, Change, Imported
from annotator.domain.errors import NotTheLead
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.i18n import _
from annotator.storage import journal
from annotator.storage.apply import apply, inside
from annotator.storage.authority import SHARED, Authority, authority
from annotator.storage.insertions import Insertions
from annotator.storage.store import End, JournalEnd, Store

Prepared = tuple[StepRecord, Sequence[Change], Mapping[str, str]]
"""A step to be done: its header, its changes, and the texts it needs by fingerprint."""


@contextmanager
def transaction(store: Store, annotator: str, device: str) -> Iterator[Writing]:
    """Let one person on one device write in one transaction: all of it is kept, or nothing.

    Raises ReadOnly, Stale, UserError.
    """
    line = (annotator, device)
    with store.writing() as connection:
        known = store.journal_end
        # Steps made elsewhere may have been brought in since.
        (last,) = connection.execute("SELECT max(seq) FROM step").fetchone()
        goes_on = known is not None and known.line == line and known.end.seq == last
        writing = Writing(connection, annotator, device, known.end if known is not None and goes_on else None)
        yield writing
        store.end_to_be = JournalEnd(line, writing.end) if writing.end is not None else None


class Writing:
    """What one person on one device may write while a transaction is open."""

    def __init__(self, connection: sqlite3.Connection, annotator: str, device: str, end: End | None = None) -> None:
        self._connection = connection
        self._line = (annotator, device)
        # Nobody else writes while the transaction is open: what was asked once need not be asked at every step.
        self._people: dict[str, Annotator | None] = {}
        self._authority: Authority | None = None
        self._forks: bool | None = None
        self.end = end
        """Where the journal ends, None where that was not asked yet."""

    def stored_changes(self, seq: int) -> tuple[Change, ...]:
        """Return the changes of the step with this local number."""
        return tuple(journal.change_of(record) for record in journal.changes(self._connection, seq))

    def record(self, header: StepRecord, changes: Sequence[Change]) -> int:
        """Do the changes and append the step to the journal; lamport, payload and chain hash are filled in here.

        Returns the step's local number. Raises NotTheLead where it is not theirs to do, Stale where the tables do not
        hold what a change starts from.
        """
        connection = self._connection
        self._require_authority(changes)
        seq = self._next_seq()
        records: list[ChangeRecord] = []
        for change in changes:
            records.append(journal.recorded(change, apply(connection, change, seq)))
            if change.kind == "annotator":
                self._people.pop(change.entity, None)
        journal.insert(connection, seq, self._chained(header, seq, records), records)
        # What goes back to what it was, by undo or by hand, may be twofold again: the other machine's is no longer a
        # state that was only passed through.
        back = {it.entity for it in records if it.kind in LAYERED and it.parent}
        self._look_at_forks(changes, back)
        return seq

    def _look_at_forks(self, changes: Sequence[Change], back: set[str]) -> None:
        # Seldom there are any: a keystroke pays 0.07 ms for looking.
        if self._forks is None:
            (self._forks,) = self._connection.execute("SELECT EXISTS (SELECT 1 FROM fork)").fetchone()
        decides = any(change.kind == "decision" for change in changes)
        if self._forks or decides or back:
            from annotator.storage import forks

            forks.look_again(
                self._connection,
                [(change.kind, change.entity, change.article, change.value) for change in changes],
                back,
            )
            self._forks = None

    def record_all(self, steps: Sequence[Prepared]) -> None:
        """Do what `keep_texts` and `record` would one step after the other; new articles are written together.

        Raises as `record`.
        """
        for together, some in groupby(steps, _brings_new_articles):
            if together:
                self._bring(list(some))
                continue
            for header, changes, texts in some:
                self.keep_texts(texts)
                self.record(header, changes)

    def _bring(self, steps: Sequence[Prepared]) -> None:
        # An import that was undone left its traces in the journal.
        entities = [change.entity for _, changes, _ in steps for change in changes]
        parents = journal.last_touches(self._connection, entities)
        waiting = Insertions()
        for header, changes, texts in steps:
            seq = self._next_seq()
            for change in changes:
                value = change.after
                # `_brings_new_articles` lets nothing else in.
                assert isinstance(value, Imported)
                assert value.article is not None
                body = texts[value.article.sha256]
                inside(value.spans, len(body))
                waiting.add_text(value.article.sha256, body)
                waiting.add_imported(value, seq)
            records = [journal.recorded(change, parents.get(change.entity, "")) for change in changes]
            waiting.add_step(seq, self._chained(header, seq, records), records)
        waiting.write(self._connection)

    def _require_authority(self, changes: Sequence[Change]) -> None:
        # Asked of what is rare only: no keystroke pays for it.
        asked = [change for change in changes if change.kind in SHARED or change.kind == "article"]
        if not asked:
            return
        if self._authority is None:
            self._authority = authority(self._connection)
        for change in asked:
            edits = change.before is not None and change.after is not None
            if not self._authority.allows(self._line[0], sys.maxsize, change.kind, edits):
                raise NotTheLead(
                    _("This is for the lead of the project to change; you can propose it. Nothing was written.")
                )

    def _next_seq(self) -> int:
        if self.end is None:
            self.end = self._found_end()
        return self.end.seq + 1

    def _chained(self, header: StepRecord, seq: int, records: Sequence[ChangeRecord]) -> StepRecord:
        """Return the step as it follows the last one, and remember it as the last."""
        end = self.end
        assert end is not None  # `_next_seq` has found it
        step = header._replace(lamport=end.lamport + 1, payload_sha256=payload_sha256(records), prev_hash=end.hash)
        own = (step.annotator, step.device) == self._line
        self.end = End(seq, step.lamport, step.hash() if own else end.hash)
        return step

    def _found_end(self) -> End:
        seq, lamport = self._connection.execute(
            "SELECT (SELECT coalesce(max(seq), 0) FROM step), (SELECT coalesce(max(lamport), 0) FROM step)"
        ).fetchone()
        last = journal.last_of_line(self._connection, *self._line)
        return End(seq, lamport, last.hash() if last else "")

    def annotator(self, id: str) -> Annotator | None:
        """Return how the project knows this person."""
        if id not in self._people:
            row = self._connection.execute("SELECT id, name FROM annotator WHERE id = ?", (id,)).fetchone()
            self._people[id] = Annotator(*row) if row else None
        return self._people[id]

    def keep_texts(self, texts: Mapping[str, str]) -> None:
        """Store texts by fingerprint; one that is there already is the same one."""
        keep_texts(self._connection, texts)


def _brings_new_articles(step: Prepared) -> bool:
    """Whether nothing of the step needs a look at what the project holds."""
    _, changes, texts = step
    return all(_is_new_article(change, texts) for change in changes)


def _is_new_article(change: Change, texts: Mapping[str, str]) -> bool:
    value = change.after
    if change.before is not None or not isinstance(value, Imported) or value.article is None:
        return False
    revision = value.article.revision
    return value.article.sha256 in texts and all(span.revision == revision for span in value.spans)


def keep_texts(connection: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    """Store texts by fingerprint, in an open transaction."""
    connection.executemany(
        "INSERT OR IGNORE INTO text (sha256, length, body) VALUES (?, ?, ?)",
        [(sha256, len(body), body) for sha256, body in texts.items()],
    )
