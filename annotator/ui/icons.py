"""Icons: our own drawings, tinted with the colour of the text beside them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from annotator import assets


def icon(name: str, colour: str, size: int = 16) -> QIcon:
    """Return the icon in #RRGGBB; it has pictures for scale 1, and for 2 where a screen asks for it."""
    result = QIcon()
    fine = any(screen.devicePixelRatio() > 1 for screen in QGuiApplication.screens())
    for scale in (1, 2) if fine else (1,):
        result.addPixmap(_pixmap(name, colour, size, scale))
    return result


@lru_cache(maxsize=128)
def _pixmap(name: str, colour: str, size: int, scale: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(assets.icon(name, colour)))
    pixmap = QPixmap(QSize(size * scale, size * scale))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, size * scale, size * scale))
    pixmap.setDevicePixelRatio(scale)
    return pixmap
