"""Packages for tests: a small real one, and forged ones whose outside is right whatever stands in them."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator import keys
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.text import fingerprint
from annotator.exchange.header import Header, Line, StepLine, TextLine
from annotator.exchange.member import HEAD
from tests.builders import ANA, BO, TEXT

PROJECT = "0190a000-0000-7000-8000-0000000000ff"
ARTICLE = "0190a000-0000-7000-8000-0000000000a1"
HEADER = Header(
    "0190a000-0000-7000-8000-000000000001", PROJECT, "Quay", "2026-11-23T17:00:00.000Z", f"{ANA.id} 1", ANA, "laptop",
    "2026-11-24T09:00:00.000Z", (BO,),
)  # fmt: skip


def step(number: int, *changes: ChangeRecord, before: StepRecord | None = None) -> StepLine:
    """Return a step of Ana's behind another."""
    changes = changes or (ChangeRecord("article", ARTICLE, ARTICLE, "", None, f'{{"id":"{ARTICLE}","n":{number}}}'),)
    id = f"0190a000-0000-7000-8000-{number:012x}"
    record = StepRecord(
        id, ANA.id, "laptop", "2026-11-23T17:00:00.000Z", "Label “Quote”", 1, "", id, lamport=number,
        payload_sha256=payload_sha256(changes), prev_hash=before.hash() if before is not None else "",
    )  # fmt: skip
    return StepLine(record, changes)


def small() -> list[Line]:
    """Return a text and two steps."""
    first = step(1)
    return [TextLine(fingerprint(TEXT), TEXT), first, step(2, before=first.step)]


def signed(header: Header = HEADER) -> Header:
    """Return the header with the key of who works here."""
    return header._replace(key=keys.public_hex())


def inside(path: Path) -> bytes:
    """Return what stands in a package, as any program for gzip unpacks it."""
    import gzip

    return gzip.decompress(path.read_bytes())


def wrap(path: Path, pieces: Iterable[bytes], *, behind: bytes = b"") -> Path:
    """Write a member that is right on the outside whatever stands in it."""
    deflate, crc, size = zlib.compressobj(9, zlib.DEFLATED, -15), 0, 0
    packed = []
    for piece in pieces:
        packed.append(deflate.compress(piece))
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    packed += [deflate.flush(), crc.to_bytes(4, "little"), (size % 2**32).to_bytes(4, "little"), behind]
    data = b"".join(packed)
    path.write_bytes(HEAD + hashlib.sha256(data).digest() + data)
    return path


def forge(path: Path, lines: Iterable[bytes], **trailer: Any) -> Path:
    """Write lines with a right trailer (unless told otherwise), whatever stands in them."""
    return wrap(path, with_trailer(list(lines), **trailer))


def with_trailer(lines: list[bytes], **said: Any) -> list[bytes]:
    """Return lines with their ends, and the trailer that proves them."""
    data = [line + b"\n" for line in lines]
    digest = hashlib.sha256(b"".join(data)).hexdigest()
    trailer = {"count": len(lines) - 1, "sha256": digest, "signature": ""} | said
    return [*data, json.dumps({"trailer": trailer}, separators=(",", ":")).encode() + b"\n"]
