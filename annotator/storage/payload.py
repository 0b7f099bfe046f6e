"""Values to the JSON of the journal and back; defaults are left out, so that old entries outlive new fields."""

from __future__ import annotations

import json
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from annotator.domain import scheme as schemes
from annotator.domain.article import Annotator, Article, Layer
from annotator.domain.change import Decision, Entry, Imported, Value
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.domain.team import Assignment, Lead, Proposal, Remark
from annotator.storage.rows import dumps

_CLASSES: dict[str, type] = {
    "annotator": Annotator,
    "article": Article,
    "layer": Layer,
    "span": Span,
    "relation": Relation,
    "group": Group,
    "entry": Entry,
    "decision": Decision,
    "lead": Lead,
    "assignment": Assignment,
    "remark": Remark,
    "proposal": Proposal,
}


_ALWAYS = object()
"""The default of a field that has none: nothing equals it, so the field is always written."""


def _defaults(cls: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((name, cls._field_defaults.get(name, _ALWAYS)) for name in cls._fields)


_FIELDS: dict[type, tuple[tuple[str, Any], ...]] = {cls: _defaults(cls) for cls in _CLASSES.values()}

# An import writes tens of thousands of spans: rows under one head of columns, by layer, instead of an object each.
_SPAN_COLUMNS = (
    "id", "label", "fragments", "annotator", "created", "updated", "attributes", "state", "note", "scheme_version",
    "revision", "source_id", "extra",
)  # fmt: skip
_span_columns = itemgetter(*map(Span._fields.index, _SPAN_COLUMNS))


def encode(value: Value) -> str:
    """Return the value as compact JSON."""
    if isinstance(value, Imported):
        return _encode_imported(value)
    return dumps(_data(value))


def _data(value: Any) -> dict[str, Any]:
    if isinstance(value, Scheme):
        return schemes.to_data(value)
    data: dict[str, Any] = {}
    for name, default in _FIELDS[type(value)]:
        item = getattr(value, name)
        if item != default:
            data[name] = item
    if "extra" in data:
        _put_foreign(data)
    if isinstance(value, Group):
        data["members"] = [[member.role, member.span] for member in value.members]
    return data


def _encode_imported(value: Imported) -> str:
    # Imported here: msgspec costs every start some milliseconds and only imports are large enough to need it.
    import msgspec

    data: dict[str, Any] = {"id": value.id}
    if value.article is not None:
        data["article"] = _data(value.article)
    data["layers"] = [_data(layer) for layer in value.layers]
    by_layer: dict[str, list[Any]] = {}
    for span in value.spans:
        by_layer.setdefault(span.layer, []).append(_span_columns(span))
    if by_layer:
        data["columns"] = _SPAN_COLUMNS
        data["spans"] = by_layer
    if value.relations:
        data["relations"] = [_data(relation) for relation in value.relations]
    if value.groups:
        data["groups"] = [_data(group) for group in value.groups]
    return msgspec.json.encode(data).decode("utf-8")


def decode(kind: str, text: str) -> Value:
    """Return the value that `encode` made this text of."""
    data = json.loads(text)
    if kind == "import":
        return _imported(data)
    if kind == "scheme":
        return schemes.from_data(data)
    value: Value = _value(kind, data)
    return value


_FOREIGN = "+"
"""Before the name of a field that only a newer version knows, among the free keys of a value that has such."""


def _value(kind: str, data: dict[str, Any]) -> Any:
    if "fragments" in data:
        data["fragments"] = tuple((start, end) for start, end in data["fragments"])
    if kind == "group":
        data["members"] = tuple(Member(role, span) for role, span in data.get("members", ()))
    try:
        return _CLASSES[kind](**data)
    except TypeError:
        return _CLASSES[kind](**_with_foreign(kind, data))


def _with_foreign(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """Keep what a newer version says beyond our fields, for the way back, where the value has room for it."""
    fields: tuple[str, ...] = _CLASSES[kind]._fields  # type: ignore[attr-defined]
    known = {key: item for key, item in data.items() if key in fields}
    foreign = {_FOREIGN + key: item for key, item in data.items() if key not in fields}
    if not foreign or "extra" not in fields:
        return known
    return known | {"extra": {**known.get("extra", {}), **foreign}}


def _put_foreign(data: dict[str, Any]) -> None:
    extra = data["extra"]
    foreign = {key[len(_FOREIGN) :]: item for key, item in extra.items() if key.startswith(_FOREIGN)}
    if not foreign:
        return
    own = {key: item for key, item in extra.items() if not key.startswith(_FOREIGN)}
    del data["extra"]
    if own:
        data["extra"] = own
    for key, item in foreign.items():
        data.setdefault(key, item)


def _imported(data: dict[str, Any]) -> Imported:
    article: Article | None = _value("article", data["article"]) if "article" in data else None
    return Imported(
        data["id"],
        article,
        tuple(_value("layer", item) for item in data["layers"]),
        tuple(_spans(data)),
        tuple(_value("relation", item) for item in data.get("relations", ())),
        tuple(_value("group", item) for item in data.get("groups", ())),
    )


def _spans(data: dict[str, Any]) -> Iterable[Span]:
    columns = data.get("columns", ())
    for layer, rows in data.get("spans", {}).items():
        for row in rows:
            yield _value("span", dict(zip(columns, row, strict=True)) | {"article": data["id"], "layer": layer})
