"""My time in the window: only where I switched it on, only what I did there, and nowhere but in its own file."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import paths, times
from annotator.cli.main import main
from annotator.storage import backup
from annotator.ui import window as windows
from annotator.ui.dialogs.time import TimeDialog
from annotator.ui.timing import SAVE_EVERY, Timekeeper
from annotator.ui.window import MainWindow
from tests.ui.modal import answered

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog

Make = Callable[[Path | None], MainWindow]


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 5_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    real = Timekeeper.__init__
    monkeypatch.setattr(
        Timekeeper, "__init__", lambda self, session, window: real(self, session, window, seconds=clock)
    )
    return clock


@pytest.fixture
def measured(clock: Clock, window: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """An active window that measures."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.preferences.choose("time", "on")
    assert window.timekeeper.measuring
    yield window
    window.preferences.reset(["time"])


def press(window: MainWindow) -> None:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Right)


def kept(window: MainWindow) -> dict[str, float]:
    assert window.session.store is not None
    return times.read(window.session.store.about()["id"])[0]


def ids(window: MainWindow) -> list[str]:
    assert window.session.store is not None
    return list(window.session.store.article_ids())


def shown(window: MainWindow) -> str:
    """Return what the header says of my time."""
    label = window.page._header._time
    return label.text() if label is not None and not label.isHidden() else ""


def dialog(window: MainWindow, answer: Callable[[TimeDialog], object]) -> None:
    with answered(TimeDialog, answer):
        window.actions_["view.time"].trigger()


def test_off_nothing_is_made(project: Path, make_window: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "MEASURE_AFTER", 0)
    window = make_window(project)
    window.preferences.choose("size", 20)
    press(window)
    passed: list[bool] = []
    QTimer.singleShot(1, lambda: passed.append(True))  # after those of the window
    qtbot.waitUntil(lambda: bool(passed))
    assert "timekeeper" not in window.__dict__
    assert not (paths.data_dir() / "times").exists()
    window.preferences.reset(["time"])


def test_it_goes_on_after_a_restart(
    clock: Clock, project: Path, make_window: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "MEASURE_AFTER", 0)
    before = make_window(project)
    before.preferences.choose("time", "on")
    before.close()
    window = make_window(project)
    qtbot.waitUntil(lambda: "timekeeper" in window.__dict__ and window.timekeeper.measuring)
    assert shown(window) == "·  under a minute"
    window.preferences.reset(["time"])


@pytest.mark.parametrize("way", ["key", "mouse", "move", "wheel"])
def test_what_counts_as_work(measured: MainWindow, clock: Clock, way: str) -> None:
    handle, middle = measured.windowHandle(), QPoint(600, 400)
    for _ in range(3):
        clock.now += 30.0
        if way == "key":
            press(measured)
        elif way == "mouse":
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=middle)
        elif way == "move":
            QTest.mouseMove(handle, middle)
            middle += QPoint(1, 0)
        else:
            QTest.wheelEvent(handle, middle.toPointF(), QPoint(0, -120))
    clock.now += 3_600.0
    press(measured)
    assert measured.timekeeper.seconds() == {ids(measured)[0]: 100.0}


def test_switching_books_and_only_a_look_writes(measured: MainWindow, clock: Clock) -> None:
    clock.now += 40.0
    measured.navigation.step(1)
    clock.now += 30.0
    press(measured)
    assert kept(measured) == {}
    measured.timekeeper.look()
    assert kept(measured) == {ids(measured)[0]: 40.0, ids(measured)[1]: 30.0}
    clock.now += SAVE_EVERY / 2
    press(measured)
    measured.timekeeper.look()
    assert kept(measured)[ids(measured)[1]] == 30.0
    assert shown(measured) == "·  1 min"
    measured.navigation.step(-1)
    assert shown(measured) == "·  under a minute"


def test_another_window_stops_it(measured: MainWindow, clock: Clock) -> None:
    clock.now += 20.0
    QGuiApplication.sendEvent(measured.windowHandle(), QFocusEvent(QEvent.Type.FocusOut))
    measured.timekeeper.look()
    assert kept(measured) == {ids(measured)[0]: 20.0}
    clock.now += 50.0
    QGuiApplication.sendEvent(measured.windowHandle(), QFocusEvent(QEvent.Type.FocusIn))
    clock.now += 5.0
    press(measured)
    assert measured.timekeeper.seconds() == {ids(measured)[0]: 25.0}


def test_closing_and_another_project_write(
    measured: MainWindow, clock: Clock, tmp_path: Path, make_window: Make
) -> None:
    store = measured.session.store
    assert store is not None
    first, article = store.about()["id"], ids(measured)[0]
    clock.now += 15.0
    measured.files.sample()
    assert times.read(first)[0] == {article: 15.0}
    clock.now += 25.0
    other, begun = measured.session.store.about()["id"], measured.session.article  # type: ignore[union-attr]
    assert begun is not None
    measured.close()
    assert times.read(other)[0] == {begun.id: 25.0}
    assert times.read(first)[0] == {article: 15.0}


