"""Whose the spans of files are that name nobody: nobody's, somebody's, or a person's for each folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from annotator import whoami
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.ids import uuid7
from annotator.domain.text import printable
from annotator.editing.workspace import Workspace
from annotator.i18n import _
from annotator.ui.fields import DropDown
from annotator.ui.look import Look

_NAMED = 3
"""Folders that are named in one line."""
_FOLDERS = 20
"""Folders whose names are offered as people's."""
_NOBODY, _EACH, _OTHER = "nobody", "each", "other"
_UNTIL = 400
"""Milliseconds after the last letter of a name until the files are looked at again."""


class Whose(QObject):
    """A field, and below it one for a name that is not offered. `changed()` when another choice is made.

    `wanted` is False where the files hold nothing but texts.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, paths: list[Path], look: Look) -> None:
        super().__init__()
        self.wanted = any(path.suffix.lower() != ".txt" for path in paths)
        self._me = workspace.me
        self._people = [it for it in workspace.store.annotators().values() if it.id != self._me.id]
        self._new: dict[str, Annotator] = {}
        # Only brat's people have folders of their own; our lines say who somebody is.
        folders = dict.fromkeys(path.parent for path in paths if path.suffix.lower() == ".ann")
        self._folders = {folder: name for folder in folders if (name := _usable(folder.resolve().name))}
        self.field = DropDown(look)
        self.field.setAccessibleName(_("Whose spans they are, where a file does not say"))
        self._choices: list[str | Annotator] = []
        self._offer()
        self.field.activated.connect(self._take)
        self.name = QLineEdit(placeholderText=_("Their name"))
        self.name.setAccessibleName(_("Their name"))
        self.name.setVisible(False)
        self._later = QTimer(self, singleShot=True, interval=_UNTIL)
        self._later.timeout.connect(self.changed)
        self.name.textEdited.connect(self._later.start)

    def _offer(self) -> None:
        names = list(dict.fromkeys(self._folders.values()))

        def add(words: str, choice: str | Annotator) -> None:
            self.field.addItem(words)
            self._choices.append(choice)

        add(_("Nobody’s: a layer called after the file or folder"), _NOBODY)
        if len(names) > 1:
            some = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
            add(_("A person for each folder: {names}").format(names=printable(some)), _EACH)
        add(_("{name} (you)").format(name=printable(self._me.name)), self._me)
        known = Counter(it.name for it in self._people)
        for person in self._people:
            # Two people of one name are two.
            words = person.name if known[person.name] == 1 else f"{person.name} ({person.id[:8]})"
            add(printable(words), person)
        for name in names[:_FOLDERS]:
            if name not in known and name != self._me.name:
                add(_("{name}, new in this project").format(name=printable(name)), self._named(name))
        add(_("Somebody else …"), _OTHER)

    def _take(self) -> None:
        other = self._choice == _OTHER
        self.name.setVisible(other)
        if other:
            self.name.setFocus()
        self.changed.emit()

    @property
    def fault(self) -> str:
        """Why the choice cannot be taken as it is, "" where it can."""
        names = {_EACH: list(self._folders.values()), _OTHER: [self.name.text().strip()]}.get(str(self._choice), [])
        if names == [""]:
            return _("Say whose spans they are.")
        try:
            for name in names:
                whoami.checked_name(name)
                if len(self._called(name)) > 1:
                    return _("Several people are called {name}: choose one of the list.").format(name=printable(name))
        except UserError as error:
            return str(error)
        return ""

    def stop(self) -> None:
        """Tell nothing any more."""
        self._later.stop()

    def chosen(self) -> tuple[Annotator | None, dict[Path, Annotator]]:
        """Return whose they are, None for nobody; and whose those in a folder are."""
        choice = self._choice
        if self.fault:
            return None, {}
        if choice == _EACH:
            return None, {folder: self._named(name) for folder, name in self._folders.items()}
        if choice == _OTHER:
            return self._named(self.name.text().strip()), {}
        return (choice if isinstance(choice, Annotator) else None), {}

    @property
    def _choice(self) -> str | Annotator:
        return self._choices[self.field.currentIndex()]

    def _called(self, name: str) -> list[Annotator]:
        return [it for it in (self._me, *self._people) if it.name == name]

    def _named(self, name: str) -> Annotator:
        """Return the person of the name, or a new one: the same however often it is asked for."""
        if found := self._called(name):
            return found[0]
        if name not in self._new:
            self._new[name] = Annotator(uuid7(), name)
        return self._new[name]


def _usable(name: str) -> str:
    try:
        return whoami.checked_name(name)
    except UserError:
        return ""
