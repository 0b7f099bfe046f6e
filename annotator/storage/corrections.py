"""Reads what annotators are told of decisions about their spans, and what they answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from annotator.domain.change import Decision
from annotator.domain.corrections import OUTCOMES, Correction, read
from annotator.domain.layerref import LayerRef
from annotator.domain.sides import ANSWER, CORRECTION, DIFFERENCE
from annotator.storage.reader import Reader
from annotator.storage.reading import Reading
from annotator.storage.rows import TABLES


class Told(NamedTuple):
    """A correction with my answer to it: "" while there is none to this word of the reviewer's."""

    correction: Correction
    answer: Decision | None = None
    """The answer that stands, be it to an earlier word."""

    @property
    def says(self) -> str:
        """What I answered: accepted, contested, or nothing yet."""
        one = self.answer
        if one is None or one.data.get("of") != self.correction.at:
            return ""
        return str(one.data.get("says", ""))

    @property
    def open(self) -> bool:
        """Whether it waits for my answer."""
        return not self.says


# Matched as text first: of a reviewer's hundred thousand decisions a handful need to be understood.
_ABOUT = "instr(data, '\"about\":\"{about}\"') AND json_extract(data, '$.about') = '{about}'"
_TO = _ABOUT + " AND json_extract(data, '$.{who}') = :me"


def corrections(reader: Reader, me: str) -> list[Told]:
    """Return what `me` (an annotator's id) is told, in the order of articles and text."""
    answers = {str(one.data.get("decision", "")): one for one in _of(reader, ANSWER, "by", me)}
    found = [told for value in _of(reader, CORRECTION, "to", me) if (told := read(value)) is not None]
    order = {id: n for n, id in enumerate(_in_order(reader, {one.article for one in found}))}
    # Of an article that is not here there is nothing to look at.
    found = [one for one in found if one.article in order]
    found.sort(key=lambda it: (order[it.article], it.place, it.field, it.id))
    return [Told(one, answers.get(one.decision)) for one in found]


class Waiting:
    """Which corrections wait for an answer of `me` (an annotator's id); cheaper than to read what they say.

    Once read it follows answer after answer.
    """

    def __init__(self, reader: Reading, me: str) -> None:
        to, by = _TO.format(about=CORRECTION, who="to"), _TO.format(about=ANSWER, who="by")
        known = ", ".join(f"'{it}'" for it in OUTCOMES)
        self._me = me
        self._told: dict[str, str] = dict(
            reader.rows(
                f"SELECT data ->> 'decision', data ->> 'at' FROM decision WHERE {to} "
                f"AND data ->> 'outcome' IN ({known}) AND article IN (SELECT id FROM article)",
                {"me": me},
            )
        )
        rows = reader.rows(f"SELECT data ->> 'decision', data ->> 'of' FROM decision WHERE {by}", {"me": me})
        said = set(rows)
        self._open = {id for id, at in self._told.items() if (id, at) not in said}

    def __len__(self) -> int:
        return len(self._open)

    def follow(self, before: Decision | None, after: Decision | None) -> None:
        """Take an answer in; those of others are passed over."""
        one = after or before
        if one is None or one.data.get("by") != self._me:
            return
        id = str(one.data.get("decision", ""))
        self._open.discard(id)
        if id in self._told and (after is None or after.data.get("of") != self._told[id]):
            self._open.add(id)


def open_count(reader: Reading, me: str) -> int:
    """Return how many corrections wait for an answer of `me`."""
    return len(Waiting(reader, me))


def answers(reader: Reading, me: str, articles: Sequence[str] | None = None) -> int:
    """Return how many corrections `me` has answered, in these articles (ids) or in all."""
    rows = reader.rows(
        f"SELECT count(*) FROM decision WHERE {_TO.format(about=ANSWER, who='by')} "
        "AND (:all OR article IN (SELECT value FROM json_each(:articles)))",
        {"me": me, "all": articles is None, "articles": json.dumps(list(articles or ()))},
    )
    count: int = rows[0][0]
    return count


def _of(reader: Reading, about: str, who: str, me: str) -> list[Decision]:
    table = TABLES["decision"]
    rows = reader.rows(
        f"SELECT {table.quoted} FROM decision WHERE {_TO.format(about=about, who=who)} ORDER BY id", {"me": me}
    )
    return [table.from_row(row, "") for row in rows]


