"""Every hostile file once through the command line and once through the window; the project stays whole."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from annotator import whoami
from annotator.cli.main import main
from annotator.domain.article import VisibleLayers
from annotator.jobs.sources import USUAL
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.widgets import plain_tip
from annotator.ui.window import MainWindow
from tests.builders import SCHEME
from tests.hostile.table import ROWS, Row, line

EARLIER = "An article that was here before."
each_row = pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    whoami.save_identity("Lena Brandt")
    path = tmp_path / "p.annotator"
    Store.create(path, SCHEME)
    (tmp_path / "earlier.txt").write_text(EARLIER, encoding="utf-8")
    assert main(["import", str(path), str(tmp_path / "earlier.txt")]) == 0
    return path


def put(row: Row, folder: Path) -> Path:
    path = folder / row.file
    if callable(row.made):
        row.made(path)
    else:
        path.write_bytes(row.made)
    return path


def holds(project: Path, row: Row) -> None:
    """Look whether the project holds what the row says, and what was there before."""
    with closing(Store.open(project, write=False)) as store:
        assert list(check(store)) == []
        articles = list(store.articles(list(store.article_ids())).values())
        texts = [store.text(article.sha256) for article in articles]
        assert EARLIER in texts
        assert len(texts) == 1 + row.articles
        assert sum(len(store.spans(article.id, VisibleLayers.ALL)) for article in articles) == row.spans
        assert row.text is None or row.text in texts


@each_row
def test_by_the_command_line(row: Row, project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put(row, tmp_path)
    capfd.readouterr()
    began = time.process_time()
    assert main(["import", str(project), str(path)]) == row.status
    assert time.process_time() - began < 2
    said = capfd.readouterr()
    assert row.said in said.out + said.err
    assert all(char.isprintable() or char == "\n" for char in said.out + said.err)
    assert row.status == 0 or "refused: " in said.err
    holds(project, row)


@pytest.fixture
def window(project: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    who = whoami.identity()
    assert who is not None
    window = MainWindow(Session(who), Look(qapp))
    window.files.open_path(project)
    yield window
    window.close()
    delete(window)  # at once: each would be dressed anew by the next window's stylesheet


@each_row
def test_by_the_window(row: Row, window: MainWindow, project: Path, tmp_path: Path, qtbot: QtBot) -> None:
    told: list[str] = []
    window.files.imports.told.connect(lambda words, *_: told.append(words))
    window.files.imports.run([put(row, tmp_path)], USUAL)
    qtbot.waitUntil(lambda: not window.files.running)
    assert len(told) == 1
    if row.status:
        assert "Refused: " in told[0]
        # The window names the file and the line before the reason in its own way.
        assert row.said.rpartition("refused: ")[2] in told[0]
    window.close()
    holds(project, row)


def spent_by_children() -> float:
    """Return the processor time in seconds of all programs started so far: others take their share of the clock's."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="measures with getrusage")
@pytest.mark.parametrize(
    ("megabytes", "status", "said"),
    [(100, 1, "The text is longer than 20 MB."), (140, 1, "is longer than 128 MB.")],
)
def test_huge_lines_take_bounded_time_and_memory(
    project: Path, tmp_path: Path, megabytes: int, status: int, said: str
) -> None:
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(megabytes):
            file.write(b"x" * 1024 * 1024)
        file.write(b'"}\n' + b'{"text": "after it"}\n')
    code = "import sys; from annotator.cli.main import main; sys.exit(main(sys.argv[1:]))"
    began = spent_by_children()
    done = subprocess.run(
        [sys.executable, "-c", code, "import", str(project), str(path)], capture_output=True, text=True, check=False
    )
    taken, peak = spent_by_children() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert "huge.jsonl:2: added" in done.stdout
    assert taken < 2 + 0.1 * megabytes
    assert peak < 1_500


def test_a_title_that_looks_like_html_stays_text(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    title = '<img src="/etc/passwd"> <b>bold</b>'
    (tmp_path / "a.jsonl").write_bytes(line("x", title=title))
    window.files.imports.run([tmp_path / "a.jsonl"], USUAL)
    qtbot.waitUntil(lambda: not window.files.running)
    window.navigation.step(1)
    assert window.session.article is not None
    assert window.session.article.title == title
    assert all("<img" not in widget.toolTip() for widget in window.findChildren(QWidget))
    assert "<img" not in window.articles.model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert plain_tip(title).startswith("<p")
    for label in window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or "<" not in label.text()
