"""The bell at an open window: who may ring it, what it answers, and what it makes of everything else."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.paths import socket_address as address
from annotator.storage.store import Store
from annotator.ui import doorbell, elsewhere
from annotator.ui.doorbell import GUESTS, Doorbell, bring_up, hang_out, ring
from annotator.ui.first import FirstPicture
from annotator.ui.window import MainWindow

REPO = Path(__file__).parents[2]
CALL = b"annotator 1 raise\n"

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="a named pipe there"),
    pytest.mark.qt_log_ignore("does not support"),  # the offscreen platform says so of every window
]


@pytest.fixture
def door() -> Iterator[Path]:
    """A place for a socket: its path must be short."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "bell"


class Rung(list[str]):
    """The tokens with which a bell was rung."""


@pytest.fixture
def bell(door: Path, qtbot: QtBot) -> Iterator[Doorbell]:
    """A bell that hangs there."""
    bell = Doorbell()
    bell.hang(str(door))
    assert bell.hangs
    yield bell
    bell.take_down()


@pytest.fixture
def rung(bell: Doorbell) -> Rung:
    rung = Rung()
    bell.rung.connect(rung.append)
    return rung


def guest(door: Path, says: bytes = b"") -> socket.socket:
    """Somebody at the door who has said so much of it as the door takes."""
    one = socket.socket(socket.AF_UNIX)
    one.connect(str(door))
    one.setblocking(False)
    with suppress(BlockingIOError):
        one.sendall(says)
    return one


def answer(one: socket.socket, qtbot: QtBot) -> bytes:
    """What is said to the guest until the door is shut."""
    said = bytearray()

    def shut() -> bool:
        try:
            piece = one.recv(4_096)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True
        said.extend(piece)
        return not piece

    with closing(one):
        qtbot.waitUntil(shut)
    return bytes(said)


@pytest.mark.parametrize("token", ["", "kwin-15", "gnome-shell/Files/25-3-desk_TIME123", "x" * 256])
def test_a_call_is_answered_and_brings_its_token(door: Path, rung: Rung, qtbot: QtBot, token: str) -> None:
    call = f"annotator 1 raise {token}".rstrip().encode() + b"\n"
    assert answer(guest(door, call), qtbot) == b"raised\n"
    assert rung == [token]


HOSTILE = {
    "nothing but a line": b"\n",
    "another version": b"annotator 2 raise\n",
    "another word": b"annotator 1 quit\n",
    "a blank for a token": b"annotator 1 raise \n",
    "two tokens": b"annotator 1 raise a b\n",
    "a long token": b"annotator 1 raise " + b"x" * 257 + b"\n",
    "a token that is no ASCII": "annotator 1 raise ö\n".encode(),
    "a token with a NUL": b"annotator 1 raise a\0b\n",
    "something before it": b" annotator 1 raise\n",
    "a line end of Windows": b"annotator 1 raise\r\n",
    "no UTF-8": b"\xff\xfe\x00\n",
    "no end": b"x" * 600,
    "ten megabytes": b"x" * 10_000_000,
    "ten megabytes of lines": b"\n" * 10_000_000,
    "the web": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_whatever_else_is_said_is_not_answered(
    door: Path, rung: Rung, qtbot: QtBot, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorbell, "PATIENCE", 3_600_000)  # it is sent away for what it says
    assert answer(guest(door, HOSTILE[what]), qtbot) == b""
    assert rung == []
    assert answer(guest(door, CALL), qtbot) == b"raised\n"


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.binary(max_size=700).filter(lambda it: not it.startswith(CALL)))
@example(said=b"annotator 1 raise")
def test_any_bytes(door: Path, rung: Rung, qtbot: QtBot, said: bytes) -> None:
    one = guest(door, said)
    with suppress(OSError):
        one.shutdown(socket.SHUT_WR)
    assert answer(one, qtbot) == b""
    assert rung == []


def test_one_line_is_one_ring(door: Path, rung: Rung, qtbot: QtBot) -> None:
    assert answer(guest(door, CALL * 20), qtbot) == b"raised\n"
    assert rung == [""]


def test_who_says_nothing_is_sent_away(door: Path, rung: Rung, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "PATIENCE", 50)
    assert answer(guest(door, b"annotator 1"), qtbot) == b""


