"""What can be read from a project; every read of spans names the layers it may see."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.article import Annotator, Article, Layer, VisibleLayers
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.storage import connection as connections
from annotator.storage import fingerprint, journal, library, search
from annotator.storage.faults import told
from annotator.storage.library import Wanted, asked, condition, headings
from annotator.storage.rows import TABLES

if TYPE_CHECKING:
    from annotator.storage.examples import Example
    from annotator.storage.far import FarSpan

PAGE = 256


class ArticleRow(NamedTuple):
    """An article as a list shows it; `state` is that of the reader's own layer."""

    id: str
    title: str
    position: int
    state: str
    spans: int
    meta: Mapping[str, Any]


class SpanCount(NamedTuple):
    """How many spans of one label stand in the layers of one owner (or imported file)."""

    label: str
    kind: str
    owner: str
    name: str
    number: int


def limits(visible: VisibleLayers) -> tuple[str, dict[str, str]]:
    """Return the condition on `layer` as SQL, with parameters; sets travel as JSON arrays."""
    parts: list[str] = []
    parameters: dict[str, str] = {}
    if visible.kinds is not None:
        parts.append("layer.kind IN (SELECT value FROM json_each(:kinds))")
        parameters["kinds"] = json.dumps(sorted(visible.kinds))
    if visible.owners is not None:
        parts.append("(layer.owner = '' OR layer.owner IN (SELECT value FROM json_each(:owners)))")
        parameters["owners"] = json.dumps(sorted(visible.owners))
    return " AND ".join(parts) or "1", parameters


def scheme_in_force(connection: sqlite3.Connection) -> Scheme:
    """Return the scheme in force, by whatever connection."""
    rows = connection.execute(
        "SELECT scheme.id, version, body FROM scheme JOIN step ON step.seq = scheme.head "
        "ORDER BY lamport DESC, step.id DESC LIMIT 1"
    ).fetchall()
    scheme: Scheme = TABLES["scheme"].from_row(rows[0], "")
    return scheme


