"""Taking my identity along: into a file, and out of one on another computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator import whoami
from annotator.domain.errors import UserError
from annotator.i18n import _
from annotator.ui.dialogs.files import ask_open, ask_save
from annotator.ui.dialogs.parts import button
from annotator.ui.widgets import caption


def _kinds() -> str:
    from annotator.identityfile import ENDING

    return _("Identities (*{ending});;All files (*)").format(ending=ENDING)


def take_from_file(parent: QWidget, told: Callable[[str], object]) -> whoami.Identity | None:
    """Ask for the file of an identity and be that person here; None where that is not done. `told` hears the words."""
    from annotator import identityfile

    path = ask_open(parent, _("That is me"), Path.home(), _kinds())
    if path is None:
        return None
    try:
        taken = identityfile.take(path)
    except UserError as error:
        told(str(error))
        return None
    told(taken.words)
    return taken.identity


def save_to_file(parent: QWidget, told: Callable[[str], object]) -> None:
    """Ask where my identity shall be saved, and save it; `told` hears what came of it."""
    from annotator import identityfile

    try:
        who = whoami.identity()
        name = "".join(char for char in who.annotator.name if char not in '/\\:*?"<>|') if who is not None else ""
        suggestion = Path.home() / f"{name.strip(' .') or 'identity'}{identityfile.ENDING}"
        path = ask_save(parent, _("Take my identity along"), suggestion, _kinds())
        if path is None:
            return
        identityfile.save(path, replace=True)  # the dialog asked where it is there
    except UserError as error:
        told(str(error))
        return
    told(_("Saved in {file}.").format(file=path) + " " + _(identityfile.WARNING))


class KeyLine(QLabel):
    """My public key, to be read to a colleague who asks for it; looked up when it is seen first."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrap(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.text():
            self.look_up()

    def look_up(self) -> None:
        """Show the key that holds now, or why there is none."""
        from annotator import keys

        try:
            self.setText(keys.grouped(keys.public_hex()))
        except UserError as error:
            self.setText(str(error))


class Along(QWidget):
    """Two buttons, with a word on each. `taken(identity)` once I am who was saved on another computer."""

    taken = Signal(object)

    def __init__(self, told: Callable[[str], object]) -> None:
        super().__init__()
        self._told = told
        self.save = button(_("Take my identity along…"), lambda: save_to_file(self, told))
        self.take = button(_("That is me…"), self._take)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.save)
        row.addWidget(self.take)
        row.addStretch(1)
        about = caption(
            _("Saved to a file here and taken from it there, you are the same person on both computers."), "third"
        )
        about.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(about)

    def _take(self) -> None:
        who = take_from_file(self, self._told)
        if who is not None:
            self.taken.emit(who)
