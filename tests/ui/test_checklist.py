"""What is to be looked at as a list: by kind with counts, there by arrows, Return and mouse, live."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.span import Span
from annotator.storage.store import Store
from annotator.ui.checklist import FINDING, CheckList
from annotator.ui.window import MainWindow
from tests.builders import opened
from tests.ui.test_saying import focused, tag
from tests.ui.test_window import press, stored

K = Qt.Key
Make = Callable[[Path | None], MainWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(listed: CheckList) -> list[str]:
    model = listed.model
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def key(window: MainWindow, pressed: Qt.Key) -> None:
    QTest.keyClick(window.windowHandle(), pressed)


def filled(window: MainWindow, qtbot: QtBot) -> CheckList:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    tag(window, qtbot, "said", K.Key_C)
    tag(window, qtbot, "the owner", K.Key_C)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    press(qtbot, window, K.Key_4, CONTROL)
    return window.side.checks


def test_what_was_found_stands_under_its_kind_with_counts(window: MainWindow, qtbot: QtBot) -> None:
    listed = filled(window, qtbot)
    assert shown(listed) == [
        "Not said what must be said, 1",
        "Nobody else spoke: Kind is not set",
        "Belongs to nothing, 2",
        "said: It belongs to no Quote",
        "the owner: It belongs to no Quote",
    ]
    assert window.side.tab == 2
    assert window.side._tabs._group.button(2).text() == "Checks 3"
    assert listed.view.hasFocus()


def test_arrows_show_the_span_and_return_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    listed = filled(window, qtbot)
    assert focused(window).label == "cue"  # the one tagged last; its row is chosen
    assert listed.view.currentIndex().row() == 4
    key(window, K.Key_Up)
    assert window.view.text[focused(window).start : focused(window).end] == "said"
    key(window, K.Key_Up)  # past the name of a kind
    assert focused(window).label == "claim"
    key(window, K.Key_Return)
    assert window.view.hasFocus()
    assert focused(window).label == "claim"


def test_a_click_goes_there_also_a_second_time(window: MainWindow, qtbot: QtBot) -> None:
    listed = filled(window, qtbot)

    def click() -> None:
        place = listed.view.visualRect(listed.model.index(1, 0)).center()
        QTest.mouseClick(listed.view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click()
    assert focused(window).label == "claim"
    press(qtbot, window, K.Key_J)
    press(qtbot, window, K.Key_K)
    press(qtbot, window, K.Key_K)
    assert focused(window).label == "cue"
    click()
    assert focused(window).label == "claim"


def test_a_digit_says_it_from_the_list_and_down_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    listed = filled(window, qtbot)
    key(window, K.Key_Up)
    key(window, K.Key_Up)
    key(window, K.Key_3)  # a policy
    assert [dict(span.attributes) for span in stored(window) if span.label == "claim"] == [{"kind": "policy"}]
    qtbot.waitUntil(lambda: listed.model.rowCount() == 3)
    assert focused(window).label == "claim"  # a second digit would still be meant for it
    window.side.checks.view.setFocus()
    key(window, K.Key_Down)
    assert window.view.text[focused(window).start : focused(window).end] == "said"
    assert window.side._tabs._group.button(2).text() == "Checks 2"


def test_it_follows_the_focus_and_undo(window: MainWindow, qtbot: QtBot) -> None:
    listed = filled(window, qtbot)
    press(qtbot, window, K.Key_K)
    press(qtbot, window, K.Key_K)
    current = listed.view.selectionModel().selectedIndexes()
    assert [index.data(FINDING).span for index in current] == [focused(window).id]
    window.session.undo()
    qtbot.waitUntil(lambda: listed.model.rowCount() == 4)
    press(qtbot, window, K.Key_Escape)
    window.side.checks.show_span(None)
    assert not listed.view.selectionModel().selectedIndexes()


def test_where_there_is_nothing_it_says_so(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_4, CONTROL)
    listed = window.side.checks
    assert not listed.view.isVisible()
    assert "No spans in this article yet" in listed._empty.text()
    tag(window, qtbot, "Ferry crews", K.Key_B)
    assert "all spans of the article are complete" in listed._empty.text()
    assert window.side._tabs._group.button(2).text() == "Checks"


def test_the_same_key_goes_back_to_the_text(window: MainWindow, qtbot: QtBot) -> None:
    listed = filled(window, qtbot)
    assert listed.view.hasFocus()
    QTest.keyClick(window.windowHandle(), K.Key_4, CONTROL)
    assert window.view.hasFocus()
    assert window.side.tab == 0


def test_it_is_open_again_after_a_restart(project: Path, make_window: Make, qtbot: QtBot) -> None:
    first = make_window(project)
    filled(first, qtbot)
    first.close()
    second = make_window(project)
    assert second.side.tab == 2
    qtbot.waitUntil(lambda: second.side.checks.model.rowCount() == 5)


class _Painted(QObject):
    """Counts what rows a list is asked for."""

    def __init__(self, listed: CheckList) -> None:
        super().__init__()
        self.rows: set[int] = set()
        given = listed.model.data

        def data(index: object, role: int = Qt.ItemDataRole.DisplayRole) -> object:
            if role == FINDING:
                self.rows.add(index.row())  # type: ignore[attr-defined]
            return given(index, role)  # type: ignore[arg-type]

        listed.model.data = data  # type: ignore[method-assign]


def test_of_a_long_list_only_what_is_seen_is_made(window: MainWindow, qtbot: QtBot) -> None:
    listed = filled(window, qtbot)
    claim = next(span for span in stored(window) if span.label == "claim")
    many = [
        Span(f"{number}", claim.article, claim.layer, claim.annotator, "claim", ((0, 5),)) for number in range(3_000)
    ]
    painted = _Painted(listed)
    window.hand.checks.groups = {"required": [window.hand.checks.found[0]._replace(span=span.id) for span in many]}
    listed._take()
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    listed.view.viewport().repaint()
    assert listed.model.rowCount() == 3_001
    assert 0 < len(painted.rows) < 60


def test_while_it_looks_it_does_not_say_that_all_is_well(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Ferry crews", K.Key_B)
    window.side.show_tab(2)
    listed, checks = window.side.checks, window.hand.checks
    checks._slices.start(10_000)  # a long article
    listed._tell()
    assert "Looking at" in listed._empty.text()
    checks._go_on()
    assert "all spans of the article are complete" in listed._empty.text()


def test_what_cannot_be_changed_is_not_looked_at(project: Path, make_window: Make, qtbot: QtBot) -> None:
    holder = opened(Store.open(project))
    window = make_window(project)  # for reading only: somebody has it
    assert not window.session.editable
    window.side.show_tab(2)
    assert "can be read, not changed" in window.side.checks._empty.text()
    holder.close()