def test_only_so_many_stand_at_the_door(door: Path, bell: Doorbell, rung: Rung, qtbot: QtBot) -> None:
    crowd = [guest(door) for _ in range(GUESTS)]
    qtbot.waitUntil(lambda: len(bell._guests) == GUESTS)
    assert answer(guest(door, CALL), qtbot) == b""
    for one in crowd:
        one.close()
    qtbot.waitUntil(lambda: not bell._guests)
    assert answer(guest(door, CALL), qtbot) == b"raised\n"
    assert rung == [""]


def test_who_waits_no_longer_is_not_answered(door: Path, bell: Doorbell, rung: Rung, qtbot: QtBot) -> None:
    """A window that stood still for a while does not jump up when it goes on."""
    late = [guest(door, CALL) for _ in range(3)]
    for one in late:
        one.close()
    assert answer(guest(door, CALL), qtbot) == b"raised\n"
    qtbot.waitUntil(lambda: not bell._guests)
    assert rung == [""]


def test_nobody_else_can_reach_it(bell: Doorbell, door: Path) -> None:
    assert stat.S_IMODE(door.stat().st_mode) & 0o077 == 0
    bell.take_down()
    assert not door.exists()


@pytest.mark.parametrize("what", ["a socket", "a file"])
def test_what_a_killed_program_left_is_replaced(door: Path, qtbot: QtBot, what: str) -> None:
    if what == "a socket":
        with closing(socket.socket(socket.AF_UNIX)) as left:
            left.bind(str(door))
    else:
        door.write_bytes(b"")
    bell = Doorbell()
    bell.hang(str(door))
    assert answer(guest(door, CALL), qtbot) == b"raised\n"
    bell.take_down()


def test_where_no_bell_can_hang_nothing_happens(tmp_path: Path, qtbot: QtBot) -> None:
    bell = Doorbell()
    for where in ("", str(tmp_path / ("x" * 200)), str(tmp_path / "missing" / "bell")):
        bell.hang(where)
        assert not bell.hangs
        assert not ring(where, 0.05)


def test_a_window_that_stands_still_is_not_waited_for(door: Path, bell: Doorbell) -> None:
    # This thread is the window's, and does not go back to its events.
    assert not ring(str(door), 0.1)


_RINGING = """
import sys, time
from PySide6.QtCore import QCoreApplication
from annotator.ui import doorbell
app, sleep = QCoreApplication([]), time.sleep
time.sleep = lambda seconds: (print("again", flush=True), sleep(seconds))
print(doorbell.ring(sys.argv[1], 30))
"""


def test_a_bell_that_is_just_being_hung_out_is_waited_for(door: Path, qtbot: QtBot) -> None:
    command = [sys.executable, "-c", _RINGING, str(door)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPO) as ringing:
        assert ringing.stdout is not None
        assert ringing.stdout.readline() == "again\n"
        bell = Doorbell()
        bell.hang(str(door))
        qtbot.waitUntil(lambda: ringing.poll() is not None, timeout=30_000)
        assert ringing.stdout.read().split()[-1] == "True"
        bell.take_down()


# Which window it is


