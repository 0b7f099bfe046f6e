"""What a click with the right button offers in the text: for the selection, or for the span under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

OFFERED = (
    ("label.pick", "label.repeat", "label.everywhere"),
    ("span.fragment", "span.fragment.away", "span.fit", "span.outward", "span.delete"),
    ("edit.copy", "edit.undo", "edit.redo"),
)
"""Actions by id, in groups; those that make no sense now are left out."""


def menu_at(window: MainWindow, point: QPoint) -> QMenu:
    """Return the menu for a point of the text's viewport; the span that is hit there is focused first."""
    view = window.view
    position = view.position_at(point)
    chosen = view.selection
    if chosen is None or not chosen[0] <= position <= chosen[1]:
        view.set_caret(position)
    menu = QMenu(view)
    for group in OFFERED:
        actions = [window.actions_[id] for id in group if window.actions_[id].isEnabled()]
        if actions and menu.actions():
            menu.addSeparator()
        menu.addActions(actions)
    return menu
