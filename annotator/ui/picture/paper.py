"""Pages: the article on paper, with its headline on the first page and a number on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPageSize, QPainter

from annotator.formats.depicted import Depicted, Parts, plain
from annotator.ui.picture.blocks import Style, blocks
from annotator.ui.picture.flow import Sheet, sheets

_SIDE, _TOP, _BOTTOM, _FOOT = 64.0, 60.0, 84.0, 48.0
"""Margins, and how high the line with the number stands, in pixels of 1/96 inch."""


class Paper(NamedTuple):
    """Size of a page in pixels of 1/96 inch."""

    width: float
    height: float


class Step(NamedTuple):
    """A page that was drawn; `done` is how far into the article's text (code points) it goes."""

    page: int
    done: int


def usual_paper() -> QPageSize.PageSizeId:
    """Return the paper that printers have where this computer says it stands."""
    american = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return QPageSize.PageSizeId.Letter if american else QPageSize.PageSizeId.A4


def draw(
    painter: QPainter, next_page: Callable[[], object], paper: Paper, depicted: Depicted, parts: Parts, style: Style,
    wanted: Callable[[int], bool] = lambda _number: True,
) -> Iterator[Step]:  # fmt: skip
    """Draw page after page, a step each; the painter draws pixels of 1/96 inch from the paper's corner.

    The text is as large as in the window, or smaller where its column is wider than the paper. Only `wanted` pages
    (counted from 1) are drawn.
    """
    column = style.type.width
    scale = min(1.0, (paper.width - 2 * _SIDE) / column)
    painter.scale(scale, scale)
    left = (paper.width / scale - column) / 2
    room = (paper.height - _TOP - _BOTTOM) / scale
    drawn = 0
    for number, sheet in enumerate(sheets(blocks(depicted, parts, style), room), start=1):
        if wanted(number):
            if drawn:
                next_page()
            drawn += 1
            for slice in sheet:
                slice.draw(painter, left, _TOP / scale)
            foot = QRectF(left, (paper.height - _FOOT) / scale - 20, column, 20)
            _number(painter, foot, number, depicted, parts, style)
        yield Step(number, _done(sheet))


def _done(sheet: Sheet) -> int:
    return sheet[-1].block.done if sheet else 0


def _number(painter: QPainter, foot: QRectF, number: int, depicted: Depicted, parts: Parts, style: Style) -> None:
    font = style.sans(11)
    painter.setFont(font)
    painter.setPen(QColor(style.theme.text3))
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{number:,}")
    if number > 1 and parts.heading:
        title = QFontMetricsF(font).elidedText(plain(depicted.title), Qt.TextElideMode.ElideRight, foot.width() - 60)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
