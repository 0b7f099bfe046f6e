"""T48: export, import into a new project, export: the same bytes, valid by the published schema."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import assets
from annotator.domain.errors import UserError
from annotator.formats import jsonl_writer
from annotator.jobs import exporting
from tests.jobs.desk import Desk, make, new_id, span, tally
from tests.seldom import few

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
SHARED = Path(__file__).parents[2].parent / "shared" / "data"
SCHEMA = jsonschema.Draft202012Validator(json.loads(assets.article_schema()))

TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("😄\r\n\u2028\ufeff\u00a0\u0301\u200dع字\0"), min_size=1, max_size=40
).filter(lambda text: not text.isspace())
NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
FREE = st.dictionaries(st.text(max_size=4), NUMBERS | st.text(max_size=4), max_size=3)


@st.composite
def lines(draw: st.DrawFn) -> dict[str, Any]:
    """A short or long line with spans that fit its text."""
    text = draw(TEXTS)
    edges = st.integers(0, len(text))
    spans = []
    for _ in range(draw(st.integers(0, 5))):
        start, end = sorted((draw(edges), draw(edges)))
        if start < end:
            more: dict[str, Any] = {"attributes": draw(FREE), "note": draw(st.text(max_size=5))}
            if draw(st.booleans()):
                more["id"] = draw(st.sampled_from(["a", "b", new_id()]))
            if end - start > 2:
                middle = draw(st.integers(start + 1, end - 2))
                pieces = [{"start": start, "end": middle}, {"start": middle + 1, "end": end}]
                more["fragments"] = pieces
            spans.append(span(start, end, draw(st.sampled_from(["quote", "source", "ungekannt"])), **more))
    line: dict[str, Any] = {"text": text, "spans": spans, "meta": draw(FREE)}
    if draw(st.booleans()):
        line["unknown"] = draw(FREE)
    return line


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("empty") / "empty.annotator")


@few
@given(items=st.lists(lines(), max_size=4))
def test_same_bytes_again(items: list[dict[str, Any]], empty: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("trip")
    exports = []
    for name in ("first", "second"):
        shutil.copy(empty, folder / f"{name}.annotator")
        with Desk(folder / f"{name}.annotator") as desk:
            source = desk.lines(*items) if name == "first" else folder / "first.jsonl"
            desk.bring(source)
            # Two spans of one id, or an id that stands in another article: nothing else may be refused.
            assert all("id" in outcome.reason for outcome in desk.heard if outcome.result == "refused")
            assert name == "first" or all(outcome.result == "added" for outcome in desk.heard)
            exports.append(desk.export(f"{name}.jsonl"))
    assert exports[0] == exports[1]
    for line in exports[0].split(b"\n")[:-1]:
        SCHEMA.validate(json.loads(line))


@pytest.mark.parametrize("unit", ["code-points", "utf-16", "utf-8"])
def test_golden_bytes(unit: str, tmp_path: Path) -> None:
    with Desk(tmp_path / "p.annotator") as desk:
        desk.bring(GOLDEN / "exchange.in.jsonl")
        written = desk.export(unit=unit)
    golden = GOLDEN / f"exchange.{unit}.jsonl"
    if os.environ.get("ANNOTATOR_GOLDEN") == "write":
        golden.write_bytes(written)
    assert written == golden.read_bytes()
    for line in written.splitlines():
        SCHEMA.validate(json.loads(line))


def test_the_samples_are_canonical(tmp_path: Path) -> None:
    samples = assets.samples_path()
    with Desk(tmp_path / "p.annotator") as desk:
        assert tally(desk.bring(samples)) == (3, 0, 0, 0)
        for line in desk.export().splitlines():
            SCHEMA.validate(json.loads(line))


def _real() -> list[Path]:
    return sorted(SHARED.glob("seed/*.txt")) + sorted(SHARED.glob("brat-samples/**/*.txt"))[:40]


@pytest.mark.skipif(not _real(), reason="the shared data is not on this machine")
def test_real_articles_keep_every_character(tmp_path: Path) -> None:
    _keeps_every_character(tmp_path, _real())


def test_own_articles_keep_every_character(tmp_path: Path) -> None:
    texts = ["One\r\ntwo\rthree\u2028four\u00a0“five” 😄", "\ufeffsix\n\nseven"]
    files = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(text.encode("utf-8"))
    _keeps_every_character(tmp_path, files)


def _keeps_every_character(folder: Path, files: list[Path]) -> None:
    with Desk(folder / "p.annotator") as desk:
        assert desk.bring(*files, format="text").refused == 0
        texts = {json.loads(line)["text"] for line in desk.export().splitlines()}
    assert texts == {file.read_bytes().decode("utf-8-sig") for file in files}


# What an export must not do


@pytest.mark.parametrize(
    "fault",
    [
        lambda line: line.replace(b'"start":2', b'"start":3'),
        lambda line: line.replace(b"Taxes", b"Texas"),
        lambda line: line.replace(b'"label":"quote"', b'"label":"claim"'),
        lambda line: line.replace(b'"note":""', b'"note":"x"', 1),
        lambda line: line[:-20],
        lambda line: line.replace(b'"spans":[{', b'"spans":[],"was":[{'),
    ],
)
def test_a_planted_fault_stops_the_export(fault: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"as it was")
    with Desk(tmp_path / "p.annotator") as desk:
        desk.bring(desk.lines({"text": "😄 “Taxes fell,” she said.", "spans": [span(2, 15)]}))
        encode = jsonl_writer.encode
        monkeypatch.setattr(jsonl_writer, "encode", lambda record, unit: fault(encode(record, unit)))
        with pytest.raises(UserError, match="Nothing was written"):
            exporting.export(desk.path, target)
    assert target.read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.endswith(".new")) == []


def test_targets_that_must_stay(tmp_path: Path) -> None:
    with Desk(tmp_path / "p.annotator") as desk:
        for target in (desk.path, tmp_path, tmp_path / "p.annotator-wal", tmp_path / "none" / "x.jsonl"):
            with pytest.raises(UserError):
                exporting.export(desk.path, target)


def test_limits(tmp_path: Path) -> None:
    with Desk(tmp_path / "p.annotator") as desk:
        desk.bring(desk.lines({"text": "a b", "spans": [span(0, 1)]}, {"text": "c"}))
        desk.bring(desk.lines({"text": "a b", "spans": [span(2, 3)]}), owner=desk.workspace.me)
        mine = json.loads(desk.export(owners=frozenset({desk.workspace.me.id})))
        assert [(it["start"], it["end"]) for it in mine["spans"]] == [(2, 3)]
        assert desk.export(state="done") == b""
        assert len(desk.export().splitlines()) == 2
