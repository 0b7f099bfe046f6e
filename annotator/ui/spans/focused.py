"""What the focused span is: its label, words, place among the others, state; what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.domain import grouping
from annotator.domain.attributes import Attribute, Choice
from annotator.domain.scheme import Label
from annotator.domain.span import STATES, Span, quoted
from annotator.i18n import _, n_
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.remarks.place import RemarkPlace
from annotator.ui.session import Session
from annotator.ui.spans.attributes import AttributeRows, Shown, digit_of
from annotator.ui.spans.history import SpanHistory
from annotator.ui.spans.note import NoteField
from annotator.ui.spans.ties import TieRows
from annotator.ui.spans.tiestate import TieState
from annotator.ui.states import MARK_NAMES
from annotator.ui.taborder import InOrder
from annotator.ui.theme import UNKNOWN_LABEL, span_colours
from annotator.ui.widgets import Elided, Lines, caption, key_names, rule, step_button

if TYPE_CHECKING:
    from annotator.ui.hand import Hand


class Scrolled(QScrollArea):
    """Has the focused span scroll where it is higher than its room."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setObjectName("labelsArea")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def come_to(self, inside: QWidget) -> None:
        """Scroll to something in it, once it has its place: a list may just have opened."""
        QTimer.singleShot(0, inside, lambda: self.ensureWidgetVisible(inside, 0, 8))


