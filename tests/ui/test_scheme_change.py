"""A scheme that changes under an open window: labels, keys and tags follow, and undo brings them back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import dump, isValid

from annotator.domain.redrawing import begun, define, merge, rename
from annotator.editing import schemes
from annotator.jobs.redrawing import redraw
from annotator.ui.window import MainWindow
from tests.ui.test_saying import focused, tag
from tests.ui.test_window import press

K = Qt.Key


def names(window: MainWindow) -> list[str]:
    return [row.label.name for row in window.side.labels._rows]


def test_the_window_follows_and_undo_brings_it_back(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    session = window.session
    before = session.scheme
    labels = tuple(one._replace(name="Speech cue", key="Y") if one.id == "cue" else one for one in before.labels)
    assert session.do(schemes.apply(before, before._replace(labels=labels)))
    assert "Speech cue" in names(window)
    assert window.side._scheme._whole == "News sourcing 3"
    assert "Speech cue" in {action.text().split("\t")[0] for action in window._labels._group.actions()}
    assert window.side.span.full._tag._whole == "Speech cue"
    press(qtbot, window, K.Key_S)
    assert focused(window).label == "source"
    press(qtbot, window, K.Key_Y)
    assert focused(window).label == "cue"
    for _step in range(3):
        press(qtbot, window, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Cue" in names(window)
    assert "Speech cue" not in names(window)
    assert session.scheme == before


def test_a_label_that_is_gone_leaves_its_spans(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    before = window.session.scheme
    rest = {key: value for key, value in before.rest.items() if key in ("language",)}
    kept = before._replace(labels=tuple(one for one in before.labels if one.id != "cue"), rest=rest)
    assert window.session.do(schemes.apply(before, kept))
    assert len(window.session.spans) == 1
    assert "not in the scheme" in window.side.span.full._notes.text()


def test_what_is_made_or_changed_is_of_the_version_in_force(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    session = window.session
    assert focused(window).scheme_version == 2
    draft = define(begun(session.scheme), "cue", "Only verbs.")
    assert session.do(schemes.apply(draft.before, draft.wanted))
    assert session.scheme.version == 3
    press(qtbot, window, K.Key_D)
    assert (focused(window).state, focused(window).scheme_version) == ("discuss", 2)
    press(qtbot, window, K.Key_S)
    assert (focused(window).label, focused(window).scheme_version) == ("source", 3)
    press(qtbot, window, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (focused(window).label, focused(window).scheme_version) == ("cue", 2)
    tag(window, qtbot, "owner", K.Key_C)
    assert focused(window).scheme_version == 3


def test_a_change_in_a_thread_is_shown_and_undone_by_a_key(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    session, before = window.session, window.session.scheme
    workspace = session.workspace
    assert workspace is not None
    draft = merge(begun(before), "cue", "source")
    with qtbot.waitSignal(session.scheme_changed):
        window.files.start("Changing", lambda progress, cancelled: redraw(workspace, draft, progress, cancelled), list)
    qtbot.waitUntil(lambda: not window.files.running)
    assert [span.label for span in session.spans] == ["source"]
    assert "Cue" not in names(window)
    press(qtbot, window, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [span.label for span in session.spans] == ["cue"]
    assert session.scheme == before


def test_a_label_that_no_span_bears_any_more_is_not_offered_in_the_table(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    press(qtbot, window, K.Key_T)
    offered = window.side.table.filter.labels
    workspace = window.session.workspace
    assert workspace is not None
    assert offered.findData("cue") > 0
    redraw(workspace, merge(begun(window.session.scheme), "cue", "source"))
    qtbot.waitUntil(lambda: window.session.scheme.label("cue") is None)
    assert offered.findData("cue") < 0
    assert offered.findData("source") > 0


def test_the_window_keeps_its_menus_after_tab_has_left_the_panel_and_rows_have_gone(
    window: MainWindow, qtbot: QtBot
) -> None:
    # PySide took what was walked to for children of the rows: with these it forgot the window's menus.
    tag(window, qtbot, "said", K.Key_C)
    window.side.span.full.take_note()
    before = window.side.span.full
    for _step in range(40):
        here = QApplication.focusWidget()
        assert here is not None
        qtbot.keyClick(here, K.Key_Tab)
        if not before.isAncestorOf(QApplication.focusWidget()):
            break
    assert not before.isAncestorOf(QApplication.focusWidget())
    for way, label in (("Speech", "cue"), ("Verb", "cue"), ("Who", "source")):
        draft = rename(begun(window.session.scheme), label, way)
        assert window.session.do(schemes.apply(draft.before, draft.wanted))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        assert isValid(window.menuBar())
        assert all(isValid(menu) for menu in window._menus.values())
    assert "parent" not in dump(window)  # a window stands for itself
