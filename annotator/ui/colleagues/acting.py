"""A table whose keys do something with the chosen row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.ui.dialogs.parts import ReadTable

Acts = Mapping[Qt.Key, Callable[[], object]]


def on_return(act: Callable[[], object]) -> Acts:
    """Return what both Return keys do."""
    return {Qt.Key.Key_Return: act, Qt.Key.Key_Enter: act}


class ActingTable(ReadTable):
    """`acts` says what bare keys do; all others move through the rows."""

    def __init__(self, heads: Sequence[str], name: str, row: int, acts: Acts) -> None:
        super().__init__(heads, name, row)
        self._acts = acts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._acts.get(Qt.Key(event.key()))
        if act is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            act()
        else:
            super().keyPressEvent(event)
