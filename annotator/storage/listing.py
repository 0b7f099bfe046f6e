"""The articles of a project as a list: a page of it, what is looked for, what comes next, how many there are."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from annotator.domain.article import VisibleLayers
from annotator.storage import library, order, search
from annotator.storage.authority import shown
from annotator.storage.faults import told
from annotator.storage.library import Wanted, asked, condition, headings
from annotator.storage.reading import Reading

PAGE = 256
_FEW = 2_000
"""Articles that are looked up by their ids."""
_GIVEN = f""",
  CASE WHEN {order.IS_MINE} THEN 'mine' WHEN {order.IS_BACK} THEN 'returned' ELSE '' END,
  coalesce((SELECT max(round) FROM assignment AS given
    WHERE given.annotator = :me AND given.article = article.id), 1)"""


class ArticleRow(NamedTuple):
    """An article as a list shows it; `state` is that of the reader's own layer.

    `given` says what was assigned to the reader: "mine", or "returned" where they gave it back; `round` is theirs.
    """

    id: str
    title: str
    position: int
    state: str
    spans: int
    meta: Mapping[str, Any]
    given: str = ""
    round: int = 1


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


def _among(first: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """Return the condition on `article` that it is one of mine (ids), and its parameters."""
    if len(first) > _FEW:
        return order.IS_MINE, {}
    return "article.id IN (SELECT value FROM json_each(:first))", {"first": json.dumps(first)}


class Listing(Reading):
    """The part of a reader that lists articles."""

    index_damaged = False
    """Whether the index of words could not be read when it was asked last."""

    _mine = order.Mine()

    def mine(self, me: str) -> tuple[str, ...]:
        """Return the articles (ids) that are assigned to `me` and were not given back, in project order."""
        return self._first(me).articles

    def _first(self, me: str) -> order.Mine:
        with told(self.path):
            if not order.assigned(self._read, me):
                return order.Mine()
            self._mine = order.mine(self._read, me, self._mine)
        return self._mine

    def article_count(self) -> int:
        """Return the number of articles."""
        count: int = self.rows("SELECT count(*) FROM article")[0][0]
        return count

    def article_page(
        self, me: str, visible: VisibleLayers, offset: int, limit: int, after: ArticleRow | None = None
    ) -> list[ArticleRow]:
        """Return `limit` articles from number `offset` (from 0) in project order, but those assigned to `me` first.

        Who knows the row before says so with `after`, and need not wait until `offset` rows are counted.
        """
        if first := self.mine(me):
            return self._page_with(first, me, visible, offset, limit, after)
        if after is not None:
            tail = "WHERE (position, article.id) > (:position, :id) ORDER BY position, article.id LIMIT :limit"
            return self._article_rows(me, visible, tail, {"position": after.position, "id": after.id, "limit": limit})
        return self._article_rows(me, visible, "ORDER BY position, id LIMIT :limit OFFSET :offset",
                                  {"limit": limit, "offset": offset})  # fmt: skip

    def _page_with(
        self, first: tuple[str, ...], me: str, visible: VisibleLayers, offset: int, limit: int, after: ArticleRow | None
    ) -> list[ArticleRow]:
        rows = self.article_rows(first[offset : offset + limit], me, visible) if offset < len(first) else []
        wanted = min(limit, offset + limit - len(first))
        if wanted <= 0:
            return rows
        among, given = _among(first)
        tail = f"WHERE NOT {among}"
        given |= {"limit": wanted, "offset": max(0, offset - len(first))}
        if after is not None and offset > len(first):
            tail += " AND (position, article.id) > (:position, :id)"
            given |= {"position": after.position, "id": after.id, "offset": 0}
        tail += " ORDER BY position, article.id LIMIT :limit OFFSET :offset"
        return rows + self._article_rows(me, visible, tail, given)

    def article_row(self, id: str, me: str, visible: VisibleLayers) -> ArticleRow | None:
        """Return one article as the list shows it."""
        rows = self._article_rows(me, visible, "WHERE article.id = :id", {"id": id})
        return rows[0] if rows else None

    def article_rows(self, ids: Sequence[str], me: str, visible: VisibleLayers) -> list[ArticleRow]:
        """Return those of the articles that are there: those assigned to `me`, then the others, in project order."""
        tail = "WHERE article.id IN (SELECT value FROM json_each(:ids)) ORDER BY position, id"
        rows = self._article_rows(me, visible, tail, {"ids": json.dumps(ids)})
        return sorted(rows, key=lambda row: row.given != "mine") if self.mine(me) else rows

    def matching(
        self, wanted: Wanted, me: str, limit: int = -1, *, complete: bool = False,
        among: Collection[str] | None = None,
    ) -> list[str]:  # fmt: skip
        """Return the ids of the articles `me` is looking for, in the order of `article_page`; at most `limit` unless
        negative.

        With a limit it is a quick look: of words that very many articles hold (`library.FIRST_LOOK`) it finds those
        that were read first, which need not be the first of the project.
        Only articles `among` these ids are found, where they are given.
        Who knows by `reading_progress` that all articles are in the index of words says `complete`, and waits less;
        those that are not are found by title and outlet only, and so are all where it is damaged (`index_damaged`).
        """
        self.index_damaged = False
        try:
            quick = condition(wanted, complete=complete, quick=limit >= 0, among=among)
            found = self._matching(quick, me, limit, wanted.mine)
            if len(found) >= limit or not self._cut_short(wanted):
                return found
            # What was read first is not what is looked for (another state, read again since): all of it then.
            return self._matching(condition(wanted, complete=complete, among=among), me, limit, wanted.mine)
        except sqlite3.DatabaseError as error:
            if not search.is_damage(error):
                with told(self.path):
                    raise
        self.index_damaged = True
        # Where it is the articles themselves that cannot be read, this raises again, and what the user can read.
        with told(self.path):
            return self._matching(headings(wanted, among), me, limit, wanted.mine)

    def _cut_short(self, wanted: Wanted) -> bool:
        words = asked(wanted)
        return bool(words) and search.hold(self._read, words, library.FIRST_LOOK)

    def _matching(self, sought: tuple[str, dict[str, str]], me: str, limit: int, mine: bool) -> list[str]:
        where, parameters = sought
        first = self.mine(me)
        if not first:
            return [] if mine else self._ids(where, {"me": me, "limit": limit} | parameters)
        # Where all are mine none need be asked.
        among, more = ("1", {}) if len(first) == self.article_count() else _among(first)
        given = {"me": me, "limit": limit} | parameters | more
        found = self._ids(f"{among} AND {where}", given)
        left = limit - len(found) if limit >= 0 else limit
        if mine or not left:
            return found
        return found + self._ids(f"NOT {among} AND {where}", given | {"limit": left})

    def _ids(self, where: str, given: dict[str, Any]) -> list[str]:
        sql = f"SELECT id FROM article WHERE {where} ORDER BY position, id LIMIT :limit"
        return [row[0] for row in self._read.execute(sql, given).fetchall()]

    def reading_progress(self) -> tuple[int, int]:
        """Return how many articles are in the index of words as they are now, and how many there are."""
        with told(self.path):
            return search.progress(self._read)

    def pace(self, me: str, steps: int = 3_000) -> tuple[list[str], int]:
        """Return when `me` did the last steps by hand, the newest first, and how many articles these marked done."""
        rows = self.rows(
            "SELECT at, (SELECT count(*) FROM change WHERE change.step = seq AND kind = 'layer' "
            "AND json_extract(after, '$.state') = 'done') FROM step WHERE annotator = ? AND job = '' "
            f"AND {shown(self._read)} ORDER BY seq DESC LIMIT ?",
            (me, steps),
        )
        return [row[0] for row in rows], sum(row[1] for row in rows)

    def _article_rows(self, me: str, visible: VisibleLayers, tail: str, parameters: dict[str, Any]) -> list[ArticleRow]:
        where, more = limits(visible)
        with told(self.path):
            given = _GIVEN if order.assigned(self._read, me) else ""
        sql = f"""
            SELECT article.id, title, position,
              (SELECT layer.state FROM layer WHERE layer.article = article.id AND layer.kind = 'annotator'
                 AND layer.owner = :me ORDER BY round DESC LIMIT 1),
              (SELECT count(*) FROM layer JOIN span ON span.layer = layer.id
                 WHERE layer.article = article.id AND {where}),
              meta{given}
            FROM article {tail}"""
        rows = self.rows(sql, {"me": me} | parameters | more)
        return [
            ArticleRow(row[0], row[1], row[2], row[3] or "new", row[4], json.loads(row[5]), *row[6:]) for row in rows
        ]

    def article_index(self, id: str, me: str = "") -> int | None:
        """Return the number (from 0) of an article in project order; with `me` in the order of `article_page`."""
        first = self._first(me) if me else order.Mine()
        if first.articles:
            return self._index_with(first, id, me)
        rows = self.rows(
            "SELECT (SELECT count(*) FROM article AS other WHERE (other.position, other.id) < "
            "(article.position, article.id)) FROM article WHERE id = ?",
            (id,),
        )
        return rows[0][0] if rows else None

    def _index_with(self, first: order.Mine, id: str, me: str) -> int | None:
        if id in first.places:
            return first.places[id]
        among, given = _among(first.articles)
        rows = self.rows(
            "SELECT (SELECT count(*) FROM article WHERE (position, article.id) < (here.position, here.id) "
            f"AND NOT {among}) FROM article AS here WHERE here.id = :id",
            {"id": id, "me": me} | given,
        )
        return len(first.articles) + rows[0][0] if rows else None

    def next_unfinished(self, me: str, after: str) -> str | None:
        """Return the next article in project order that `me` has not done, round to before `after`; None if all are.

        What is assigned to `me` comes before all others, and what they gave back not at all.
        """
        with told(self.path):
            given = order.assigned(self._read, me)
        if given:
            return self._next_of_mine(me, after)
        # In two walks along the index: sorting by what comes first from here would look at every article there is.
        for beyond in (">", "<"):
            sql = f"""
                SELECT id FROM article WHERE (position, id) {beyond}
                  (SELECT position, id FROM article WHERE id = :after)
                AND NOT EXISTS (SELECT 1 FROM layer WHERE layer.article = article.id AND layer.kind = 'annotator'
                  AND layer.owner = :me AND layer.state = 'done') ORDER BY position, id LIMIT 1"""
            if rows := self.rows(sql, {"me": me, "after": after}):
                id: str = rows[0][0]
                return id
        return None

    def _reads_again(self, me: str) -> bool:
        if me not in self._again:
            rows = self.rows("SELECT EXISTS (SELECT 1 FROM assignment WHERE annotator = ? AND round > 1)", (me,))
            self._again[me] = bool(rows[0][0])
        return self._again[me]

    def _next_of_mine(self, me: str, after: str) -> str | None:
        first = self._first(me)
        place = first.places.get(after)
        mine = first.articles if place is None else first.articles[place + 1 :] + first.articles[:place]
        with told(self.path):
            if (found := order.not_done(self._read, me, mine)) is not None:
                return found
        among, more = _among(first.articles)
        for beyond in (">", "<="):
            sql = f"""
                SELECT id FROM article WHERE (position, id) {beyond}
                  (SELECT position, id FROM article WHERE id = :after) AND id <> :after AND NOT {among}
                AND NOT {order.IS_BACK} AND NOT {order.IS_DONE} ORDER BY position, id LIMIT 1"""
            if rows := self.rows(sql, {"me": me, "after": after} | more):
                id: str = rows[0][0]
                return id
        return None

    def article_ids(self) -> Iterator[str]:
        """Yield the ids of all articles in project order, a page at a time."""
        last = (-1, "")
        while True:
            rows = self.rows(
                f"SELECT position, id FROM article WHERE (position, id) > (?, ?) ORDER BY position, id LIMIT {PAGE}",
                last,
            )
            if not rows:
                return
            yield from (row[1] for row in rows)
            last = rows[-1]

    def states(self, me: str) -> Counter[str]:
        """Return how many articles are new, started and done for `me`."""
        sql = "SELECT state, count(DISTINCT article) FROM layer WHERE kind = 'annotator' AND owner = ? GROUP BY state"
        if self.sealed and me == self.sealed_for:
            # Of my own only earlier readings are sealed: where there are none, no row need be asked.
            sql = sql.replace("FROM layer", "FROM main.layer")
        if self.sealed and self._reads_again(me):
            # Who reads an article a second time has two layers there; SQLite gives the row that holds the maximum.
            sql = (
                "SELECT state, count(*) FROM (SELECT state, max(round) FROM layer WHERE kind = 'annotator' "
                "AND owner = ? GROUP BY article) GROUP BY state"
            )
        rows = self.rows(sql, (me,))
        states = Counter({state: count for state, count in rows if state != "new"})
        states["new"] = self.article_count() - states.total()
        return states
