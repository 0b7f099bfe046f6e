"""What room each part of the window has, and where the keyboard goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

BOTH_PANELS, WIDE, HIGH = 1200, 1000, 640
"""Pixels: with less width the articles are a rail; with less width or height labels and header take less room."""
_SHORTCUT = Qt.FocusReason.ShortcutFocusReason


class Arrangement:
    """Follows the size of the window, what was chosen in the settings, and "only the text"."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        window.preferences.changed.connect(self._follow)

    @property
    def small(self) -> bool:
        """Whether there is too little room for both panels."""
        return self._window.width() < BOTH_PANELS

    @property
    def only_text(self) -> bool:
        """Whether the panels are away."""
        return self._window.actions_["view.focus"].isChecked()

    def _follow(self, setting: str) -> None:
        if setting in ("articles", "side", "margin"):
            self.arrange()

    def arrange(self) -> None:
        """Give every part the room it has now."""
        window, only = self._window, self.only_text
        chosen = window.preferences.settings
        window.articles.setVisible(not only)
        window.articles.place.setVisible(not only)
        window.side.setVisible(not only and chosen["side"] == "shown")
        window.menuBar().setVisible(not only)
        window.only_text.switch(only)
        low = window.height() < HIGH
        window.articles.set_rail(self.small or chosen["articles"] == "rail")
        window.side.set_room(low or window.width() < WIDE, window.height())
        window.page.set_compact(low or self.small)
        window.page.show_margin(not only and chosen["margin"] == "shown")
        if only:
            self.to_text()

    def _leave_only_text(self) -> None:
        if self.only_text:
            self._window.actions_["view.focus"].trigger()

    # Where the keyboard goes

    def to_text(self) -> None:
        """Give the keyboard to the text."""
        self._window.articles.close_rail()
        self._window.page.focus_first()

    def to_search(self) -> None:
        """Give it to the field that searches the articles."""
        self._leave_only_text()
        self._window.articles.search()

    def to_articles(self) -> None:
        """Give it to the list of articles; a rail opens."""
        self._leave_only_text()
        self._window.articles.open_rail()
        self._window.articles.list.setFocus(_SHORTCUT)

    def fold_articles(self) -> None:
        """Make a rail of the list, or a list of the rail; where there is room for a rail only, open or close it."""
        if self.only_text or (self.small and not self._window.articles.opened):
            self.to_articles()
        elif self.small:
            self.to_text()
        else:
            self._window.preferences.toggle("articles")

    def fold_side(self) -> None:
        """Hide labels and spans, or show them."""
        if self.only_text:
            self.show_side()
        else:
            self._window.preferences.toggle("side")

    def to_labels(self) -> None:
        """Give the keyboard to the labels."""
        self.show_side()
        self._window.side.show_tab(0)
        self._window.side.labels.focus_first()

    def to_spans(self) -> None:
        """Give it to the table of spans; from there go back to the text."""
        side = self._window.side
        if side.isVisible() and side.tab == 1 and side.table.view.hasFocus():
            side.show_tab(0)
            self.to_text()
            return
        self.show_side()
        side.show_tab(1)
        side.show_span(self._window.view.focused)
        side.table.view.setFocus(_SHORTCUT)

    def to_checks(self) -> None:
        """Give it to the list of what is to be looked at; from there go back to the text."""
        side = self._window.side
        if side.isVisible() and side.tab == 2 and side.checks.view.hasFocus():
            side.show_tab(0)
            self.to_text()
            return
        self.show_side()
        side.show_tab(2)
        side.checks.take_keyboard()

    def show_side(self) -> None:
        """Show the right panel where it is hidden."""
        self._leave_only_text()
        self._window.preferences.choose("side", "shown")
