"""What the right button offers for a label in the panel: what pin and eye do, where there is no room for them too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from annotator.i18n import _, later
from annotator.ui.icons import icon
from annotator.ui.labels.row import LabelRow
from annotator.ui.labels.visibility import DIMMED, HIDDEN, SHOWN, Visibility

_STATES = {SHOWN: later("Shown in the text"), DIMMED: later("Dimmed"), HIDDEN: later("Hidden")}


def menu(row: LabelRow, visibility: Visibility, show_all: QAction, hold: Callable[[], object], colour: str) -> QMenu:
    """Return the menu of a row; `hold` holds its label, or lets it go. Ticks are drawn in `colour` (#RRGGBB)."""
    label = row.label.id
    offered = QMenu(row)
    offered.addAction(_("Let the label go") if row.held else _("Hold the label"), hold)
    offered.addSeparator()
    for state, words in _STATES.items():
        action = offered.addAction(_(words), partial(visibility.set, label, state))
        if visibility.of(label) == state:
            action.setIcon(icon("check", colour))
            action.setCheckable(True)  # for who hears it
            action.setChecked(True)
    offered.addSeparator()
    offered.addAction(_("Only this label"), lambda: visibility.only(label))
    offered.addAction(show_all)
    return offered
