"""What I say of the shown article as a whole: its fields, by digits or in the panel, its mark, its note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from annotator.domain.article import Article, own_layer
from annotator.domain.attributes import Attribute, is_set, next_value
from annotator.domain.change import Entry, Step
from annotator.domain.errors import UserError
from annotator.domain.free import NOTHING, Free
from annotator.domain.judgement import fields, with_field
from annotator.editing import judgements as editing
from annotator.i18n import _, later
from annotator.ui.session import Session
from annotator.ui.spans.attributes import DIGITS, Shown
from annotator.ui.spans.said import in_words, typed
from annotator.ui.tagging import Tagging
from annotator.ui.text import accessibility
from annotator.ui.text.view import ArticleView

_MARKS = {"discuss": later("to be discussed"), "unsure": later("unsure")}
_MARKED = {
    "ok": later("The article is settled"),
    "discuss": later("The article is to be discussed"),
    "unsure": later("The article is marked as unsure"),
}


class Judging(QObject):
    """While no span is focused, a digit opens a field by its place, and then chooses a value, as it does for a span.

    `changed()` when another field's values are offered; `wanted(id)` when one is to get the keyboard,
    `entry_wanted(id)` when it links to the registry. `name_of(id)` names an entry, None where it is gone.
    """

    changed = Signal()
    wanted = Signal(str)
    entry_wanted = Signal(str)

    def __init__(
        self, session: Session, view: ArticleView, tagging: Tagging, name_of: Callable[[str], str | None],
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._view, self._tagging, self._name_of = session, view, tagging, name_of
        self._opened = ""
        session.article_shown.connect(self._forget)
        view.focus_changed.connect(self._forget)

    def _forget(self) -> None:
        self._opened = ""

    # What there is to say

    @property
    def own(self) -> tuple[Attribute, ...]:
        """The fields that the scheme asks of an article."""
        return fields(self._session.scheme)

    @property
    def values(self) -> Free:
        """What I have said in them."""
        return self._session.layer.fields if self._session.layer is not None else NOTHING

    @property
    def marked(self) -> str:
        """How I have marked the article."""
        return self._session.layer.mark if self._session.layer is not None else "ok"

    @property
    def note(self) -> str:
        """My note on it."""
        return self._session.layer.note if self._session.layer is not None else ""

    def shown(self) -> list[Shown]:
        """Return how the fields are to be shown."""
        may, values, found = self._session.editable, self.values, []
        for number, one in enumerate(self.own):
            opened = one.id == self._opened
            key = DIGITS[number] if may and not self._opened and number < len(DIGITS) else ""
            said = self._in_words(one, values[one.id]) if one.type == "registry" and one.id in values else ""
            found.append(Shown(one, values.get(one.id), key, opened, opened, enabled=may, said=said))
        return found

    def others(self) -> list[str]:
        """Return in words what else the visible layers say of the article: of colleagues, and of imported files."""
        session, found = self._session, []
        mine = session.layer.id if session.layer is not None else ""
        people = session.store.annotators() if session.store is not None else {}
        for layer in sorted(session.layers.values()):
            there = [one for one in self.own if one.id in layer.fields]
            said = [f"{one.name}: {self._in_words(one, layer.fields[one.id])}" for one in there]
            said += [_(_MARKS[layer.mark])] if layer.mark != "ok" else []
            said += [f"“{layer.note}”"] if layer.note else []
            if layer.id != mine and said:
                person = people.get(layer.owner)
                found.append(_("{name}: {words}").format(
                    name=person.name if person else layer.name, words="; ".join(said)))  # fmt: skip
        return found

    # From the text

    def digit(self, text: str) -> bool:
        """Act on a digit; False where a span is focused, words are selected, or the scheme asks nothing."""
        return self._view.focused is None and self._view.selection is None and self.place(text)

    def place(self, text: str) -> bool:
        """Open the field, or choose the value, at the place of a digit; False where there is nothing to say."""
        own = self.own
        if not text or text not in DIGITS or self._session.article is None or not own:
            return False
        number = DIGITS.index(text)
        opened = self._named(self._opened)
        if opened is not None:
            if number < (2 if opened.type == "yes-no" else len(opened.choices)):
                self.press(opened.id, number)
        elif number < len(own):
            self.open(own[number].id)
        return True

    def open(self, id: str) -> None:
        """Offer the values of a field, or close it where it is open."""
        if self._session.article is None or not self._tagging.may_write():
            return
        if self._opened == id:
            self.leave()
            return
        if (field := self._named(id)) is not None and field.type == "registry":
            self.entry_wanted.emit(id)
            return
        self._opened = id
        self.changed.emit()
        self.wanted.emit(id)

    def leave(self) -> None:
        """Offer no values any more, and go back to the text."""
        self.close()
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close(self) -> None:
        """Offer no values any more."""
        if self._opened:
            self._opened = ""
            self.changed.emit()

    # From keys and the panel

    def press(self, id: str, number: int) -> None:
        """Choose a value of a field (its id) by its place in the list, from 0."""
        field = self._named(id)
        said = field is not None and self._say(field, next_value(field, self.values.get(id), number))
        if said and field is not None and field.type != "choices":
            self.leave()

    def write(self, id: str, words: str) -> None:
        """Say in words what a field (its id) is; "" for nothing."""
        field = self._named(id)
        if field is None:
            return
        try:
            self._say(field, typed(field, words))
        except UserError as error:
            self._session.told.emit(str(error), False)
            self.changed.emit()

    def link(self, id: str, entry: Callable[[], Entry] | None, name: str, new: bool = False) -> None:
        """Link a field (its id) to an entry called so, which is made with it where it is `new`; None takes it away."""
        field, session = self._named(id), self._session
        if field is None:
            return

        def make(at: Article) -> Step:
            found = entry() if entry is not None else None
            values = with_field(self.own, self.values, id, found.id if found is not None else None)
            made = found if new else None
            return editing.judge(
                at.id,
                session.layer,
                session.me,
                values,
                field.name,
                unset=found is None,
                made=made,
                round=session.round,
            )

        if self._do(make):
            words = _("{name}: {value}").format(name=field.name, value=name or _("not set"))
            accessibility.announce(self._view, words)

    def _in_words(self, field: Attribute, value: object) -> str:
        if field.type == "registry" and isinstance(value, str):
            return self._name_of(value) or _("an entry that is gone")
        return in_words(field, value)

    def _named(self, id: str) -> Attribute | None:
        return next((one for one in self.own if one.id == id), None)

    def _say(self, field: Attribute, value: object) -> bool:
        values = with_field(self.own, self.values, field.id, value)
        if values == self.values:
            return True
        session, unset = self._session, not is_set(value)
        done = self._do(
            lambda at: editing.judge(
                at.id, session.layer, session.me, values, field.name, unset=unset, round=session.round
            )
        )
        if done:
            words = _("{name}: {value}").format(name=field.name, value=in_words(field, value))
            accessibility.announce(self._view, words)
        return done

    def mark(self, mark: str) -> None:
        """Mark the article; the mark that it has already is taken back."""
        wanted = "ok" if self.marked == mark else mark
        if wanted == self.marked:
            return
        session = self._session
        if self._do(lambda at: editing.mark(at.id, session.layer, session.me, wanted, session.round)):
            words = _(_MARKED[wanted])
            accessibility.announce(self._view, words)
            session.told.emit(words, True)

    def annotate(self, article: str, note: str) -> None:
        """Write my note on an article (its id), which may be the one that was shown before."""
        session, store = self._session, self._session.store
        if store is None:
            return
        # Not asked whether the shown article may be changed: what was typed belongs to the one before.
        round = session.round_of(article)
        layer = store.value("layer", own_layer(article, session.me.id, round).id, article)
        if note.strip() != (layer.note if layer is not None else ""):
            session.do_made(lambda: editing.annotate(article, layer, session.me, note, round))

    def _do(self, make: Callable[[Article], Step]) -> bool:
        article = self._session.article
        if article is None or not self._tagging.may_write():
            return False
        return self._session.do_made(lambda: make(article))
