"""The manual's pictures show what the program looks like; one that does not is found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).parents[2]


def test_the_pictures_are_not_stale(qapp: QApplication) -> None:
    if QFontInfo(qapp.font()).family() != "DejaVu Sans":
        pytest.skip("the pictures are taken with DejaVu Sans, which is not this system's font")
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "make_pictures.py"), "--check"],
        env=dict(os.environ), capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_picture_that_shows_something_else_is_found(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    import _pictures

    kept = QImage(str(_pictures.PAGES / "window.png"))
    assert _pictures.difference(kept, kept) == 0
    other = kept.convertToFormat(QImage.Format.Format_RGB32)
    with QPainter(other) as painter:
        painter.fillRect(300, 300, 100, 32, QColor("#0B6B60"))  # a button that was not there
    assert _pictures.difference(kept, other) > _pictures.LIMIT
    assert _pictures.difference(kept, kept.scaled(100, 100)) == 255
    assert _pictures.difference(QImage(), kept) == 255
