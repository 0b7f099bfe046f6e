"""A new project out of a damaged one: the journal as far as it is sound, then what only the tables still hold.

The damaged file is only read. What is taken from the tables against the journal, or is lost, is listed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlite_utils

from annotator.domain import clock, ids
from annotator.domain.article import Article, Layer
from annotator.domain.change import KIND_OF, Change, Value
from annotator.domain.errors import UserError
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.domain.text import fingerprint, storable
from annotator.i18n import _, later, n_
from annotator.storage import backup, fold, journal, migrations
from annotator.storage import connection as connections
from annotator.storage.chain import Chain
from annotator.storage.definitions import legible
from annotator.storage.faults import told
from annotator.storage.fingerprint import seal
from annotator.storage.fold import Key
from annotator.storage.layout import GAPS, HOLDER, LAYOUT, SEAL
from annotator.storage.rows import TABLES
from annotator.storage.salvage import Salvage

_TITLE = later("Saved by a repair")
_ODD = (ArithmeticError, AssertionError, LookupError, TypeError, UserError, ValueError)
"""What making a value of damaged data may raise."""


@dataclass(slots=True)
class Saved:
    """What stands in the new project, and a sentence for everything that was lost or is not certain."""

    articles: int = 0
    spans: int = 0
    steps: int = 0
    lost: list[str] = field(default_factory=list)


def repair(damaged: Path, new: Path) -> Saved:
    """Save what can be saved into a new project. Raises UserError where nothing can, or something stands at `new`."""
    if new.exists() or new.is_symlink():
        raise UserError(_("{new} exists already; it was not touched.").format(new=new))
    if not new.absolute().parent.is_dir():
        raise UserError(_("The folder {parent} does not exist.").format(parent=new.parent))
    if connections.look(damaged) != LAYOUT:
        raise UserError(
            _("{damaged} is of an older layout; open it in the window once, which renews it.").format(damaged=damaged)
        )
    temporary = new.with_name(f".{new.name}.{ids.uuid7()[-8:]}.new")
    try:
        with (
            told(damaged),
            legible(damaged, new.absolute().parent) as source,
            closing(sqlite3.connect(temporary, isolation_level=None)) as target,
        ):
            saved = _Repair(Salvage(source), target).run()
        backup.verify(temporary)
        temporary.replace(new)
        return saved
    finally:
        temporary.unlink(missing_ok=True)


class _Repair:
    """One run from a damaged file into an empty one."""

    def __init__(self, source: Salvage, target: sqlite3.Connection) -> None:
        self._source = source
        self._target = target
        self._saved = Saved()
        self._texts: dict[str, str] = {}
        """Texts that do not fit their fingerprint, by it."""
        self._lost_steps = 0
        self._seq = 0
        self._lamport = 0

    def run(self) -> Saved:
        """Fill the target in one transaction."""
        target = self._target
        target.execute("BEGIN IMMEDIATE")
        target.execute("PRAGMA defer_foreign_keys = ON")
        migrations.apply_all(sqlite_utils.Database(target, execute_plugins=False))
        self._about()
        self._keep_texts()
        self._journal()
        fold.rewrite(target, fold.articles(target))
        self._tables()
        self._articles_without_text()
        self._say_what_is_unread()
        target.execute("COMMIT")
        held = backup.holding(target)
        self._saved.articles, self._saved.spans, self._saved.steps = held
        return self._saved

    def _about(self) -> None:
        about = {"id": ids.uuid7(), "name": "Repaired", "created": clock.now()}
        # The one table without row numbers that is not made anew from the others.
        try:
            about |= dict(self._source.plain("project", "key, value"))
        except sqlite3.DatabaseError:
            self._saved.lost.append(_("The project's name and id are lost; it has new ones."))
        about.pop(HOLDER, None)
        if about.get(SEAL) != seal(about):
            self._saved.lost.append(_("The project's name, id or date was altered by the damage."))
            about[SEAL] = seal(about)
        self._target.executemany("INSERT INTO project (key, value) VALUES (?, ?)", about.items())

    def _keep_texts(self) -> None:
        for sha256, body in self._source.rows("text", "sha256, body"):
            if not isinstance(body, str) or not isinstance(sha256, str):
                continue
            body, _ = storable(body)
            own = fingerprint(body)
            if own != sha256:
                self._texts[sha256] = own
            self._target.execute("INSERT OR IGNORE INTO text VALUES (?, ?, ?)", (own, len(body), body))

    # the journal

    def _journal(self) -> None:
        changes: dict[int, dict[int, ChangeRecord]] = {}
        columns = "step, n, kind, entity, article, parent, before, after"
        for seq, n, *rest in self._source.rows("change", columns):
            changes.setdefault(seq, {})[n] = ChangeRecord(*rest)
        chain = Chain()
        last = 0
        for seq, step in self._steps():
            self._lost_steps += max(seq - last - 1, 0)
            last = seq
            own = [record for _, record in sorted(changes.pop(seq, {}).items())]
            if not self._sound(step, own):
                self._lost_steps += 1
                continue
            chain.add(step)
            self._seq += 1
            self._lamport = max(self._lamport, step.lamport)
            journal.insert(self._target, self._seq, step, own)
        self._lost_steps += len(changes)  # changes whose step is gone
        if self._lost_steps:
            self._saved.lost.append(
                n_(
                    "{count:,} step of the journal cannot be read: what it did is taken from the tables where it "
                    "stands there, and cannot be undone.",
                    "{count:,} steps of the journal cannot be read: what they did is taken from the tables where it "
                    "stands there, and cannot be undone.",
                    self._lost_steps,
                ).format(count=self._lost_steps)
            )
        if gaps := chain.broken():
            self._target.execute("INSERT INTO project (key, value) VALUES (?, ?)", (GAPS, json.dumps(gaps)))

    def _steps(self) -> Iterator[tuple[int, StepRecord]]:
        for seq, *rest in self._source.rows("step", f"seq, {journal.STEP}"):
            yield seq, StepRecord(*rest)

    def _sound(self, step: StepRecord, changes: list[ChangeRecord]) -> bool:
        try:
            for record in changes:
                journal.change_of(record)
            step.hash()
            known = journal.step(self._target, step.id) is None
            return known and payload_sha256(changes) == step.payload_sha256
        except (*_ODD, AttributeError):
            return False

    # what only the tables hold

    def _tables(self) -> None:
        wanted = dict(self._readable())
        homes: dict[str, str] = {layer.id: layer.article for layer in wanted.values() if isinstance(layer, Layer)}
        by_article: dict[str, dict[Key, Value]] = {article: {} for article in fold.articles(self._target)}
        for key, value in wanted.items():
            by_article.setdefault(_article(key, value, homes), {})[key] = value
        for article, stand in by_article.items():
            folded = {key: it.value for key, it in fold.fold(self._target, article).items()}
            changes = list(self._differences(folded, stand))
            if changes:
                self._write(changes)

    def _readable(self) -> Iterator[tuple[Key, Value]]:
        homes: dict[str, str] = {}
        for kind, table in TABLES.items():
            for row in self._source.rows(table.name, table.quoted):
                try:
                    layer = row[1] if kind in ("span", "relation", "group") else ""
                    value = table.from_row(row, homes.get(layer, ""))
                    hash((value.id, KIND_OF[type(value)]))
                except (*_ODD, AttributeError):
                    self._source.unread[table.name] = self._source.unread.get(table.name, 0) + 1
                    continue
                if isinstance(value, Layer):
                    homes[value.id] = value.article
                yield (kind, value.id), value

    def _differences(self, folded: dict[Key, Value], stand: dict[Key, Value]) -> Iterator[Change]:
        """Yield what leads from the journal's state to that of the tables; without a lost step the journal is right."""
        if not self._lost_steps:
            return
        for key in [*folded, *(key for key in stand if key not in folded)]:
            kind = key[0]
            if key not in stand:
                if not self._source.unread.get(TABLES[kind].name):
                    yield Change(folded[key], None)
            elif folded.get(key) != stand[key] and self._has_a_place(stand[key], folded, stand):
                yield Change(folded.get(key), stand[key])

    def _has_a_place(self, value: Value, folded: dict[Key, Value], stand: dict[Key, Value]) -> bool:
        key = None
        if isinstance(value, Span | Relation | Group):
            key = ("layer", value.layer)
        elif isinstance(value, Layer):
            key = ("article", value.article)
        if key is None or key in folded or key in stand:
            return True
        self._saved.lost.append(
            _("The {kind} {id} is lost: what it stood in is gone.").format(kind=KIND_OF[type(value)], id=value.id)
        )
        return False

    def _write(self, changes: list[Change]) -> None:
        """Append a step by nobody, and do its changes without a look at what was there."""
        order = list(TABLES)
        changes = sorted(changes, key=lambda it: (it.after is None, order.index(it.kind)))
        gone = [it for it in changes if it.after is None]
        changes = [it for it in changes if it.after is not None] + gone[::-1]
        self._seq += 1
        self._lamport += 1
        records = [journal.recorded(change, "") for change in changes]
        step = StepRecord(
            ids.uuid7(), "", "", clock.now(), _TITLE, 1, lamport=self._lamport,
            payload_sha256=payload_sha256(records),
        )  # fmt: skip
        journal.insert(self._target, self._seq, step, records)
        fold.rewrite(self._target, {change.article for change in changes})

    # texts

    def _articles_without_text(self) -> None:
        known = {row[0]: row[1] for row in self._target.execute("SELECT sha256, length FROM text").fetchall()}
        for (id,) in self._target.execute("SELECT id FROM article").fetchall():
            there = {key: it.value for key, it in fold.fold(self._target, id).items()}
            article = there["article", id]
            if article.sha256 in known:
                self._require_inside(id, there, known[article.sha256])
                continue
            other = self._texts.get(article.sha256)
            if other is None:
                self._let_go(article, there)
                continue
            self._saved.lost.append(
                _("The text of the article {id} was altered by the damage; its spans may be off.").format(id=id)
            )
            self._write([Change(article, article._replace(sha256=other))])
            self._target.execute("UPDATE revision SET sha256 = ? WHERE article = ?", (other, id))
            self._require_inside(id, there, known[other])

    def _let_go(self, article: Article, there: dict[Key, Value]) -> None:
        spans = sum(kind == "span" for kind, _ in there)
        self._saved.lost.append(
            n_(
                "The text of the article {id} is lost, and with it {count:,} span.",
                "The text of the article {id} is lost, and with it {count:,} spans.",
                spans,
            ).format(id=article.id, count=spans)
        )
        self._write([Change(value, None) for value in there.values()])
        self._target.execute("DELETE FROM revision WHERE article = ?", (article.id,))

    def _require_inside(self, article: str, there: dict[Key, Value], length: int) -> None:
        beyond = [value for value in there.values() if isinstance(value, Span) and value.end > length]
        if beyond:
            self._saved.lost.append(
                n_(
                    "{count:,} span of the article {article} ends beyond its text.",
                    "{count:,} spans of the article {article} end beyond its text.",
                    len(beyond),
                ).format(count=len(beyond), article=article)
            )
            self._write([Change(span, None) for span in beyond])

    def _say_what_is_unread(self) -> None:
        for table, number in sorted(self._source.unread.items()):
            if number and table not in ("step", "change"):
                self._saved.lost.append(
                    n_(
                        "{count:,} row of the table {table} cannot be read.",
                        "{count:,} rows of the table {table} cannot be read.",
                        number,
                    ).format(count=number, table=table)
                )


def _article(key: Key, value: Any, homes: dict[str, str]) -> str:
    if key[0] == "article":
        return key[1]
    layer = getattr(value, "layer", "")
    return homes.get(layer, "") if layer else getattr(value, "article", "")
