"""Who is likely to have said a quote: proposed when it is made, taken by one key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from annotator.domain import attributes, clock, grouping, ids
from annotator.domain.attributions import Proposal, proposals
from annotator.domain.change import Changed
from annotator.domain.errors import UserError
from annotator.domain.free import Free
from annotator.domain.grouping import Kind
from annotator.domain.span import Fragments, Span
from annotator.editing import ties as editing
from annotator.i18n import _
from annotator.ui.session import Session
from annotator.ui.tagging import Tagging
from annotator.ui.text import accessibility
from annotator.ui.text.held import SUGGESTED
from annotator.ui.text.view import ArticleView
from annotator.ui.tying import Tying

_SOURCE, _CUE = "source", "cue"


class Proposing(QObject):
    """Shows one proposal at a time for the focused quote, gone as soon as the hand does something else.

    `changed()` when it comes, changes or goes.
    """

    changed = Signal()

    def __init__(self, session: Session, view: ArticleView, tagging: Tagging, tying: Tying, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view, self._tagging, self._tying = session, view, tagging, tying
        self._quote = ""
        self._found: list[Proposal] = []
        self._index = 0
        self._busy = False
        for gone in (view.caret_moved, view.selection_changed, session.article_shown):
            gone.connect(self._leave)
        view.focus_changed.connect(self._refocus)
        session.changed.connect(self._follow)

    @property
    def shown(self) -> bool:
        """Whether a proposal is shown."""
        return bool(self._found)

    @property
    def nobody(self) -> bool:
        """Whether what is shown says that the text names no source."""
        return bool(self._found) and self._found[self._index].nobody

    @property
    def several(self) -> bool:
        """Whether there is another one."""
        return len(self._found) > 1

    def offer(self, span: Span, asked: bool = False) -> bool:
        """Show who is likely to have said the quote; False, and told where it was asked for, where nobody is found."""
        kind = grouping.headed_by(self._session.scheme, span.label)
        if kind is None or kind.role(_SOURCE) is None or not self._session.mine(span):
            return False
        known = [(one.start, one.end) for one in self._marked(span, kind, _SOURCE)]
        found = proposals(self._session.text, span.fragments, known)
        held = self._tying.group_of(span)
        there = {member.role for member in held[1].members} if held is not None else set()
        if _SOURCE in there or (held is not None and held[1].no_source):
            found = [] if _CUE in there else [one._replace(source=None, nobody=False) for one in found]
        elif _CUE in there:
            found = [one._replace(cue=None) for one in found]
        self._found = list(dict.fromkeys(one for one in found if one.source is not None or one.cue is not None))
        if not self._found:
            if asked:
                self._session.told.emit(_("No source or cue was found for this quote."), False)
            return False
        self._quote, self._index = span.id, 0
        self._view.installEventFilter(self)
        self._view.viewport().installEventFilter(self)
        self._show()
        return True

    def _marked(self, quote: Span, kind: Kind, role: str) -> list[Span]:
        """Return my spans that play a role in such groups."""
        wanted = kind.role(role)
        if wanted is None:
            return []
        return [one for one in self._session.spans if one.label == wanted.label and one.layer == quote.layer]

    def _show(self) -> None:
        quote = self._session.spans.get(self._quote)
        kind = grouping.headed_by(self._session.scheme, quote.label) if quote is not None else None
        if quote is None or kind is None:
            return
        shown, words = [], []
        for role, fragments in self._pieces(self._found[self._index]):
            label = kind.role(role)
            if label is not None:
                shown.append(self._span(quote, label.label, fragments, f"proposal {role}")._replace(state=SUGGESTED))
                name = known.name if (known := self._session.scheme.label(label.label)) else role
                words.append(_("{name}: {words}").format(name=name, words=self._words(fragments)))
        self._view.suggest(shown, shown[0].id if shown else "")
        if self._found[self._index].nobody and kind.no_source:
            words.append(_("no source in the text"))
        said = _("{found}? Enter takes it.").format(found=", ".join(words))
        accessibility.announce(self._view, said)
        self.changed.emit()

    def _words(self, fragments: Fragments) -> str:
        return " … ".join(self._session.text[slice(*fragment)] for fragment in fragments)

    @staticmethod
    def _pieces(found: Proposal) -> list[tuple[str, Fragments]]:
        pieces: list[tuple[str, Fragments]] = [(_SOURCE, (found.source,))] if found.source is not None else []
        return [*pieces, (_CUE, found.cue)] if found.cue is not None else pieces

    def _span(self, quote: Span, label: str, fragments: Fragments, id: str) -> Span:
        return Span(
            id, quote.article, quote.layer, quote.annotator, label, fragments, quote.revision,
            scheme_version=self._session.scheme.version,
        )  # fmt: skip

    # What the hand does with it

    def step(self, by: int) -> None:
        """Show the next proposal (1), or the one before (-1)."""
        self._index = (self._index + by) % len(self._found)
        self._show()

    def take(self) -> None:
        """Mark what is shown and tie it to the quote, as one step."""
        quote, found = self._session.spans.get(self._quote), self._found[self._index]
        kind = grouping.headed_by(self._session.scheme, quote.label) if quote is not None else None
        self.drop()
        if quote is None or kind is None or not self._tagging.may_change(quote):
            return
        made: list[Span] = []
        additions: list[tuple[str, Span]] = []
        for role, fragments in self._pieces(found):
            declared = kind.role(role)
            if declared is None:
                continue
            span = self._there(quote, declared.label, fragments)
            if span is None:
                now = clock.now()
                span = self._span(quote, declared.label, fragments, ids.uuid7())
                values = self._begun(declared.label, fragments)
                span = span._replace(created=now, updated=now, attributes=values)
                made.append(span)
            additions.append((role, span))
        held = self._tying.group_of(quote)
        group = held[1] if held is not None else editing.started(kind, quote, ids.uuid7())
        try:
            step = editing.tie(group, kind, additions, stored=held is not None, made=made, nobody=found.nobody)
            done = self._session.do(step)
        except UserError as error:
            self._session.told.emit(str(error), False)
            return
        if done:
            self._go_on(made)

    def _begun(self, label: str, fragments: Fragments) -> Free:
        known = self._session.scheme.label(label)
        return self._tagging.begun(known, fragments) if known is not None else {}

    def _there(self, quote: Span, label: str, fragments: Fragments) -> Span | None:
        """Return the span of a label that stands at a place already."""
        near = self._session.spans.with_hull(fragments[0][0], fragments[-1][1])
        return next((one for one in near if one.label == label and one.layer == quote.layer), None)

    def _go_on(self, made: list[Span]) -> None:
        """Focus the new span of which something must be said, so that a digit says it."""
        for span in made:
            own = attributes.of_label(self._session.scheme, span.label)
            if attributes.missing(own, span.attributes):
                self._view.focus_span(span.id, reveal=False)
                return

    def _follow(self, changed: Changed) -> None:
        """Go on where only the quote itself was changed, as by a moved boundary; else show it no longer."""
        after = [change.after for change in changed.changes if change.entity == self._quote]
        if self._found and len(after) == len(changed.changes) and isinstance(after[-1], Span):
            self.drop()
            self.offer(after[-1])
        else:
            self.drop()

    def _refocus(self) -> None:
        # A quote that was changed is another value, and is still the one that is focused.
        if self._view.focused is None or self._view.focused.id != self._quote:
            self.drop()

    def _leave(self, _what: object = None) -> None:
        self.drop()

    def drop(self) -> None:
        """Show it no longer."""
        if self._found:
            self._found, self._quote = [], ""
            self._view.removeEventFilter(self)
            self._view.viewport().removeEventFilter(self)
            self._view.suggest(())
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            position = self._view.position_at(event.position().toPoint())
            pieces = self._pieces(self._found[self._index])
            hit = any(start <= position < end for _role, fragments in pieces for start, end in fragments)
            if hit and event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
                self.take()
                return True
            return False
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            self.drop()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.take()
        elif key == Qt.Key.Key_Tab and not held:
            self.step(1)
        elif key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and held == Qt.KeyboardModifier.ShiftModifier):
            self.step(-1)
        else:
            return False
        return True
