"""Is everything in the project what it was when it was written? By SQLite, by fingerprints and by replay."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from annotator.domain import span as spans
from annotator.domain.errors import BadSpan, UserError
from annotator.domain.journalled import StepRecord, payload_sha256
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.i18n import _, later, n_
from annotator.storage import fold, forks, journal, search
from annotator.storage.authority import authority
from annotator.storage.chain import Chain
from annotator.storage.fingerprint import seal
from annotator.storage.layout import GAPS, SEAL
from annotator.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: where (a table or a thing), which id, and a sentence."""

    what: str
    id: str
    sentence: str


_ALTERED = later("The content of the step does not fit its fingerprint: it was altered.")


def check(reader: Reader) -> Iterator[Finding]:
    """Yield what is wrong with the project; nothing when all is well. Reads everything, writes nothing."""
    for part in (_file, _about, _texts, _journal, _tables, _offsets, _index):
        yield from _understood(part, reader.connection)


def _understood(
    part: Callable[[sqlite3.Connection], Iterator[Finding]], connection: sqlite3.Connection
) -> Iterator[Finding]:
    """Yield what a part finds; damage may make values that nobody would write, and these are a finding too."""
    try:
        yield from part(connection)
    except sqlite3.DatabaseError as error:
        yield Finding("file", "", _("SQLite cannot read it: {reason}.").format(reason=error))
    except (ArithmeticError, AssertionError, LookupError, TypeError, UserError, ValueError) as error:
        yield Finding(
            "file", "", _("What stands in the tables cannot be understood ({kind}).").format(kind=type(error).__name__)
        )


def surface(reader: Reader) -> Iterator[Finding]:
    """Yield what a quick look at the whole file finds: its pages, references and texts; not the journal."""
    for part in (_quick, _texts):
        yield from _understood(part, reader.connection)


TAIL = 200
"""Steps at the journal's end that are looked at after an unclean end."""


def tail(reader: Reader) -> Iterator[Finding]:
    """Yield what is wrong with the file and with what was done last: the end of the journal, replayed."""
    for part in (_quick, _tail):
        yield from _understood(part, reader.connection)


def _tail(connection: sqlite3.Connection) -> Iterator[Finding]:
    touched: set[str] = set()
    purged = _purged(connection)
    for seq, step in islice(journal.steps(connection, newest_first=True), TAIL):
        if not _as_written(connection, seq, step, purged):
            yield Finding("journal", step.id, _(_ALTERED))
        touched.update(change.article for change in journal.changes(connection, seq))
    yield from _compared(connection, touched)


def _as_written(connection: sqlite3.Connection, seq: int, step: StepRecord, purged: frozenset[str]) -> bool:
    changes = journal.changes(connection, seq)
    if any(change.article in purged for change in changes):
        # Its content is gone on purpose; the fingerprint stays, so that the chain is whole.
        return all(change.before is None and change.after is None for change in changes if change.article in purged)
    return payload_sha256(changes) == step.payload_sha256


def _purged(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute("SELECT article FROM purged").fetchall())


def _file(connection: sqlite3.Connection) -> Iterator[Finding]:
    return _pages(connection, "integrity_check")


def _quick(connection: sqlite3.Connection) -> Iterator[Finding]:
    return _pages(connection, "quick_check")


def _pages(connection: sqlite3.Connection, how: str) -> Iterator[Finding]:
    for (answer,) in connection.execute(f"PRAGMA {how}").fetchall():
        if answer != "ok":
            yield Finding("file", "", _("SQLite reports: {answer}.").format(answer=answer))
    for table, _row, parent, _key in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield Finding(
            "file",
            table,
            _("A row of {table} points to a row of {parent} that is not there.").format(table=table, parent=parent),
        )


def _texts(connection: sqlite3.Connection) -> Iterator[Finding]:
    for sha256, length in connection.execute("SELECT sha256, length FROM text").fetchall():
        (body,) = connection.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        if fingerprint(body) != sha256 or len(body) != length:
            yield Finding("text", sha256, _("The text does not fit its fingerprint: it was altered."))


def _journal(connection: sqlite3.Connection) -> Iterator[Finding]:
    known = connection.execute("SELECT value FROM project WHERE key = ?", (GAPS,)).fetchone()
    gaps = frozenset(json.loads(known[0])) if known else frozenset()
    seals = journal.seals(connection)
    purged = _purged(connection)
    chain = Chain()
    brought = {row[0] for row in connection.execute("SELECT step FROM package_step").fetchall()}
    for seq, step in journal.steps(connection):
        if step.seal(seq) != seals[seq]:
            yield Finding("journal", step.id, _("The row of the step was altered."))
        if not _as_written(connection, seq, step, purged):
            yield Finding("journal", step.id, _(_ALTERED))
        chain.add(step)
    for id in chain.broken():
        # A package may go on from one that is not here.
        if id not in gaps and id not in brought:
            yield Finding("journal", id, _("The step before this one was altered or is missing."))


