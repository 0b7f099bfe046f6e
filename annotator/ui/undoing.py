"""Undo and redo from the window: at once, or in a thread where a long import is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from annotator.domain.change import Changed, Decision
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
            changed = at_once()
            if changed is not None:
                self._tell_unseen(id, told(changed.title), _decisions(changed))
            self._show_something()
            return
        counts: list[int] = []

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Any:
            # What is returned is the last chunk of many.
            deaf = workspace.listen(lambda changed: counts.append(_decisions(changed)))
            try:
                return workspace.carry_out(replay, progress, cancelled)
            finally:
                deaf()

        def done(changed: Changed | None) -> None:
            self._finished(changed)
            if changed is not None:
                self._tell_unseen(id, told(changed.title), sum(counts))

        self._files.start(what, work, done)

    def _tell_unseen(self, id: str, title: str, decided: int) -> None:
        """Tell what cannot be seen: in the text that decisions went or came, on the page over it that a span did."""
        if bool(decided) is self._covered():
            return
        if decided:
            taken = n_(
                "A decision of the review was taken back.",
                "{count:,} decisions of the review were taken back.", decided,
            )  # fmt: skip
            again = n_(
                "A decision of the review was made again.",
                "{count:,} decisions of the review were made again.", decided,
            )  # fmt: skip
        else:
            taken, again = _("Taken back: {step}"), _("Made again: {step}")
        said = taken if id == "edit.undo" else again
        self._session.told.emit(said.format(count=decided, step=title), False)

    def _finished(self, changed: Changed | None) -> None:
        self._session.arrived(changed)
        self._show_something()

    def _show_something(self) -> None:
        # The shown article may have gone with its import.
        if self._session.article is None:
            self._navigation.begin()


def _decisions(changed: Changed) -> int:
    """Return how many decisions on differences came, changed or went."""
    if "decision" not in changed.kinds():
        return 0
    from annotator.domain.sides import DIFFERENCE  # not before somebody decides

    both = ((change.before, change.after) for change in changed.changes if change.kind == "decision")
    return sum(any(isinstance(it, Decision) and it.data.get("about") == DIFFERENCE for it in two) for two in both)
