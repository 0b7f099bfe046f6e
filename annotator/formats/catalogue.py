"""Which formats there are, and how a file's format is told."""

from __future__ import annotations

import re
from pathlib import PurePath

READABLE = ("text", "jsonl")
WRITABLE = ("jsonl",)
HEAD = 4096
"""Bytes of a file's beginning that `told` looks at."""

_JSONL_ENDINGS = (".jsonl", ".ndjson", ".json")
_JSON_OBJECT = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*["}]')


def told(name: str, head: bytes) -> str:
    """Return the format of a file: by the ending of its name, else (standard input, unknown ending) by its head."""
    ending = PurePath(name).suffix.lower()
    if ending in _JSONL_ENDINGS:
        return "jsonl"
    if ending == ".txt":
        return "text"
    return "jsonl" if _JSON_OBJECT.match(head) else "text"
