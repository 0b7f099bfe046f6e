"""What the focused span is: its label, words, place among the others, state; what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.domain.scheme import Label
from annotator.domain.span import Span, quoted
from annotator.i18n import _, later, n_
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.spans.history import SpanHistory
from annotator.ui.theme import UNKNOWN_LABEL, span_colours
from annotator.ui.widgets import Elided, Lines, caption, key_names, step_button

_STATES = {"discuss": later("To discuss"), "unsure": later("Unsure")}


class FocusedSpan(QWidget):
    """Shows one span of the open article."""

    def __init__(self, session: Session, look: Look, actions: dict[str, QAction]) -> None:
        super().__init__()
        self._session = session
        self._look = look
        self._span: Span | None = None
        self._tag, self._place = Elided(middle=True), caption("", "second")
        self._tag.setFixedHeight(look.px(20))
        self.history = SpanHistory(session, look)
        self._words = Lines(look.serif(14), look.px(22), 3)
        self._notes = caption("", "third")
        self._notes.setWordWrap(True)
        self._previous = step_button(actions["span.previous"])
        self._next = step_button(actions["span.next"])
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
        full.addSpacing(4)
        full.addWidget(self._delete, 0, Qt.AlignmentFlag.AlignLeft)
        full.addSpacing(4)
        full.addWidget(self.history)
        full.addStretch(1)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self.history.set_narrow(narrow)

    def show_span(self, span: Span) -> None:
        """Show a span of the open article."""
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
        self._notes.setText(self._remarks(span))
        self._notes.setVisible(bool(self._notes.text()))
        self._delete.setVisible(self._session.mine(span))

    def _remarks(self, span: Span) -> str:
        pieces = len(span.fragments)
        parts = [
            n_("{count} fragment", "{count} fragments", pieces).format(count=pieces) if pieces > 1 else "",
            _(_STATES[span.state]) if span.state in _STATES else "",
            span.note,
        ]
        if self._session.scheme.label(span.label) is None:
            parts.append(_("This label is not in the scheme"))
        layer = self._session.layers.get(span.layer)
        if layer is not None and layer.kind == "imported":
            parts.append(_("From the file {name}").format(name=layer.name))
        elif not self._session.mine(span) and self._session.editable:
            parts.append(_("A colleague’s span: it can be read, not changed"))
        return "\n".join(part for part in parts if part)

    def _paint_tag(self, label: Label | None) -> None:
        label = label or UNKNOWN_LABEL
        colours = span_colours(self._look.theme, label.light, label.dark)
        self._tag.setStyleSheet(
            f"background: {colours.bar.name()}; color: {colours.tag_text.name()}; border-radius: 4px;"
            "padding: 0 8px; font-weight: 600;"
        )

    def _tint(self) -> None:
        for button, name in ((self._previous, "chevron-left"), (self._next, "chevron-right")):
            button.setIcon(icon(name, self._look.theme.text2))
        if self._span is not None:
            self._paint_tag(self._session.scheme.label(self._span.label))
