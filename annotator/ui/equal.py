"""Labelling all equal words of the article: they are shown first, left out one by one, and made as one step."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.domain import clock, finding, ids, words
from annotator.domain.change import Changed
from annotator.domain.errors import UserError
from annotator.domain.finding import MOST
from annotator.domain.intervals import untouched
from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.editing import spans as editing
from annotator.i18n import _, n_
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.tagging import Tagging
from annotator.ui.text.held import LEFT_OUT, SUGGESTED
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import Elided, caption, key_names

Place = tuple[int, int]
_LONGEST = 60
"""Signs of words and names that are told in a sentence."""


class EqualBar(QFrame):
    """Hidden until it is wanted (`moved()` when it comes or goes). It has the keyboard itself: Enter makes the spans,
    Space leaves the present place out or takes it in again, Esc leaves everything as it was."""

    moved = Signal()
    leaves = Signal()
    """Before the view goes away from the caret, along the places."""

    def __init__(
        self, session: Session, view: ArticleView, tagging: Tagging, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("equal")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._session, self._view, self._tagging, self._look = session, view, tagging, look
        self._label: Label | None = None
        self._origin: Place = (0, 0)
        self._itself = False
        """Whether the words themselves are to be labelled too."""
        self.places: list[Place] = []
        self._out: set[Place] = set()
        self._present = 0
        self._making = False
        self._about, self.rest, self.count = Elided("strong"), Elided("second"), caption("", "second")
        self.any_case = self._tool(_("Upper and lower case are alike"))
        self.any_case.setText(_("Any case"))
        self.any_case.setProperty("role", "tick")
        self.any_case.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.any_case.setCheckable(True)
        self.any_case.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._previous, self._next = self._tool(_("Previous"), "K"), self._tool(_("Next"), "J")
        self._close = self._tool(_("Leave everything as it is"), "Esc")
        self.leave_out = QPushButton()
        self.leave_out.setProperty("role", "small")
        self.leave_out.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.make = QPushButton()
        self.make.setProperty("role", "main")
        self.make.setAutoDefault(True)
        self.make.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.any_case.toggled.connect(self._switch_case)
        self._previous.clicked.connect(lambda: self.step(-1))
        self._next.clicked.connect(lambda: self.step(1))
        self.leave_out.clicked.connect(self.toggle)
        self.make.clicked.connect(self.take)
        self._close.clicked.connect(self.close_bar)
        view.suggestion_chosen.connect(self._go_to)
        session.article_shown.connect(self._drop)
        session.changed.connect(self._follow)
        look.changed.connect(self._tint)
        self._tint()
        self.hide()

    def _tool(self, words: str, keys: str = "") -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(f"{words}  {' '.join(key_names(keys))}".strip())
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _lay_out(self) -> None:
        column, top, below = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        top.setSpacing(8)
        top.addWidget(self._about, 1)
        top.addWidget(self.rest)
        top.addWidget(self.any_case)
        top.addWidget(self._close)
        below.setSpacing(4)
        below.addWidget(self.count)
        below.addWidget(self._previous)
        below.addWidget(self._next)
        below.addSpacing(4)
        below.addWidget(self.leave_out)
        below.addStretch(1)
        below.addWidget(self.make)
        column.addLayout(top)
        column.addLayout(below)

    def _tint(self) -> None:
        colour = self._look.theme.text2
        for button, name in ((self._previous, "chevron-left"), (self._next, "chevron-right"), (self._close, "close")):
            button.setIcon(icon(name, colour))
        self.any_case.setIcon(icon("check", self._look.theme.accent) if self.any_case.isChecked() else QIcon())

    # Coming and going

    def open_bar(self, label: Label, place: Place, itself: bool) -> None:
        """Show where else the words of a place (code points) stand; with `itself` they are to be labelled too.

        Where there is nothing to label the user is told so, and the bar does not come.
        """
        trimmed = words.trimmed(self._view.text, *place)
        if trimmed is None or not self._tagging.may_write():
            return
        self._label, self._origin, self._itself = label, trimmed, itself
        self._out, self._present = set(), 0
        self.any_case.blockSignals(True)
        self.any_case.setChecked(False)
        self.any_case.blockSignals(False)
        self._tint()
        taken = self._find()
        if not self.places and not self._any_in_another_case():
            said = (
                n_(
                    "The only other place has this label already.",
                    "All {count:,} other places have this label already.",
                    taken,
                )
                if taken
                else _("“{words}” stands nowhere else in this article.")
            )
            self._session.told.emit(said.format(count=taken, words=self._words()), False)
            self._forget()
            return
        # At the words themselves, or where they have the label at the next place.
        self._present = bisect_left(self.places, trimmed) % max(1, len(self.places))
        self.leaves.emit()
        self.show()
        self._view.installEventFilter(self)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show(taken)
        self._reveal()
        self.moved.emit()

    def close_bar(self) -> None:
        """Show nothing any more, and go back to the text."""
        if not self.isHidden():
            self._drop()
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _drop(self) -> None:
        if self.isHidden():
            return
        had = self.hasFocus() or self.isAncestorOf(self.focusWidget() or self)
        self._view.removeEventFilter(self)
        self.hide()
        self._forget()
        self._view.suggest(())
        if had:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()

    def _forget(self) -> None:
        self._label, self.places, self._out = None, [], set()

    # What there is

    def _find(self) -> int:
        """Look for the places; return how many have the label already."""
        found = self._found(self.any_case.isChecked())
        self.places = self._without_label(found)
        self._out &= set(self.places)
        return len(found) - len(self.places)

    def _any_in_another_case(self) -> bool:
        return bool(self._without_label(self._found(any_case=True)))

    def _found(self, any_case: bool) -> list[Place]:
        found = finding.equal(self._view.text, self._origin, any_case)
        if self._itself:
            found.insert(bisect_left(found, self._origin), self._origin)
        return found

    def _without_label(self, places: list[Place]) -> list[Place]:
        label = self._label.id if self._label is not None else ""
        return untouched(places, [it for it in self._session.spans if it.label == label and self._session.mine(it)])

    def _switch_case(self) -> None:
        self._tint()
        self._look_through()

    def _look_through(self) -> None:
        here = self.places[self._present] if self.places else self._origin
        taken = self._find()
        self._present = bisect_left(self.places, here) % max(1, len(self.places))
        self._show(taken)

    def _follow(self, changed: Changed) -> None:
        if not self.isHidden() and not self._making and "span" in changed.kinds():
            self._look_through()

    def _show(self, taken: int | None = None) -> None:
        if self._label is None:
            return
        name, many, inside = self._short(self._label.name), len(self.places), len(self.places) - len(self._out)
        about = _("Label “{words}” as {name}").format(words=self._words(), name=name)
        self._about.set_text(about)
        self.setAccessibleName(f"{about}: {self._present + 1} / {many}")
        self.count.setText(_("{number:,} of {many}").format(number=self._present + 1 if many else 0, many=f"{many:,}"))
        if taken is not None:
            self.rest.set_text(self._said_of(taken, many))
        out = bool(self.places) and self.places[self._present] in self._out
        self.leave_out.setText(_("Take in") if out else _("Leave out"))
        self.leave_out.setToolTip(_("Space"))
        self.leave_out.setEnabled(bool(many))
        for button in (self._previous, self._next):
            button.setEnabled(many > 1)
        self.make.setText(_("Label {count:,}").format(count=inside))
        self.make.setAccessibleName(n_("Label {count:,} place", "Label {count:,} places", inside).format(count=inside))
        self.make.setEnabled(inside > 0)
        self._view.suggest(map(self._suggestion, self.places), _id(self.places[self._present]) if many else "")

    def _said_of(self, taken: int, many: int) -> str:
        said: list[str] = []
        if taken:
            said.append(
                n_("{count:,} has the label already", "{count:,} have the label already", taken).format(count=taken)
            )
        if many >= MOST:
            said.append(_("the first {count:,} places").format(count=many))
        if not many:
            said.append(_("nowhere else in this case"))
        return " · ".join(said)

    def _suggestion(self, place: Place) -> Span:
        assert self._label is not None
        state = LEFT_OUT if place in self._out else SUGGESTED
        return Span(_id(place), "", "", "", self._label.id, (place,), state=state)

    def _words(self) -> str:
        return self._short(self._view.text[slice(*self._origin)])

    def _short(self, text: str) -> str:
        flat = " ".join(text.split())
        return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"

    # What the hand does

    def step(self, by: int) -> None:
        """Go to the next place (1) or the one before (-1), round the ends of the text."""
        if self.places:
            self._present = (self._present + by) % len(self.places)
            self._show()
            self._reveal()

    def _reveal(self) -> None:
        if self.places:
            self._view.come_to(*self.places[self._present])

    def _go_to(self, id: str) -> None:
        found = [number for number, place in enumerate(self.places) if _id(place) == id]
        if found and not self.isHidden():
            self._present = found[0]
            self._show()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle(self) -> None:
        """Leave the present place out, or take it in again."""
        if self.places:
            self._out ^= {self.places[self._present]}
            self._show()

    def take(self) -> None:
        """Label what is not left out, as one step."""
        session, label = self._session, self._label
        wanted = [place for place in self.places if place not in self._out]
        if label is None or session.article is None or not wanted or not self._tagging.may_write():
            return
        try:
            step = editing.label_all(
                session.article, session.layer, session.me, label.id, label.name, wanted,
                new_id=ids.uuid7, now=clock.now(), scheme_version=session.scheme.version,
                attributes=self._tagging.begun(label, (wanted[0],)), round=session.round,
            )  # fmt: skip
        except UserError as error:
            session.told.emit(str(error), False)
            return
        self._making = True
        done = session.do(step)
        self._making = False
        if done or session.waiting:
            self.close_bar()
        if done:
            said = n_("{count:,} span labelled {name}", "{count:,} spans labelled {name}", len(wanted))
            session.told.emit(said.format(count=len(wanted), name=self._short(label.name)), True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._press(event):
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        acts = {
            Qt.Key.Key_Return: self.take,
            Qt.Key.Key_Enter: self.take,
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Escape: self.close_bar,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is not None:
            act()
        return act is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Whoever clicked into the text to read on has the same keys there.
        return isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._press(event)


def _id(place: Place) -> str:
    return f"~{place[0]}–{place[1]}"
