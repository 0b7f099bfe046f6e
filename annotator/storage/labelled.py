"""Spans by label through the whole project: how many, in which articles, the newest, and what is to be looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from annotator.domain.article import VisibleLayers
from annotator.domain.span import Span
from annotator.storage.authority import shown
from annotator.storage.listing import limits
from annotator.storage.reader import Reader
from annotator.storage.rows import TABLES

_COLUMNS = TABLES["span"].qualified
_FROM = "FROM span JOIN layer ON layer.id = span.layer JOIN article ON article.id = layer.article"


class Count(NamedTuple):
    """How many spans, in how many articles, in the layers of how many annotators."""

    spans: int = 0
    articles: int = 0
    annotators: int = 0


class Place(NamedTuple):
    """A span in a list over the whole project; `position` is its article's. Offsets in code points."""

    id: str
    article: str
    label: str
    start: int
    end: int
    position: int


def counts(reader: Reader) -> dict[str, Count]:
    """Return how often each label (by id) is borne, in the layers of everybody."""
    rows = reader.rows(
        "SELECT label, count(*), count(DISTINCT layer.article), count(DISTINCT nullif(layer.owner, '')) "
        "FROM span JOIN layer ON layer.id = span.layer GROUP BY label",
        {},
    )
    return {label: Count(*numbers) for label, *numbers in rows}


def tie_counts(reader: Reader) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many relations and how many groups there are of each kind (its id)."""
    relations = reader.rows("SELECT label, count(*) FROM relation GROUP BY label", {})
    return dict(relations), dict(reader.rows("SELECT kind, count(*) FROM span_group GROUP BY kind", {}))


def touched(reader: Reader, labels: Iterable[str], relations: Iterable[str], groups: Iterable[str]) -> list[str]:
    """Return the articles, in project order, in which a span bears one of the labels, or a tie is of one of the kinds.

    So also articles whose relations lead to such a span elsewhere.
    """
    one_of = "IN (SELECT value FROM json_each(:{name}))"
    sql = f"""
        SELECT id FROM article WHERE id IN (
          SELECT layer.article FROM span JOIN layer ON layer.id = span.layer WHERE label {one_of.format(name="labels")}
          UNION SELECT layer.article FROM span JOIN relation ON relation.target = span.id OR relation.source = span.id
            JOIN layer ON layer.id = relation.layer WHERE span.label {one_of.format(name="labels")}
          UNION SELECT layer.article FROM relation JOIN layer ON layer.id = relation.layer
            WHERE label {one_of.format(name="relations")}
          UNION SELECT layer.article FROM span_group JOIN layer ON layer.id = span_group.layer
            WHERE span_group.kind {one_of.format(name="groups")}
        ) ORDER BY position, id"""
    given = {"labels": labels, "relations": relations, "groups": groups}
    return [row[0] for row in reader.rows(sql, {key: json.dumps(sorted(ids)) for key, ids in given.items()})]


def far_ends(reader: Reader) -> list[Span]:
    """Return the spans to which a relation of another article leads."""
    sql = f"""
        SELECT DISTINCT {_COLUMNS}, layer.article FROM relation JOIN layer AS own ON own.id = relation.layer
        JOIN span ON span.id = relation.target OR span.id = relation.source JOIN layer ON layer.id = span.layer
        WHERE layer.article <> own.article"""
    return [TABLES["span"].from_row(row[:-1], row[-1]) for row in reader.rows(sql, {})]


def newest(reader: Reader, labels: Iterable[str], visible: VisibleLayers, offset: int, limit: int) -> list[Span]:
    """Return spans of these labels (ids), the newest first."""
    where, parameters = limits(visible)
    sql = (
        f"SELECT {_COLUMNS}, layer.article {_FROM} WHERE span.label IN (SELECT value FROM json_each(:labels)) "
        f"AND {where} ORDER BY span.created DESC, span.id DESC LIMIT :limit OFFSET :offset"
    )
    given = {"labels": json.dumps(sorted(labels)), "limit": limit, "offset": offset} | parameters
    return [TABLES["span"].from_row(row[:-1], row[-1]) for row in reader.rows(sql, given)]


def latest_version(reader: Reader) -> int:
    """Return the highest version of a scheme under which somebody did something, also one that was undone since."""
    # A change of the scheme is a step of the version before it.
    ((version,),) = reader.rows(
        f"SELECT coalesce(max(scheme_version), 0) FROM step WHERE undoes = '' AND {shown(reader.connection)}", {}
    )
    return int(version)


# ---- the worklist: spans made under an older version than the one since which their label means what it means


def _older(since: Mapping[str, int], visible: VisibleLayers, owner: str | None) -> tuple[str, dict[str, Any]]:
    where, parameters = limits(visible)
    given: dict[str, Any] = dict(parameters)
    parts: list[str] = []
    for number, (label, version) in enumerate(sorted(since.items())):
        parts.append(f"(span.label = :label{number} AND span.scheme_version < :since{number})")
        given |= {f"label{number}": label, f"since{number}": version}
    if owner is not None:
        # Imported layers without an owner are nobody's: who works here sees to them.
        where += " AND layer.owner IN ('', :owner)"
        given["owner"] = owner
    return f"({' OR '.join(parts) or '0'}) AND {where}", given


def older_by_article(
    reader: Reader, since: Mapping[str, int], visible: VisibleLayers, owner: str | None = None
) -> dict[str, int]:
    """Return how many spans each article (by id, in project order) holds that are older than their label's meaning.

    `since` says for labels (by id) the version since which they mean what they mean; `owner` keeps the layers of this
    annotator and of nobody.
    """
    where, parameters = _older(since, visible, owner)
    sql = f"SELECT article.id, count(*) {_FROM} WHERE {where} GROUP BY article.id ORDER BY position, article.id"
    return dict(reader.rows(sql, parameters))


def older(
    reader: Reader, since: Mapping[str, int], visible: VisibleLayers, owner: str | None = None, *,
    after: Place | None = None, limit: int = 200,
) -> list[Place]:  # fmt: skip
    """Return a page of these spans by article and place in the text, from the first one `after` that one."""
    where, parameters = _older(since, visible, owner)
    if after is not None:
        where += " AND (position, article.id, span.start, span.id) > (:position, :article, :start, :id)"
        parameters |= {"position": after.position, "article": after.article, "start": after.start, "id": after.id}
    sql = (
        f'SELECT span.id, article.id, span.label, span.start, span."end", position {_FROM} WHERE {where} '
        "ORDER BY position, article.id, span.start, span.id LIMIT :limit"
    )
    return [Place(*row) for row in reader.rows(sql, parameters | {"limit": limit})]
