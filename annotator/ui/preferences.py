"""The settings as the window follows them: a choice is kept and shown at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator import settings
from annotator.domain.errors import UserError
from annotator.settings import Settings, Value


class Preferences(QObject):
    """`changed(id)` after a choice; `keys_changed()` after other keys; `told(words)` where they could not be kept."""

    changed = Signal(str)
    keys_changed = Signal()
    told = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings, self.fault = settings.load()

    def choose(self, id: str, value: Value) -> None:
        """Choose a value, keep it and tell."""
        if self.settings[id] != value:
            self.settings.choose(id, value)
            self._keep()
            self.changed.emit(id)

    def toggle(self, id: str) -> None:
        """Choose the other one of two choices."""
        first, second = (value for value, _ in settings.BY_NAME[id].choices)
        self.choose(id, second if self.settings[id] == first else first)

    def bind(self, action: str, keys: tuple[str, ...]) -> None:
        """Give an action other keys. Raises UserError where one is taken."""
        self.settings.bind(action, keys)
        self._keep()
        self.keys_changed.emit()

    def reset(self) -> None:
        """Choose the usual values and keys everywhere."""
        chosen = [id for id, value in self.settings.values.items() if value != settings.BY_NAME[id].default]
        self.settings = Settings()
        self._keep()
        for id in chosen:
            self.changed.emit(id)
        self.keys_changed.emit()

    def _keep(self) -> None:
        try:
            settings.save(self.settings)
        except UserError as error:
            # They hold for as long as the window stands.
            self.told.emit(str(error))
