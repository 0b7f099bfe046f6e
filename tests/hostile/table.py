"""The table of hostile files: what comes in, what is said, what must be there afterwards."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

QUOTE = {"start": 0, "end": 4, "label": "quote"}


def line(text: object = "Word by word.", *spans: object, **more: object) -> bytes:
    return json.dumps({"text": text, "spans": list(spans), **more}).encode()


def span(**parts: object) -> bytes:
    """A line of one article whose span has these parts."""
    return line("Word by word.", QUOTE | parts)


@dataclass(frozen=True)
class Row:
    """`made` is the file's content, or makes something at a path; `said` stands in the messages, word for word."""

    name: str
    file: str
    made: bytes | Callable[[Path], None]
    status: int
    said: str
    articles: int = 0
    spans: int = 0
    text: str | None = None


def refused(name: str, file: str, made: bytes | Callable[[Path], None], said: str) -> Row:
    return Row(name, file, made, 1, said)


def half(name: str, made: bytes, said: str) -> Row:
    """A line whose article comes in and whose span does not."""
    return Row(name, "a.jsonl", made, 1, f"Span 1: {said}", 1, 0)


PLAIN = "Word by word."
KEPT = "left\u202eright \u200b\u2066x\u2069 \ufeff\u2028 \x85 e\u0301 👩\u200d👧 \r mixed \r\n ends\n"
DEEP = b'{"text": "x", "meta": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"

