"""Tab and the arrows go through a panel as the eye does: rows that come and go would else be in the order they came."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget


class InOrder(QWidget):
    """From its last part, or back from its first, the way goes on in the window."""

    def focusNextPrevChild(self, next: bool) -> bool:
        here = self.window().focusWidget()
        parts = [part for part in self.findChildren(QWidget) if self._takes_tab(part)]
        parts.sort(key=self._middle_of)
        number = parts.index(here) + (1 if next else -1) if here in parts else -1
        if here not in parts or not 0 <= number < len(parts):
            return self._leave(next)
        parts[number].setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(parts[number], 0, 8)
        return True

    def _leave(self, next: bool) -> bool:
        """Go on to the nearest part of the window that is not in here: Qt's own order leads back into it."""
        # Not by walking Qt's chain from here: PySide takes what it hands out of it for a child of the part before, and
        # forgets it (the window, its menus) with that part.
        # A field's viewport hands what it is told on to the field, also its own policy when that is put back.
        parts = [part for part in self.findChildren(QWidget) if part.focusProxy() is None]
        policies = [(part, part.focusPolicy()) for part in parts]
        for part, _policy in policies:
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        try:
            return super().focusNextPrevChild(next)
        finally:
            for part, policy in policies:
                part.setFocusPolicy(policy)

    def _takes_tab(self, part: QWidget) -> bool:
        takes = bool(part.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        return takes and part.isVisible() and part.isEnabled()

    def _middle_of(self, part: QWidget) -> tuple[int, int]:
        # Of parts side by side the tops differ by the pixels that center them.
        corner = part.mapTo(self, QPoint(0, part.height() // 2))
        return corner.y(), corner.x()