def test_the_address_is_the_file_and_the_person(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def of(path: Path, who: str = "me") -> str:
        at = path.stat()
        return address((at.st_dev, at.st_ino), who)

    link = tmp_path / "link.annotator"
    link.symlink_to(project)
    monkeypatch.chdir(tmp_path)
    copy = tmp_path / "copy.annotator"
    copy.write_bytes(project.read_bytes())
    before = of(project)
    assert before == of(link) == of(Path(project.name)) == of(tmp_path / ".." / tmp_path.name / project.name)
    assert len({before, of(copy), of(project, "somebody else")}) == 3
    moved = project.rename(tmp_path / "moved.annotator")
    copy.rename(project)
    assert of(moved) == before
    assert of(project) != before


def test_the_folder_is_the_session_s_and_closed_to_others(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = home / "data" / "run"
    assert paths.sockets_dir() == ours
    assert stat.S_IMODE(ours.stat().st_mode) == 0o700
    session = tmp_path / "session"
    session.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(session))
    assert paths.sockets_dir() == session / "annotator"
    session.chmod(0o755)
    assert paths.sockets_dir() == ours
    for elsewhere_ in ("", "relative", str(tmp_path / "missing")):
        monkeypatch.setenv("XDG_RUNTIME_DIR", elsewhere_)
        assert paths.sockets_dir() == ours
    ours.chmod(0o770)
    assert paths.sockets_dir() is None
    ours.rmdir()
    ours.symlink_to(session)
    assert paths.sockets_dir() is None
    ours.unlink()
    ours.write_bytes(b"")
    assert paths.sockets_dir() is None


def test_a_folder_of_somebody_else_is_not_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.sockets_dir() is not None
    monkeypatch.setattr(os, "getuid", lambda: 12_345)
    assert paths.sockets_dir() is None


# The bell and the project


def test_it_hangs_while_the_project_is_held(
    project: Path, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = window.session.store
    assert store is not None
    bell = hang_out(window.session, window)
    first = Path(address(store.file, window.session.me.id))
    assert first.exists()
    other = tmp_path / "Other.annotator"
    other.write_bytes(b"")
    other.unlink()
    Store.create(other, window.session.scheme)
    window.files.open_path(other)
    assert not first.exists()
    assert bell.hangs
    window.session.closing.connect(lambda: held.append((Store.held(other), bell.hangs)))
    held: list[tuple[bool, bool]] = []
    window.close()
    assert held == [(True, False)]
    assert not bell.hangs
    assert not Store.held(other)
    assert list((paths.data_dir() / "run").iterdir()) == []


def test_none_hangs_at_a_project_that_is_only_read(
    project: Path, make_window: Callable[[Path | None], MainWindow]
) -> None:
    with closing(Store.open(project)):
        window = make_window(project)
        assert not hang_out(window.session, window).hangs


def test_held_says_who_has_the_lock_and_leaves_nothing(project: Path, tmp_path: Path) -> None:
    lock = project.with_name(f".{project.name}.lock")
    lock.unlink(missing_ok=True)
    assert not Store.held(project)
    assert not lock.exists()
    with closing(Store.open(project)):
        assert Store.held(project)
        assert Store.held(tmp_path / ".." / tmp_path.name / project.name)
    assert not Store.held(project)
    Store.open(project).close()  # asking has not kept it


def test_another_window_s_project_is_left_there(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, str]] = []

    def called_up(path: Path, annotator: str) -> str:
        asked.append((path, annotator))
        return "Evening is open already; its window was raised."

    monkeypatch.setattr(elsewhere, "called_up", called_up)
    other = tmp_path / "Evening.annotator"
    window.files.open_path(other)
    assert asked == [(other, window.session.me.id)]
    assert window.session.name == "Morning"
    assert window.session.editable
    assert window.notice.words == "Evening is open already; its window was raised."


def test_a_window_does_not_call_itself(window: MainWindow, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "called_up", lambda *_: pytest.fail("it would wait for itself"))
    window.files.open_path(project)
    assert window.notice.words == "This project is open already."


def test_without_qt_s_network_it_is_as_if_nobody_answered(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "annotator.ui.doorbell", None)
    with closing(Store.open(project)):
        assert elsewhere.called_up(project, "me") == ""


# To the front


def test_a_minimised_window_comes_up_as_it_was(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    window.showMaximized()
    window.showMinimized()
    bring_up(window, "kwin-15")
    assert not window.isMinimized()
    assert window.isMaximized()
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "kwin-15"


def test_what_is_open_over_it_gets_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    bring_up(window)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    dialog.close()


# After the first picture


def test_the_first_picture_comes_first_and_once(qtbot: QtBot) -> None:
    happened: list[str] = []

    class Painted(QWidget):
        def paintEvent(self, event: object) -> None:  # noqa: N802
            happened.append("painted")

    widget = Painted()
    qtbot.addWidget(widget)
    widget.show()
    FirstPicture(widget.windowHandle(), lambda: happened.append("then"))
    qtbot.waitUntil(lambda: "then" in happened)
    assert happened[0] == "painted"
    widget.hide()
    widget.show()
    qtbot.waitUntil(lambda: happened[-1] == "painted")
    assert happened.count("then") == 1


def test_without_a_picture_it_goes_on_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.ui.first.LONGEST", 50)
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.winId()
    happened: list[str] = []
    FirstPicture(widget.windowHandle(), lambda: happened.append("then"))
    qtbot.waitUntil(lambda: happened == ["then"])
