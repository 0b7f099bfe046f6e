"""annotator scheme show, export, check, apply."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import assets
from annotator.cli.main import main
from annotator.domain.scheme import parse
from annotator.storage.store import Store


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
