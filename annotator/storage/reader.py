"""What can be read from a project; every read of spans names the layers it may see."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.article import Annotator, Article, Layer, VisibleLayers
from annotator.domain.change import Change
from annotator.domain.journalled import StepRecord
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.storage import journal
from annotator.storage.authority import shown
from annotator.storage.faults import told
from annotator.storage.listing import Listing, limits
from annotator.storage.rows import TABLES

if TYPE_CHECKING:
    from annotator.storage.examples import Example
    from annotator.storage.far import FarSpan


class SpanCount(NamedTuple):
    """How many spans of one label stand in the layers of one owner (or imported file)."""

    label: str
    kind: str
    owner: str
    name: str
    number: int


def scheme_in_force(connection: sqlite3.Connection) -> Scheme:
    """Return the scheme in force, by whatever connection."""
    rows = connection.execute(
        "SELECT scheme.id, version, body FROM scheme JOIN step ON step.seq = scheme.head "
        "ORDER BY lamport DESC, step.id DESC LIMIT 1"
    ).fetchall()
    scheme: Scheme = TABLES["scheme"].from_row(rows[0], "")
    return scheme


class Reader(Listing):
    """Reads a project through a connection of its own that cannot write; for one thread."""

    # project

    def about(self) -> dict[str, str]:
        """Return the project's own entries: id, name, created, program."""
        return dict(self.rows("SELECT key, value FROM project"))

    def name(self) -> str:
        """Return the project's name."""
        return self.about().get("name", "") or self.path.stem

    def scheme(self) -> Scheme:
        """Return the scheme in force."""
        with told(self.path):
            return scheme_in_force(self._read)

    def annotators(self) -> dict[str, Annotator]:
        """Return everybody who appears in the project, by id."""
        return {row[0]: Annotator(*row) for row in self.rows("SELECT id, name FROM annotator ORDER BY name, id")}

    def leads(self) -> frozenset[str]:
        """Return the ids of those who lead, empty where nobody does and everybody may change everything."""
        from annotator.storage.authority import authority

        with told(self.path):
            return authority(self._read).leads

    def assigned_round(self, article: str, annotator: str) -> int:
        """Return the highest round for which an article (id) is assigned to an annotator (id), 0 where it is not."""
        sql = "SELECT coalesce(max(round), 0) FROM assignment WHERE article = ? AND annotator = ?"
        return int(self.rows(sql, (article, annotator))[0][0])

    def seen(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """Return those of the changes that were just done which tell of nothing that is sealed for who reads."""
        from annotator.storage import sealing

        with told(self.path):
            return sealing.seen(self._read, self.sealed_for, changes)

    # articles

    def last_position(self) -> int:
        """Return the highest position of an article, 0 in an empty project."""
        position: int = self.rows("SELECT coalesce(max(position), 0) FROM article")[0][0]
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
        return [row[0] for row in self.rows("SELECT id FROM article WHERE sha256 = ? ORDER BY position, id", (sha256,))]

    def text(self, sha256: str) -> str:
        """Return the text with this fingerprint. Raises KeyError."""
        rows = self.rows("SELECT body FROM text WHERE sha256 = ?", (sha256,))
        if not rows:
            raise KeyError(sha256)
        body: str = rows[0][0]
        return body

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
        rows = self.rows(
            f"SELECT {table.qualified} FROM {tables} WHERE layer.article = :article AND {where} ORDER BY {order}",
            {"article": article} | parameters,
        )
        from_row = table.from_row
        return [from_row(row, article) for row in rows]

    def value(self, kind: str, id: str, article: str) -> Any:
        """Return the value of a kind with this id as it is now, or None; `article` is the one it belongs to."""
        table = TABLES[kind]
        rows = self.rows(f"SELECT {table.quoted} FROM {table.name} WHERE id = ?", (id,))
        return table.from_row(rows[0], article) if rows else None

    def values(self, kind: str, article: str, ids: Sequence[str]) -> dict[str, Any]:
        """Return those of the ids that are there now; `article` is the one they belong to."""
        table = TABLES[kind]
        rows = self.rows(
            f"SELECT {table.quoted} FROM {table.name} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
        )
        return {row[0]: table.from_row(row, article) for row in rows}

    def article_of(self, kind: str, id: str) -> str | None:
        """Return the id of the article that a span, relation or group stands in."""
        table = TABLES[kind]
        rows = self.rows(
            f"SELECT layer.article FROM {table.name} JOIN layer ON layer.id = {table.name}.layer "
            f"WHERE {table.name}.id = ?",
            (id,),
        )
        return rows[0][0] if rows else None

    def span_counts(self, visible: VisibleLayers) -> list[SpanCount]:
        """Return the spans of the whole project counted by label and owner."""
        where, parameters = limits(visible)
        rows = self.rows(
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
        rows = self.rows(
            "SELECT count(DISTINCT layer.article), count(span.id) FROM layer LEFT JOIN span ON span.layer = layer.id "
            f"WHERE {where}",
            parameters,
        )
        return rows[0][0], rows[0][1]

    def purged(self) -> frozenset[str]:
        """Return the ids of the articles that were purged."""
        return frozenset(row[0] for row in self.rows("SELECT article FROM purged"))

    # journal

    def deleted_by_hand(self, entity: str) -> bool:
        """Whether the thing is gone because somebody deleted it, not because its making was undone."""
        with told(self.path):
            return journal.deleted_by_hand(self._read, entity)

    def step_count(self) -> int:
        """Return the number of steps in the journal that are not hidden."""
        count: int = self.rows(f"SELECT count(*) FROM step WHERE {shown(self._read)}")[0][0]
        return count

    def articles_of_steps(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the title of the article that each of the steps (ids) touched; none where it is gone by now."""
        rows = self.rows(
            "SELECT step.id, min(article.title) FROM step JOIN change ON change.step = step.seq "
            "JOIN article ON article.id = change.article WHERE step.id IN (SELECT value FROM json_each(?)) "
            "GROUP BY step.id",
            (json.dumps(ids),),
        )
        return dict(rows)

    def article_of_step(self, id: str) -> str:
        """Return the id of an article that the step (id) touched and that is still here, "" where there is none."""
        rows = self.rows(
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
        if self.sealed:
            from annotator.storage import sealing

            with told(self.path):
                found = sealing.opened(self._read, self.sealed_for, found)
        return found

    def touches(self, entity: str, most: int) -> list[StepRecord]:
        """Return the steps that changed a span, layer or other thing by itself, newest first, at most `most`."""
        with told(self.path):
            return journal.touches(self.connection, entity, most)

    def steps(self, *, newest_first: bool = True) -> Iterator[StepRecord]:
        """Yield the steps of the journal that are not hidden."""
        with told(self.path):
            for _, record in journal.steps(self._read, newest_first=newest_first, hidden=False):
                yield record
