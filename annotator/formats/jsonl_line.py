"""The shape of a line of our JSON Lines: every key, in the order of the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

FORMAT = "annotator-article"
VERSION = "1.1"
"""1.1 brought `to_kind` of relations, targets in other lines, and the registry entries that a line names."""

# gc=False: lines hold no circles, and there are too many to be looked through for some.


class Person(msgspec.Struct, gc=False):
    """Whose layer it is; an imported layer has no id and the name of its file."""

    id: str
    name: str


class LayerLine(msgspec.Struct, gc=False):
    """A layer as written."""

    id: str
    source_id: str
    kind: str
    round: int
    annotator: Person
    state: str
    fields: Mapping[str, Any]
    note: str


class Piece(msgspec.Struct, gc=False):
    """A fragment as written, in the file's unit."""

    start: int
    end: int
    text: str


class SpanLine(msgspec.Struct, gc=False):
    """A span as written: hull, the text of the hull, fragments."""

    id: str
    source_id: str
    layer: str
    annotator: str
    label: str
    start: int
    end: int
    text: str
    fragments: list[Piece]
    attributes: Mapping[str, Any]
    state: str
    note: str
    scheme_version: int
    created: str
    updated: str


class RelationLine(msgspec.Struct, gc=False, rename={"source": "from", "target": "to"}):
    """A relation as written."""

    id: str
    source_id: str
    layer: str
    label: str
    source: str
    target: str
    to_kind: str
    attributes: Mapping[str, Any]
    state: str
    note: str
    scheme_version: int
    created: str
    updated: str


class MemberLine(msgspec.Struct, gc=False):
    """A member of a group as written."""

    role: str
    span: str


class GroupLine(msgspec.Struct, gc=False):
    """A group as written."""

    id: str
    source_id: str
    layer: str
    kind: str
    members: list[MemberLine]
    no_source: bool
    state: str
    note: str


class EntryLine(msgspec.Struct, gc=False):
    """A registry entry that something in the line names, as written."""

    id: str
    kind: str
    name: str
    data: Mapping[str, Any]


class SchemeLine(msgspec.Struct, gc=False):
    """The scheme the project has, as written."""

    id: str
    version: int
    sha256: str


class ArticleHead(msgspec.Struct, gc=False):
    """What a line says before its lists."""

    format: str
    version: str
    id: str
    source_id: str
    revision: int
    title: str
    text: str
    sha256: str
    offsets: str
    meta: Mapping[str, Any]
    scheme: SchemeLine


class ArticleLine(ArticleHead, gc=False):
    """A whole line of our keys alone."""

    layers: list[LayerLine]
    spans: list[SpanLine]
    relations: list[RelationLine]
    groups: list[GroupLine]
    entries: list[EntryLine]


class WrittenLine(ArticleHead, gc=False):
    """A whole line to be written; what carries keys that are not ours comes encoded."""

    layers: list[LayerLine | msgspec.Raw]
    spans: list[SpanLine | msgspec.Raw]
    relations: list[RelationLine | msgspec.Raw]
    groups: list[GroupLine | msgspec.Raw]
    entries: list[EntryLine]


# "deterministic" sorts the keys of free data (meta, attributes, …) and leaves ours in their order.
ENCODER = msgspec.json.Encoder(order="deterministic")


def not_ours(kind: Any, extra: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what `extra` says beside the keys that a line of this kind (a struct) has itself.

    An import puts no other into it; with a package anything may have come, and of two equal keys readers take one.
    """
    if not extra or extra.keys().isdisjoint(kind.__struct_encode_fields__):
        return extra
    return {key: item for key, item in extra.items() if key not in kind.__struct_encode_fields__}
