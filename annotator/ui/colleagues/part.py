"""What every part of the page of colleagues is: a widget that shows the project anew when it is turned to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.ui.widgets import caption

if TYPE_CHECKING:
    from annotator.domain.change import Changed
    from annotator.ui.colleagues.page import ColleaguesPage
    from annotator.ui.window import MainWindow


class Part(QWidget):
    """One part; `id` is asked for by whoever opens the page there, `title` (made with later) stands at the left.

    It is made when it is first turned to. What it puts into `column` stands under one another.
    """

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init__(self, window: MainWindow, page: ColleaguesPage) -> None:
        super().__init__()
        self.window_, self.page = window, page
        self.session, self.look = window.session, window.look
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)

    @staticmethod
    def waiting(window: MainWindow) -> int:
        """Return how many things wait here for me, shown beside the title; 0 for none."""
        del window
        return 0

    def refresh(self) -> None:
        """Show what is there now: when the part is turned to, and after every change."""

    def follow(self, changed: Changed) -> None:
        """Keep up with a change; whoever lists much looks at what it touched only."""
        del changed
        self.refresh()

    def enter(self) -> None:
        """Take the keyboard where one works first."""
        self.setFocus()

    def leave(self) -> None:
        """Keep what was typed; before the page closes or another part is turned to."""

    def words(self, text: str = "", role: str = "second") -> QLabel:
        """Add words that wrap; hidden while there are none."""
        result = caption(text, role)
        result.setWordWrap(True)
        result.setVisible(bool(text))
        self.column.addWidget(result)
        return result
