"""Reviewing on the command line: what is left, taking over, decisions and queue as files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from annotator.jobs import consensus
from tests.cli.test_command_line import Shell, run

__all__ = ["run"]
ALL_FOUR = "Lisa,Maria,Max,Bo"


def test_review_takes_over_and_says_what_is_missing(read: Shell) -> None:
    assert read("review", "r.annotator", "--layers", ALL_FOUR, "--json") == 0
    before = json.loads(read.out)
    assert before["left"] == before["counts"]["open"] == sum(before["kinds"].values())
    assert before["all_kinds"]["agreed"] == before["counts"]["agreed"]
    assert read("review", "r.annotator", "--take", "majority", "--dry-run", "--json") == 0
    rehearsed = json.loads(read.out)
    assert read("review", "r.annotator", "--take", "majority", "--consensus", "--dry-run") == 0
    assert "The consensus, before anything is taken over, would be done in 0 of 6 articles." in read.out
    assert rehearsed["left"] == before["left"]
    assert read("review", "r.annotator", "--take", "majority:3", "--consensus", "--json") == 0
    after = json.loads(read.out)
    assert after["taken"] == rehearsed["taken"]
    assert after["counts"]["settled"] == after["taken"]["differences"]
    assert after["consensus"]["done"] < 6
    assert after["consensus"]["missing"]
    assert read("review", "r.annotator", "--take", "trusted:Max", "--consensus") == 0
    assert "Taken over: " in read.out
    assert "The consensus is done in " in read.out
    assert read("undo", "r.annotator") == 0
    for wrong, status in (("some", 2), ("majority:x", 2), ("trusted:", 2), ("majority:9", 1), ("majority:0", 1),
                          ("majority:" + "9" * 5_000, 2), ("trusted:Nobody", 1)):  # fmt: skip
        assert read("review", "r.annotator", "--take", wrong) == status
    assert read("review", "r.annotator", "--layers", "Lisa,Bo", "--take", "trusted:Max") == 1
    assert read("review", "r.annotator", "--layers", "Lisa") == 1
    assert "Name others with --layers: Maria, Max, Bo." in read.err


def test_what_is_interrupted_stays_and_is_told(read: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_given: object, **_wishes: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(consensus, "make_consensus", stop)
    assert read("review", "r.annotator", "--take", "all", "--consensus") == 130
    assert "What was done so far stays; `annotator undo` takes it back." in read.err
    assert read("review", "r.annotator", "--consensus", "--dry-run") == 130
    assert "stays" not in read.err


def test_decisions_and_queue_are_exported(read: Shell, tmp_path: Path) -> None:
    assert read("review", "r.annotator", "--take", "all", "--json") == 0
    taken = json.loads(read.out)["taken"]["differences"]
    assert read("export", "r.annotator", "--what", "decisions") == 0
    assert len(read.out.splitlines()) == taken
    assert (
        read("export", "r.annotator", "--what", "queue", "--layers", "Lisa,Max", "-o", "q.csv", "--format", "csv") == 0
    )
    rows = list(csv.reader(io.StringIO((tmp_path / "q.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert read("review", "r.annotator", "--layers", "Lisa,Max", "--json") == 0
    assert len(rows) - 1 == json.loads(read.out)["left"]
    assert read("export", "r.annotator", "--what", "queue") == 0
    assert read("export", "r.annotator", "--layers", "consensus") == 0
    spans = [span for line in read.out.splitlines() for span in json.loads(line)["spans"]]
    assert len(spans) == sum(1 for span in spans if span["decision"])
    assert read("export", "r.annotator", "--layers", "Lisa", "--layers", "Max") == 0
    owners = {layer["annotator"]["name"] for line in read.out.splitlines() for layer in json.loads(line)["layers"]}
    assert owners == {"Lisa", "Max"}
    assert read("export", "r.annotator", "--format", "csv") == 2
    assert read("export", "r.annotator", "--what", "decisions", "--format", "csv") == 2
    assert read("export", "r.annotator", "--what", "queue", "--state", "done") == 2
    assert read("export", "r.annotator", "--what", "queue", "--layers", "Lisa") == 1
    assert read("check", "r.annotator") == 0


def test_what_was_exported_comes_in_again(read: Shell, tmp_path: Path) -> None:
    """The consensus with all its ties goes the way of every layer."""
    assert read("review", "r.annotator", "--take", "trusted:Lisa") == 0
    assert read("export", "r.annotator", "-o", "all.jsonl") == 0
    assert read("new", "s.annotator") == 0
    assert read("import", "s.annotator", "all.jsonl") == 0
    assert read("export", "s.annotator", "-o", "again.jsonl") == 0

    def lines(name: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in (tmp_path / name).read_bytes().splitlines()]

    for one, two in zip(lines("all.jsonl"), lines("again.jsonl"), strict=True):
        assert one["layers"] == two["layers"]
        assert one["spans"] == two["spans"]
        assert one["groups"] == two["groups"]
        assert one["relations"] == two["relations"]
