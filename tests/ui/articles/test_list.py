"""How rows of the list of articles look: amid their height, in one colour to the panel's edge."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from annotator.editing.articles import describe
from annotator.ui.window import MainWindow
from tests.builders import bring


def painted(window: MainWindow, row: int) -> tuple[QImage, int, int]:
    """Return a picture of the list, with top and bottom of a row in it, in logical pixels."""
    listed = window.articles.list
    place = listed.visualRect(listed.model().index(row, 0))
    return listed.grab().toImage(), place.top(), place.bottom()


def inked(picture: QImage, top: int, bottom: int, ground: QColor) -> tuple[int, int]:
    """Return how many rows of pixels are empty above and below what is written beside the state."""
    ratio = picture.devicePixelRatio()
    lines = [
        y
        for y in range(top, bottom + 1)
        if any(
            picture.pixelColor(round(x * ratio), round(y * ratio)).lightness() < ground.lightness() - 60
            for x in range(36, 240)
        )
    ]
    return lines[0] - top, bottom - lines[-1]


def test_a_row_without_outlet_stands_amid_its_height(window: MainWindow, qtbot: QtBot) -> None:
    ground = QColor(window.look.theme.panel)
    picture, top, bottom = painted(window, 1)
    above, below = inked(picture, top, bottom, ground)
    assert abs(above - below) <= 6
    bare = above
    article = window.session.store.article(window.articles.model.article(1).id)  # type: ignore[union-attr]
    assert article is not None
    window.session.do(describe(article, article.title, {"outlet": "Sound Courier"}))
    picture, top, bottom = painted(window, 1)
    above, below = inked(picture, top, bottom, ground)
    assert abs(above - below) <= 6
    assert above < bare


def test_the_chosen_row_is_one_colour_to_the_edge_also_beside_a_scroll_bar(
    window: MainWindow, qtbot: QtBot, project: Path
) -> None:
    assert window.session.workspace is not None
    listed = window.articles.list
    assert listed.viewport().width() == listed.width()
    for n in range(30):
        bring(window.session.workspace, f"Article {n}.\n", f"Article {n}")
    qtbot.waitUntil(lambda: listed.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: listed.viewport().width() == listed.width())
    picture, _top, bottom = painted(window, 0)
    ratio = picture.devicePixelRatio()
    edge = picture.pixelColor(round((listed.width() - 1) * ratio), round((bottom - 2) * ratio))
    assert edge == QColor(window.look.theme.tint)
