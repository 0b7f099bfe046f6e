"""Windows open where and as they were left, and always on a screen that is there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from annotator import places
from annotator.places import TITLE, Box, Place

LATER = 3_000
"""Milliseconds from the last move to the file; while a window is dragged nothing is written."""

_STATES = {"maximised": Qt.WindowState.WindowMaximized, "full": Qt.WindowState.WindowFullScreen}
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)


def _box(area: QRect) -> Box:
    return Box(area.x(), area.y(), area.width(), area.height())


class Placing(QObject):
    """Looks after the place of one window; to be made before the window is shown, with its usual size.

    `tab` is which tab of its panel was shown; whoever has a panel sets it before the window is closed.
    """

    def __init__(self, window: QWidget, name: str, usual: QSize) -> None:
        super().__init__(window)
        self._window, self._name = window, name
        screens = QGuiApplication.screens()  # the first is the primary one
        self._free = [_box(screen.availableGeometry()) for screen in screens]
        self._kept = places.of(name, self._screens())
        self.tab = self._kept.tab if self._kept is not None else 0
        self._put(usual)
        self._timer = QTimer(self, singleShot=True, interval=LATER)
        self._timer.timeout.connect(self.keep)
        window.installEventFilter(self)
        if (app := QCoreApplication.instance()) is not None:
            app.aboutToQuit.connect(self._keep_what_waits)

    def _screens(self) -> str:
        return places.arrangement([_box(screen.geometry()) for screen in QGuiApplication.screens()])

    def _put(self, usual: QSize) -> None:
        """Give the window its size, and its place and state where they are known; as Qt's restoreGeometry does."""
        window, kept = self._window, self._kept
        if kept is None:
            free = self._free[0] if self._free else Box(0, 0, usual.width(), usual.height())
            window.resize(usual.boundedTo(QSize(free.width - 2 * _EDGE, free.height - TITLE - _EDGE)))
            return
        known = kept.screens == self._screens()
        box = places.fitted(kept.box, self._free, above=0 if known else TITLE)
        if kept.positioned and not _is_wayland():
            window.setGeometry(*box)
        else:
            window.resize(box.width, box.height)
        if kept.state in _STATES:
            window.setWindowState(_STATES[kept.state])

    def place(self) -> Place:
        """Return how the window is now."""
        window = self._window
        state = next((name for name, flag in _STATES.items() if window.windowState() & flag), "normal")
        return Place(self._name, self._screens(), *_box(window.normalGeometry()), state, not _is_wayland(), self.tab)

    def keep(self) -> None:
        """Write down how the window is left, where that is news."""
        self._timer.stop()
        place = self.place()
        if place != self._kept and place.width > 0 and place.height > 0:
            self._kept = place
            places.remember(place)

    def _keep_what_waits(self) -> None:
        if self._timer.isActive():
            self.keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _MOVES:
            if self._window.isVisible():
                self._timer.start()
        elif kind is QEvent.Type.Hide and isValid(self._window):  # one that is taken down says so when it is gone
            self.keep()
        return False


_EDGE = 8
"""Pixels that a window manager's frame may take at a side; what it will be is not known before."""


def _is_wayland() -> bool:
    return QGuiApplication.platformName().startswith("wayland")
