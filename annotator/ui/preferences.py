"""The settings as the window follows them: a choice is kept and shown at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from annotator import settings
from annotator.actions import BY_ID
from annotator.domain.errors import UserError
from annotator.domain.scheme import Label
from annotator.i18n import _, n_
from annotator.settings import BY_NAME, Value, bare

Keys = Mapping[str, tuple[str, ...]]


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
        first, second = (value for value, _ in BY_NAME[id].choices)
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

    def reset(self, ids: Iterable[str]) -> dict[str, Value]:
        """Choose the usual values of these settings; return those that were others."""
        others = {id: self.settings[id] for id in ids if self.settings[id] != BY_NAME[id].default}
        self._take({id: BY_NAME[id].default for id in others})
        return others

    def reset_keys(self) -> Keys:
        """Give every action its usual keys; return what the others were, by action."""
        others = dict(self.settings.keys)
        self._take_keys({})
        return others

    def put_back(self, values: Mapping[str, Value], keys: Keys) -> None:
        """Choose again what was reset."""
        self._take(values)
        if keys:
            self._take_keys({**self.settings.keys, **keys})

    def _take(self, values: Mapping[str, Value]) -> None:
        for id, value in values.items():
            self.settings.choose(id, value)
        if values:
            self._keep()
        for id in values:
            self.changed.emit(id)

    def _take_keys(self, keys: Keys) -> None:
        if keys == self.settings.keys:
            return
        self.settings.keys = dict(keys)
        self._keep()
        self.keys_changed.emit()
        # With its usual keys an action may have one again that the open scheme gave to a label.
        if words := self.clashes():
            self.told.emit(words)

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
