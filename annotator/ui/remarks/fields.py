"""Where a remark is typed: kept after a pause and on leaving, as notes are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent

from annotator.domain import ids
from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.spans.note import NoteField


class OwnField(NoteField):
    """What I said, to be changed where it stands.

    `say(id, words)` keeps it and tells its id, "" where it is gone; something new gets its id here, so that whoever
    hears of it knows where it is being typed.
    """

    most = 12

    def __init__(self, look: Look, say: Callable[[str, str], str]) -> None:
        super().__init__(look)
        self.id = ""
        self._say = say
        self.setAccessibleName(_("Remark"))
        self.setPlaceholderText("")
        self.written.connect(self._write)

    def _write(self, words: str) -> None:
        self.id = self.id or ids.uuid7()
        self.id = self._say(self.id, words)

    def show_remark(self, id: str, words: str) -> None:
        """Show a remark of mine; what is being typed stays."""
        self.id = id
        self.show_note(words, "")


class NewField(OwnField):
    """Where something new is said: empty again once it is left. `ended()` then."""

    ended = Signal()

    def __init__(self, look: Look, say: Callable[[str, str], str], words: str) -> None:
        super().__init__(look, say)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)

    def end(self) -> None:
        """Keep what was typed and begin anew."""
        self.keep()
        said, self.id = self.id, ""
        self.show_note("", "")
        if said:
            self.ended.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.end()
