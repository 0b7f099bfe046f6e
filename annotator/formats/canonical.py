"""The quick road for lines as our own export writes them: a line is taken whole, or left to the strict reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec.structs import astuple

from annotator.domain.article import Article
from annotator.domain.free import NOTHING
from annotator.domain.ids import are_uuids, is_uuid
from annotator.domain.span import STATES, Fragments, Span
from annotator.domain.text import fingerprint
from annotator.formats.contents import Contents
from annotator.formats.fields import LARGEST
from annotator.formats.jsonl_line import ENCODER, FORMAT, VERSION, ArticleLine, Piece, SpanLine
from annotator.formats.record import MAX_TEXT, BadLine, Origin, Record, SchemeRef
from annotator.formats.strict_json import cleaned

_DECODER = msgspec.json.Decoder(ArticleLine)
_HEAD = f'{{"format":"{FORMAT}","version":"{VERSION}","id":"'.encode()
_UNIT = "code-points"


def read(line: bytes, number: int, origin: Origin) -> Record | None:
    """Return what the strict reader would, for a line that is byte for byte what an export writes; None for any other.

    Nothing is refused or mended here: at the least doubt the strict reader has the line, and says what is wrong.
    """
    read = _decoded(line)
    if read is None or not _sound(read):
        return None
    try:
        article = Article(
            read.id,
            read.title,
            read.sha256,
            read.revision,
            meta=cleaned(read.meta) if read.meta else {},
            source_id=read.source_id,
        )
        contents = Contents(article, read.text, _UNIT, origin)
        contents.read({"entries": _plain(read.entries), "layers": _plain(read.layers)})
        found = _spans(read.spans, article, read.text, contents)
        if found is None:
            return None
        contents.add_spans(found)
        if read.relations or read.groups:
            contents.read({"relations": _plain(read.relations), "groups": _plain(read.groups)})
    except BadLine:
        return None
    if contents.refusals or contents.notes or contents.unstated:
        return None
    return Record(
        article,
        read.text,
        SchemeRef(read.scheme.id, read.scheme.version, read.scheme.sha256),
        tuple(contents.annotators.values()),
        tuple(contents.layers.values()),
        tuple(found.values()),
        tuple(contents.relations.values()),
        tuple(contents.groups.values()),
        number,
        entries=tuple(contents.entries.values()),
        distant=tuple(contents.distant),
    )


def _decoded(line: bytes) -> ArticleLine | None:
    """Return the line in our types when these, written again, give its very bytes.

    Then no key is unknown, missing, doubled or out of its place, no value of another type, and all of it is UTF-8.
    """
    if not line.startswith(_HEAD) or len(line) > MAX_TEXT:
        return None
    body = line.removesuffix(b"\n")
    # The one character that JSON can say and a project cannot hold; most lines are done after the first look.
    if b"\\" in body and b"\\u0000" in body:
        return None
    try:
        read = _DECODER.decode(body)
        return read if ENCODER.encode(read) == body else None
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _sound(read: ArticleLine) -> bool:
    return (
        bool(read.text)
        and not read.text.isspace()
        and read.offsets == _UNIT
        and is_uuid(read.id)
        and 1 <= read.revision <= LARGEST
        and 0 <= read.scheme.version <= LARGEST
        and read.sha256 == fingerprint(read.text)
    )


def _plain(parts: Sequence[msgspec.Struct]) -> Any:
    # There are few of them: one reader for both roads is worth more than their time.
    return msgspec.to_builtins(parts) if parts else []


def _spans(lines: Iterable[SpanLine], article: Article, text: str, contents: Contents) -> dict[str, Span] | None:
    """Return the spans by id, None where one needs the strict look. Raises BadLine."""
    # Importing is mostly this loop.
    found: dict[str, Span] = {}
    length, of, revision = len(text), article.id, article.revision
    given, home = ("", ""), ("", "")  # as the last line named its layer and annotator, and ours of that
    for line in lines:
        (
            id, source_id, layer, annotator, label, start, end, quote, pieces, attributes, state, note, scheme_version,
            created, updated,
        ) = astuple(line)  # fmt: skip
        if not 0 <= start < end <= length or text[start:end] != quote or id in found:
            return None
        if not label or not layer or state not in STATES or not 0 <= scheme_version <= LARGEST:
            return None
        fragments: Fragments = ((start, end),)
        if len(pieces) != 1:
            fragments = tuple([(piece.start, piece.end) for piece in pieces])
            if not _split(pieces, text, start, end):
                return None
        else:
            piece = pieces[0]
            if piece.start != start or piece.end != end or piece.text != quote:
                return None
        if given != (layer, annotator):
            given = (layer, annotator)
            home = contents.home(*given)
        found[id] = Span(
            id, of, home[0], home[1], label, fragments, revision,
            cleaned(attributes) if attributes else NOTHING, state, note, scheme_version, created, updated, source_id,
        )  # fmt: skip
    return found if are_uuids(found) else None


def _split(pieces: Sequence[Piece], text: str, start: int, end: int) -> bool:
    """Whether the fragments are in order, apart, quoted as the text has them, and reach from start to end."""
    if not pieces or pieces[0].start != start or pieces[-1].end != end:
        return False
    last = -1
    for piece in pieces:
        if not last < piece.start < piece.end or text[piece.start : piece.end] != piece.text:
            return False
        last = piece.end
    return True
