"""Values to rows of their tables and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from annotator.domain import scheme as schemes
from annotator.domain.article import Annotator, Article, Layer
from annotator.domain.change import Decision, Entry
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.domain.team import Assignment, Lead, Proposal, Remark

Row = tuple[Any, ...]


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dumps(value: object) -> str:
    """Return compact JSON, non-ASCII as it is."""
    return _encode(value)


def _object(value: Mapping[str, Any]) -> str:
    return dumps(value) if value else "{}"


def _loaded(text: str) -> dict[str, Any]:
    if text == "{}":
        return {}
    loaded: dict[str, Any] = json.loads(text)
    return loaded


class Table:
    """How one kind of value is stored: columns without the last one, `head`.

    `from_row` makes the value of a row (without head); its second argument is the id of its article, or "".
    """

    def __init__(
        self,
        name: str,
        columns: tuple[str, ...],
        to_row: Callable[[Any], Row],
        from_row: Callable[[Row, str], Any],
    ) -> None:
        self.name = name
        self.columns = columns
        self.to_row = to_row
        self.from_row = from_row

    @cached_property
    def quoted(self) -> str:
        """The columns as SQL, without head."""
        return ", ".join('"end"' if column == "end" else column for column in self.columns)

    @cached_property
    def qualified(self) -> str:
        """The same, each with the name of the table before it, for where several are joined."""
        return ", ".join(f"{self.name}.{column}" for column in self.quoted.split(", "))

    @cached_property
    def into(self) -> str:
        """The table with the columns of a whole row, head last, as an INSERT names them."""
        return f"{self.name} ({self.quoted}, head)"

    @cached_property
    def insert(self) -> str:
        """The INSERT of a whole row, head last."""
        return f"INSERT INTO {self.into} VALUES ({', '.join('?' * (len(self.columns) + 1))})"

    @cached_property
    def otherwise_update(self) -> str:
        """What makes of an INSERT of a row whose id is there an UPDATE of it."""
        columns = (*self.quoted.split(", ")[1:], "head")
        return f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{column} = excluded.{column}' for column in columns)}"

    @cached_property
    def update(self) -> str:
        """The UPDATE of a whole row by id: parameters are the columns after id, head, id."""
        columns = self.quoted.split(", ")[1:]
        return f"UPDATE {self.name} SET {', '.join(f'{column} = ?' for column in columns)}, head = ? WHERE id = ?"


def _span_row(span: Span) -> Row:
    (
        id, _, layer, annotator, label, fragments, revision, attributes, state, note, scheme_version, created,
        updated, source_id, extra,
    ) = span  # fmt: skip
    return (
        id, layer, revision, annotator, label, fragments[0][0], fragments[-1][1],
        "" if len(fragments) == 1 else dumps(fragments), dumps(attributes) if attributes else "{}", state, note,
        scheme_version, created, updated, source_id, dumps(extra) if extra else "{}",
    )  # fmt: skip


def _span(row: Row, article: str) -> Span:
    fragments = ((row[5], row[6]),) if not row[7] else tuple((start, end) for start, end in json.loads(row[7]))
    return Span(
        row[0], article, row[1], row[3], row[4], fragments, row[2], _loaded(row[8]), row[9], row[10], row[11], row[12],
        row[13], row[14], _loaded(row[15]),
    )  # fmt: skip


def _article_row(article: Article) -> Row:
    return (
        article.id, article.position, article.title, article.sha256, article.revision, _object(article.meta),
        article.source_id, _object(article.extra),
    )  # fmt: skip


def _article(row: Row, _: str) -> Article:
    return Article(row[0], row[2], row[3], row[4], row[1], _loaded(row[5]), row[6], _loaded(row[7]))


def _layer_row(layer: Layer) -> Row:
    return (
        layer.id, layer.article, layer.kind, layer.owner, layer.name, layer.round, layer.state, _object(layer.fields),
        layer.note, layer.source_id, _object(layer.extra),
    )  # fmt: skip


def _layer(row: Row, _: str) -> Layer:
    return Layer(
        row[0], row[1], row[2], row[3], row[4], row[5], row[6], _loaded(row[7]), row[8], row[9], _loaded(row[10])
    )


def _relation_row(relation: Relation) -> Row:
    return (
        relation.id, relation.layer, relation.label, relation.source, relation.target, _object(relation.attributes),
        relation.state, relation.note, relation.scheme_version, relation.created, relation.updated,
        relation.source_id, _object(relation.extra),
    )  # fmt: skip


def _relation(row: Row, article: str) -> Relation:
    return Relation(
        row[0], article, row[1], row[2], row[3], row[4], _loaded(row[5]), row[6], row[7], row[8], row[9], row[10],
        row[11], _loaded(row[12]),
    )  # fmt: skip


def _group_row(group: Group) -> Row:
    members = dumps([[member.role, member.span] for member in group.members])
    return (
        group.id, group.layer, group.kind, members, int(group.no_source), group.state, group.note, group.source_id,
        _object(group.extra),
    )  # fmt: skip


def _group(row: Row, article: str) -> Group:
    members = tuple(Member(role, span) for role, span in json.loads(row[3]))
    return Group(row[0], article, row[1], row[2], members, bool(row[4]), row[5], row[6], row[7], _loaded(row[8]))


def _scheme_row(scheme: Scheme) -> Row:
    return scheme.id, scheme.version, dumps(schemes.to_data(scheme))


def _remark(row: Row, _: str) -> Remark:
    return Remark(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], bool(row[8]), _loaded(row[9]))


def _proposal(row: Row, _: str) -> Proposal:
    return Proposal(row[0], row[1], row[2], row[3], row[4], _loaded(row[5]), row[6], row[7], row[8], row[9])


TABLES: dict[str, Table] = {
    "annotator": Table("annotator", ("id", "name"), lambda v: (v.id, v.name), lambda row, _: Annotator(*row)),
    "lead": Table("lead", ("id", "annotator"), lambda v: (v.id, v.annotator), lambda row, _: Lead(*row)),
    "scheme": Table(
        "scheme", ("id", "version", "body"), _scheme_row, lambda row, _: schemes.from_data(json.loads(row[2]))
    ),
    "article": Table(
        "article",
        ("id", "position", "title", "sha256", "revision", "meta", "source_id", "extra"),
        _article_row,
        _article,
    ),
    "layer": Table(
        "layer",
        ("id", "article", "kind", "owner", "name", "round", "state", "fields", "note", "source_id", "extra"),
        _layer_row,
        _layer,
    ),
    "span": Table(
        "span",
        (
            "id", "layer", "revision", "annotator", "label", "start", "end", "fragments", "attributes", "state",
            "note", "scheme_version", "created", "updated", "source_id", "extra",
        ),
        _span_row,
        _span,
    ),
    "relation": Table(
        "relation",
        (
            "id", "layer", "label", "source", "target", "attributes", "state", "note", "scheme_version", "created",
            "updated", "source_id", "extra",
        ),
        _relation_row,
        _relation,
    ),
    "group": Table(
        "span_group",
        ("id", "layer", "kind", "members", "no_source", "state", "note", "source_id", "extra"),
        _group_row,
        _group,
    ),
    "entry": Table(
        "entry",
        ("id", "kind", "name", "data"),
        lambda v: (v.id, v.kind, v.name, _object(v.data)),
        lambda row, _: Entry(row[0], row[1], row[2], _loaded(row[3])),
    ),
    "decision": Table(
        "decision",
        ("id", "article", "layer", "data"),
        lambda v: (v.id, v.article, v.layer, _object(v.data)),
        lambda row, _: Decision(row[0], row[1], row[2], _loaded(row[3])),
    ),
    "assignment": Table(
        "assignment",
        ("id", "article", "annotator", "round", "blind", "extra"),
        lambda v: (v.id, v.article, v.annotator, v.round, int(v.blind), _object(v.extra)),
        lambda row, _: Assignment(row[0], row[1], row[2], row[3], bool(row[4]), _loaded(row[5])),
    ),
    "remark": Table(
        "remark",
        ("id", "article", "span", "author", "text", "created", "addressee", "answers", "closed", "extra"),
        lambda v: (
            v.id, v.article, v.span, v.author, v.text, v.created, v.to, v.answers, int(v.closed), _object(v.extra),
        ),
        _remark,
    ),
    "proposal": Table(
        "proposal",
        ("id", "article", "author", "kind", "subject", "data", "created", "note", "state", "reply"),
        lambda v: (
            v.id, v.article, v.author, v.kind, v.subject, _object(v.data), v.created, v.note, v.state, v.reply,
        ),
        _proposal,
    ),
}  # fmt: skip
"""Tables by kind of value, containers before what they contain."""
