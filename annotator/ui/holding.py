"""The held label: picked once, and every drag of the mouse is a span."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.domain import clock, edges, ids, words
from annotator.domain.change import Step
from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.editing import spans as editing
from annotator.editing.titles import LABELLED
from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.tagging import Tagging
from annotator.ui.text import accessibility
from annotator.ui.text.view import ArticleView


class Holding(QObject):
    """Holds a label of the scheme or none; `changed()` when that changes. It stays held from article to article."""

    changed = Signal()

    def __init__(self, session: Session, view: ArticleView, tagging: Tagging, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view, self._tagging, self._look = session, view, tagging, look
        self._id = ""
        self._word = self._together = ""
        """The span that a double click made, of which a third makes the sentence; what makes both one undo."""
        self._dragged = ""
        """The span that the mouse made or came to last, by its id."""
        view.swept.connect(self._sweep)
        view.let_go.connect(self.escape)
        session.project_opened.connect(self.let_go)
        session.changed.connect(self._follow)
        look.changed.connect(self._point)

    @property
    def label(self) -> Label | None:
        """The label that is held."""
        return self._session.scheme.label(self._id) if self._id else None

    def hold(self, label: Label) -> None:
        """Hold a label, in the place of another; where nothing may be changed the user is told why."""
        if self._session.article is None or not self._tagging.may_write() or label.id == self._id:
            return
        self._id = label.id
        self._tell()
        accessibility.announce(self._view, _("{label} is held").format(label=label.name))

    def let_go(self) -> None:
        """Hold none."""
        if (label := self.label) is not None:
            accessibility.announce(self._view, _("{label} is let go").format(label=label.name))
        if self._id:
            self._id = ""
            self._tell()

    def escape(self) -> None:
        """Hold none, and leave the span that the last drag made: the next click on a label is to hold that one."""
        self.let_go()
        if self._dragged and (focused := self._view.focused) is not None and focused.id == self._dragged:
            self._view.leave_span()
        self._dragged = ""

    def toggle(self, label: Label) -> None:
        """Hold a label, or let it go where it is held."""
        if label.id == self._id:
            self.let_go()
        else:
            self.hold(label)

    def toggle_present(self) -> None:
        """Let the held label go, or hold that of the focused span, else the one that was used last."""
        focused = self._view.focused
        label = self._session.scheme.label(focused.label) if focused is not None else None
        label = label or self._tagging.last
        if self._id:
            self.let_go()
        elif label is not None:
            self.hold(label)
        elif self._tagging.may_write():
            self._session.told.emit(_("Put the caret in a span, or click a label to hold it."), False)

    def _tell(self) -> None:
        self._word = ""
        self._point()
        self.changed.emit()

    def _point(self) -> None:
        if (label := self.label) is None:
            self._view.hold_pen(None)
            return
        from annotator.ui.text.pointer import pointer

        self._view.hold_pen(pointer(label, self._look.theme, self._view.devicePixelRatioF()))

    def _follow(self) -> None:
        # A scheme that changed may have lost the label.
        if self._id and self.label is None:
            self.let_go()

    # What the mouse selects

    def _sweep(self, clicks: int) -> None:
        label, chosen = self.label, self._view.selection
        word, self._word = self._view.span(self._word), ""
        text = self._session.text
        if chosen is not None and self._view.drags_words:
            # A hand that tags at once cannot hit the gap between two letters, within one word either.
            chosen = edges.whole_words(text, *chosen)
        place = words.trimmed(text, *chosen) if chosen is not None else None
        if label is None or place is None:
            self._view.set_caret(self._view.caret)
        elif clicks == 3 and word is not None:
            self._grow(word, place, label)
        else:
            self._together = f"clicks {ids.uuid7()}" if clicks == 2 else ""
            made = self._tagging.make(label, (place,), self._together, reveal=False)
            self._word = made if clicks == 2 else ""
            self._keep_dragged()

    def _grow(self, word: Span, sentence: tuple[int, int], label: Label) -> None:
        """Make a sentence of the word that its second click has labelled; both clicks are undone together."""
        twin = self._tagging.twin(label, (sentence,))
        if word.fragments == (sentence,):
            step: Step | None = None
        elif twin is not None:
            step = editing.delete(word)
        else:
            step = editing.move(word, (sentence,), clock.now())
        if step is not None:
            self._session.do(step._replace(title=LABELLED.format(title=label.name), repeat=self._together))
        self._view.focus_span(twin.id if twin is not None else word.id, reveal=False)
        self._keep_dragged()

    def _keep_dragged(self) -> None:
        focused = self._view.focused
        self._dragged = focused.id if focused is not None else ""
