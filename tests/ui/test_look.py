"""The look brings its own font for reading."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from annotator import assets
from annotator.ui.look import Look


def test_the_font_for_reading_comes_with_the_program(qapp: QApplication) -> None:
    look = Look(qapp)
    for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold):
        found = QFontInfo(look.serif(17, weight))
        assert (found.family(), found.weight()) == ("Source Serif 4", weight)


def test_the_window_opens_without_it(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "fonts", lambda: (assets.catalogs() / "none.ttf",))
    assert QFontInfo(Look(qapp).serif(17)).family()
