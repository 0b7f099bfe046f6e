"""What ships: schemes that parse, icons that are drawings, samples whose offsets are right."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from annotator import assets
from annotator.actions import RESERVED_KEYS
from annotator.domain.scheme import parse
from annotator.jobs.sample import make_sample

ROOT = Path(__file__).resolve().parents[2]
ARTICLES: list[dict[str, Any]] = [json.loads(line) for line in assets.samples().decode("utf-8").splitlines()]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", ROOT / "packaging" / "make_samples.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_samples"] = module
    spec.loader.exec_module(module)
    return module


def test_file_is_what_the_hand_list_gives(maker: ModuleType) -> None:
    assert maker.made() == assets.samples()


def test_exported_sample_project_is_the_same_file(tmp_path: Path) -> None:
    project, target = tmp_path / "Sample.annotator", tmp_path / "Sample.jsonl"
    make_sample(project)
    command = [sys.executable, "-m", "annotator", "export", str(project), "-o", str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert target.read_bytes() == assets.samples()


def test_words_that_are_not_there_are_refused(maker: ModuleType) -> None:
    scheme = parse(assets.scheme_text(), "news-sourcing")
    with pytest.raises(ValueError, match="not in the text"):
        maker.span("some text", "a", "l", ["quote", "no such words"], scheme)
    with pytest.raises(ValueError, match="unknown label"):
        maker.span("some text", "a", "l", ["no-label", "some"], scheme)


def test_every_quoted_text_is_what_its_offsets_say() -> None:
    for article in ARTICLES:
        text = article["text"]
        assert article["sha256"] == hashlib.sha256(text.encode("utf-8")).hexdigest()
        for span in article["spans"]:
            assert span["text"] == text[span["start"] : span["end"]]
            assert (span["start"], span["end"]) == (span["fragments"][0]["start"], span["fragments"][-1]["end"])
            for piece in span["fragments"]:
                assert piece["text"] == text[piece["start"] : piece["end"]] != ""
                assert piece["text"] == piece["text"].strip()
                for edge in (piece["start"], piece["end"]):
                    assert not text[max(edge - 1, 0) : edge + 1].isalnum() or edge in (0, len(text)), piece["text"]


def test_ids_are_unique_and_spans_in_order() -> None:
    spans = [span for article in ARTICLES for span in article["spans"]]
    assert len({span["id"] for span in spans}) == len(spans)
    for article in ARTICLES:
        keys = [(span["start"], -span["end"], span["label"], span["id"]) for span in article["spans"]]
        assert keys == sorted(keys)


def test_samples_show_what_the_program_can_do() -> None:
    short, names, long = ARTICLES
    labels = {label.id for label in parse(assets.scheme_text(), "news-sourcing").labels}
    assert {span["label"] for span in short["spans"]} == labels
    assert any(len(span["fragments"]) > 1 for span in short["spans"])
    places = [(span["start"], span["end"]) for span in short["spans"]]
    assert any(a < c < b < d for a, b in places for c, d in places), "an overlapping pair"
    assert any(a < c < d < b for a, b in places for c, d in places), "a nested pair"
    for script in ("[\u0600-\u06ff]", "[\u4e00-\u9fff]", "[\u0400-\u04ff]", "[\U0001f300-\U0001faff]", "\u200d"):
        assert re.search(script, names["text"]), script
    assert len(long["text"].split()) >= 1_500


def test_long_scheme_texts_are_there() -> None:
    scheme = parse(assets.scheme_text(), "news-sourcing")
    assert [(label.id, label.key) for label in scheme.labels] == [
        ("quote", "Q"), ("source", "S"), ("cue", "C"), ("claim", "A"), ("evidence", "V"), ("boilerplate", "B"),
    ]  # fmt: skip
    assert all(label.definition.endswith(".") for label in scheme.labels)
    assert {"attributes", "relations", "groups", "fields"} <= scheme.rest.keys()


@pytest.mark.parametrize("name", assets.scheme_names())
def test_scheme_parses_and_claims_no_key_of_the_program(name: str) -> None:
    scheme = parse(assets.scheme_text(name), name)
    assert scheme.id == name
    assert RESERVED_KEYS.isdisjoint(label.key for label in scheme.labels)


def test_three_schemes_ship() -> None:
    assert assets.scheme_names() == ("blank", "claims-only", "news-sourcing")


@pytest.mark.parametrize("name", sorted(set(assets.icon_names()) - {"annotator"}))
def test_icon_is_drawn_as_the_others(name: str) -> None:
    svg = assets.icon(name).decode("utf-8")
    for part in ('viewBox="0 0 16 16"', 'fill="none"', 'stroke="currentColor"', 'stroke-width="1.5"'):
        assert part in svg
    tinted = assets.icon(name, "#123456")
    assert b"currentColor" not in tinted
    assert b"#123456" in tinted
