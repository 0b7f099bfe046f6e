"""What the right button offers for a label in the panel: what pin and eye do, where there is no room for them too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from annotator.i18n import _, later
from annotator.ui.icons import icon
from annotator.ui.labels.row import LabelRow
from annotator.ui.labels.visibility import DIMMED, HIDDEN, SHOWN, Visibility

_LONGEST = 32
"""Characters of a label's name in a menu."""
_STATES = {SHOWN: later("Shown in the text"), DIMMED: later("Dimmed"), HIDDEN: later("Hidden")}


class Acts(NamedTuple):
    """What the menu does besides: `hold` a label or let it go, show its page, open its form (None: not now)."""

    hold: Callable[[], object]
    guide: Callable[[], object]
    change: Callable[[], object] | None


def menu(row: LabelRow, visibility: Visibility, show_all: QAction, acts: Acts, colour: str) -> QMenu:
    """Return the menu of a row.

    Ticks are drawn in `colour` (#RRGGBB).
    """
    label = row.label.id
    offered = QMenu(row)
    words = _("Let {label} go") if row.held else _("Hold {label}")
    offered.addAction(words.format(label=_named(row.label.name)), acts.hold)
    offered.addAction(_("Guideline"), acts.guide)
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
    offered.addSeparator()
    offered.addAction(_("Change this label…"), acts.change or (lambda: None)).setEnabled(acts.change is not None)
    return offered


def _named(name: str) -> str:
    """Return the name of a label as a menu shows it: not too wide, and no sign of it taken for a key."""
    half = _LONGEST // 2
    short = name if len(name) <= _LONGEST else f"{name[:half]}…{name[-half:]}"
    return short.replace("&", "&&")


def place_of(offered: QMenu, row: LabelRow, where: QPoint) -> QPoint:
    """Return where on the screen the menu opens: below the row it is of, or above it, so that its name is seen."""
    high = offered.sizeHint().height()
    top = row.mapToGlobal(QPoint(0, 0)).y()
    below = top + row.height()
    fits = below + high <= row.screen().availableGeometry().bottom()
    return QPoint(where.x(), below if fits else top - high)