class FocusedSpan(InOrder):
    """Shows one span of the open article."""

    def __init__(self, session: Session, look: Look, actions: dict[str, QAction], hand: Hand) -> None:
        super().__init__()
        self._session = session
        self._hand, self._actions = hand, actions
        self._saying = saying = hand.saying
        self._look = look
        self._span: Span | None = None
        self._tag, self._place = Elided(middle=True), caption("", "second")
        self._tag.setFixedHeight(look.px(20))
        self.history = SpanHistory(session, look)
        self._words = Lines(look.serif(14), look.px(22), 3)
        self._notes = caption("", "third")
        self._notes.setWordWrap(True)
        self.attributes = AttributeRows(look)
        self.attributes.pressed.connect(saying.press)
        self.attributes.written.connect(saying.write)
        self.attributes.opened.connect(saying.open)
        self.attributes.left.connect(saying.leave)
        self.attributes.followed.connect(self._show_entry)
        self.attributes.cleared.connect(lambda attribute: hand.registry.linker.unlink(attribute))
        self.ties = TieRows(look)
        self.ties.chosen.connect(self._go_to)
        self.ties.far_chosen.connect(hand.go_far_to)
        self.ties.untied.connect(hand.tying.untie)
        self.ties.ticked.connect(hand.tying.tick_no_source)
        self.tie_state = TieState(look)
        self.tie_state.marked.connect(saying.mark_tie)
        self.tie_state.written.connect(saying.annotate_tie)
        self.tie_state.left.connect(saying.leave)
        self.state = AttributeRows(look)
        self.state.pressed.connect(lambda _id, number: saying.mark(STATES[number]))
        choices = tuple(Choice(id, _(name)) for id, name in MARK_NAMES.items())
        self._states = Attribute("state", _("State of this span"), (), choices=choices)
        self.note = NoteField(look)
        self.note.left.connect(saying.leave)
        self.note.written.connect(self._write)
        self.remarks = RemarkPlace(hand, look, saying.leave)
        for signal in (session.closing, session.leaving):
            signal.connect(self.note.keep)
            signal.connect(self.tie_state.note.keep)
            signal.connect(self.remarks.keep)
        self._previous = step_button(actions["span.previous"])
        self._next = step_button(actions["span.next"])
        self._right = QPushButton(_("Still right"))
        self._right.setProperty("role", "small")
        self._right.setAutoDefault(True)
        self._right.setToolTip(" ".join(key_names(actions["span.right"].shortcut().toString())))
        self._right.clicked.connect(actions["span.right"].trigger)
        self._delete = QPushButton(_("Delete"))
        self._delete.setProperty("role", "delete")
        self._delete.setAutoDefault(True)
        self._delete.setToolTip(" ".join(key_names(actions["span.delete"].shortcut().toString())))
        self._delete.clicked.connect(actions["span.delete"].trigger)
        self._lay_out()
        look.changed.connect(self._tint)
        self._tint()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._tag)
        top.addStretch(1)
        top.addWidget(self._previous)
        top.addWidget(self._place)
        top.addWidget(self._next)
        full = QVBoxLayout(self)
        full.setContentsMargins(16, 12, 16, 16)
        full.setSpacing(8)
        full.addLayout(top)
        full.addWidget(self._words)
        full.addWidget(self._notes)
        full.addWidget(self._right, 0, Qt.AlignmentFlag.AlignLeft)
        full.addWidget(self.attributes)
        full.addWidget(rule())
        full.addWidget(self.ties)
        full.addWidget(self.tie_state)
        full.addWidget(self.state)
        full.addWidget(self.note)
        full.addWidget(self.remarks)
        full.addSpacing(4)
        full.addWidget(self._delete, 0, Qt.AlignmentFlag.AlignLeft)
        full.addSpacing(4)
        full.addWidget(self.history)
        full.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What no field here takes: a digit does what it does in the text, Esc goes back there.
        if event.key() == Qt.Key.Key_Escape:
            self._saying.leave()
        elif not self._saying.digit(digit_of(event)):
            super().keyPressEvent(event)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self.history.set_narrow(narrow)
        self.attributes.set_narrow(narrow)
        self.state.set_narrow(narrow)
        self.tie_state.state.set_narrow(narrow)

    def take_keyboard(self, attribute: str) -> None:
        """Give the keyboard to an attribute (its id)."""
        if (row := self.attributes.row(attribute)) is not None:
            row.take_keyboard()

    def take_note(self) -> None:
        """Give the keyboard to the note."""
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.moveCursor(QTextCursor.MoveOperation.End)

    def _go_to(self, other: str) -> None:
        if self._span is not None and self._hand.tying.is_entry(self._span, other):
            self._hand.registry.show(other)
        else:
            self._hand.focus(other)

    def _show_entry(self, attribute: str) -> None:
        if self._span is not None:
            self._hand.registry.show(str(self._span.attributes.get(attribute)))

    def _write(self, words: str) -> None:
        if self._span is not None:
            self._saying.annotate(self._span.id, words)

    def show_span(self, span: Span) -> None:
        """Show a span of the open article."""
        if self._span is None or span.id != self._span.id:
            self.note.keep()  # what was typed belongs to the span before
        self._span = span
        label = self._session.scheme.label(span.label)
        name = label.name if label else span.label
        self._paint_tag(label)
        self._tag.set_text(name)
        self._place.setText(
            _("{index:,} of {count:,}").format(
                index=self._session.spans.index(span.id) + 1, count=len(self._session.spans)
            )
        )
        text, whole = self._session.text, quoted(self._session.text, span.fragments)
        if len(span.fragments) == 1:
            self._words.set_text(whole)
        else:
            pieces = [quoted(text, (fragment,)) for fragment in span.fragments[:8]]
            self._words.set_pieces((pieces[0], *(f"… {piece}" for piece in pieces[1:])), whole)
        self.history.show_span(span)
        self.attributes.show_attributes(self._saying.shown(span))
        self.ties.show_ties(*self._hand.tying.tied(span))
        self._show_tie(span)
        self._show_state(span)
        self.remarks.show_about(span.article, span.id, self._key("span.remark"))
        self._notes.setText(self._remarks(span))
        self._notes.setVisible(bool(self._notes.text()))
        self._delete.setVisible(self._session.mine(span))
        self._right.setVisible(self._session.mine(span) and self._hand.marking.is_older(span))

    def _show_tie(self, span: Span) -> None:
        group = self._saying.tie_of(span)
        kind = grouping.kind(self._session.scheme, group.kind) if group is not None else None
        name = kind.name if kind is not None else group.kind if group is not None else ""
        self.tie_state.show_group(group, name, self._session.mine(span))

    def _show_state(self, span: Span) -> None:
        mine = self._session.mine(span)
        keys = {state: self._key(f"span.{state}") for state in STATES[1:]} if mine else {}
        self.state.show_attributes([Shown(self._states, span.state, keys=keys, enabled=mine)])
        self.note.show_note(span.note, self._key("span.note"))
        self.note.setReadOnly(not mine)
        self.note.setVisible(mine or bool(span.note))

    def _key(self, id: str) -> str:
        """Return the key of an action as it is shown, "" where it has none of one character."""
        shown = self._actions[id].shortcut().toString() if id else ""
        return shown if len(shown) == 1 else ""

    def _remarks(self, span: Span) -> str:
        pieces = len(span.fragments)
        parts = [
            n_("{count} fragment", "{count} fragments", pieces).format(count=pieces) if pieces > 1 else "",
        ]
        if self._session.scheme.label(span.label) is None:
            parts.append(_("This label is not in the scheme"))
        if self._hand.marking.is_older(span):
            parts.append(_("Tagged when its label meant something else"))
        layer = self._session.layers.get(span.layer)
        if layer is not None and layer.kind == "imported":
            parts.append(_("From the file {name}").format(name=layer.name))
        elif not self._session.mine(span) and self._session.editable:
            parts.append(_("A colleague’s span: it can be read, not changed"))
        return "\n".join(part for part in parts if part)

    def _paint_tag(self, label: Label | None) -> None:
        label = label or UNKNOWN_LABEL
        colours = span_colours(self._look.theme, label.light, label.dark)
        style = (
            f"background: {colours.bar.name()}; color: {colours.tag_text.name()}; border-radius: 4px;"
            "padding: 0 8px; font-weight: 600;"
        )
        if style != self._tag.styleSheet():
            self._tag.setStyleSheet(style)

    def _tint(self) -> None:
        for button, name in ((self._previous, "chevron-left"), (self._next, "chevron-right")):
            button.setIcon(icon(name, self._look.theme.text2))
        if self._span is not None:
            self._paint_tag(self._session.scheme.label(self._span.label))
