"""What a click with the right button offers in the text: for the selection, or for the span under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from annotator.i18n import _, later

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

OFFERED = (
    ("label.pick", "label.repeat", "label.everywhere"),
    ("span.fragment.away", "span.outward", "span.remark", "help.guideline", "span.delete"),
    ("edit.copy", "edit.undo", "edit.redo"),
)
"""Actions by id, in groups, where no words are selected; those that make no sense now are left out."""
WITH_WORDS = {
    "span.fragment": later("Add the selection to the focused span"),
    "span.fragment.away": later("Take the selection out of the focused span"),
    "span.fit": later("Fit the focused span to the selection"),
    "span.delete": later("Delete the focused span"),
}
"""What selected words and a focused span have to do with each other: each says which of the two it means."""
_GAP = 6
"""Pixels between the selected words and the menu."""


def menu_at(window: MainWindow, point: QPoint) -> QMenu:
    """Return the menu for a point of the text's viewport; the span that is hit there is focused first."""
    view = window.view
    position = view.position_at(point)
    chosen = view.selection
    if chosen is None or not chosen[0] <= position <= chosen[1]:
        view.set_caret(position)
    menu = QMenu(view)
    labels, spans, rest = OFFERED
    both = [_named(window, menu, id) for id in _for_both(window)]
    for group in (_enabled(window, labels), both or _enabled(window, spans), _enabled(window, rest)):
        if group and menu.actions():
            menu.addSeparator()
        menu.addActions(group)
    return menu


def _enabled(window: MainWindow, ids: tuple[str, ...]) -> list[QAction]:
    if window.view.selection is not None:
        ids = tuple(id for id in ids if not id.startswith(("span.", "help.")))
    elif window.view.focused is None:
        ids = tuple(id for id in ids if id != "help.guideline")  # of which label?
    return [window.actions_[id] for id in ids if window.actions_[id].isEnabled()]


def _for_both(window: MainWindow) -> list[str]:
    """Return what can be done now with the selected words and the focused span, by ids."""
    view = window.view
    selection, span = view.selection, view.focused
    if selection is None or span is None or not window.session.mine(span):
        return []
    piece = window.tagging.piece()
    wanted = {
        "span.fragment": piece in ("add", "made last"),
        "span.fragment.away": piece == "take away",
        "span.fit": True,
        "span.delete": span.start <= selection[0] and selection[1] <= span.end,
    }
    return [id for id, useful in wanted.items() if useful and window.actions_[id].isEnabled()]


def _named(window: MainWindow, menu: QMenu, id: str) -> QAction:
    """Return the action under the name that it has where words are selected."""
    usual = window.actions_[id]
    keys = usual.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action = QAction(f"{_(WITH_WORDS[id])}\t{keys}", menu)
    action.triggered.connect(usual.trigger)
    return action


def place_for(window: MainWindow, menu: QMenu, point: QPoint) -> QPoint:
    """Return where on the screen the menu opens: at the pointer, below the line or, with no room there, above it.

    Of selected words all lines count that lie between: what is talked of stays readable.
    """
    view, port = window.view, window.view.viewport()
    first, last = view.selection or (view.position_at(point),) * 2
    top, bottom = view.caret_rect(first).top(), view.caret_rect(last).bottom()
    if not 0 <= top <= bottom <= port.height():
        top = bottom = point.y()  # what is not seen as a whole cannot be left free
    below = port.mapToGlobal(QPoint(point.x(), max(bottom, point.y()) + _GAP))
    height = menu.sizeHint().height()
    screen = window.screen().availableGeometry()
    if below.y() + height <= screen.bottom():
        return below
    above = port.mapToGlobal(QPoint(point.x(), min(top, point.y()) - _GAP - height))
    return above if above.y() >= screen.top() else below
