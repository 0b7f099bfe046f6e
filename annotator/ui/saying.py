"""What is said of the focused span: attributes by digits or in the panel, its state, its note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from annotator.domain import attributes as scheme_attributes
from annotator.domain import clock, grouping
from annotator.domain.attributes import Attribute
from annotator.domain.change import Step
from annotator.domain.errors import UserError
from annotator.domain.labelkeys import keys_of
from annotator.domain.relation import Group
from annotator.domain.span import Span
from annotator.editing import marks
from annotator.i18n import _
from annotator.ui.session import Session
from annotator.ui.spans.attributes import DIGITS, Shown
from annotator.ui.spans.said import in_words, typed
from annotator.ui.states import MARK_NAMES
from annotator.ui.tagging import Tagging
from annotator.ui.text import accessibility
from annotator.ui.text.view import ArticleView

CHOSEN = ("choice", "choices", "yes-no")
"""Types of attributes whose values the digits choose."""


class Saying(QObject):
    """The digits choose a value of the attribute that is required and open, else they open an attribute by its place.

    `changed()` when another attribute's values are offered; `wanted(id)` when one is to get the keyboard,
    `entry_wanted(id)` when it links to the registry. `name_of(id)` names an entry, None where it is gone.
    """

    changed = Signal()
    wanted = Signal(str)
    entry_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        view: ArticleView,
        tagging: Tagging,
        name_of: Callable[[str], str | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._view, self._tagging, self._name_of = session, view, tagging, name_of
        self._opened = ("", "")
        view.focus_changed.connect(self._forget)

    def _forget(self) -> None:
        self._opened = ("", "")

    # What there is to say

    def offered(self) -> Attribute | None:
        """Return the attribute whose values the digits choose now, None where there is none."""
        span = self._view.focused
        if span is None or not self._session.mine(span) or self._view.selection is not None:
            return None
        own = self._own(span)
        if (opened := self._open_one(span)) is not None:
            return opened
        return next((one for one in scheme_attributes.missing(own, span.attributes) if one.type in CHOSEN), None)

    def shown(self, span: Span) -> list[Shown]:
        """Return how the attributes of a span are to be shown."""
        own, mine = self._own(span), self._session.mine(span)
        asked = scheme_attributes.asked(own, span.attributes)
        opened = self._open_one(span)
        missing = scheme_attributes.missing(own, span.attributes) if mine and opened is None else ()
        first = next((one for one in missing if one.type in CHOSEN), None)
        found = []
        for number, one in enumerate(asked):
            key = DIGITS[number] if mine and first is None and opened is None and number < len(DIGITS) else ""
            keys = keys_of(self._session.scheme, span.label, one.id) if mine else {}
            value = span.attributes.get(one.id)
            said = self._name_of(value) if one.type == "registry" and isinstance(value, str) else None
            found.append(Shown(one, value, key, one in (first, opened), one == opened, keys, mine, said or ""))
        return found

    def _own(self, span: Span) -> tuple[Attribute, ...]:
        return scheme_attributes.of_label(self._session.scheme, span.label)

    def _open_one(self, span: Span) -> Attribute | None:
        if self._opened[0] != span.id:
            return None
        asked = scheme_attributes.asked(self._own(span), span.attributes)
        return next((one for one in asked if one.id == self._opened[1]), None)

    # From the text

    def digit(self, text: str) -> bool:
        """Act on a digit; False where the focused span has no use for it."""
        span = self._view.focused
        if (
            not text
            or text not in DIGITS
            or span is None
            or self._view.selection is not None
            or not self._session.mine(span)
        ):
            return False
        number = DIGITS.index(text)
        attribute = self.offered()
        if attribute is not None:
            count = 2 if attribute.type == "yes-no" else len(attribute.choices)
            if number < count:
                self.press(attribute.id, number)
            return True
        asked = scheme_attributes.asked(self._own(span), span.attributes)
        if number < len(asked):
            self.open(asked[number].id)
        return bool(asked)

    def open(self, id: str) -> None:
        """Offer the values of an attribute, or close it where it is open."""
        span = self._view.focused
        if span is None or not self._tagging.may_change(span):
            return
        if self._opened == (span.id, id):
            self.leave()
            return
        if (attribute := self._named(span, id)) is not None and attribute.type == "registry":
            self.entry_wanted.emit(id)
            return
        self._opened = (span.id, id)
        self.changed.emit()
        self.wanted.emit(id)

    def leave(self) -> None:
        """Offer no optional attribute any more, and go back to the text."""
        if self._opened != ("", ""):
            self._opened = ("", "")
            self.changed.emit()
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # From keys and the panel

    def press(self, id: str, number: int) -> None:
        """Choose a value of an attribute (its id) by its place in the list, from 0."""
        span = self._view.focused
        attribute = self._named(span, id)
        if span is None or attribute is None:
            return
        value = scheme_attributes.next_value(attribute, span.attributes.get(id), number)
        if self._say(span, attribute, value) and attribute.type != "choices":
            self.leave()

    def write(self, id: str, words: str) -> None:
        """Say in words what an attribute (its id) is; "" for nothing."""
        span = self._view.focused
        attribute = self._named(span, id)
        if span is None or attribute is None:
            return
        try:
            self._say(span, attribute, typed(attribute, words))
        except UserError as error:
            self._session.told.emit(str(error), False)
            self.changed.emit()

    def _named(self, span: Span | None, id: str) -> Attribute | None:
        return next((one for one in self._own(span) if one.id == id), None) if span is not None else None

    def _say(self, span: Span, attribute: Attribute, value: object) -> bool:
        values = scheme_attributes.with_value(self._own(span), span.attributes, attribute.id, value)
        if values == span.attributes:
            return True
        unset = not scheme_attributes.is_set(value)
        done = self._do(span, lambda: marks.say(span, values, attribute.name, clock.now(), unset=unset))
        if done:
            self._announce(attribute, value)
        return done

    def _announce(self, attribute: Attribute, value: object) -> None:
        words = _("{name}: {value}").format(name=attribute.name, value=in_words(attribute, value))
        accessibility.announce(self._view, words)

    def mark(self, state: str) -> None:
        """Give the focused span a state; the one it has already is taken back."""
        span = self._view.focused
        if span is not None:
            wanted = "ok" if span.state == state else state
            if wanted != span.state:
                self._do(span, lambda: marks.mark(span, wanted, clock.now()))

    def annotate(self, id: str, note: str) -> None:
        """Write the note of a span (its id)."""
        span = self._session.spans.get(id)
        if span is not None and note.strip() != span.note:
            self._do(span, lambda: marks.annotate(span, note, clock.now()))

    # The attribution

    def tie_of(self, span: Span, *, tell: bool = False) -> Group | None:
        """Return the attribution that a span holds together or alone belongs to; where there is none, say why."""
        groups = self._session.links.groups_of(span.id)
        found = [group for group in groups if self._heads(group, span)] or groups
        if tell and not found:
            self._session.told.emit(_("This span belongs to no attribution."), False)
        elif tell and len(found) > 1:
            self._session.told.emit(_("This span belongs to several attributions: focus the quote of one."), False)
        return found[0] if len(found) == 1 else None

    def _heads(self, group: Group, span: Span) -> bool:
        kind = grouping.kind(self._session.scheme, group.kind)
        return kind is not None and span.id in grouping.members(group, kind.head)

    def mark_tie(self, state: str) -> None:
        """Give the attribution of the focused span a state; the one it has already is taken back."""
        span = self._view.focused
        group = self.tie_of(span, tell=True) if span is not None else None
        if span is None or group is None:
            return
        wanted = "ok" if group.state == state else state
        if wanted != group.state and self._do(span, lambda: marks.mark_group(group, wanted)):
            accessibility.announce(self._view, _("Attribution: {state}").format(state=_(MARK_NAMES[wanted])))

    def annotate_tie(self, id: str, note: str) -> None:
        """Write the note of an attribution (its id) of the shown article."""
        group = next((one for one in self._session.links.all_groups() if one.id == id), None)
        ends = [self._session.spans.get(member.span) for member in group.members] if group is not None else []
        span = next(filter(None, ends), None)
        if group is not None and span is not None and note.strip() != group.note:
            self._do(span, lambda: marks.annotate_group(group, note))

    def _do(self, span: Span, make: Callable[[], Step]) -> bool:
        return self._tagging.may_change(span) and self._session.do_made(make)
