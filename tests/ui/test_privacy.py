"""T90: what an article says, who tagged it under which name stands in the project and its copies, my key nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import crashlog, keys, paths
from annotator.cli.main import main
from annotator.exchange import package
from annotator.ui.window import MainWindow
from tests.packages import signed, small

WORDS = ("Zimtschnecke", "Kirschkern", "Pfefferminz")


def places(folder: Path, word: str) -> set[str]:
    forms = [word.encode(encoding) for encoding in ("utf-8", "utf-16-le")]
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    }


def test_canaries_stay_in_the_project(
    tmp_path: Path,
    home: Path,
    make_window: Callable[[Path | None], MainWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    text, title, label = WORDS
    source = tmp_path / "in"
    source.mkdir()
    file = source / "a.jsonl"
    span = {"start": 0, "end": 4, "label": label}
    file.write_text(json.dumps({"text": f"{text} said the baker.", "title": title, "spans": [span]}), encoding="utf-8")
    project = tmp_path / "in" / "p.annotator"
    assert main(["new", str(project)]) == 0
    assert main(["import", str(project), str(file)]) == 0
    assert main(["export", str(project), "-o", str(source / "out.jsonl")]) == 0
    window = make_window(project)
    window.view.select(0, 5)
    qtbot.keyClick(window.view, Qt.Key.Key_Q)
    window.undoing.undo()
    try:
        raise ValueError(window.session.text)
    except ValueError as error:
        crashlog.record(error)
    window.close()
    assert main(["undo", str(project)]) == 0
    package.write(source / "p.annotator-package", signed(), small(), keys.sign)
    try:
        raise ValueError(keys.seed())
    except ValueError as error:
        crashlog.record(error)
    for word in WORDS:
        assert places(temporary, word) == set()
        assert all(place.startswith("data/backups/") for place in places(home, word))
        assert places(tmp_path, word)
    secret = keys.seed()
    assert places(home, secret) == {"config/identity.key"}
    assert places(tmp_path, secret) == set()
    assert not any(bytes.fromhex(secret) in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert crashlog.log_path().exists()
    assert not list(paths.data_dir().glob("*.log"))