ROWS = (
    # texts
    Row("text as it should be", "a.txt", PLAIN.encode(), 0, "", 1, 0, PLAIN),
    Row("UTF-8 with a mark", "a.txt", b"\xef\xbb\xbf" + PLAIN.encode(), 0, "", 1, 0, PLAIN),
    Row("UTF-16 with a mark", "a.txt", PLAIN.encode("utf-16"), 0, "", 1, 0, PLAIN),
    Row("UTF-32 with a mark", "a.txt", PLAIN.encode("utf-32"), 0, "", 1, 0, PLAIN),
    refused("UTF-16 without a mark", "a.txt", PLAIN.encode("utf-16-le"),
            "The file holds many control characters: it is UTF-16 without a byte-order mark, or no text at all."),
    refused("noise", "a.txt", bytes((at * 7919 + at * at) % 256 for at in range(3_000)), "The file is no text"),
    refused("zeros", "a.txt", bytes(3_000), "The file is no text"),
    refused("Russian UTF-16 without a mark", "a.txt", "Мэр сказал.".encode("utf-16-le"),
            "The file holds many control characters"),
    Row("cp1252", "a.txt", "“Café”, he said.".encode("cp1252"), 0, "Not UTF-8; read as cp1252, a guess.", 1, 0,
        "“Café”, he said."),
    refused("neither UTF-8 nor cp1252", "a.txt", b"Word \x81 \x8d",
            "The file is neither UTF-8 nor cp1252 (byte 6); name its encoding."),
    Row("controls, marks, line ends of all kinds", "a.txt", KEPT.encode(), 0, "", 1, 0, KEPT),
    Row("a NUL", "a.txt", b"x" * 500 + b"\0", 0, "1 unstorable characters (NUL, lone surrogates) became U+FFFD.", 1, 0,
        "x" * 500 + "\ufffd"),
    refused("an empty file", "a.txt", b"", "The file is empty."),
    refused("blanks", "a.txt", b" \n\t\r\n\xc2\xa0", "The file holds nothing but blanks."),
    refused("a PDF", "a.txt", b"%PDF-1.7\nstream", "It is a PDF, not text."),
    refused("a PDF by another name", "a.jsonl", b"%PDF-1.7\nstream", "It is a PDF, not text."),
    refused("a ZIP", "a.txt", b"PK\x03\x04" + b"x" * 50, "It is a ZIP archive, or a document of a word processor, not text."),
    refused("a gzip bomb", "a.jsonl", gzip.compress(bytes(10_000_000)), "It is a gzip archive, not text."),
    refused("a picture", "a.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "It is a picture, not text."),
    refused("a database", "a.jsonl", b"SQLite format 3\0" + b"x" * 100, "It is a database, not text."),
    refused("a program", "a.txt", b"\x7fELF" + b"x" * 100, "It is a program, not text."),
    refused("too long a text", "a.txt", b"word " * 4_300_000, "The text is longer than 20 MB."),
    Row("HTML is text", "a.txt", b"<img src='file:///etc/passwd'> <script>", 0, "", 1, 0,
        "<img src='file:///etc/passwd'> <script>"),
    # files
    refused("a folder", "a.txt", Path.mkdir, "It is a folder; name the files in it."),
    refused("no file", "a.txt", lambda path: None, "It cannot be read: No such file or directory."),
    refused("a pipe", "a.txt", os.mkfifo if hasattr(os, "mkfifo") else Path.mkdir, "It is no ordinary file;"),
    refused("a device without end", "a.txt", lambda path: path.symlink_to("/dev/zero"), "It is no ordinary file;"),
    refused("a link to itself", "a.txt", lambda path: path.symlink_to(path), "It cannot be read:"),
    refused("a file of three gigabytes", "a.txt", lambda path: os.truncate(_touched(path), 3 * 1024**3),
            "The file is larger than 2 GB; split it."),
    refused("the project itself", "p.annotator", lambda path: None, "It is the project itself, or a file that belongs to it."),
    refused("a link to the project", "a.txt", lambda path: path.symlink_to(path.with_name("p.annotator")),
            "It is the project itself, or a file that belongs to it."),
    Row("a name that steers terminals", "a\x1b[2J\u202e.txt", PLAIN.encode(), 0, "", 1, 0, PLAIN),
    # lines
    Row("line ends of other sorts do not part lines", "a.jsonl", line("a\u2028b\x85c"), 0, "", 1, 0, "a\u2028b\x85c"),
    refused("UTF-16 lines", "a.jsonl", line().decode().encode("utf-16"), "The file is UTF-16 or UTF-32; JSON Lines are UTF-8."),
    refused("a byte that is no UTF-8", "a.jsonl", b'{"text": "\xff"}', "Not UTF-8: byte 11 of the line does not fit."),
    refused("cut off", "a.jsonl", line()[:-5], "Not valid JSON: "),
    refused("too deep", "a.jsonl", DEEP, "The JSON is nested too deeply."),
    refused("a key twice", "a.jsonl", b'{"text": "a", "text": "b"}', 'The key "text" stands twice in one object.'),
    refused("NaN", "a.jsonl", b'{"text": "a", "meta": {"x": NaN}}', "NaN is not a number of JSON."),
    refused("infinite", "a.jsonl", b'{"text": "a", "meta": {"x": -Infinity}}', "-Infinity is not a number of JSON."),
    refused("too large a float", "a.jsonl", b'{"text": "a", "meta": {"x": 1e400}}', "A number is too large."),
    refused("too many digits", "a.jsonl", b'{"text": "a", "meta": {"x": ' + b"1" * 100_000 + b"}}", "A number has too many digits."),
    refused("beyond 64 bits", "a.jsonl", b'{"text": "a", "meta": {"x": 9223372036854775808}}',
            "A whole number is too large to keep exactly."),
    refused("no object", "a.jsonl", b"[1, 2]", "A line must be one object, not [1, 2]."),
    refused("no text", "a.jsonl", b"{}", "The text is missing."),
    refused("text of another type", "a.jsonl", line(["x"]), 'The text must be a text, not ["x"].'),
    refused("blank text", "a.jsonl", line(" \n "), "The text holds nothing but blanks."),
    refused("a text of another fingerprint", "a.jsonl", line(sha256="0" * 64),
            "The text does not fit its sha256: one of the two was altered."),
    refused("another format", "a.jsonl", line(format="evil"), 'The format "evil" is not annotator-article.'),
    refused("a version to come", "a.jsonl", line(format="annotator-article", version="2.0"),
            "Version 2.0 of the format is unknown here; this program reads 1.x."),
    Row("lone surrogates", "a.jsonl", b'{"text": "a\\ud800b", "spans": [{"start": 0, "end": 3, "label": "q\\udfff", '
        b'"text": "a\\ud800b", "note": "\\ud800"}]}', 0, "unstorable characters", 1, 1, "a\ufffdb"),
    Row("a good line after a bad one", "a.jsonl", b"{\n" + line(PLAIN, QUOTE), 1, "a.jsonl:1: refused: Not valid JSON", 1, 1),
    # spans
    half("before the text", span(start=-1), "It starts at -1, before the text."),
    half("after the text", span(end=99), "It ends at 99, after the end of the text at 13."),
    half("reversed", span(start=4, end=2), "It starts at 4 and ends at 2: it is empty or reversed."),
    half("empty", span(start=4), "It starts at 4 and ends at 4: it is empty or reversed."),
    half("a float", span(start=0.0), "start and end must be whole numbers, not 0.0 and 4."),
    half("a text for a number", span(start="0"), 'start and end must be whole numbers, not "0" and 4.'),
    half("true for a number", span(start=True), "start and end must be whole numbers, not true and 4."),
    half("no number", span(start=None), "start and end must be whole numbers, not null and 4."),
    half("beyond 64 bits, a span", span(end=1 << 70), "It ends at 1180591620717411303424, after the end of the text at 13."),
    half("another quote", span(text="Wort"), "The text from 0 to 4 is not the quoted text."),
    half("a label of another type", span(label=7), "label must be a text, not 7."),
    half("no label", span(label=""), "The label is missing."),
    half("attributes of another type", span(attributes=[]), "attributes must be an object, not []."),
    half("a state unknown", span(state="evil"), 'state must be one of ok, discuss, unsure, not "evil".'),
    half("no object for a span", line(PLAIN, 7), "An object is needed here, not 7."),
    half("inside a character", json.dumps({"text": "😀😀", "offsets": "utf-16", "spans": [QUOTE | {"end": 1}]}).encode(),
         "The offset 1 is inside a character."),
    Row("words of SQL and Python", "a.jsonl", line("'; DROP TABLE span; --", {"start": 0, "end": 2, "label": "__class__"},
        title="Robert'); DROP TABLE article;--", meta={"__class__": "os.system"}), 0, '"__class__" (1)', 1, 1),
)  # fmt: skip


def _touched(path: Path) -> Path:
    path.touch()
    return path
