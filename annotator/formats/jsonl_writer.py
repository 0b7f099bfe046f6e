"""An article as a line of our JSON Lines: every key, in the order of the schema; the same data gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from annotator.domain.article import Annotator, Layer
from annotator.domain.offsets import OffsetMap, offset_map
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.formats.jsonl_line import (
    ENCODER,
    FORMAT,
    VERSION,
    EntryLine,
    GroupLine,
    LayerLine,
    MemberLine,
    Person,
    Piece,
    RelationLine,
    SchemeLine,
    SpanLine,
    WrittenLine,
    not_ours,
)  # fmt: skip
from annotator.formats.record import ENTRY, SPAN, Record


def encode(record: Record, unit: str = "code-points") -> bytes:
    """Return the line of the record, with its line end; offsets in `unit`.

    The record's lists are written in their order: layers, relations and groups by id, spans by (start, -end, label, id)
    is the canonical one; so are entries by id.
    """
    article = record.article
    offsets = None if unit == "code-points" else offset_map(record.text, unit)
    entries = frozenset(entry.id for entry in record.entries)
    names = {person.id: person for person in record.annotators}
    line = WrittenLine(
        FORMAT,
        VERSION,
        article.id,
        article.source_id,
        article.revision,
        article.title,
        record.text,
        article.sha256,
        unit,
        article.meta,
        SchemeLine(record.scheme.id, record.scheme.version, record.scheme.sha256),
        [_spliced(_layer(layer, names), layer.extra) for layer in record.layers],
        _spans(record.text, record.spans, offsets),
        [_spliced(_relation(relation, entries), relation.extra) for relation in record.relations],
        [_spliced(_group(group), group.extra) for group in record.groups],
        [EntryLine(entry.id, entry.kind, entry.name, entry.data) for entry in record.entries],
    )
    return _joined(line, article.extra) + b"\n"


def _joined(line: Any, extra: Mapping[str, Any]) -> bytes:
    body = ENCODER.encode(line)
    more = not_ours(type(line), extra)
    return body[:-1] + b"," + ENCODER.encode(more)[1:] if more else body


def _spliced(line: Any, extra: Mapping[str, Any]) -> Any:
    return msgspec.Raw(_joined(line, extra)) if extra else line


def _layer(layer: Layer, names: Mapping[str, Annotator]) -> LayerLine:
    person = names.get(layer.owner)
    name = layer.name if not layer.owner else person.name if person else ""
    return LayerLine(
        layer.id, layer.source_id, layer.kind, layer.round, Person(layer.owner, name), layer.state, layer.fields,
        layer.note,
    )  # fmt: skip


def _spans(text: str, spans: Iterable[Span], offsets: OffsetMap | None) -> list[SpanLine | msgspec.Raw]:
    at = offsets.from_code_point if offsets else None
    lines: list[SpanLine | msgspec.Raw] = []
    for span in spans:
        fragments = span.fragments
        start, end = fragments[0][0], fragments[-1][1]
        quote = text[start:end]
        if at is not None:
            pieces = [Piece(at(start), at(end), text[start:end]) for start, end in fragments]
        elif len(fragments) == 1:
            pieces = [Piece(start, end, quote)]
        else:
            pieces = [Piece(start, end, text[start:end]) for start, end in fragments]
        line = SpanLine(
            span.id, span.source_id, span.layer, span.annotator, span.label, pieces[0].start, pieces[-1].end,
            quote, pieces, span.attributes, span.state, span.note, span.scheme_version, span.created,
            span.updated,
        )  # fmt: skip
        lines.append(_spliced(line, span.extra))
    return lines


def _relation(relation: Relation, entries: frozenset[str]) -> RelationLine:
    kind = ENTRY if relation.target in entries else SPAN
    return RelationLine(
        relation.id, relation.source_id, relation.layer, relation.label, relation.source, relation.target,
        kind, relation.attributes, relation.state, relation.note, relation.scheme_version, relation.created,
        relation.updated,
    )  # fmt: skip


def _group(group: Group) -> GroupLine:
    members = [MemberLine(member.role, member.span) for member in group.members]
    return GroupLine(
        group.id, group.source_id, group.layer, group.kind, members, group.no_source, group.state, group.note
    )
