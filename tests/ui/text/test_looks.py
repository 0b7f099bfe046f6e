"""How labels look in each theme."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from annotator.ui.text.looks import Looks
from annotator.ui.theme import THEMES


def test_bars_are_thicker_where_there_is_no_fill(qapp: QApplication) -> None:
    bars = {name: Looks(theme, {}, QFont()).bar for name, theme in THEMES.items()}
    assert bars == {"light": 3.0, "dark": 3.0, "contrast": 4.0}
