"""Our JSON Lines, one article a line, and the short lines that other programs can write easily."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from annotator.domain.article import Article
from annotator.domain.ids import foreign_id, is_uuid
from annotator.domain.offsets import UNITS
from annotator.domain.text import fingerprint, storable
from annotator.formats import canonical, fields
from annotator.formats.contents import Contents
from annotator.formats.fields import Object
from annotator.formats.jsonl_line import FORMAT, VERSION
from annotator.formats.record import MAX_LINE, MAX_TEXT, TITLE, BadLine, Origin, Record, Refused, SchemeRef, title_of
from annotator.formats.strict_json import lines, loads, shown
from annotator.i18n import _

DISTANT = 1
"""The second number of the version from which on a relation may lead to a span of another line."""
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})")
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00")
_KNOWN = frozenset(
    (
        "format", "version", "id", "source_id", "revision", "title", "text", "sha256", "offsets", "meta", "scheme",
        "layers", "spans", "relations", "groups", "entries",
    )
)  # fmt: skip
_SCHEME = frozenset(("id", "version", "sha256"))


def read(stream: BinaryIO, origin: Origin) -> Iterator[Record | Refused]:
    """Yield what each line of the stream says; empty lines are passed over. Holds one line at a time."""
    for number, data, size in lines(stream):
        if data is None:
            yield Refused(
                number,
                _("The line of {size} bytes is longer than {max_line} MB.").format(
                    size=size, max_line=MAX_LINE // 1024 // 1024
                ),
            )
            continue
        if number == 1 and data.startswith(_OTHER_ENCODINGS):
            yield Refused(number, _("The file is UTF-16 or UTF-32; JSON Lines are UTF-8."))
            return
        if not data or data.isspace():
            continue
        try:
            yield read_line(data, number, origin)
        except BadLine as error:
            yield Refused(number, str(error))


def read_line(data: bytes, number: int, origin: Origin) -> Record:
    """Return the article that a line says, with what of it was refused. Raises BadLine where nothing can be taken."""
    return canonical.read(data, number, origin) or read_strictly(data, number, origin)


def read_strictly(data: bytes, number: int, origin: Origin) -> Record:
    """Return what `read_line` does, by the road that takes any line apart with care. Raises BadLine."""
    item = loads(data)
    if type(item) is not dict:
        raise BadLine(_("A line must be one object, not {item}.").format(item=shown(item)))
    minor = _minor(item)
    short = minor is None
    text, notes = _text(item)
    sha256 = fingerprint(text)
    claimed = fields.text(item, "sha256")
    if claimed and claimed != sha256 and not notes:
        raise BadLine(_("The text does not fit its sha256: one of the two was altered."))
    article = _article(item, text, sha256, origin)
    contents = Contents(article, text, _unit(item), origin, distant=minor is not None and minor >= DISTANT)
    contents.read(item)
    scheme = fields.table(item, "scheme")
    if not _SCHEME.issuperset(scheme):
        notes = (*notes, _("Unknown keys of the scheme were not kept."))
    return Record(
        article,
        text,
        _scheme(scheme),
        tuple(contents.annotators.values()),
        tuple(contents.layers.values()),
        tuple(contents.spans.values()),
        tuple(contents.relations.values()),
        tuple(contents.groups.values()),
        number,
        short,
        frozenset(contents.unstated if "title" in item else contents.unstated | {TITLE}),
        tuple(contents.refusals),
        (*notes, *contents.notes),
        tuple(contents.entries.values()),
        tuple(contents.distant),
        contents.foreign,
    )


def _minor(item: Object) -> int | None:
    """Return the second number of the format's version, None for a short line. Raises BadLine."""
    if "format" not in item:
        return None
    if item["format"] != FORMAT:
        raise BadLine(_("The format {format} is not {known}.").format(format=shown(item["format"]), known=FORMAT))
    version = item.get("version")
    match = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if match is None:
        raise BadLine(
            _("The version {version} is not like {known}.").format(version=shown(version), known=shown(VERSION))
        )
    if match[1] != "1":
        raise BadLine(
            _("Version {version} of the format is unknown here; this program reads 1.x.").format(version=version)
        )
    return int(match[2])


def _text(item: Object) -> tuple[str, tuple[str, ...]]:
    text = item.get("text")
    if type(text) is not str:
        raise BadLine(
            _("The text is missing.")
            if text is None
            else _("The text must be a text, not {text}.").format(text=shown(text))
        )
    if not text:
        raise BadLine(_("The text is empty."))
    if text.isspace():
        raise BadLine(_("The text holds nothing but blanks."))
    text, replaced = storable(text)
    if len(text) * 4 > MAX_TEXT and len(text.encode("utf-8")) > MAX_TEXT:
        raise BadLine(_("The text is longer than {max_text} MB.").format(max_text=MAX_TEXT // 1024 // 1024))
    return text, (
        _("{replaced} unstorable characters (NUL, lone surrogates) became U+FFFD.").format(replaced=replaced),
    ) if replaced else ()


def _article(item: Object, text: str, sha256: str, origin: Origin) -> Article:
    given, source = fields.given_id(item), fields.text(item, "source_id")
    if not given:
        id = origin.find(sha256)
    elif is_uuid(given):
        id = given
    else:
        id, source = foreign_id("article", "", given), given
    return Article(
        id,
        fields.text(item, "title") or ("" if "title" in item else title_of(text, origin.stem)),
        sha256,
        fields.number(item, "revision"),
        meta=fields.table(item, "meta"),
        source_id=source,
        extra=fields.unknown(item, _KNOWN),
    )


def _unit(item: Object) -> str:
    return fields.choice(item, "offsets", UNITS, UNITS[0])


def _scheme(scheme: Object) -> SchemeRef:
    return SchemeRef(
        fields.text(scheme, "id"), fields.number(scheme, "version", least=0), fields.text(scheme, "sha256")
    )