def _in_order(reader: Reading, articles: set[str]) -> list[str]:
    rows = reader.rows(
        "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?)) ORDER BY position, id",
        (json.dumps(sorted(articles)),),
    )
    return [row[0] for row in rows]


# the reviewer's side


def told_to(reader: Reader, to: str, article: str) -> dict[str, Decision]:
    """Return what `to` (an annotator's id) was told so far of an article (its id), by id."""
    table = TABLES["decision"]
    where = _TO.format(about=CORRECTION, who="to")
    rows = reader.rows(
        f"SELECT {table.quoted} FROM decision WHERE article = :article AND {where}", {"me": to, "article": article}
    )
    return {row[0]: table.from_row(row, article) for row in rows}


def layers_of(reader: Reader, to: str, article: str) -> list[LayerRef]:
    """Return the layers of an article that are somebody's (their id)."""
    rows = reader.rows(
        "SELECT kind, owner, CASE kind WHEN 'imported' THEN name ELSE '' END, round FROM layer "
        "WHERE article = ? AND owner = ? AND kind IN ('annotator', 'imported') ORDER BY kind, round, name",
        (article, to),
    )
    return [LayerRef(*row) for row in rows]


def concerned(reader: Reader, to: Sequence[str]) -> dict[str, list[str]]:
    """Return for each of the annotators (ids) the articles (ids) in which something was decided about them or told.

    In the order of the project; without those on which they still tag blind.
    """
    rows: list[Any] = reader.rows(
        "SELECT DISTINCT who.value, article.id FROM json_each(:to) AS who JOIN article JOIN decision "
        "ON decision.article = article.id WHERE json_extract(data, '$.about') IN ('difference', 'correction') "
        "AND (json_extract(data, '$.to') = who.value OR EXISTS (SELECT 1 FROM layer "
        "WHERE layer.article = article.id AND layer.owner = who.value)) ORDER BY article.position, article.id",
        {"to": json.dumps(sorted(to))},
    )
    from annotator.storage.sealing import is_sealed  # no start waits for it

    found: dict[str, list[str]] = {id: [] for id in to}
    for who, article in rows:
        if not is_sealed(reader.connection, who, article):
            found[who].append(article)
    return found


def contested(reader: Reading) -> int:
    """Return how many answers contest a decision as it is now."""
    rows = reader.rows(
        "SELECT count(*) FROM (SELECT data AS said FROM decision WHERE "
        f"{_ABOUT.format(about=ANSWER)} AND data ->> 'says' = 'contested') JOIN decision AS made "
        "ON made.id = said ->> 'decision' AND made.data ->> 'at' = said ->> 'of'"
    )
    return int(rows[0][0])


def tells(reader: Reader, me: str) -> bool:
    """Whether `me` (an annotator's id) tells annotators what was decided: who leads does, and who decided something."""
    leads = reader.leads()
    if not leads or me in leads:
        return True
    where = _TO.format(about=DIFFERENCE, who="by")
    return bool(reader.rows(f"SELECT 1 FROM decision WHERE {where} LIMIT 1", {"me": me}))


def decisions_about(reader: Reading, who: Sequence[str], articles: Sequence[str] | None = None) -> int:
    """Return how many decisions concern readings of these annotators (ids), in these articles (ids) or in all."""
    rows = reader.rows(
        "SELECT count(*) FROM decision WHERE json_extract(data, '$.about') = 'difference' "
        "AND json_extract(data, '$.answer') <> 'discuss' AND json_extract(data, '$.kind') <> 'agreed' "
        "AND (:all OR article IN (SELECT value FROM json_each(:articles))) AND EXISTS (SELECT 1 "
        # A side that is no object cannot be asked; a colleague's program may have written what it liked.
        "FROM json_each(data, '$.sides') AS side WHERE CASE side.type WHEN 'object' THEN side.value ->> 'owner' END "
        "IN (SELECT value FROM json_each(:who)))",
        {"all": articles is None, "articles": json.dumps(list(articles or ())), "who": json.dumps(sorted(who))},
    )
    return int(rows[0][0])


def entry_names(reader: Reading) -> dict[str, str]:
    """Return what the entries of the registry are called, by id."""
    return {row[0]: row[1] for row in reader.rows("SELECT id, name FROM entry")}
