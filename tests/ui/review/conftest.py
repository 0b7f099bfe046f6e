"""Two readings of two articles, and a window that reviews them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import assets, whoami
from annotator.domain.article import Annotator, Article
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.review import Queue
from annotator.storage.review import layers
from annotator.storage.store import Store
from annotator.ui.review.page import ReviewPage
from annotator.ui.window import MainWindow
from tests.builders import bring, tag

Make = Callable[[Path | None], MainWindow]
ANA = Annotator("0190a000-0000-7000-8000-00000000000a", "Ana")
BO = Annotator("0190a000-0000-7000-8000-00000000000b", "Bo")
CLEO = Annotator("0190a000-0000-7000-8000-00000000000c", "Cleo")
DOCKS = (
    "Dockers walk out\n\n“Nobody wants a strike,” said Ines Korvald, who chairs the union. The operator claimed that "
    "the rota would cut accidents by a third.\n\nIts own report found no link, a clerk said.\n"
)
BAKERS = "Bakers count the days\n\n“The ovens are fine,” said a baker. Flour ships wait, the mayor said.\n"
READINGS = {
    # article, label, Ana's words, Bo's words: "" where one has nothing
    DOCKS: (
        ("quote", "“Nobody wants a strike,”", "“Nobody wants a strike,”"),
        ("source", "Ines Korvald, who chairs the union", "Ines Korvald"),
        ("claim", "the rota would cut accidents by a third", ""),
        ("cue", "", "claimed"),
        ("cue", "said", "said"),
    ),
    BAKERS: (
        ("quote", "“The ovens are fine,”", "“The ovens are fine"),
        ("source", "a baker", "a baker"),
        ("cue", "said", ""),
    ),
}


def read(path: Path, readings: dict[str, tuple[tuple[str, str, str], ...]] = READINGS) -> Path:
    """Make a project in which Ana and Bo tagged these articles, the default scheme in force."""
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    articles: dict[str, Article] = {}
    for number, person in enumerate((ANA, BO)):
        with closing(Store.open(path)) as store:
            ws = Workspace(store, person, "device")
            for text, spans in readings.items():
                article = articles.get(text) or bring(ws, text, text.split("\n")[0])
                articles[text] = article
                for label, *words in spans:
                    if words[number]:
                        start = text.index(words[number])
                        tag(ws, article, label, (start, start + len(words[number])))
    return path


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, of which every test gets a copy: to make it takes longer than most of them."""
    return read(tmp_path_factory.mktemp("readings") / "Two.annotator")


@pytest.fixture
def readings(made_once: Path, tmp_path: Path) -> Path:
    """The project."""
    whoami.save_identity("Mara Lindt")
    return Path(shutil.copy(made_once, tmp_path))


def review(window: MainWindow, qtbot: QtBot) -> ReviewPage:
    """Open the review of all readings in a window."""
    store = window.session.store
    assert store is not None
    window.sheets.reviewer.review([found.ref for found in layers(store) if found.ref.kind != "consensus"])
    qtbot.waitUntil(lambda: window.sheets.reviewing)
    page = window.sheets.reviewer.page
    assert page is not None
    return page


@pytest.fixture
def page(readings: Path, make_window: Make, qtbot: QtBot) -> ReviewPage:
    """The review page on the project."""
    window = make_window(readings)
    return review(window, qtbot)


def window_of(page: ReviewPage) -> MainWindow:
    """Return the window over which a page lies."""
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def press(page: ReviewPage, *keys: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys as the system does: the window gets them, and gives them to whoever has the keyboard."""
    for key in keys:
        QTest.keyClick(
            page.window().windowHandle(), getattr(Qt.Key, f"Key_{key}") if isinstance(key, str) else key, held
        )
        QApplication.processEvents()


def recounted(page: ReviewPage) -> int:
    """Return how many differences are left, read anew from the disk."""
    queue = Queue(page.desk.refs)
    with closing(page.desk.store.reader()) as reader:
        assert queue.fill(reader)
    return queue.left


def counter(page: ReviewPage) -> int:
    """Return what the large number says."""
    return int(page.queue.number.text().replace(",", ""))
