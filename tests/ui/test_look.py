"""The look brings its own font for reading."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from annotator import assets
from annotator.ui import look
from annotator.ui.look import Look
from annotator.ui.text.typography import typography
from annotator.ui.window import MainWindow


def test_the_font_for_reading_comes_with_the_program(qapp: QApplication) -> None:
    ours = Look(qapp)
    for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold):
        found = QFontInfo(ours.serif(17, weight))
        assert (found.family(), found.weight()) == ("Source Serif 4", weight)


def test_the_window_opens_without_it(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "fonts", lambda: (assets.catalogs() / "none.ttf",))
    assert QFontInfo(Look(qapp).serif(17)).family()


def test_the_fonts_are_added_once(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Look(qapp)
    monkeypatch.setattr(look, "QFontDatabase", None)  # a second time would ask it
    assert QFontInfo(Look(qapp).serif(17)).family() == QFontInfo(first.serif(17)).family()


def test_clear_letters_come_with_the_program(window: MainWindow) -> None:
    window.preferences.choose("font", "clear")
    assert QFontInfo(window.view._type.font).family() == "Atkinson Hyperlegible"
    window.preferences.choose("font", "serif")
    assert QFontInfo(window.view._type.font).family() == "Source Serif 4"


def test_letters_stand_apart_and_the_column_holds_as_many(window: MainWindow) -> None:
    window.resize(1900, 900)
    before = window.view._type
    window.preferences.choose("spacing", 10)
    after = window.view._type
    assert typography(*window.appearance.reading) == after, "a picture of the article is set alike"
    assert after.font.letterSpacing() == pytest.approx(before.font.pixelSize() / 10, abs=0.02)
    assert after.joined_font.letterSpacing() == 0
    assert after.joined_font.wordSpacing() == pytest.approx(3.5 * after.font.letterSpacing(), abs=0.1)
    words = "Ferry crews vote to stop on Monday, said the owner of the line, when asked"
    filled = [QFontMetricsF(it.font).horizontalAdvance(words) / it.width for it in (before, after)]
    assert after.width > before.width
    assert filled[1] == pytest.approx(filled[0], rel=0.05)
