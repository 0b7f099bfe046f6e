"""Does a written line say what the project holds? Read by another road than it was written, compared value by value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from annotator.domain.errors import UserError
from annotator.domain.span import Span
from annotator.formats.jsonl_line import (
    ArticleLine,
    GroupLine,
    LayerLine,
    RelationLine,
    SpanLine,
    WrittenLine,
    not_ours,
)
from annotator.formats.record import ENTRY, SPAN, Record
from annotator.i18n import _


class Unproved(UserError):
    """A line does not say what the project holds; nothing may be made of the file."""

    def __init__(self, article: str, reason: str) -> None:
        super().__init__(
            _("The export was stopped at article {article}: {reason}. Nothing was written.").format(
                article=article, reason=reason
            )
        )


_DECODER = msgspec.json.Decoder(ArticleLine)
_said = attrgetter(
    "id", "label", "layer", "annotator", "attributes", "state", "note", "scheme_version", "created", "updated",
    "source_id",
)  # fmt: skip
"""What a span says beside where it stands, of a line as of the project."""


_layer = attrgetter("id", "source_id", "kind", "round", "state", "fields", "note")
_relation = attrgetter(
    "id", "source_id", "layer", "label", "source", "target", "attributes", "state", "note", "scheme_version", "created",
    "updated",
)  # fmt: skip
_group = attrgetter("id", "source_id", "layer", "kind", "no_source", "state", "note")


def compare(record: Record, line: bytes, unit: str) -> None:
    """Compare a line, as read back from its file, with the record of the project. Raises Unproved."""
    article = record.article
    try:
        read = _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unproved(article.id, _("what was written cannot be read ({reason})").format(reason=error)) from None
    if not line.endswith(b"\n"):
        raise Unproved(article.id, _("what was written is cut off"))
    if (read.id, read.source_id, read.title, read.text, read.sha256, read.revision, read.offsets) != (
        article.id, article.source_id, article.title, record.text, article.sha256, article.revision, unit,
    ):  # fmt: skip
        raise Unproved(article.id, _("its head is not what the project holds"))
    _lists(article.id, read, record)
    _spans(article.id, read.spans, record, unit)
    if read.meta != article.meta or _has_extra(record):
        _free(record, line)


def _lists(article: str, read: ArticleLine, record: Record) -> None:
    owners = [it.annotator.id for it in read.layers]
    if _all(_layer, read.layers) != _all(_layer, record.layers) or owners != [it.owner for it in record.layers]:
        raise Unproved(article, _("its layers are not what the project holds"))
    if _all(_relation, read.relations) != _all(_relation, record.relations):
        raise Unproved(article, _("its relations are not what the project holds"))
    named = {entry.id for entry in record.entries}
    if [one.to_kind for one in read.relations] != [ENTRY if it.target in named else SPAN for it in record.relations]:
        raise Unproved(article, _("its relations do not lead to what they lead to in the project"))
    if [(it.id, it.kind, it.name, it.data) for it in read.entries] != [tuple(it) for it in record.entries]:
        raise Unproved(article, _("its registry entries are not what the project holds"))
    members = [[(member.role, member.span) for member in it.members] for it in read.groups]
    if _all(_group, read.groups) != _all(_group, record.groups) or members != [
        [(member.role, member.span) for member in it.members] for it in record.groups
    ]:
        raise Unproved(article, _("its groups are not what the project holds"))


def _all(said: attrgetter[Any], items: Iterable[Any]) -> list[Any]:
    return [said(item) for item in items]


def _spans(article: str, read: Sequence[SpanLine], record: Record, unit: str) -> None:
    if len(read) != len(record.spans):
        raise Unproved(
            article, _("{count} of its {total} spans were written").format(count=len(read), total=len(record.spans))
        )
    text = record.text
    at = None if unit == "code-points" else _measured(text, record.spans, unit)
    for line, span in zip(read, record.spans, strict=True):
        if not (_whole_fits(line, span, text) if at is None else _pieces_fit(line, span, text, at)):
            raise Unproved(article, _("the quoted text of span {id} is not what stands there").format(id=span.id))
        if _said(line) != _said(span):
            raise Unproved(article, _("span {id} is not what the project holds").format(id=span.id))


def _whole_fits(line: SpanLine, span: Span, text: str) -> bool:
    """Whether a line in code points stands where the span does; nearly every span is one fragment."""
    if len(span.fragments) != 1 or len(line.fragments) != 1:
        return _pieces_fit(line, span, text, None)
    ((start, end),), (piece,) = span.fragments, line.fragments
    return (
        text[start:end] == piece.text == line.text
        and start == piece.start == line.start
        and end == piece.end == line.end <= len(text)
    )


def _pieces_fit(line: SpanLine, span: Span, text: str, at: Mapping[int, int] | None) -> bool:
    pieces, fragments = line.fragments, span.fragments
    if len(pieces) != len(fragments) or fragments[-1][1] > len(text):
        return False
    for piece, (start, end) in zip(pieces, fragments, strict=True):
        if piece.text != text[start:end]:
            return False
        if at is not None:
            start, end = at[start], at[end]
        if piece.start != start or piece.end != end:
            return False
    hull = text[fragments[0][0] : fragments[-1][1]]
    return line.text == hull and line.start == pieces[0].start and line.end == pieces[-1].end


def _measured(text: str, spans: Iterable[Span], unit: str) -> dict[int, int]:
    """Return the offset in the unit of every edge of the spans, counted from the encoded text itself.

    Not by domain.offsets, which wrote them: two roads find what one would repeat.
    """
    encoding, size = ("utf-16-le", 2) if unit == "utf-16" else ("utf-8", 1)
    edges = {0, *(edge for span in spans for fragment in span.fragments for edge in fragment)}
    at: dict[int, int] = {}
    last = total = 0
    for edge in sorted(edges):
        total += len(text[last:edge].encode(encoding)) // size
        at[edge], last = total, edge
    return at


def _has_extra(record: Record) -> bool:
    if record.article.extra:
        return True
    parts = (record.layers, record.spans, record.relations, record.groups)
    return any(item.extra for items in parts for item in items)


def _free(record: Record, line: bytes) -> None:
    """Compare meta and unknown keys, which only a reader without a schema sees."""
    whole = msgspec.json.decode(line)
    lists: tuple[tuple[str, Sequence[Any], Any], ...] = (
        ("layers", record.layers, LayerLine),
        ("spans", record.spans, SpanLine),
        ("relations", record.relations, RelationLine),
        ("groups", record.groups, GroupLine),
    )
    pairs: list[tuple[Mapping[str, Any], Any, Any]] = [(whole, record.article, WrittenLine)]
    for key, items, kind in lists:
        pairs.extend((read, item, kind) for read, item in zip(whole[key], items, strict=True))
    for read, item, kind in pairs:
        if any(read.get(key) != value for key, value in not_ours(kind, item.extra).items()):
            raise Unproved(record.article.id, _("a key that is not ours was not written as it came"))
    if whole["meta"] != record.article.meta:
        raise Unproved(record.article.id, _("its meta is not what the project holds"))
