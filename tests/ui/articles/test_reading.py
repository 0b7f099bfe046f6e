"""The index of words follows the articles by itself, and as long as it does not hold all of them that is said."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain.errors import UserError
from annotator.jobs import reading as job
from annotator.jobs.importing import import_paths
from annotator.storage import search
from annotator.storage.library import Wanted
from annotator.storage.store import Store
from annotator.ui.window import MainWindow

Make = Callable[[Path | None], MainWindow]


def titles(window: MainWindow) -> list[str]:
    rows = (window.articles.model.article(number) for number in range(window.articles.model.rowCount()))
    return [row.title for row in rows if row is not None]


def look_for(window: MainWindow, words: str) -> None:
    window.articles.filter.field.setText(words)
    window.articles.filter.changed.emit()


def said(window: MainWindow) -> str:
    label = window.articles.filter._unread
    return label.text() if label.isVisible() else ""


def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read one article at a time, each longer than what is told of it is held back."""
    monkeypatch.setattr(search, "CHUNK", 1)
    monkeypatch.setattr(job, "_let_others", lambda _begun: time.sleep(0.12))


def test_a_word_of_the_text_is_found_as_soon_as_it_was_read(window: MainWindow, qtbot: QtBot) -> None:
    look_for(window, "clerk")
    assert titles(window) == []
    assert said(window) == "Still reading the texts."
    assert window.articles._empty.text() == "Nothing found for “clerk”."
    qtbot.waitUntil(lambda: titles(window) == ["Harbour dues rise"])
    assert said(window) == "1 article"
    look_for(window, "zzz")
    assert window.articles._empty.text() == "Nothing found for “zzz”. Searched 3 articles."


def test_how_far_it_is_is_said(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    slow(monkeypatch)
    look_for(window, "clerk")
    with qtbot.waitSignal(window.articles.reading.advanced):
        pass
    assert said(window).startswith("Still reading the texts: ")
    assert said(window).endswith(" of 3.")
    qtbot.waitUntil(lambda: titles(window) == ["Harbour dues rise"])


def test_what_is_imported_and_taken_back_is_followed(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    panel, workspace = window.articles, window.session.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: panel.reading.complete)
    file = tmp_path / "new.txt"
    file.write_text("Storm over the quay\n\nCranes fell, a witness said.\n")
    look_for(window, "witness")
    import_paths(workspace, [file])
    qtbot.waitUntil(lambda: said(window) == "Still reading the texts.")
    qtbot.waitUntil(lambda: titles(window) == ["Storm over the quay"])
    window.undoing.undo()
    qtbot.waitUntil(lambda: titles(window) == [])
    window.undoing.redo()
    qtbot.waitUntil(lambda: titles(window) == ["Storm over the quay"])


def test_a_read_only_project_says_what_is_not_searched(project: Path, make_window: Make, qtbot: QtBot) -> None:
    holder = Store.open(project)
    try:
        window = make_window(project)
        look_for(window, "clerk")
        words = "The texts of 3 articles are not searched, only their titles and outlets."
        qtbot.waitUntil(lambda: said(window) == f"{words} This project is open for reading only.")
        look_for(window, "dues")
        assert titles(window) == ["Harbour dues rise"]
    finally:
        holder.close()


def test_a_fault_is_said(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> tuple[int, int]:
        raise UserError("The disk is full.")

    monkeypatch.setattr(job, "read", full)
    look_for(window, "clerk")
    qtbot.waitUntil(lambda: "The disk is full." in said(window))


def test_a_damaged_index_is_made_anew(window: MainWindow, qtbot: QtBot) -> None:
    panel, store = window.articles, window.session.store
    assert store is not None
    qtbot.waitUntil(lambda: panel.reading.complete)
    with store.writing() as connection:
        connection.execute("UPDATE search_data SET block = X'00FF00FF' WHERE id > 10")
    look_for(window, "clerk")
    assert said(window) == "Still reading the texts."
    qtbot.waitUntil(lambda: titles(window) == ["Harbour dues rise"])
    assert not store.index_damaged


def test_it_stops_when_the_project_is_closed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.builders import project as another

    slow(monkeypatch)
    with qtbot.waitSignal(window.articles.reading.advanced):
        pass
    window.files.open_path(another(tmp_path, "other"))
    assert window.articles.reading._runner is None
    assert not window.articles.reading.complete
    qtbot.waitUntil(lambda: window.articles.reading.complete)
    assert window.articles.model.wanted == Wanted()
