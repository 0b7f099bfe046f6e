"""The form of the scheme itself: what it is called."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.i18n import _
from annotator.ui.dialogs.parts import say
from annotator.ui.look import Look
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.fields import Line
from annotator.ui.scheme.labelform import field
from annotator.ui.widgets import caption


class SchemeForm(QWidget):
    """Its name; what it is called in files stays."""

    def __init__(self, draft: Draft, look: Look) -> None:
        super().__init__()
        self._draft = draft
        self.setObjectName("page")
        heading = caption(_("The scheme itself"))
        heading.setFont(look.serif(20))
        self.name = Line(_("Name of the scheme"))
        self.fault, self.id = caption("", "error"), caption("", "second")
        for words in (self.fault, self.id):
            words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addLayout(field(_("Name of the scheme"), self.name))
        column.addWidget(self.fault)
        column.addWidget(self.id)
        column.addStretch(1)
        self.name.typed.connect(draft.call)

    def focus_first(self) -> None:
        """Give the keyboard to the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_scheme(self) -> None:
        """Show the draft's."""
        self.name.show_words(self._draft.scheme.name)
        say(self.fault, self._draft.fault_at("scheme\nname"))
        self.id.setText(_("In files and exports it is called “{id}”.").format(id=self._draft.scheme.id))
