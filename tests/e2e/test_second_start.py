"""Two programs on one project: the second start brings the first window up, or reads where nobody answers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from annotator import assets, whoami
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.jobs.packing import pack
from annotator.storage.store import Store
from tests.e2e.desk import REPO, Desk, environment, until
from tests.ui.colleagues.team import BO, work_of
from tests.x11 import x_server

SIZE = (1280, 800)
LISTENING = "00010000"
START_PAGE, PROJECT = "Annotator", "Morning — Annotator"

pytestmark = [
    pytest.mark.x11,
    pytest.mark.timeout(120),
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is missing; packaging/test.py installs it"),
    pytest.mark.skipif(not Path("/proc/net/unix").exists(), reason="looks into Linux's /proc"),
]


class Office:
    """One screen, one project, people who start the program on it. `folder` is short: a socket's path has to be."""

    def __init__(self, server: dict[str, str], folder: Path, *, session: bool = True) -> None:
        self.folder = folder
        self._server = server
        self._desks: list[Desk] = []
        self._session = folder / "run"
        if session:
            self._session.mkdir(mode=0o700)
        self.project = folder / "Morning.annotator"
        Store.create(self.project, parse(assets.scheme_text(), "news-sourcing.toml"))

    def env(self, who: str = "Lena") -> dict[str, str]:
        """Return the environment of a person, who has a name from now on."""
        home = self.folder / who
        env = environment(self._server, home)
        env.pop("XDG_RUNTIME_DIR", None)
        if self._session.exists():
            env["XDG_RUNTIME_DIR"] = str(self._session)
        if not home.exists():
            before = os.environ.get("ANNOTATOR_HOME", "")
            os.environ["ANNOTATOR_HOME"] = str(home)
            whoami.save_identity(who)
            os.environ["ANNOTATOR_HOME"] = before
        return env

    def start(self, title: str, *words: str, who: str = "Lena", besides: str = "") -> Desk:
        """Start the program and wait for its window, which is not the one `besides`."""
        desk = Desk(self.env(who), SIZE)
        self._desks.append(desk)
        desk.start(*words)
        desk.look_for(title, besides)
        return desk

    def again(self, *words: str, cwd: Path = REPO, quiet: bool = True) -> tuple[int, str, float]:
        """Start the program once more; return its exit status, what it printed and the seconds it took.

        If `quiet`, it must have nothing to say on the error output.
        """
        env = {**self.env(), "PYTHONPATH": str(REPO)}
        began = time.monotonic()
        command = [sys.executable, "-m", "annotator", *words]
        done = subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, timeout=30, check=False)
        assert not quiet or done.stderr == ""
        return done.returncode, done.stdout, time.monotonic() - began

    def sockets(self) -> list[Path]:
        """Return the sockets at which windows can be called up."""
        folders = (self._session / "annotator", self.folder / "Lena" / "data" / "run")
        return [path for folder in folders if folder.is_dir() for path in folder.iterdir()]

    def left(self, desk: Desk, who: str = "Lena") -> dict[str, object]:
        """Close a window and return how its project was left."""
        desk.press("ctrl+q")
        assert desk.ended() == 0
        rows = json.loads((self.folder / who / "data" / "recent.json").read_text(encoding="utf-8"))
        (row,) = (row for row in rows if row["path"] == str(self.project))
        return dict(row)

    def stop(self) -> None:
        """End all programs."""
        for desk in self._desks:
            if desk.running:
                desk.signal(signal.SIGCONT)
            desk.stop()


@pytest.fixture
def open_office() -> Iterator[Callable[..., Office]]:
    """Open an office; at the end everybody goes home."""
    with ExitStack() as until_the_end:

        def opened(*, session: bool = True) -> Office:
            folder = until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="two-"))
            server = until_the_end.enter_context(x_server())
            office = Office(server, Path(folder), session=session)
            until_the_end.callback(office.stop)
            return office

        yield opened


OpenOffice = Callable[..., Office]


@pytest.mark.parametrize("session", [True, False], ids=["session's folder", "data folder"])
def test_a_second_start_brings_the_window_up(open_office: OpenOffice, session: bool) -> None:
    office = open_office(session=session)
    first = office.start(PROJECT, str(office.project))
    until(office.sockets, "the bell")
    other = office.start(START_PAGE)  # in front of it, with the keyboard
    assert not first.has_keyboard
    link = office.folder / "Link.annotator"
    link.symlink_to(office.project)
    for words, cwd, name in (
        ([str(office.project)], REPO, "Morning"),
        ([office.project.name], office.folder, "Morning"),
        ([str(link)], REPO, "Link"),
    ):
        first.tool("windowfocus", "--sync", other.window)
        status, said, seconds = office.again(*words, cwd=cwd)
        assert (status, said) == (0, f"{name} is open already; its window was raised.\n")
        assert seconds < 10
        until(lambda: first.has_keyboard, "the window to come up")
    assert office.left(first)["reading"] is False
    assert office.sockets() == []


