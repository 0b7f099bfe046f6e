"""Above the figures: what counts as agreed, whose readings, which articles; copying and saving."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.i18n import _, n_
from annotator.ui.fields import DropDown
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.widgets import Elided, Segments, caption


class Head(QFrame):
    """Title and what it is about; `copy_wanted(markdown)` and `save_wanted()` from its buttons."""

    copy_wanted = Signal(bool)
    save_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("agreementHead")
        self._look = look
        title = caption(_("How well do you agree?"))
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        self.about = Elided("second")
        self.copy, self.save = QPushButton(_("Copy table")), QPushButton(_("Save report…"))
        self.save.setProperty("role", "main")
        menu = QMenu(self.copy)
        menu.addAction(_("For a spreadsheet"), lambda: self.copy_wanted.emit(False)).setShortcut("Ctrl+C")
        menu.addAction(_("As Markdown"), lambda: self.copy_wanted.emit(True)).setShortcut("Ctrl+Shift+C")
        self.copy.setMenu(menu)
        self.save.clicked.connect(self.save_wanted)
        for button in (self.copy, self.save):
            button.setAutoDefault(True)
            button.setIconSize(QSize(16, 16))
        words, row = QVBoxLayout(), QHBoxLayout(self)
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(self.about)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        look.changed.connect(self._tint)
        self._tint()

    def enable(self, on: bool) -> None:
        """Let it be copied and saved, or not: there are no figures."""
        self.copy.setEnabled(on)
        self.save.setEnabled(on)
        self._tint()

    def _tint(self) -> None:
        theme = self._look.theme
        on = self.save.isEnabled()
        self.copy.setIcon(icon("copy", theme.text if on else theme.disabled))
        self.save.setIcon(icon("download", theme.on_accent if on else theme.disabled))


class Controls(QWidget):
    """`exactly(whether)`, `readings_wanted()`, `articles_chosen(done only)`, `table_wanted(whether)`."""

    exactly = Signal(bool)
    readings_wanted = Signal()
    articles_chosen = Signal(bool)
    table_wanted = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.way = Segments([_("Same place exactly"), _("Any overlap")])
        self.way.setAccessibleName(_("Count as agreed"))
        self.readings = QPushButton()
        self.articles = DropDown(look)
        self.articles.setAccessibleName(_("Articles"))
        self.articles.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.table = QPushButton(_("As a table"))
        self.table.setCheckable(True)
        for widget, says, key in (
            (self.way, _("What counts as agreed"), "X"), (self.readings, _("Whose readings are compared"), "R"),
            (self.articles, _("Only articles that all have done, or all"), "A"),
            (self.table, _("The same figures, with a third decimal"), "T"),
        ):  # fmt: skip
            widget.setToolTip(f"{says} ({key})")
        self.way.chosen.connect(lambda number: self.exactly.emit(number == 0))
        self.readings.clicked.connect(self.readings_wanted)
        self.articles.activated.connect(lambda number: self.articles_chosen.emit(number == 0))
        self.table.toggled.connect(self._say_table)
        self.table.toggled.connect(self.table_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, field in (
            (_("Count as agreed"), self.way), (_("Readings"), self.readings), (_("Articles"), self.articles)
        ):  # fmt: skip
            words = caption(name, "second")
            words.setBuddy(field)
            row.addWidget(words)
            row.addWidget(field)
            row.addSpacing(12)
        row.addStretch(1)
        row.addWidget(self.table)
        self.readings.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_readings(self, chosen: int, there: int, *, may_choose: bool = True) -> None:
        """Say how many readings are compared, of how many; whose may be chosen while they have names."""
        words = _("all {count:,}…") if chosen == there else _("{chosen:,} of {count:,}…")
        self.readings.setText(words.format(chosen=chosen, count=there))
        self.readings.setAccessibleName(f"{_('Readings')}: {self.readings.text()}")
        self.readings.setEnabled(may_choose and there > 1)
        self.readings.setToolTip("" if may_choose else _("Names are hidden: the choice would show them"))

    def show_articles(self, done: int, there: int, done_only: bool) -> None:
        """Say how many articles there are to choose from, and which are chosen."""
        words = [
            n_("{count:,} done by all", "{count:,} done by all", done).format(count=done),
            _("all {count:,}").format(count=there),
        ]
        if words != [self.articles.itemText(number) for number in range(self.articles.count())]:
            self.articles.clear()
            self.articles.addItems(words)
        self.articles.setCurrentIndex(0 if done_only else 1)
        self.articles.setEnabled(there > 0)

    def _say_table(self, on: bool) -> None:
        self.table.setText(_("As charts") if on else _("As a table"))

    def stops(self) -> list[QWidget]:
        """Return what Tab goes through here."""
        return [*self.way.stops(), self.readings, self.articles, self.table]
