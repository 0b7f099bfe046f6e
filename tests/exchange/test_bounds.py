"""However large a package claims to be, no more than a piece of it is held, and what is too large is refused."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.text import fingerprint
from annotator.exchange import bounds, lines, package
from annotator.exchange.header import StepLine, TextLine
from annotator.exchange.package import BadPackage
from tests.packages import HEADER, forge, small, step, with_trailer, wrap

HEAD = lines.header_bytes(HEADER) + b"\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "large.annotator-package"


def refused(path: Path, words: str, *, most: int) -> None:
    """Read a package through: it is refused in these words, and never more than `most` megabytes are held."""
    tracemalloc.start()
    try:
        with pytest.raises(BadPackage, match=re.escape(words)), package.opened(path) as found:
            for _ in found.lines():
                pass
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert held < most * 1024 * 1024, f"{held:,} bytes were held"


def repeated(piece: bytes, times: int) -> Iterator[bytes]:
    yield HEAD
    for _ in range(times):
        yield piece


def many_changes(count: int) -> bytes:
    """Return a step of so many changes, which is right by its fingerprint."""
    changes = (ChangeRecord("span", "a", "", "", None, "1"),) * count
    id = "0190a000-0000-7000-8000-000000000001"
    record = StepRecord(id, "ana", "laptop", "", "", 1, payload_sha256=payload_sha256(changes))
    return lines._encode(lines._StepLine(lines._Step(*record), changes))


def test_a_bomb_that_expands_a_thousandfold(file: Path) -> None:
    wrap(file, repeated(b'{"text":"' + b"a" * 1_000_000 + b'"}\n', 300))
    assert file.stat().st_size * 900 < 300_000_000
    refused(file, "more than 200 times larger", most=8)


def test_a_line_without_end(file: Path) -> None:
    noise = bytes(range(32, 256)).replace(b"\\", b"")[:200] * 5_000
    wrap(file, repeated(noise, 140))
    refused(file, "200 times larger", most=80)


def test_a_line_that_is_too_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LINE", 3 * 1024 * 1024)
    wrap(file, repeated(b"a" * 1_000_000, 20))
    refused(file, "line 2: The line is longer than 3 MB", most=8)


def test_lines_without_anything_in_them(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LINES", 50_000)
    wrap(file, repeated(b"\n" * 1_000_000, 20))
    refused(file, "more than 50,000 lines", most=60)


def test_more_than_two_gigabytes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "TOTAL", 10 * 1024 * 1024)
    wrap(file, repeated(b"a" * 1_000_000 + b"\n", 20))
    refused(file, "larger than 10 MB when it is unpacked", most=8)


def test_steps_with_millions_of_changes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = many_changes(10_000)
    monkeypatch.setattr(bounds, "CHANGES", 100_000)
    monkeypatch.setattr(bounds, "RATIO", 2_000)
    wrap(file, with_trailer([HEAD[:-1], *[line] * 11]))
    refused(file, "line 12: It holds more than 100,000 changes", most=30)


@pytest.mark.full
def test_ten_million_spans(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "RATIO", 2_000)
    wrap(file, with_trailer([HEAD[:-1], *[many_changes(200_000)] * 50]))
    refused(file, "It holds more than 5,000,000 changes", most=450)


def test_a_step_of_ten_million_changes_is_not_taken_apart(file: Path) -> None:
    head, change, tail = many_changes(1).partition(b'["span","a","","",null,"1"]')
    line = head + b",".join([change] * 1_000_000) + tail
    wrap(file, with_trailer([HEAD[:-1], line]))
    refused(file, "line 2: The step has more than 200,000 changes", most=4 * len(line) // 1024 // 1024)


def test_a_text_that_is_too_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "TEXT", 1000)
    body = "🏗" * 251
    line = lines._encode({"text": fingerprint(body), "body": body})
    refused(forge(file, [HEAD[:-1], line]), "line 2: The text is longer than 0 MB", most=8)
    assert lines.line(line.replace(body.encode(), body[1:].encode()).replace(
        fingerprint(body).encode(), fingerprint(body[1:]).encode()
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("bound", "value", "words"),
    [("LINE", 1000, "longer than"), ("TOTAL", 2000, "larger than"), ("LINES", 2, "more than 2 lines"),
     ("CHANGES", 1, "more than 1 changes"), ("TEXT", 100, "The text is longer"), ("CHANGES_OF_STEP", 0, "more than 0")],
)  # fmt: skip
def test_what_nobody_could_read_is_not_written(
    file: Path, monkeypatch: pytest.MonkeyPatch, bound: str, value: int, words: str
) -> None:
    content: list[TextLine | StepLine] = [*small(), TextLine(fingerprint("x" * 1000), "x" * 1000), step(3), step(4)]
    package.write(file, HEADER, content)
    before = file.read_bytes()
    monkeypatch.setattr(bounds, bound, value)
    with pytest.raises(UserError, match=words):
        package.write(file, HEADER, content, replace=True)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_what_would_expand_too_much_is_not_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "RATIO_FROM", 1_000_000)
    body = "a" * 2_000_000
    with pytest.raises(UserError, match="200 times larger"):
        package.write(file, HEADER, [TextLine(fingerprint(body), body)])
    assert not file.exists()


def test_memory_does_not_grow_with_the_package(file: Path) -> None:
    held = []
    for count in (2_000, 20_000):
        tracemalloc.start()
        package.write(file, HEADER, (step(number) for number in range(1, count)), replace=True)
        with package.opened(file) as found:
            assert sum(1 for _ in found.lines()) == count - 1
        held.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert held[1] < held[0] + 4 * 1024 * 1024
