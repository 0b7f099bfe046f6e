"""Which spans of the article the table shows: of one label, and only marked ones."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator.domain.marked import OLDER, OWN, REMARK, whats
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.i18n import _
from annotator.ui.articles.filter import MarkChip
from annotator.ui.fields import DropDown
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.states import marked_name

SELDOM = (REMARK, OLDER)
"""What is only offered where there is some."""


class _Toggle(MarkChip):
    """A chip without a number."""

    def __init__(self, what: str, look: Look) -> None:
        super().__init__(what, look)
        self.setAccessibleName(_("Show only: {what}").format(what=marked_name(what)))
        self.setToolTip(marked_name(what))

    def sizeHint(self) -> QSize:
        return QSize(36, super().sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        """Paint the chip."""
        theme = self._look.theme
        self.paint_ground(painter)
        colour = theme.text if self.isChecked() else theme.text2
        icon(self.what, colour).paint(painter, (self.width() - 16) // 2, (self.height() - 16) // 2, 16, 16)


class SpanFilter(QWidget):
    """A choice of labels and chips of marks; `changed()` when other spans are wanted."""

    changed = Signal()

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session = session
        self.labels = DropDown(look)
        self.labels.setAccessibleName(_("Show only spans of a label"))
        self.labels.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.chips = {what: _Toggle(what, look) for what in (*OWN, *SELDOM)}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 8)
        row.setSpacing(6)
        row.addWidget(self.labels, 1)
        for chip in self.chips.values():
            row.addWidget(chip)
            chip.clicked.connect(lambda _checked=False, chip=chip: self._choose(chip))
        for what in SELDOM:
            self.offer(what, False)
        self.labels.activated.connect(self.changed)
        session.project_opened.connect(self.reset)
        session.scheme_changed.connect(self._fill)
        session.article_shown.connect(self._fill)
        self._fill()

    def offer(self, what: str, some: bool) -> None:
        """Offer what is seldom so (one of SELDOM), where there are some in the project."""
        chip = self.chips[what]
        chip.setVisible(some or chip.isChecked())

    def _choose(self, chosen: MarkChip) -> None:
        for chip in self.chips.values():
            if chip is not chosen:
                chip.setChecked(False)
        self.changed.emit()

    def _fill(self) -> None:
        """Offer the labels of the scheme, and those of the article that it does not know."""
        chosen, scheme = self.label, self._session.scheme
        names = {label.id: label.name for label in scheme.labels}
        names |= {id: id for id, count in sorted(self._session.spans.counts.items()) if count and id not in names}
        if chosen:
            names.setdefault(chosen, chosen)
        self.labels.clear()
        self.labels.addItem(_("All labels"), "")
        for id, name in names.items():
            self.labels.addItem(name, id)
        self.labels.setCurrentIndex(max(0, self.labels.findData(chosen)))

    def reset(self) -> None:
        """Want all spans, without telling."""
        self.labels.setCurrentIndex(0)
        for chip in self.chips.values():
            chip.setChecked(False)
        self._fill()

    @property
    def label(self) -> str:
        """The label (its id) whose spans are wanted, "" for all."""
        return str(self.labels.currentData() or "")

    @property
    def marked(self) -> str:
        """What the wanted spans are marked with, one of WHATS, "" for anything."""
        return next((chip.what for chip in self.chips.values() if chip.isChecked()), "")

    @property
    def active(self) -> bool:
        """Whether not all spans are wanted."""
        return bool(self.label or self.marked)


def is_marked(session: Session, span: Span, what: str) -> bool:
    """Whether a span, or an attribution or relation that it is in, is to be discussed, unsure, or has a note."""
    links = session.links
    these: list[Span | Group | Relation] = [span]
    if span.id in links:
        these += [*links.groups_of(span.id), *links.relations_of(span.id)]
    return any(what in whats(one.state, bool(one.note)) for one in these)
