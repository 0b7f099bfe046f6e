"""The bell of an open window: who starts the program on the same project once more rings it, and the window comes up.

A local socket that only this user of the machine can reach, no port. One line there, one back, then it is closed:

    annotator 1 raise [TOKEN of the desktop, by which Wayland lets a window come up]
    raised

Whatever else arrives is not answered. Not imported before the first picture: QtNetwork costs every start 15 ms.
"""

from __future__ import annotations

import os
import re
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

from annotator import paths
from annotator.ui.session import Session

LONGEST = 512
"""Bytes of a line."""
GUESTS = 8
"""Who may stand at the door at a time."""
PATIENCE = 2_000
"""Milliseconds in which a guest has to say what he wants."""
WAIT = 0.5
"""Seconds in which a window has to answer."""

_TOKEN = "XDG_ACTIVATION_TOKEN"
_CALL = re.compile(rb"annotator 1 raise(?: ([!-~]{1,256}))?\n")
_ANSWER = b"raised\n"
_ASK_AGAIN = 0.02
"""Seconds: a window that is just being opened hangs its bell out after its first picture."""
_ROUND_TRIP = 50
"""Milliseconds to the X server and back."""


class Doorbell(QObject):
    """`rung(token)` when somebody rings; the token is "" where the desktop gave none."""

    rung = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        self._guests: set[QLocalSocket] = set()

    @property
    def hangs(self) -> bool:
        """Whether it can be rung."""
        return self._server.isListening()

    def hang(self, address: str) -> None:
        """Can be rung at this address from now on; for who holds the project's lock alone.

        What stands there is left over from a program that was killed, since nobody else can hold the lock. (With access
        for the user alone Qt puts the new socket in the place of the old one anyway, but does not promise it.)
        Where it cannot be hung out, a second start opens the project for reading.
        """
        self.take_down()
        if address:
            QLocalServer.removeServer(address)
            self._server.listen(address)

    def take_down(self) -> None:
        """Cannot be rung any more; before the project's lock is given up, else the next one's bell is taken down."""
        self._server.close()

    def _welcome(self) -> None:
        while (guest := self._server.nextPendingConnection()) is not None:
            if len(self._guests) >= GUESTS:
                guest.abort()
                guest.deleteLater()
                continue
            self._receive(guest)

    def _receive(self, guest: QLocalSocket) -> None:
        self._guests.add(guest)
        guest.setReadBufferSize(LONGEST)
        guest.readyRead.connect(lambda: self._hear(guest))
        guest.disconnected.connect(lambda: self._see_off(guest))
        QTimer.singleShot(PATIENCE, guest, guest.abort)

    def _see_off(self, guest: QLocalSocket) -> None:
        self._guests.discard(guest)
        guest.deleteLater()

    def _hear(self, guest: QLocalSocket) -> None:
        if not guest.canReadLine():
            if guest.bytesAvailable() >= LONGEST:
                guest.abort()
            return
        call = _CALL.fullmatch(guest.readLine(LONGEST).data())
        if call is None or not _answered(guest):
            guest.abort()
            return
        guest.disconnectFromServer()
        self.rung.emit((call[1] or b"").decode("ascii"))


def _answered(guest: QLocalSocket) -> bool:
    """Answer; False where nobody waits any more: a window that stood still must not jump up minutes later."""
    guest.write(_ANSWER)
    guest.flush()
    return guest.state() is QLocalSocket.LocalSocketState.ConnectedState


def ring(address: str, seconds: float = WAIT) -> bool:
    """Ring; whether the window answered in time that it comes up."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        socket = QLocalSocket()
        socket.connectToServer(address)
        if socket.waitForConnected(int(left * 1_000)):
            return _asked(socket, end)
        time.sleep(_ASK_AGAIN)
    return False


def _asked(socket: QLocalSocket, end: float) -> bool:
    token = os.environ.get(_TOKEN, "").encode("utf-8", "surrogateescape")
    call = b"annotator 1 raise " + token + b"\n"
    socket.write(call if _CALL.fullmatch(call) else b"annotator 1 raise\n")
    while not socket.canReadLine():
        left = int((end - time.monotonic()) * 1_000)
        if left <= 0 or socket.bytesAvailable() > len(_ANSWER) or not socket.waitForReadyRead(left):
            break
    said = socket.readLine(LONGEST).data()
    socket.abort()
    return said == _ANSWER


def hang_out(session: Session, window: QWidget) -> Doorbell:
    """Let the window be called up for the project that it holds for writing, this one and those opened later."""
    bell = Doorbell(window)

    def hang() -> None:
        store = session.store
        if store is not None and store.writable:
            bell.hang(paths.socket_address(store.file, session.identity.annotator.id))

    bell.rung.connect(lambda token: bring_up(window, token))
    session.project_opened.connect(hang)
    session.closing.connect(bell.take_down)
    hang()
    return bell


def bring_up(window: QWidget, token: str = "") -> None:
    """Bring the window to the front, and what is open over it."""
    if token:
        # Where Qt looks for it when a window asks to be activated under Wayland; it takes it away again.
        os.environ[_TOKEN] = token
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    if QApplication.platformName() == "xcb":
        # X11 hears only who asks with a newer time than the one before. Qt learns it from the answer to a property.
        window.windowHandle().setTitle(window.windowHandle().title())
        QTimer.singleShot(_ROUND_TRIP, window, lambda: _activate(window))
    else:
        _activate(window)


def _activate(window: QWidget) -> None:
    # A window under a dialog takes no keys.
    (QApplication.activeModalWidget() or window).activateWindow()
