"""annotator scheme show, export, check, apply, worklist."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from annotator import assets
from annotator.cli import schememoves
from annotator.cli.main import main
from annotator.domain import scheme as schemes
from annotator.domain.redrawing import begun, delete_label
from annotator.domain.scheme import parse
from annotator.editing.schemepreview import Effect, effects
from annotator.formats import schemefile
from annotator.storage.store import Store
from tests.schemed import CHANGES, made, state


@pytest.fixture
def path(tmp_path: Path) -> Path:
    project, text = tmp_path / "p.annotator", tmp_path / "t.txt"
    Store.create(project, parse(assets.scheme_text(), "news-sourcing.toml"))
    text.write_text("The council met, a clerk said.", encoding="utf-8")
    assert main(["import", str(project), str(text)]) == 0
    return project


def test_show_in_words_and_as_json(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scheme", "show", str(path)]) == 0
    words = capsys.readouterr().out
    assert "Q  Quote (quote)" in words
    assert "Mode (required): direct, indirect, mixed" in words
    assert "group Attribution: quote, source, cue" in words
    assert main(["scheme", "show", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "news-sourcing"


def test_export_change_check_apply_undo(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "own.toml"
    assert main(["scheme", "export", str(path), "-o", str(file)]) == 0
    assert main(["scheme", "export", str(path), "-o", str(file)]) == 1
    assert "already" in capsys.readouterr().err
    file.write_text(file.read_text(encoding="utf-8").replace('name = "Cue"', 'name = "Speech cue"'), encoding="utf-8")
    assert main(["scheme", "check", str(file)]) == 0
    assert "6 labels: fine" in capsys.readouterr().out
    assert main(["scheme", "apply", str(path), str(file), "--dry-run"]) == 0
    assert capsys.readouterr().out == "cue: 0 spans get the name Speech cue\n"
    assert main(["scheme", "apply", str(path), str(file)]) == 0
    assert "News sourcing 3 is in force" in capsys.readouterr().err
    assert main(["scheme", "apply", str(path), str(file)]) == 1
    assert main(["undo", str(path)]) == 0
    assert main(["check", str(path)]) == 0
    with_before = Store.open(path, write=False)
    assert with_before.scheme() == parse(assets.scheme_text(), "news-sourcing.toml")
    with_before.close()


def test_a_bad_file_is_told_line_by_line_and_changes_nothing(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.toml"
    text = assets.scheme_text().replace('key = "S"', 'key = "Q"').replace('key = "A"', 'key = "J"')
    file.write_text(text, encoding="utf-8")
    for words in (["check", str(file)], ["apply", str(path), str(file)]):
        assert main(["scheme", *words]) == 1
        out, err = capsys.readouterr()
        lines = [line for line in (out + err).splitlines() if line.startswith("bad.toml:")]
        assert len(lines) == 2
        assert "is Quote's already" in lines[0]
        assert "Next span" in lines[1]
    assert main(["new", str(tmp_path / "n.annotator"), "--scheme", str(file)]) == 1
    assert not (tmp_path / "n.annotator").exists()


def test_what_is_no_file_or_no_text_is_told(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scheme", "apply", str(path), str(tmp_path / "none.toml")]) == 1
    assert "none.toml cannot be read" in capsys.readouterr().err
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe")
    assert main(["scheme", "check", str(tmp_path / "b.toml")]) == 1
    assert "not UTF-8" in capsys.readouterr().out


@pytest.fixture
def large(tmp_path: Path) -> Path:
    made(tmp_path / "large.annotator", 6, 24)
    return tmp_path / "large.annotator"


def without(text: str, label: str) -> str:
    """Return the scheme file without a label, wherever it stands."""
    data = schemes.to_data(parse(text, "own.toml"))
    draft = delete_label(begun(schemes.from_data(data)), label)
    return schemefile.write(draft.wanted)


def spans_of(path: Path) -> Counter[str]:
    store = Store.open(path, write=False)
    try:
        return Counter(span.label for span in state(store).spans.values())
    finally:
        store.close()


def test_merge_split_delete_and_what_is_to_be_looked_at(
    large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, file = spans_of(large), tmp_path / "own.toml"
    file.write_text(without(assets.scheme_text(), "evidence"), encoding="utf-8")
    options = ["--merge", "evidence=claim", "--split", "quote:mode=indirect:cue", "--delete-spans", "strange"]
    command = ["scheme", "apply", str(large), str(file), *options, "--as", "Ana"]
    assert main([*command, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert f"evidence: {before['evidence']} spans get the label claim (" in told
    assert f"strange: {before['strange']} spans are deleted" in told
    assert told.endswith(f"{before['strange']} spans are lost\n")
    assert spans_of(large) == before
    assert main(command) == 0
    assert capsys.readouterr().out == told
    after = spans_of(large)
    split = after["cue"] - before["cue"]
    assert split
    assert after == before - Counter({"evidence": 999, "strange": 999}) + Counter(
        {"claim": before["evidence"], "cue": split}
    ) - Counter({"quote": split})
    assert main(["scheme", "worklist", str(large)]) == 0
    out = capsys.readouterr().out
    total = after["claim"] + after["cue"] + after["quote"]
    assert out.splitlines()[-1] == f"{total} spans in 6 articles are to be looked at"
    assert main(["scheme", "worklist", str(large), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len({line["id"] for line in lines}) == len(lines) == total
    assert lines[0].keys() == {"id", "article", "label", "start", "end"}
    assert main(["scheme", "worklist", str(large), "--annotator", "Ana"]) == 0
    assert f"{total} spans" not in capsys.readouterr().out
    assert main(["undo", str(large), "--as", "Ana"]) == 0
    assert spans_of(large) == before
    assert main(["check", str(large)]) == 0


def test_filling_and_better_words_make_no_worklist(
    large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.toml"
    text = assets.scheme_text().replace('id = "act"\n', 'id = "act"\nrequired = true\n')
    file.write_text(text.replace("The nearest mention", "The very nearest mention"), encoding="utf-8")
    command = ["scheme", "apply", str(large), str(file), "--fill", "quote:act=statement", "--same", "source"]
    assert main([*command, "--dry-run"]) == 0
    assert "looked at" not in capsys.readouterr().out
    assert main([*command[:4], "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert told.count("are to be looked at") == 2
    assert "lack Act, which must be said from now on" in told
    assert main(command) == 0
    capsys.readouterr()
    assert main(["scheme", "worklist", str(large)]) == 0
    assert capsys.readouterr().out == "0 spans in 0 articles are to be looked at\n"


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (["--merge", "evidence"], 2, "'evidence' is not of the form --merge LABEL=OTHER"),
        (["--merge", "evidence=nothing"], 1, "no label 'nothing'"),
        (["--merge", "nothing=claim"], 1, "no label 'nothing'"),
        (["--merge", "claim=claim"], 1, "with itself"),
        (["--split", "quote:mode:cue"], 2, "is not of the form --split"),
        (["--split", "quote:shape=round:cue"], 1, "quote has no attribute 'shape'"),
        (["--split", "quote:mode=round:cue"], 1, "Mode has no value 'round'"),
        (["--delete-spans", "nothing"], 1, "no label 'nothing'"),
        (["--same", "nothing"], 1, "no label 'nothing'"),
        (["--fill", "quote:mode"], 2, "is not of the form --fill"),
        ([], 1, "has this scheme already"),
    ],
)
def test_options_that_fit_nothing_are_told(
    large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], status: int, words: str
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(assets.scheme_text(), encoding="utf-8")
    assert main(["scheme", "apply", str(large), str(file), *options]) == status
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("effect", "line"),
    [
        (Effect("merged", "a", 1, into="b", articles=1), "a: 1 span gets the label b (1 article)"),
        (Effect("merged", "a", 2, into="b", articles=2), "a: 2 spans get the label b (2 articles)"),
        (Effect("groups", "a", 1), "a: 1 tie loses a span, or goes"),
        (Effect("required", "a", 1, "get"), "a: 1 span lacks get, which must be said from now on"),
        (Effect("required", "a", 0, "get"), ""),
        (Effect("new", "a", 1), "a: a new label; 1 span bears it already"),
    ],
)
def test_an_effect_in_words(effect: Effect, line: str) -> None:
    assert schememoves.told(effect) == line


def test_whatever_a_change_does_can_be_told(large: Path) -> None:
    store = Store.open(large, write=False)
    try:
        for name, change in CHANGES:
            lines = [schememoves.told(effect) for effect in effects(store, change(begun(store.scheme())))]
            assert any(lines) or name in ("reorder", "field gone")
    finally:
        store.close()
