"""Which formats there are, and how a file's format is told."""

from __future__ import annotations

import re
from pathlib import PurePath

from annotator.i18n import _, later

READABLE = ("text", "jsonl", "brat")
WRITABLE = ("jsonl",)
HEAD = 4096
"""Bytes of a file's beginning that `told` looks at."""

_JSONL_ENDINGS = (".jsonl", ".ndjson", ".json")
_JSON_OBJECT = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*["}]')


_BEGINNINGS = (
    (b"%PDF-", later("a PDF")),
    (b"PK\x03\x04", later("a ZIP archive, or a document of a word processor")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", later("a document of an older word processor")),
    (b"{\\rtf", later("an RTF document")),
    (b"\x1f\x8b", later("a gzip archive")),
    (b"\x28\xb5\x2f\xfd", later("a zstd archive")),
    (b"BZh", later("a bzip2 archive")),
    (b"\xfd7zXZ\x00", later("an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", later("a 7z archive")),
    (b"Rar!\x1a\x07", later("a RAR archive")),
    (b"\x89PNG\r\n\x1a\n", later("a picture")),
    (b"\xff\xd8\xff", later("a picture")),
    (b"GIF8", later("a picture")),
    (b"SQLite format 3\x00", later("a database")),
    (b"\x7fELF", later("a program")),
)


def no_text(head: bytes) -> str:
    """Return what a file is that is no text, by its beginning; "" where that does not tell."""
    return next((_(what) for beginning, what in _BEGINNINGS if head.startswith(beginning)), "")


def told(name: str, head: bytes) -> str:
    """Return the format of a file: by the ending of its name, else (standard input, unknown ending) by its head."""
    ending = PurePath(name).suffix.lower()
    if ending in _JSONL_ENDINGS:
        return "jsonl"
    if ending == ".txt":
        return "text"
    if ending == ".ann":
        return "brat"
    return "jsonl" if _JSON_OBJECT.match(head) else "text"
