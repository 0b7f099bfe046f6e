"""Where remarks stand in the right panel; what shows them is made when there are some."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.look import Look

if TYPE_CHECKING:
    from annotator.ui.hand import Hand
    from annotator.ui.remarks.panel import RemarkPanel


class RemarkPlace(QWidget):
    """Empty for those who work alone."""

    def __init__(self, hand: Hand, look: Look, leave: Callable[[], object]) -> None:
        super().__init__()
        self._hand, self._look, self._leave = hand, look, leave
        self._about, self._key = ("", ""), ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @cached_property
    def panel(self) -> RemarkPanel:
        """What shows the threads."""
        from annotator.ui.remarks.panel import RemarkPanel

        panel = RemarkPanel(self._hand.remarks, self._look)
        panel.left.connect(self._leave)
        layout = self.layout()
        assert layout is not None  # it was made with it
        layout.addWidget(panel)
        self.show()
        return panel

    def show_about(self, article: str, span: str, key: str) -> None:
        """Show what was said of a span, or with "" of an article (ids), and the key for more."""
        self._about, self._key = (article, span), key
        if not self._hand.knows_remarks:
            return
        desk = self._hand.remarks
        threads = desk.of_span(span) if span else desk.of_article()
        if threads or "panel" in self.__dict__:
            self.panel.show_about(article, span, threads, key)

    def begin(self) -> QWidget:
        """Give the keyboard to a new remark on what is shown."""
        panel = self.panel
        self.show_about(*self._about, self._key)
        return panel.begin()

    def keep(self) -> None:
        """Keep what is typed here."""
        if "panel" in self.__dict__:
            self.panel.keep()
