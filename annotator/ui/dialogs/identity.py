"""The first question: who are you? Asked once; the name goes with everything one does."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator import whoami
from annotator.domain.errors import UserError
from annotator.ui.look import Look
from annotator.ui.widgets import caption
from annotator.whoami import Identity


class IdentityDialog(QDialog):
    """Asks for a name until it is one, or the user quits."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Annotator")
        self.identity: Identity | None = None
        title = caption("Welcome. What is your name?")
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        why = caption(
            "It stands beside the spans you make, so that colleagues know whose they are. "
            "It stays on this computer until you give a file away.",
            "second",
        )
        why.setWordWrap(True)
        self._name = QLineEdit()
        self._name.setAccessibleName("Your name")
        self._name.setPlaceholderText("First name and last name")
        self._fault = caption("", "error")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._start, leave = QPushButton("Start"), QPushButton("Quit")
        self._start.setProperty("role", "main")
        self._start.setDefault(True)
        self._start.setEnabled(False)
        leave.setProperty("role", "quiet")
        leave.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self._start)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 24)
        column.setSpacing(12)
        for widget in (title, why, self._name, self._fault):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setFixedWidth(look.px(440))
        self._name.textChanged.connect(lambda text: self._start.setEnabled(bool(text.strip())))
        self._start.clicked.connect(self._keep)
        leave.clicked.connect(self.reject)

    def _keep(self) -> None:
        try:
            self.identity = whoami.save_identity(self._name.text())
        except UserError as error:
            self._fault.setText(str(error))
            self._fault.show()
            return
        self.accept()
