"""Undo and redo from the window: at once, or in a thread where a long import is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from annotator.domain.change import Changed, Decision
from annotator.domain.sides import DIFFERENCE
from annotator.editing.replay import Replay
from annotator.editing.titles import told
from annotator.editing.workspace import Workspace
from annotator.i18n import _, later, n_
from annotator.ui.files import Files
from annotator.ui.navigation import Navigation
from annotator.ui.session import Session
from annotator.ui.tasks import Progress

AT_ONCE = 100
"""Steps that are undone within the keystroke; more would be felt."""
AT_ONCE_WHOLE = 10
"""The same of a change of the scheme, whose steps are larger."""
NOTHING = {"edit.undo": later("There is nothing left to undo."), "edit.redo": later("There is nothing to redo.")}


class Undoing(QObject):
    """Takes steps back and does them again, one after the other."""

    def __init__(
        self, session: Session, files: Files, navigation: Navigation, covered: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._files = files
        self._navigation = navigation
        self._covered = covered

    def undo(self) -> None:
        """Take my last step, group or job back."""
        self._replay("edit.undo", _("Undoing"), Workspace.planned_undo, self._session.undo)

    def back_to(self, count: int) -> None:
        """Take back my last `count` steps, groups and jobs."""
        workspace = self._session.workspace
        if workspace is None or self._files.busy():
            return
        replays = list(islice(workspace.planned_undos(), count))

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Any:
            changed, taken = None, 0
            for replay in replays:
                if cancelled():
                    break
                changed = workspace.carry_out(replay)
                taken += 1
                progress(taken, len(replays))
            return changed, taken

        def done(result: tuple[Changed | None, int]) -> None:
            changed, taken = result
            self._finished(changed)
            words = n_(
                "{count:,} step was taken back. Redo does it again.",
                "{count:,} steps were taken back. Redo does them again, one by one.",
                taken,
            )
            self._session.told.emit(words.format(count=taken), False)

        self._files.start(_("Undoing"), work, done)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._replay("edit.redo", _("Redoing"), Workspace.planned_redo, self._session.redo)

    def missed(self, event: QKeyEvent, actions: Mapping[str, QAction]) -> bool:
        """Say that there is nothing to undo or redo where the key is for that; False where it is another key.

        The actions are disabled then, and a disabled one hears no key.
        """
        pressed = QKeySequence(event.keyCombination())
        for id, words in NOTHING.items():
            if pressed in actions[id].shortcuts() and not actions[id].isEnabled() and self._session.editable:
                self._session.told.emit(_(words), False)
                return True
        return False

    def _replay(
        self, id: str, what: str, plan: Callable[[Workspace], Replay], at_once: Callable[[], Changed | None]
    ) -> None:
        workspace = self._session.workspace
        # While an import goes on, the last step is one of its own: undo would run after it.
        if workspace is None or self._files.busy():
            return
        replay = plan(workspace)
        if not replay.steps:
            self._session.told.emit(_(NOTHING[id]), False)
            return
        if len(replay.steps) <= (AT_ONCE_WHOLE if replay.whole else AT_ONCE):
            self._tell_unseen(id, at_once())
            self._show_something()
            return

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Any:
            return workspace.carry_out(replay, progress, cancelled)

        self._files.start(what, work, self._finished)

    def _tell_unseen(self, id: str, changed: Changed | None) -> None:
        # In the text nothing moves when a reviewer's decision goes or comes, on the page over it when a span does.
        if changed is None:
            return
        values = (value for change in changed.changes for value in (change.before, change.value))
        decided = any(isinstance(value, Decision) and value.data.get("about") == DIFFERENCE for value in values)
        if decided is self._covered():
            return
        taken, again = _("A decision of the review was taken back."), _("A decision of the review was made again.")
        if not decided:
            taken, again = _("Taken back: {step}"), _("Made again: {step}")
        self._session.told.emit((taken if id == "edit.undo" else again).format(step=told(changed.title)), False)

    def _finished(self, changed: Changed | None) -> None:
        self._session.arrived(changed)
        self._show_something()

    def _show_something(self) -> None:
        # The shown article may have gone with its import.
        if self._session.article is None:
            self._navigation.begin()
