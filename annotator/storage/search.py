"""The index of words: which articles hold a word, found by its beginning; a cache that is filled when there is time.

It stands in the project, so that purge, backup and copy take it along, and is filled in chunks by a job of its own: an
import does not wait for it. An article is in it as one step (`head`) left it; where it has been changed, taken back
or brought again since, it does not count as read. Words cannot be taken out one by one (the oldest SQLite we know has
no way that needs no copy of them), so an article that is read again gets a new number, and what stands under the old
one is passed over.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

PREFIXES = (1, 2, 3, 4, 5, 6, 7, 8)
"""Lengths of the beginnings that stand in the index by themselves, as the layout says."""
MOST_ASKED = 100
"""Beginnings that are asked for at once; FTS5 takes up to 256."""
CHUNK = 6_000
"""Words written together: 10 to 20 ms."""
MERGED = 30
"""Pages of the index put together at once: as long as a chunk."""

_ERROR, _CORRUPT = 1, 11
"""What SQLite answers (the low byte of its code) where what it reads of the index makes no sense."""

CURRENT = (
    "EXISTS (SELECT 1 FROM searched WHERE searched.n = article.n AND article = id AND searched.head = article.head)"
)
"""Whether the index holds an article as it is now: a condition on `article`."""


# The plus: without it SQLite asks the index once for each article there is.
_SUMS = "SELECT count(*), coalesce(sum(rowid), 0) FROM search WHERE search MATCH ? AND +rowid IN present"


class Unread(NamedTuple):
    """An article as it is put into the index."""

    n: int
    id: str
    head: int
    words: str


def expression(words: Sequence[str]) -> str:
    """Return what to ask of the index for words that somebody typed, all of them; "" where these are mere signs."""
    # Its patterns take longer to make than all else that a start reads from here.
    from annotator.domain.terms import beginnings

    asked = dict.fromkeys(beginning for word in words for beginning in beginnings(word))
    # Terms are letters and digits only: no sign in them means anything to FTS5.
    return " AND ".join(f'"{beginning}"*' for beginning in list(asked)[:MOST_ASKED])


def hold(connection: sqlite3.Connection, asked: str, most: int) -> bool:
    """Return whether at least so many numbers in the index hold what is `asked` (see `expression`)."""
    hits = connection.execute("SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)", (asked, most))
    count: int = hits.fetchone()[0]
    return count >= most


def progress(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many articles are in the index as they are now, and how many there are."""
    read, total = connection.execute(f"SELECT coalesce(sum({CURRENT}), 0), count(*) FROM article").fetchone()
    return read, total


def unread(connection: sqlite3.Connection) -> Iterator[list[Unread]]:
    """Yield the articles that are not in the index, in chunks; those that change meanwhile come the next time."""
    chunk: list[Unread] = []
    size, last = 0, -1
    while rows := connection.execute(
        f"SELECT n, id, article.head, title, meta, body FROM article JOIN text USING (sha256) "
        f"WHERE n > ? AND NOT {CURRENT} ORDER BY n LIMIT 20",
        (last,),
    ).fetchall():
        for n, id, head, title, meta, body in rows:
            words = _words(title, meta, body)
            chunk.append(Unread(n, id, head, " ".join(words)))
            size += len(words)
            if size >= CHUNK:
                yield chunk
                chunk, size = [], 0
        last = rows[-1][0]
    if chunk:
        yield chunk


def _words(title: str, meta: str, body: str) -> set[str]:
    from annotator.domain.terms import parts, terms

    outlet = json.loads(meta).get("outlet")
    return terms(body) | parts(title) | (parts(outlet) if isinstance(outlet, str) else set())


def add(connection: sqlite3.Connection, chunk: Sequence[Unread]) -> None:
    """Put articles into the index, in an open transaction; one that was changed meanwhile does not count as read."""
    for n, id, head, words in chunk:
        if connection.execute("SELECT 1 FROM searched WHERE n = ?", (n,)).fetchone():
            # Under this number stand other words already.
            (fresh,) = connection.execute(
                "SELECT 1 + max((SELECT max(n) FROM article), (SELECT max(n) FROM searched))"
            ).fetchone()
            connection.execute("UPDATE article SET n = ? WHERE id = ?", (fresh, id))
            n = fresh
        connection.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (n, words))
        connection.execute("INSERT INTO searched (n, article, head) VALUES (?, ?, ?)", (n, id, head))


def put_together(connection: sqlite3.Connection) -> bool:
    """Put some pages of the index together, in an open transaction; return whether there is more to do.

    What is not put together is found as well, only later: every chunk is a place of its own to look in.
    """
    before = connection.total_changes
    connection.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (MERGED,))
    return connection.total_changes - before >= 2  # FTS5's own sign that it did something


def empty(connection: sqlite3.Connection) -> None:
    """Take all words out of the index, in an open transaction; all articles are unread then."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute("DELETE FROM searched")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether what was asked of the index failed for what stands in it, and not for the disk or another program."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (_ERROR, _CORRUPT)


def is_there(connection: sqlite3.Connection) -> bool:
    """Whether the project is of a layout that has an index."""
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'searched'").fetchone() is not None


def strange(connection: sqlite3.Connection) -> int:
    """Return how many entries of the index are of an article, or of a state of it, that the journal never knew.

    Their numbers are not looked at: an entry under a number that is not its article's is passed over, as old ones are.
    """
    (count,) = connection.execute(
        "SELECT count(*) FROM searched WHERE NOT EXISTS "
        "(SELECT 1 FROM change WHERE entity = searched.article AND step = searched.head)"
    ).fetchone()
    return int(count)


def wrong(connection: sqlite3.Connection) -> list[str]:
    """Return the words and beginnings for which the index does not give the articles that hold them.

    Asked as a search asks, so that whatever a search reads is looked at. Raises sqlite3.DatabaseError where the index
    cannot be read.
    """
    expected: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    connection.execute("CREATE TEMP TABLE present (n INTEGER PRIMARY KEY)")
    try:
        for n, words in _read(connection):
            connection.execute("INSERT INTO present VALUES (?)", (n,))
            for asked in words:
                found = expected[asked]
                found[0] += 1
                found[1] += n
        return [asked for asked, sums in expected.items() if [*connection.execute(_SUMS, (asked,)).fetchone()] != sums]
    finally:
        connection.execute("DROP TABLE present")


def _read(connection: sqlite3.Connection) -> Iterator[tuple[int, set[str]]]:
    """Yield the articles in the index: number, and what it may be asked for."""
    last = -1
    while rows := connection.execute(
        f"SELECT n, title, meta, body FROM article JOIN text USING (sha256) "
        f"WHERE n > ? AND {CURRENT} ORDER BY n LIMIT 20",
        (last,),
    ).fetchall():
        for n, *rest in rows:
            words = _words(*rest)
            yield n, {f'"{word[:length]}"*' for word in words for length in PREFIXES} | {f'"{word}"' for word in words}
        last = rows[-1][0]
