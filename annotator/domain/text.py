"""An article's text: kept exactly as it came, known by its fingerprint."""

from __future__ import annotations

import hashlib
import re

# SQLite ends a string at NUL in places, and UTF-8 cannot hold a lone surrogate.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes in hexadecimal.

    Raises UnicodeEncodeError for a text that `storable` has not seen.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def storable(text: str) -> tuple[str, int]:
    """Return the text with what cannot be stored replaced, one character for one, and how many were replaced.

    Lone surrogates and NUL become U+FFFD. Nothing else changes: line ends, BOM characters inside the text and
    every normalisation form stay, so that offsets made elsewhere stay right.
    """
    replaced, count = _UNSTORABLE.subn(REPLACEMENT, text)
    return replaced, count


def isolated(text: str) -> str:
    """Return a name as it may stand in a sentence beside numbers: one that is written from right to left would turn
    their order round.
    """
    if text.isascii():
        return text
    from unicodedata import bidirectional  # no start waits for it

    if not any(bidirectional(char) in ("R", "AL") for char in text):
        return text
    return f"\u2068{text}\u2069"


def printable(text: str) -> str:
    """Return the text as it may stand in a message: what is invisible or steers a terminal becomes U+FFFD, one for one.

    Line ends stay.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else REPLACEMENT for char in text)
