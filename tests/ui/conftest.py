"""A window on a real project for the tests of the screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from annotator import assets, whoami
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.window import MainWindow

TEXTS = (
    "Ferry crews vote to stop\n\n“We sail,” said the owner, “when we are paid.” Nobody else spoke.\n",
    "Harbour dues rise\n\nThe council raised the dues by a third, a clerk said on Monday.\n",
    "Night trains return\n\nThe first sleeper since spring left on time, passengers said.\n",
)


def make_project(folder: Path) -> Path:
    """Make a project with three articles and nothing tagged."""
    who = whoami.save_identity("Lena Brandt")
    path = folder / "Morning.annotator"
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    files = []
    for number, text in enumerate(TEXTS):
        files.append(folder / f"{number}.txt")
        files[-1].write_text(text, encoding="utf-8", newline="")
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), files)
    store.close()
    return path


@pytest.fixture(scope="session")
def lenas(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of such a project and the home of who made it: to make them takes a third of what a window takes."""
    folder, home = tmp_path_factory.mktemp("morning"), tmp_path_factory.mktemp("lena")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATOR_HOME", str(home))
        make_project(folder)
    return folder, home


@pytest.fixture
def project(lenas: tuple[Path, Path], tmp_path: Path, home: Path) -> Path:
    """A project with three articles and nothing tagged; a copy, where nobody has said yet who they are."""
    if whoami.identity() is not None:
        return make_project(tmp_path)
    for made, here in zip(lenas, (tmp_path, home), strict=True):
        shutil.copytree(made, here, dirs_exist_ok=True)
    return tmp_path / "Morning.annotator"


@pytest.fixture
def make_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Path | None], MainWindow]]:
    """Make windows as the program does."""
    made: list[MainWindow] = []
    looks: list[Look] = []

    def make(path: Path | None) -> MainWindow:
        who = whoami.identity() or whoami.save_identity("Lena Brandt")
        looks.append(Look(qapp))
        window = MainWindow(Session(who), looks[-1])
        made.append(window)
        if path is not None:
            window.files.open_path(path)
        window.show()
        window.settle()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        if not window.close():
            window.close()  # it asked whether what waits shall be given up
        # At once, and not when some event loop sees to it: each would be dressed anew by the next window's stylesheet.
        if isValid(window):
            delete(window)
    for look in looks:
        delete(look)


@pytest.fixture
def window(project: Path, make_window: Callable[[Path | None], MainWindow]) -> MainWindow:
    """A window that shows the first article."""
    return make_window(project)
