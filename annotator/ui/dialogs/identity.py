"""The first question: who are you? Asked once; the name goes with everything one does."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator import whoami
from annotator.domain.errors import UserError
from annotator.i18n import _
from annotator.ui.dialogs.parts import Sheet, button, say
from annotator.ui.look import Look
from annotator.whoami import Identity


class IdentityDialog(Sheet):
    """Asks for a name until it is one, or the user quits."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Annotator", look, parent, heading=_("Welcome. What is your name?"))
        self.identity: Identity | None = None
        self.words(
            _(
                "It stands beside the spans you make, so that colleagues know whose they are. It "
                "stays on this computer until you give a file away."
            )
        )
        self._name = QLineEdit()
        self._name.setAccessibleName(_("Your name"))
        self._name.setPlaceholderText(_("First name and last name"))
        self.column.addWidget(self._name)
        elsewhere = QHBoxLayout()
        elsewhere.addWidget(button(_("I work on another computer already…"), self._take))
        elsewhere.addStretch(1)
        self.column.addLayout(elsewhere)
        self._fault = self.words("", "error")
        self.column.addStretch(1)
        self._start = button(_("Start"), self._keep, "main")
        self._start.setEnabled(False)
        self.buttons(button(_("Quit"), self.reject, "quiet"), self._start)
        self.setFixedWidth(look.px(440))
        self._name.textChanged.connect(lambda text: self._start.setEnabled(bool(text.strip())))
        self._name.setFocus()

    def _keep(self) -> None:
        try:
            self.identity = whoami.save_identity(self._name.text())
        except UserError as error:
            say(self._fault, str(error))
            return
        self.accept()

    def _take(self) -> None:
        from annotator.ui.dialogs.along import take_from_file

        self.identity = take_from_file(self, lambda words: say(self._fault, words))
        if self.identity is not None:
            self.accept()