def test_the_sample_is_brought_up_too(open_office: OpenOffice) -> None:
    office = open_office()
    office.start(".+ — Sample — Annotator", "demo")
    until(office.sockets, "the bell")
    assert office.again("demo")[:2] == (0, "Sample is open already; its window was raised.\n")


def test_one_started_right_after_the_other_finds_it(open_office: OpenOffice) -> None:
    """A double click too much: the first has no window yet when the second one asks."""
    office = open_office()
    first = Desk(office.env(), SIZE)
    office._desks.append(first)
    first.start(str(office.project))
    until(lambda: Store.held(office.project), "the lock")
    assert office.again(str(office.project))[:2] == (0, "Morning is open already; its window was raised.\n")
    first.look_for(PROJECT)


def test_where_the_first_stands_still_the_second_reads(open_office: OpenOffice) -> None:
    office = open_office()
    first = office.start(PROJECT, str(office.project))
    until(office.sockets, "the bell")
    first.signal(signal.SIGSTOP)
    second = office.start(PROJECT, str(office.project), besides=first.window)
    first.signal(signal.SIGCONT)
    assert office.left(second)["reading"] is True
    first.look_for(PROJECT)
    assert office.left(first)["reading"] is False


def test_after_a_kill_the_next_one_writes_and_can_be_called_up(open_office: OpenOffice) -> None:
    office = open_office()
    first = office.start(PROJECT, str(office.project))
    (socket,) = until(office.sockets, "the bell")
    first.signal(signal.SIGKILL)
    assert first.ended() == -signal.SIGKILL
    left = socket.stat().st_mtime_ns
    second = office.start(PROJECT, str(office.project))
    # Between the old one and the new there is none.
    until(lambda: _age(socket) not in (0, left), "a bell in the place of the old one")
    assert office.again(str(office.project))[0] == 0
    assert office.left(second)["reading"] is False


def test_after_a_kill_one_goes_on_where_one_was(open_office: OpenOffice) -> None:
    office = open_office()
    for name in ("Ferry", "Harbour"):
        (office.folder / f"{name}.txt").write_text(f"{name}\n\nNobody spoke.\n", encoding="utf-8")
    files = [str(office.folder / f"{name}.txt") for name in ("Ferry", "Harbour")]
    assert office.again("import", str(office.project), *files, quiet=False)[0] == 0
    first = office.start(f"Ferry — {PROJECT}", str(office.project))
    kept = office.folder / "Lena" / "data" / "recent.json"
    until(kept.exists, "the project among the recent ones")
    first.press("ctrl+Down")
    first.look_for(f"Harbour — {PROJECT}")
    until(lambda: json.loads(kept.read_text(encoding="utf-8"))[0]["number"] == 2, "the article to be remembered")
    first.signal(signal.SIGKILL)
    first.ended()
    office.start(f"Harbour — {PROJECT}", str(office.project))


def test_another_person_s_window_is_not_brought_up(open_office: OpenOffice) -> None:
    office = open_office()
    first = office.start(PROJECT, str(office.project))
    until(office.sockets, "the bell")
    second = office.start(PROJECT, str(office.project), besides=first.window, who="Ana")
    assert office.left(second, "Ana")["reading"] is True
    first.alive()


def test_no_port_is_open(open_office: OpenOffice) -> None:
    office = open_office()
    first = office.start(PROJECT, str(office.project))
    assert office.again(str(office.project))[0] == 0  # whatever the window does after its first picture is done
    ours = first.sockets()
    unix = [line.split() for line in Path("/proc/net/unix").read_text(encoding="utf-8").split("\n")[1:] if line]
    assert [row[6] in ours for row in unix if row[3] == LISTENING].count(True) == 1
    for kind in ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6"):
        table = Path("/proc/net") / kind
        lines = table.read_text(encoding="ascii").split("\n")[1:] if table.exists() else []
        assert [line for line in lines if line and line.split()[9] in ours] == [], kind


def _age(socket: Path) -> int:
    """Return when a socket was hung up (nanoseconds), 0 where it is gone."""
    try:
        return socket.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def test_a_package_is_looked_at_in_the_window_that_has_its_project(
    open_office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office()
    monkeypatch.setenv("ANNOTATOR_HOME", office.env()["ANNOTATOR_HOME"])
    lena = whoami.identity()
    assert lena is not None
    (office.folder / "ferry.txt").write_text("Ferry crews vote to stop\n", encoding="utf-8")
    with closing(Store.open(office.project)) as store:
        import_paths(Workspace(store, lena.annotator, lena.device), [office.folder / "ferry.txt"])
        pack(store, lena, office.folder / "for Bo.annotator-package", recipients=(BO.annotator,))
    back = work_of(office.folder / "for Bo.annotator-package", BO, office.folder, (0, 5))
    first = office.start(f".+{PROJECT}", str(office.project))
    until(office.sockets, "the bell")
    status, said, _seconds = office.again(str(back))
    assert (status, said) == (0, "Morning is open already; its window was raised.\n")
    first.look_for("Merge 1 package", "")