def test_a_disk_that_refuses_is_told_once_and_nothing_is_lost(
    measured: MainWindow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    measured.session.told.connect(lambda words, _undo: told.append(words))

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(paths, "write_whole", full)
        for _ in range(3):
            clock.now += 30.0
            press(measured)
            measured.timekeeper.save()
    assert len(told) == 1
    assert "No space left on device" in told[0]
    assert kept(measured) == {}
    measured.timekeeper.save()
    assert kept(measured) == {ids(measured)[0]: 90.0}


def test_a_damaged_file_is_told_in_the_window(measured: MainWindow, clock: Clock) -> None:
    store = measured.session.store
    assert store is not None
    path = times.file(store.about()["id"])
    path.parent.mkdir(parents=True)
    path.write_text("[", encoding="utf-8")
    clock.now += 30.0
    press(measured)
    measured.timekeeper.save()
    assert f"{path.name}.bad" in measured.notice.words
    assert kept(measured) == {ids(measured)[0]: 30.0}


def test_switched_off_it_stops_and_keeps(measured: MainWindow, clock: Clock) -> None:
    clock.now += 30.0
    measured.preferences.choose("time", "off")
    assert shown(measured) == ""
    clock.now += 30.0
    press(measured)
    assert measured.timekeeper.seconds() == kept(measured) == {ids(measured)[0]: 30.0}


# The dialog


def test_nothing_measured_it_offers_to_begin(window: MainWindow, clock: Clock) -> None:
    def begin(made: TimeDialog) -> None:
        assert made.table.isHidden()
        assert made.copy.isHidden()
        assert made.state.text().startswith("Nothing is measured now.")
        made.switch.click()

    dialog(window, begin)
    assert window.preferences.settings["time"] == "on"
    assert window.timekeeper.measuring
    window.preferences.reset(["time"])


def test_the_table_is_copied(measured: MainWindow, clock: Clock) -> None:
    measured.view.select(0, 5)
    measured.hand.key("Q", False)
    for _ in range(3):
        clock.now += 50.0
        press(measured)

    def copy(made: TimeDialog) -> None:
        cells = [made.table.item(0, column).text() for column in range(5)]  # type: ignore[union-attr]
        assert cells == ["2 min", "1", "2 min", "Started", "Ferry crews vote to stop"]
        assert made.total.text() == "2 min on 1 article, 2 min a span"
        made.copy.click()
        made.reject()

    dialog(measured, copy)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[1] == f"{ids(measured)[0]}\tFerry crews vote to stop\tstarted\t1\t150"


def test_forgotten_times_come_back_by_the_notice_and_by_the_dialog(measured: MainWindow, clock: Clock) -> None:
    article = ids(measured)[0]
    clock.now += 60.0
    dialog(measured, lambda made: made.forget.click())
    assert measured.timekeeper.seconds() == {}
    assert shown(measured) == "·  under a minute"
    assert measured.notice._undo.isVisible()
    measured.notice._undo.click()
    assert measured.timekeeper.seconds() == {article: 60.0}
    assert shown(measured) == "·  1 min"
    dialog(measured, lambda made: made.forget.click())
    dialog(measured, lambda made: made.recall.click())
    assert measured.timekeeper.seconds() == {article: 60.0}
    dialog(measured, lambda made: made.forget.click())
    measured.close()
    assert list((paths.data_dir() / "times").iterdir()) == []


def test_the_next_notice_undoes_the_last_step_again(measured: MainWindow, clock: Clock) -> None:
    clock.now += 60.0
    dialog(measured, lambda made: made.forget.click())
    undone: list[bool] = []
    measured.notice.undo_wanted.connect(lambda: undone.append(True))
    measured.notice.say("Deleted.", undo=True)
    measured.notice._undo.click()
    assert undone == [True]
    assert measured.timekeeper.forgotten


# Nothing leaves


def places(folder: Path, seconds: float) -> set[str]:
    forms = [str(seconds).encode(), struct.pack(">d", seconds), struct.pack("<d", seconds)]
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    }


def test_my_time_leaves_in_no_file(measured: MainWindow, clock: Clock, tmp_path: Path, home: Path) -> None:
    store = measured.session.store
    assert store is not None
    project = store.path
    measured.view.select(0, 5)
    measured.hand.key("Q", False)
    clock.now += 47.123
    press(measured)
    measured.timekeeper.save()
    (seconds,) = kept(measured).values()
    store.copy_to(tmp_path / "copy.annotator")
    measured.close()
    backup.make(project, paths.backups_dir(), "work")
    assert main(["export", str(project), "-o", str(tmp_path / "out.jsonl")]) == 0
    assert all(place.startswith("data/times/") for place in places(home, seconds))
    assert len(places(home, seconds)) == 1
    assert places(tmp_path, seconds) == set()
    assert len(list(tmp_path.glob("*.annotator"))) == 2
    with closing(sqlite3.connect(project)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'search'"
        ).fetchall()
        # The index of words cannot be scanned; the tables that it is kept in can.
        rows = [row for (name,) in tables for row in connection.execute(f'SELECT * FROM "{name}"')]
        assert rows
        assert not [row for row in rows if str(seconds) in str(row)]
