"""The settings as the window follows them: a choice is kept and shown at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator import settings
from annotator.actions import BY_ID
from annotator.domain.errors import UserError
from annotator.domain.scheme import Label
from annotator.i18n import _, n_
from annotator.settings import Settings, Value, bare


class Preferences(QObject):
    """`changed(id)` after a choice; `keys_changed()` after other keys; `told(words)` where they could not be kept."""

    changed = Signal(str)
    keys_changed = Signal()
    told = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings, self.fault = settings.load()
        self._clashes_told: set[str] = set()

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
        """Give an action other keys. Raises UserError where one is taken, also by a label of a scheme of ours."""
        if wanted := {bare(key): key for key in keys if bare(key) and key not in BY_ID[action].keys}:
            for scheme, label in _shipped_labels():
                if label.key in wanted and label.key not in self.settings.labels:
                    words = _("{key} is the key of the label “{label}” in the scheme “{scheme}”.")
                    raise UserError(words.format(key=wanted[label.key], label=label.name, scheme=scheme))
        self.settings.bind(action, keys)
        self._keep()
        self.keys_changed.emit()

    def give_way(self, labels: tuple[Label, ...]) -> None:
        """Leave their keys to the labels of the project that was opened."""
        self.settings.labels = {label.key: label.name for label in labels if label.key}
        if self.settings.keys:
            self.keys_changed.emit()

    def clashes(self) -> str:
        """Say which keys an action and a label both claim, "" where there is none that was not told before."""
        fresh = [words for words in self.settings.clashes() if words not in self._clashes_told]
        self._clashes_told.update(fresh)
        rest = len(fresh) - 1
        more = n_("And {count:,} more.", "And {count:,} more.", rest).format(count=rest) if rest > 0 else ""
        return " ".join(filter(None, (*fresh[:1], more)))

    def reset(self) -> None:
        """Choose the usual values and keys everywhere."""
        chosen = [id for id, value in self.settings.values.items() if value != settings.BY_NAME[id].default]
        labels, self.settings = self.settings.labels, Settings()
        self.settings.labels = labels
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


def _shipped_labels() -> list[tuple[str, Label]]:
    """Return the labels of the schemes that come with the program, each with its scheme's name."""
    from annotator import assets
    from annotator.domain.scheme import parse

    schemes = [parse(assets.scheme_text(name), name) for name in assets.scheme_names()]
    return [(scheme.name, label) for scheme in schemes for label in scheme.labels]
