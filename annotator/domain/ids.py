"""Identity: UUIDv7 for what is made here, UUIDv5 for what two people must name alike."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Collection, Sequence

_FORM = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_UUID = re.compile(_FORM)
_UUIDS = re.compile(f"(?:{_FORM}\n)*")

IdSource = Callable[[], str]

_NAMESPACE = bytes.fromhex("6f0d6a527c4c5c0e9a0e0b7f3c1f9d11")


def uuid7() -> str:
    """Return a new UUIDv7 (RFC 9562) as text: 48 bits of Unix milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | (noise >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | noise & 0x3FFF_FFFF_FFFF_FFFF
    return _written(value)


def _written(value: int) -> str:
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _named(*parts: object) -> str:
    # JSON-like quoting is not needed: U+001F occurs in no id, kind or number, and a name that holds one
    # can only collide with itself.
    name = "\x1f".join(map(str, parts)).encode("utf-8")
    # As uuid.uuid5, whose module costs every start some milliseconds: RFC 9562, version 5.
    digest = hashlib.sha1(_NAMESPACE + name, usedforsecurity=False).digest()
    value = int.from_bytes(digest[:16], "big")
    value &= ~(0xF << 76 | 0b11 << 62)
    return _written(value | 0x5 << 76 | 0b10 << 62)


def layer_id(article: str, kind: str, owner: str, round: int) -> str:
    """Return the id of a layer; `owner` is the annotator's id, or the file stem of an imported layer."""
    return _named("layer", article, kind, owner, round)


def content_article_id(sha256: str) -> str:
    """Return the id of an article that came without one, from the fingerprint of its text."""
    return _named("article", sha256)


def content_span_id(article: str, layer: str, label: str, fragments: Sequence[tuple[int, int]]) -> str:
    """Return the id of a span that came without one; fragments in code points."""
    return _named("span", article, layer, label, *(f"{start}-{end}" for start, end in fragments))


def foreign_id(kind: str, article: str, source_id: str) -> str:
    """Return our id for a thing whose own id is not a UUID: the same for everyone who imports it.

    `article` is the id of the article it stands in, or "" for an article itself.
    """
    return _named("foreign", kind, article, source_id)


def scheme_step_id(scheme: str, sha256: str) -> str:
    """Return the id of the step that brings a scheme into a new project."""
    return _named("scheme step", scheme, sha256)


def assignment_id(article: str, annotator: str, round: int) -> str:
    """Return the id of the assignment of an article to an annotator: the same whoever makes it."""
    return _named("assignment", article, annotator, round)


def lead_id(annotator: str) -> str:
    """Return the id of what says that an annotator leads a project too."""
    return _named("lead", annotator)


def decision_id(article: str, spans: Collection[str], field: str = "") -> str:
    """Return the id of the decision about spans (ids) that mean the same, or about a field of the article."""
    return _named("decision", article, *(("field", field) if field else sorted(spans)))


def answer_id(decision: str, annotator: str) -> str:
    """Return the id of what an annotator answers to a decision (its id)."""
    return _named("answer", decision, annotator)


def correction_id(decision: str, annotator: str) -> str:
    """Return the id of what an annotator is told of a decision (its id)."""
    return _named("correction", decision, annotator)


def consensus_id(made_of: str, number: int = 0) -> str:
    """Return the id of a span of the consensus, from its decision's, or of a tie, from the one it was made of."""
    return _named("consensus", made_of, number)


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID in its canonical form (36 characters, lower case)."""
    # Asked for every span of an import: uuid.UUID would take six times as long.
    return _UUID.fullmatch(text) is not None


def are_uuids(texts: Collection[str]) -> bool:
    """Whether `is_uuid` holds for each of the texts; one look for all of them."""
    joined = "\n".join([*texts, ""])
    # A text that holds two would make the whole too long for so many.
    return len(joined) == 37 * len(texts) and _UUIDS.fullmatch(joined) is not None
