"""A project that another program holds: the window says from the first picture on that it is open for reading only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.storage.store import Store
from annotator.ui.window import MainWindow

Make = Callable[[Path | None], MainWindow]


@pytest.fixture
def held(project: Path, make_window: Make) -> Iterator[MainWindow]:
    """A window on a project that somebody else has open for writing."""
    with closing(Store.open(project)):
        window = make_window(project)
        yield window
        window.close()


def test_the_first_notice_stands_at_the_foot_in_the_middle(held: MainWindow) -> None:
    notice, over = held.notice, held._stack
    assert notice.words.startswith("Open for reading only.")
    assert notice.geometry().bottom() == over.height() - 17
    assert abs(notice.geometry().center().x() - over.rect().center().x()) <= 1


def test_the_panel_says_so_too(held: MainWindow) -> None:
    assert held.side.span._nothing.text() == "The project is open for reading only."
    assert held.bottom._saved.text() == "Read only"
