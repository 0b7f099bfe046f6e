"""The windows open where and as they were left, on a screen that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from annotator import paths, places
from annotator.places import Place
from annotator.ui import placing
from annotator.ui.manual import ManualWindow
from annotator.ui.window import MainWindow

MakeWindow = Callable[[Path | None], MainWindow]

pytestmark = pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every window


def seen(window: MainWindow | ManualWindow) -> bool:
    """Whether all of the window is on the screens."""
    free = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    area = window.geometry()
    corners = (area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight())
    return all(any(screen.contains(corner) for screen in free) for corner in corners)


def left(**how: object) -> Place:
    """Remember a place of the main window on screens that are no more."""
    place = Place("main", "1x1+0+0", 200, 100, 1000, 700)._replace(**how)  # type: ignore[arg-type]
    places.remember(place)
    return place


def test_it_opens_where_it_was_left(make_window: MakeWindow, project: Path) -> None:
    first = make_window(project)
    first.setGeometry(2000, 60, 1100, 800)
    first.close()
    assert make_window(project).geometry() == QRect(2000, 60, 1100, 800)


@pytest.mark.parametrize("state", [Qt.WindowState.WindowMaximized, Qt.WindowState.WindowFullScreen])
def test_it_opens_large_and_gets_its_own_size_back(
    make_window: MakeWindow, project: Path, state: Qt.WindowState, qtbot: QtBot
) -> None:
    first = make_window(project)
    first.setGeometry(2000, 60, 1100, 800)
    first.setWindowState(state)
    first.close()
    second = make_window(project)
    assert second.windowState() == state
    qtbot.waitUntil(lambda: second.width() > 1100)
    assert second.screen() is QGuiApplication.screens()[1]
    second.close()  # and a second time, never having been seen in its own size
    third = make_window(project)
    third.showNormal()
    qtbot.waitUntil(lambda: third.geometry() == QRect(2000, 60, 1100, 800))


def test_what_is_minimised_opens_as_it_was_before(make_window: MakeWindow, project: Path) -> None:
    first = make_window(project)
    first.setGeometry(300, 60, 1100, 800)
    first.showMinimized()
    first.close()
    second = make_window(project)
    assert not second.isMinimized()
    assert second.geometry() == QRect(300, 60, 1100, 800)


@pytest.mark.parametrize(
    "how",
    [
        {"left": 5_000}, {"left": -3_000, "top": -3_000}, {"top": 2_000}, {"left": 3_000}, {"top": 900},
        {"width": 9_000, "height": 9_000}, {"left": 32_000, "top": -32_000, "width": 32_000, "height": 1},
    ],
)  # fmt: skip
def test_it_never_opens_off_the_screen(make_window: MakeWindow, how: dict[str, int]) -> None:
    left(**how)
    window = make_window(None)
    assert seen(window)


def test_large_on_a_screen_that_is_gone(make_window: MakeWindow, qtbot: QtBot) -> None:
    left(left=5_000, state="maximised")
    window = make_window(None)
    assert window.isMaximized()
    window.showNormal()
    qtbot.waitUntil(lambda: seen(window))


def test_a_position_that_wayland_did_not_tell_is_not_used(make_window: MakeWindow) -> None:
    usual = make_window(None).pos()
    left(left=700, top=300, positioned=False)
    window = make_window(None)
    assert window.size() == QSize(1000, 700)
    assert window.pos() == usual


def test_on_wayland_only_size_and_state_are_kept(make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "_is_wayland", lambda: True)
    left(left=700, top=300)
    window = make_window(None)
    assert window.size() == QSize(1000, 700)
    assert window.pos() != QPoint(700, 300)
    assert not window.placing.place().positioned


def test_a_move_is_written_some_seconds_later_not_at_once(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(placing, "LATER", 50)
    written: list[Place] = []
    monkeypatch.setattr(places, "remember", written.append)
    window = make_window(None)
    for step in range(5):
        window.setGeometry(300 + step, 200, 1000, 700)
    assert written == []
    qtbot.waitUntil(lambda: bool(written))
    assert [place.box for place in written] == [(304, 200, 1000, 700)]


def test_what_was_not_moved_is_not_written_again(make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    make_window(None).close()
    window = make_window(None)
    monkeypatch.setattr(places, "remember", lambda place: pytest.fail(f"written again: {place}"))
    window.close()


def test_a_move_just_before_the_end_is_not_lost(window: MainWindow, qapp: object) -> None:
    manual = window.sheets.manual_window
    manual.show()
    manual.setGeometry(310, 60, 930, 690)
    QGuiApplication.instance().aboutToQuit.emit()  # type: ignore[union-attr]
    found = places.of("manual", "")
    assert found is not None
    assert found.box == (310, 60, 930, 690)


def test_the_manual_has_a_place_of_its_own(window: MainWindow, qtbot: QtBot) -> None:
    manual = window.sheets.manual_window
    manual.show()
    manual.setGeometry(300, 60, 900, 600)
    manual.close()
    assert places.of("main", "") is None
    again = ManualWindow(window.look, window)
    qtbot.addWidget(again)
    assert again.geometry() == QRect(300, 60, 900, 600)


def test_a_window_may_be_taken_down_while_it_is_shown(window: MainWindow) -> None:
    manual = ManualWindow(window.look)
    manual.show()
    shiboken6.delete(manual)
    assert not shiboken6.isValid(manual)


def test_the_tab_is_kept_only_the_text_is_not(make_window: MakeWindow, project: Path) -> None:
    first = make_window(project)
    first.actions_["view.spans"].trigger()
    first.actions_["view.focus"].trigger()
    first.close()
    second = make_window(project)
    assert second.side.tab == 1
    assert second.side.table.isVisible()
    assert second.focusWidget() is second.view
    assert not second.actions_["view.focus"].isChecked()


def test_damaged_places_are_no_reason_not_to_start(make_window: MakeWindow) -> None:
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    (paths.data_dir() / "windows.json").write_bytes(b'[{"window": "main", "width": 1e999}]')
    assert make_window(None).size() == QSize(1280, 800)
