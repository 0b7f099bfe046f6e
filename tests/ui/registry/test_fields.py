"""A field of the article that links to the registry: by its digit, from the metadata, taken away, followed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.editing.articles import describe
from annotator.editing.schemes import apply
from annotator.ui.registry.dialog import RegistryDialog
from annotator.ui.window import MainWindow
from tests.ui.modal import answered
from tests.ui.registry.test_linker import entries, names, ready, rows
from tests.ui.test_judging import field, layer, panel
from tests.ui.test_saying import CONTROL, K, Make
from tests.ui.test_window import press

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog


@pytest.fixture
def outlets(project: Path, make_window: Make, qtbot: QtBot) -> MainWindow:
    """A window on a project whose scheme asks for the outlet as an entry, before all else."""
    window = ready(make_window(project), qtbot)
    scheme = window.session.scheme
    asked = [{"id": "outlet", "name": "Outlet", "type": "registry"}, {"id": "topic", "name": "Topic", "type": "text"}]
    assert window.session.do(apply(scheme, scheme._replace(rest={**scheme.rest, "fields": asked})))
    article = window.session.article
    assert article is not None
    assert window.session.do(describe(article, article.title, {"outlet": "Sound Courier"}))
    window.view.set_caret(0)
    return window


def said(window: MainWindow) -> dict[str, object]:
    found = layer(window)
    return dict(found.fields) if found is not None else {}


def test_the_outlet_is_linked_taken_away_and_followed(outlets: MainWindow, qtbot: QtBot) -> None:
    window = outlets
    press(qtbot, window, K.Key_1)
    picker = window.hand.registry.linker._picker
    assert picker is not None
    assert picker.isVisible()
    assert rows(picker) == ["Make “Sound Courier” an outlet"]
    QTest.keyClick(picker.field, K.Key_Return)
    (entry,) = entries(window).values()
    assert (entry.name, entry.kind, said(window)) == ("Sound Courier", "outlet", {"outlet": entry.id})
    assert field(window, "outlet") == "Sound Courier"
    assert window.hand.registry.entries.used == {entry.id: 1}
    row = panel(window).fields.row("outlet").field  # type: ignore[union-attr]
    places: list[str] = []

    def look(dialog: RegistryDialog) -> None:
        places.append(dialog.places.item(0, 0).text())
        dialog.form.name.setText("The Sound Courier")
        dialog.form.name.setModified(True)
        dialog.reject()

    row.setFocus()
    with answered(RegistryDialog, look):
        QTest.keyClick(row, K.Key_Return, CONTROL)
    assert places == ["the article"]
    assert field(window, "outlet") == "The Sound Courier"
    QTest.keyClick(row, K.Key_Delete)
    assert (said(window), field(window, "outlet"), window.hand.registry.entries.used) == ({}, "", {})
    for _ in range(3):
        window.undoing.undo()
    assert (said(window), names(window)) == ({}, [])
    for _ in range(3):
        window.undoing.redo()
    assert (said(window), names(window)) == ({}, ["The Sound Courier"])


def test_esc_leaves_it_as_it_is(outlets: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, outlets, K.Key_1)
    picker = outlets.hand.registry.linker._picker
    assert picker is not None
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert (said(outlets), names(outlets)) == ({}, [])
    assert outlets.view.hasFocus()
