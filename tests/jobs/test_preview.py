"""A look at a file before it is imported."""

from pathlib import Path

import pytest

from annotator import assets
from annotator.jobs.preview import SHOWN, preview
from annotator.jobs.sources import Wishes

PROJECT = Path("nowhere.annotator")


def test_a_text_is_shown_as_it_would_come_in(tmp_path: Path) -> None:
    file = tmp_path / "harbour.txt"
    file.write_bytes("Harbour dues rise\r\n\r\n“No,” she said 🚢.".encode())
    seen = preview(file, PROJECT)
    assert (seen.title, seen.format, seen.fault, seen.notes) == ("Harbour dues rise", "text", "", ())
    assert seen.text == "Harbour dues rise\r\n\r\n“No,” she said 🚢."
    assert seen.length == len(seen.text)


def test_a_guess_is_told_and_another_encoding_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("žluťoučký kůň".encode("iso8859_2"))
    assert "cp1252" in preview(file, PROJECT).notes[0]
    assert preview(file, PROJECT, Wishes(encoding="iso8859_2")).text == "žluťoučký kůň"


def test_a_long_text_is_shown_in_part(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("word " * 10_000, encoding="utf-8")
    seen = preview(file, PROJECT)
    assert (len(seen.text), seen.length) == (SHOWN, 50_000)


def test_lines_with_spans(tmp_path: Path) -> None:
    file = tmp_path / "samples.jsonl"
    file.write_bytes(assets.samples())
    seen = preview(file, PROJECT)
    assert seen.format == "jsonl"
    assert seen.spans > 10
    assert not seen.fault


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("none.jsonl", b"\n\n", "no article"),
        ("bad.jsonl", b"{nonsense\n", "Line 1: "),
        ("scan.txt", b"%PDF-1.7", "a PDF"),
    ],
)
def test_what_cannot_be_taken_says_why(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert words in preview(file, PROJECT).fault


def test_what_is_not_there_or_belongs_to_the_project(tmp_path: Path) -> None:
    assert "cannot be read" in preview(tmp_path / "gone.txt", PROJECT).fault
    assert "folder" in preview(tmp_path, PROJECT).fault
    mine = tmp_path / "mine.annotator"
    mine.write_bytes(b"")
    assert "project itself" in preview(mine, mine).fault