def _about(connection: sqlite3.Connection) -> Iterator[Finding]:
    about = dict(connection.execute("SELECT key, value FROM project").fetchall())
    if about.get(SEAL) != seal(about):
        yield Finding("project", "", _("The project's name, id or date was altered."))


def _tables(connection: sqlite3.Connection) -> Iterator[Finding]:
    known = fold.articles(connection)
    in_tables = [row[0] for row in connection.execute("SELECT id FROM article").fetchall()]
    yield from _compared(connection, {*known, *in_tables, ""})


def _forks(connection: sqlite3.Connection, article: str, wanted: set[forks.Fork]) -> Iterator[Finding]:
    for fork in sorted(wanted ^ set(forks.stored(connection, article))):
        yield Finding(fork.kind, fork.entity, _("What was changed on two machines is not what the journal says."))


def _compared(connection: sqlite3.Connection, articles: set[str]) -> Iterator[Finding]:
    rules = authority(connection)
    for article in sorted(articles):
        changes = fold.told(connection, article, rules)
        wanted, found = fold.folded(changes), fold.stored(connection, article)
        yield from _forks(connection, article, set(forks.found(article, changes, wanted)))
        for key in sorted(wanted.keys() | found.keys()):
            kind, id = key
            if key not in found:
                yield Finding(kind, id, _("The {kind} is in the journal but missing in its table.").format(kind=kind))
            elif key not in wanted:
                yield Finding(kind, id, _("The {kind} is in its table but not in the journal.").format(kind=kind))
            elif wanted[key] != found[key]:
                yield Finding(kind, id, _("The {kind} is not what the journal says.").format(kind=kind))


# A span in pieces is read from `fragments`, but found and put in order by where it begins and ends.
_ASTRAY = """
    SELECT id FROM span WHERE fragments != ''
    AND (start IS NOT json_extract(fragments, '$[0][0]') OR "end" IS NOT json_extract(fragments, '$[#-1][1]'))
    ORDER BY id
"""


def _offsets(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (id,) in connection.execute(_ASTRAY).fetchall():
        yield Finding("span", id, _("The span begins or ends elsewhere than its fragments."))
    lengths: dict[tuple[str, int], int | None] = {}
    for article in [row[0] for row in connection.execute("SELECT id FROM article").fetchall()]:
        lengths.clear()
        for (kind, _id), folded in fold.stored(connection, article).items():
            if kind == "span":
                yield from _span(connection, folded.value, lengths)


def _index(connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        wrong, strange = len(search.wrong(connection)), search.strange(connection)
    except sqlite3.DatabaseError as error:
        yield Finding("search", "", _("The index of words cannot be read: {reason}.").format(reason=error))
        return
    if strange:
        words = n_(
            "The index of words has {count:,} entry of an article that the journal does not know so.",
            "The index of words has {count:,} entries of articles that the journal does not know so.",
            strange,
        )
        yield Finding("search", "", words.format(count=strange))
    if wrong:
        yield Finding(
            "search",
            "",
            n_(
                "The index of words does not give the articles that hold {count:,} word or beginning of one.",
                "The index of words does not give the articles that hold {count:,} words or beginnings of them.",
                wrong,
            ).format(count=wrong),
        )


def _span(connection: sqlite3.Connection, span: Span, lengths: dict[tuple[str, int], int | None]) -> Iterator[Finding]:
    key = (span.article, span.revision)
    if key not in lengths:
        row = connection.execute(
            "SELECT body FROM revision JOIN text USING (sha256) WHERE article = ? AND n = ?", key
        ).fetchone()
        lengths[key] = None if row is None else len(row[0])
    length = lengths[key]
    if length is None:
        yield Finding(
            "span",
            span.id,
            _("The span stands in revision {revision}, which has no text.").format(revision=span.revision),
        )
    elif span.end > length:
        yield Finding(
            "span",
            span.id,
            _("The span ends at {end}, beyond the text of {length} code points.").format(end=span.end, length=length),
        )
    try:
        if spans.joined(span.fragments) != span.fragments:
            yield Finding("span", span.id, _("The fragments of the span are out of order or touch."))
    except BadSpan as error:
        yield Finding("span", span.id, str(error))