class Reader:
    """Reads a project through a connection of its own that cannot write; for one thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.index_damaged = False
        """Whether the index of words could not be read when it was asked last."""
        with told(path):
            self._read = connections.for_reading(path)
            try:
                fingerprint.verify(self._read, path)
            except BaseException:
                self._read.close()
                raise

    def close(self) -> None:
        """Give the connection back; who is the last one leaves the project one file."""
        # Imported here: a start ends with none.
        from annotator.storage import tidying

        self._read.close()
        tidying.tidy(self.path)

    def _rows(self, sql: str, parameters: Mapping[str, Any] | tuple[Any, ...] = ()) -> list[Any]:
        # Always to the end: a cursor left half read would hold a read transaction and let the -wal grow.
        with told(self.path):
            return self._read.execute(sql, parameters).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all reads of the block see the project at one moment; keep it short, the -wal grows meanwhile."""
        with told(self.path):
            self._read.execute("BEGIN")
        try:
            yield
        finally:
            self._read.execute("COMMIT")

    @property
    def connection(self) -> sqlite3.Connection:
        """The reading connection, for the other files of this room."""
        return self._read

    # project

    def about(self) -> dict[str, str]:
        """Return the project's own entries: id, name, created, program."""
        return dict(self._rows("SELECT key, value FROM project"))

    def name(self) -> str:
        """Return the project's name."""
        return self.about().get("name", "") or self.path.stem

    def scheme(self) -> Scheme:
        """Return the scheme in force."""
        with told(self.path):
            return scheme_in_force(self._read)

    def spans_lacking(self, label: str, attribute: str) -> int:
        """Return how many spans of a label say nothing of an attribute (their ids), in all layers."""
        path = '$."{}"'.format(attribute.replace('"', ""))
        ((count,),) = self._rows(
            "SELECT count(*) FROM span WHERE label = ? AND json_extract(attributes, ?) IS NULL", (label, path)
        )
        return int(count)

    def annotators(self) -> dict[str, Annotator]:
        """Return everybody who appears in the project, by id."""
        return {row[0]: Annotator(*row) for row in self._rows("SELECT id, name FROM annotator ORDER BY name, id")}

    # articles

    def article_count(self) -> int:
        """Return the number of articles."""
        count: int = self._rows("SELECT count(*) FROM article")[0][0]
        return count

    def article_page(
        self, me: str, visible: VisibleLayers, offset: int, limit: int, after: ArticleRow | None = None
    ) -> list[ArticleRow]:
        """Return `limit` articles from number `offset` (from 0) in project order.

        Who knows the row before says so with `after`, and need not wait until `offset` rows are counted.
        """
        if after is not None:
            tail = "WHERE (position, article.id) > (:position, :id) ORDER BY position, article.id LIMIT :limit"
            return self._article_rows(me, visible, tail, {"position": after.position, "id": after.id, "limit": limit})
        return self._article_rows(me, visible, "ORDER BY position, id LIMIT :limit OFFSET :offset",
                                  {"limit": limit, "offset": offset})  # fmt: skip

    def article_row(self, id: str, me: str, visible: VisibleLayers) -> ArticleRow | None:
        """Return one article as the list shows it."""
        rows = self._article_rows(me, visible, "WHERE article.id = :id", {"id": id})
        return rows[0] if rows else None

    def article_rows(self, ids: Sequence[str], me: str, visible: VisibleLayers) -> list[ArticleRow]:
        """Return those of the articles that are there, in project order."""
        tail = "WHERE article.id IN (SELECT value FROM json_each(:ids)) ORDER BY position, id"
        return self._article_rows(me, visible, tail, {"ids": json.dumps(ids)})

    def matching(
        self, wanted: Wanted, me: str, limit: int = -1, *, complete: bool = False,
        among: Collection[str] | None = None,
    ) -> list[str]:  # fmt: skip
        """Return the ids of the articles `me` is looking for, in project order; at most `limit` unless negative.

        With a limit it is a quick look: of words that very many articles hold (`library.FIRST_LOOK`) it finds those
        that were read first, which need not be the first of the project.
        Only articles `among` these ids are found, where they are given.
        Who knows by `reading_progress` that all articles are in the index of words says `complete`, and waits less;
        those that are not are found by title and outlet only, and so are all where it is damaged (`index_damaged`).
        """
        self.index_damaged = False
        try:
            found = self._matching(condition(wanted, complete=complete, quick=limit >= 0, among=among), me, limit)
            if len(found) >= limit or not self._cut_short(wanted):
                return found
            # What was read first is not what is looked for (another state, read again since): all of it then.
            return self._matching(condition(wanted, complete=complete, among=among), me, limit)
        except sqlite3.DatabaseError as error:
            if not search.is_damage(error):
                with told(self.path):
                    raise
        self.index_damaged = True
        # Where it is the articles themselves that cannot be read, this raises again, and what the user can read.
        with told(self.path):
            return self._matching(headings(wanted, among), me, limit)

    def _cut_short(self, wanted: Wanted) -> bool:
        words = asked(wanted)
        return bool(words) and search.hold(self._read, words, library.FIRST_LOOK)

    def _matching(self, sought: tuple[str, dict[str, str]], me: str, limit: int) -> list[str]:
        where, parameters = sought
        sql = f"SELECT id FROM article WHERE {where} ORDER BY position, id LIMIT :limit"
        rows = self._read.execute(sql, {"me": me, "limit": limit} | parameters).fetchall()
        return [row[0] for row in rows]

    def reading_progress(self) -> tuple[int, int]:
        """Return how many articles are in the index of words as they are now, and how many there are."""
        with told(self.path):
            return search.progress(self._read)

    def pace(self, me: str, steps: int = 3_000) -> tuple[list[str], int]:
        """Return when `me` did the last steps by hand, the newest first, and how many articles these marked done."""
        rows = self._rows(
            "SELECT at, (SELECT count(*) FROM change WHERE change.step = seq AND kind = 'layer' "
            "AND json_extract(after, '$.state') = 'done') FROM step WHERE annotator = ? AND job = '' "
            "ORDER BY seq DESC LIMIT ?",
            (me, steps),
        )
        return [row[0] for row in rows], sum(row[1] for row in rows)

    def _article_rows(self, me: str, visible: VisibleLayers, tail: str, parameters: dict[str, Any]) -> list[ArticleRow]:
        where, more = limits(visible)
        sql = f"""
            SELECT article.id, title, position,
              (SELECT layer.state FROM layer WHERE layer.article = article.id AND layer.kind = 'annotator'
                 AND layer.owner = :me ORDER BY round DESC LIMIT 1),
              (SELECT count(*) FROM layer JOIN span ON span.layer = layer.id
                 WHERE layer.article = article.id AND {where}),
              meta
            FROM article {tail}"""
        rows = self._rows(sql, {"me": me} | parameters | more)
        return [ArticleRow(row[0], row[1], row[2], row[3] or "new", row[4], json.loads(row[5])) for row in rows]

    def article_index(self, id: str) -> int | None:
        """Return the number (from 0) of an article in project order."""
        rows = self._rows(
            "SELECT (SELECT count(*) FROM article AS other WHERE (other.position, other.id) < "
            "(article.position, article.id)) FROM article WHERE id = ?",
            (id,),
        )
        return rows[0][0] if rows else None

    def next_unfinished(self, me: str, after: str) -> str | None:
        """Return the next article in project order that `me` has not done, round to before `after`; None if all are."""
        # In two walks along the index: sorting by what comes first from here would look at every article there is.
        for beyond in (">", "<"):
            sql = f"""
                SELECT id FROM article WHERE (position, id) {beyond}
                  (SELECT position, id FROM article WHERE id = :after)
                AND NOT EXISTS (SELECT 1 FROM layer WHERE layer.article = article.id AND layer.kind = 'annotator'
                  AND layer.owner = :me AND layer.state = 'done') ORDER BY position, id LIMIT 1"""
            if rows := self._rows(sql, {"me": me, "after": after}):
                id: str = rows[0][0]
                return id
        return None

    def article_ids(self) -> Iterator[str]:
        """Yield the ids of all articles in project order, a page at a time."""
        last = (-1, "")
        while True:
            rows = self._rows(
                f"SELECT position, id FROM article WHERE (position, id) > (?, ?) ORDER BY position, id LIMIT {PAGE}",
                last,
            )
            if not rows:
                return
            yield from (row[1] for row in rows)
            last = rows[-1]

    def last_position(self) -> int:
        """Return the highest position of an article, 0 in an empty project."""
        position: int = self._rows("SELECT coalesce(max(position), 0) FROM article")[0][0]
        return position

    def article(self, id: str) -> Article | None:
        """Return the article with this id."""
        article: Article | None = self.value("article", id, "")
        return article

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return those of the articles that are there, by id."""
        return self.values("article", "", ids)

    def articles_with_text(self, sha256: str) -> list[str]:
        """Return the ids of the articles whose present text has this fingerprint."""
        return [
            row[0] for row in self._rows("SELECT id FROM article WHERE sha256 = ? ORDER BY position, id", (sha256,))
        ]

    def text(self, sha256: str) -> str:
        """Return the text with this fingerprint. Raises KeyError."""
        rows = self._rows("SELECT body FROM text WHERE sha256 = ?", (sha256,))
        if not rows:
            raise KeyError(sha256)
        body: str = rows[0][0]
        return body

    def states(self, me: str) -> Counter[str]:
        """Return how many articles are new, started and done for `me`."""
        rows = self._rows(
            "SELECT state, count(DISTINCT article) FROM layer WHERE kind = 'annotator' AND owner = ? GROUP BY state",
            (me,),
        )
        states = Counter({state: count for state, count in rows if state != "new"})
        states["new"] = self.article_count() - states.total()
        return states

    # what stands in an article

    def layers(self, article: str, visible: VisibleLayers) -> list[Layer]:
        """Return the article's layers, by id."""
        return self._in_article("layer", "layer", article, visible, "layer.id")

    def spans(self, article: str, visible: VisibleLayers) -> list[Span]:
        """Return the article's spans by (start, -end, label, id); offsets in code points."""
        return self._in_article("span", "span JOIN layer ON span.layer = layer.id", article, visible,
                                'span.start, -span."end", span.label, span.id')  # fmt: skip

    def relations(self, article: str, visible: VisibleLayers) -> list[Relation]:
        """Return the relations that start in the article, by id."""
        return self._in_article("relation", "relation JOIN layer ON relation.layer = layer.id", article, visible,
                                "relation.id")  # fmt: skip

    def groups(self, article: str, visible: VisibleLayers) -> list[Group]:
        """Return the article's groups, by id."""
        return self._in_article("group", "span_group JOIN layer ON span_group.layer = layer.id", article, visible,
                                "span_group.id")  # fmt: skip

    # spans of other articles

    def relations_at(self, span: str) -> list[Relation]:
        """Return all relations that begin or end at a span (its id), in whichever article and layer, by id."""
        from annotator.storage import far

        with told(self.path):
            return far.relations_at(self._read, span)

    def relations_into(self, articles: Iterable[str]) -> list[Relation]:
        """Return the relations that lead from other articles to spans of these (ids), in whichever layer, by id."""
        from annotator.storage import far

        with told(self.path):
            return far.relations_into(self._read, articles)

    def far_spans(self, ids: Iterable[str], visible: VisibleLayers) -> dict[str, FarSpan]:
        """Return those of the spans (ids) that are to be seen, with their words and articles, by id."""
        from annotator.storage import far

        with told(self.path):
            return {span.id: span for span in far.spans(self._read, ids, *limits(visible))}

    def far_candidates(self, labels: Iterable[str], without: str, visible: VisibleLayers) -> Iterator[list[FarSpan]]:
        """Yield the spans of some labels (ids) in all articles but one (its id), in project order, a few at a time."""
        from annotator.storage import far

        with told(self.path):
            yield from far.candidates(self._read, labels, without, *limits(visible))

    def examples(self, label: str, visible: VisibleLayers, most: int) -> list[Example]:
        """Return spans of a label (its id) with the words around them, the newest first, at most so many."""
        from annotator.storage import examples

        with told(self.path):
            return examples.newest(self._read, label, *limits(visible), most)

    def _in_article(self, kind: str, tables: str, article: str, visible: VisibleLayers, order: str) -> list[Any]:
        table = TABLES[kind]
        where, parameters = limits(visible)
        rows = self._rows(
            f"SELECT {table.qualified} FROM {tables} WHERE layer.article = :article AND {where} ORDER BY {order}",
            {"article": article} | parameters,
        )
        from_row = table.from_row
        return [from_row(row, article) for row in rows]

    def value(self, kind: str, id: str, article: str) -> Any:
        """Return the value of a kind with this id as it is now, or None; `article` is the one it belongs to."""
        table = TABLES[kind]
        rows = self._rows(f"SELECT {table.quoted} FROM {table.name} WHERE id = ?", (id,))
        return table.from_row(rows[0], article) if rows else None

    def values(self, kind: str, article: str, ids: Sequence[str]) -> dict[str, Any]:
        """Return those of the ids that are there now; `article` is the one they belong to."""
        table = TABLES[kind]
        rows = self._rows(
            f"SELECT {table.quoted} FROM {table.name} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
        )
        return {row[0]: table.from_row(row, article) for row in rows}

    def article_of(self, kind: str, id: str) -> str | None:
        """Return the id of the article that a span, relation or group stands in."""
        table = TABLES[kind]
        rows = self._rows(
            f"SELECT layer.article FROM {table.name} JOIN layer ON layer.id = {table.name}.layer "
            f"WHERE {table.name}.id = ?",
            (id,),
        )
        return rows[0][0] if rows else None

    def span_counts(self, visible: VisibleLayers) -> list[SpanCount]:
        """Return the spans of the whole project counted by label and owner."""
        where, parameters = limits(visible)
        rows = self._rows(
            f"SELECT label, kind, owner, name, count(*) FROM span JOIN layer ON layer.id = span.layer WHERE {where} "
            "GROUP BY label, kind, owner, name ORDER BY label, kind, owner, name",
            parameters,
        )
        return [SpanCount(*row) for row in rows]

    def tally(self, visible: VisibleLayers, owners: frozenset[str] | None, state: str) -> tuple[int, int]:
        """Return how many articles have such a layer, and how many spans stand in those layers.

        `owners` keeps the layers of these annotators only, `state` ("" any) those in this state.
        """
        where, parameters = limits(visible)
        if owners is not None:
            where += " AND layer.owner IN (SELECT value FROM json_each(:only))"
            parameters["only"] = json.dumps(sorted(owners))
        if state:
            where += " AND layer.state = :state"
            parameters["state"] = state
        rows = self._rows(
            "SELECT count(DISTINCT layer.article), count(span.id) FROM layer LEFT JOIN span ON span.layer = layer.id "
            f"WHERE {where}",
            parameters,
        )
        return rows[0][0], rows[0][1]

    def purged(self) -> frozenset[str]:
        """Return the ids of the articles that were purged."""
        return frozenset(row[0] for row in self._rows("SELECT article FROM purged"))

    # journal

    def deleted_by_hand(self, entity: str) -> bool:
        """Whether the thing is gone because somebody deleted it, not because its making was undone."""
        with told(self.path):
            return journal.deleted_by_hand(self._read, entity)

    def step_count(self) -> int:
        """Return the number of steps in the journal."""
        count: int = self._rows("SELECT count(*) FROM step")[0][0]
        return count

    def articles_of_steps(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the title of the article that each of the steps (ids) touched; none where it is gone by now."""
        rows = self._rows(
            "SELECT step.id, min(article.title) FROM step JOIN change ON change.step = step.seq "
            "JOIN article ON article.id = change.article WHERE step.id IN (SELECT value FROM json_each(?)) "
            "GROUP BY step.id",
            (json.dumps(ids),),
        )
        return dict(rows)

    def article_of_step(self, id: str) -> str:
        """Return the id of an article that the step (id) touched and that is still here, "" where there is none."""
        rows = self._rows(
            "SELECT article.id FROM step JOIN change ON change.step = step.seq JOIN article "
            "ON article.id = change.article WHERE step.id = ? ORDER BY change.n LIMIT 1",
            (id,),
        )
        return str(rows[0][0]) if rows else ""

    def article_after(self, article: str, step: str) -> dict[str, dict[str, Any]]:
        """Return what stood in the article after the step (id): values by kind and id."""
        # The window does not need it at the start.
        from annotator.storage.fold import fold

        with told(self.path):
            folded = fold(self._read, article, step)
        found: dict[str, dict[str, Any]] = {}
        for (kind, id), one in folded.items():
            found.setdefault(kind, {})[id] = one.value
        return found

    def touches(self, entity: str, most: int) -> list[journal.StepRecord]:
        """Return the steps that changed a span, layer or other thing by itself, newest first, at most `most`."""
        with told(self.path):
            return journal.touches(self.connection, entity, most)

    def steps(self, *, newest_first: bool = True) -> Iterator[journal.StepRecord]:
        """Yield the steps of the journal."""
        with told(self.path):
            for _, record in journal.steps(self._read, newest_first=newest_first):
                yield record
