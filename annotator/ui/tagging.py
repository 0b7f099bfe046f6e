"""What the hand does to spans: from a key or a click to a step, by the focus rule of the design."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from annotator.domain import clock, ids, words
from annotator.domain.article import own_layer
from annotator.domain.change import Step
from annotator.domain.errors import UserError
from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.editing import spans as editing
from annotator.i18n import _, later
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView

NOTHING_CHOSEN = later("Select words first, or put the caret in a span.")


class Tagging(QObject):
    """Labels, moves, joins and deletes spans. A selection wins over the focused span."""

    def __init__(self, session: Session, view: ArticleView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view

    def key(self, text: str, another: bool) -> bool:
        """Act on a label's key, False where it is none; with `another` (Shift) a focused span gets a second one."""
        label = next((label for label in self._session.scheme.labels if label.key and label.key == text.upper()), None)
        if label is not None:
            self.label(label, another)
        return label is not None

    def label(self, label: Label, another: bool = False) -> None:
        """Label the selection, else relabel the focused span."""
        session, view = self._session, self._view
        if session.article is None or not self._may_write():
            return
        if (selection := view.selection) is not None:
            self._make(label, (selection,))
        elif (span := view.focused) is None:
            session.told.emit(_(NOTHING_CHOSEN), False)
        elif another:
            self._make(label, span.fragments)
        elif span.label != label.id and self._mine(span):
            session.do(editing.relabel(span, label.id, label.name, clock.now()))

    def _make(self, label: Label, fragments: tuple[tuple[int, int], ...]) -> None:
        session = self._session
        if session.article is None:
            return
        layer = session.layer or own_layer(session.article.id, session.me.id)
        twins = (span for span in session.spans if span.start == fragments[0][0] and span.fragments == fragments)
        if twin := next((span for span in twins if span.label == label.id and span.layer == layer.id), None):
            self._view.focus_span(twin.id)
            return
        id = ids.uuid7()
        step = editing.label(
            session.article, session.layer, session.me, label.id, label.name, fragments,
            id=id, now=clock.now(), scheme_version=session.scheme.version,
        )  # fmt: skip
        if session.do(step):
            self._view.focus_span(id)

    def add_fragment(self) -> None:
        """Add the selection to the focused span."""
        selection, span = self._view.selection, self._view.focused
        if self._session.article is None or not self._may_write():
            return
        if selection is None or span is None:
            self._session.told.emit(_("Select the words to add while the span is focused."), False)
        elif self._mine(span) and self._do(lambda: editing.add_fragment(span, selection, clock.now())):
            # The words were selected just now, so they are before the eyes: nothing may move.
            self._view.focus_span(span.id, reveal=False)

    def move(self, edge: str, direction: int, unit: str) -> None:
        """Move the focused span's "start" or "end" one "word" or "character" to the left (-1) or right (1)."""
        span = self._view.focused
        if span is None or not self._mine(span):
            return
        fragments = words.moved(self._session.text, span.fragments, edge, direction, unit)
        if fragments == span.fragments:
            return
        repeat = f"{span.id} {edge} {unit}"
        if self._do(lambda: editing.move(span, fragments, clock.now(), repeat)):
            self._view.reveal(*(fragments[-1] if edge == "end" else fragments[0]))

    def moves(self) -> dict[str, Callable[[], None]]:
        """Return what moves a boundary, by the action's id."""
        found: dict[str, Callable[[], None]] = {}
        for edge in ("start", "end"):
            for word, direction in (("left", -1), ("right", 1)):
                for unit, ending in (("word", ""), ("character", ".character")):
                    found[f"span.{edge}.{word}{ending}"] = partial(self.move, edge, direction, unit)
        return found

    def delete(self) -> None:
        """Delete the focused span."""
        span = self._view.focused
        if span is not None and self._mine(span) and self._do(lambda: editing.delete(span)):
            name = label.name if (label := self._session.scheme.label(span.label)) else span.label
            self._view.set_caret(span.start)
            self._session.told.emit(_("{name} deleted").format(name=name), True)

    def _do(self, make: Callable[[], Step]) -> bool:
        try:
            return self._session.do(make())
        except UserError as error:
            self._session.told.emit(str(error), False)
            return False

    def _mine(self, span: Span) -> bool:
        if not self._may_write():
            return False
        if not self._session.mine(span):
            self._session.told.emit(_("This span is a colleague’s: it can be read, not changed."), False)
            return False
        return True

    def _may_write(self) -> bool:
        if self._session.waiting:
            self._session.told.emit(_("First save the step that waits, or give it up."), False)
        elif self._session.altered:
            self._session.told.emit(_("This article can be read, not changed: its text was altered."), False)
        elif not self._session.editable:
            self._session.told.emit(_("This project is open for reading only."), False)
        return self._session.editable
