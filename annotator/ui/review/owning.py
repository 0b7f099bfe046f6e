"""Setting a place oneself, on the review page: the text becomes editable, the ordinary keys act on what is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from annotator.domain.attributes import attributes
from annotator.domain.judgement import fields
from annotator.i18n import _
from annotator.review import decide as deciding
from annotator.review.decide import Verdict
from annotator.review.standing import Item
from annotator.ui.look import Look
from annotator.ui.review.article import ArticlePart
from annotator.ui.review.desk import Desk
from annotator.ui.review.keys import KeysOf
from annotator.ui.review.own import OwnDraft
from annotator.ui.review.words import described, yours
from annotator.ui.saying import CHOSEN, Saying
from annotator.ui.tagging import Tagging
from annotator.ui.text import accessibility


class Owning(QObject):
    """`changed()` when it begins, ends, and with every edit; `edited()` with an edit only.

    `offered(words)` tells of an edit that Undo takes back here, in the draft.
    """

    changed = Signal()
    edited = Signal()
    offered = Signal(str)

    def __init__(self, desk: Desk, article: ArticlePart, look: Look, keys_of: KeysOf, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._article, self._look, self._keys_of, self._page = desk, article, look, keys_of, page
        self.draft: OwnDraft | None = None
        self._tagging: Tagging | None = None
        self._saying: Saying | None = None
        self._hand: QObject | None = None
        """What edits holds on to; it goes when one leaves the place, a draft may stay."""
        self._shortcuts: list[QShortcut] = []
        article.view.label_pressed.connect(self._label)

    @property
    def active(self) -> bool:
        """Whether a place is being set."""
        return self.draft is not None

    @property
    def place(self) -> str:
        """The id of the difference that is being set, "" where none is."""
        return self.draft.id if self.draft is not None else ""

    def begin(self) -> None:
        """Go on with what was begun here; else begin with what the consensus has, or the first answer with a span."""
        desk, item, ground = self._desk, self._desk.item, self._desk.ground()
        if self.active or item is None or ground is None:
            return
        if not desk.session.editable:
            desk.session.told.emit(_("This project is open for reading only."), False)
            return
        one = item.difference
        if one.field:
            self._offer_values(item)
            return
        if not one.ids:
            # The spans are gone: what was made of them is kept as it is.
            desk.decide(Verdict(deciding.OWN))
            return
        draft = desk.begun.taken_up(item.id, ground)
        self.draft = draft = draft if draft is not None else OwnDraft(desk.session.identity, ground, item)
        view = self._article.view
        self._hand = hand = QObject(self)
        self._tagging = Tagging(draft, view, hand)
        self._saying = Saying(draft, view, self._tagging, lambda entry: entry, hand)
        self._saying.changed.connect(self.changed)
        self._saying.wanted.connect(self._tell_where)
        self._saying.entry_wanted.connect(self._tell_where)
        view.focus_changed.connect(self.changed)
        draft.folded.connect(self._hear_edit)
        draft.told.connect(self._tell)
        self._article.let_in(draft.spans, item)
        draft.folded.connect(view.apply)
        view.set_free(True)
        view.focus_span(draft.first)
        view.installEventFilter(self)
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._hear_keys()
        accessibility.announce(view, yours())
        self.changed.emit()

    def _hear_edit(self, _changes: object) -> None:
        self.edited.emit()
        self.changed.emit()

    def _tell(self, words: str, undo: bool) -> None:
        if undo:
            self.offered.emit(words)
        else:
            self._desk.session.told.emit(words, False)

    def _tell_where(self, id: str) -> None:
        """Say that no digit sets what is written, or is an entry of the registry."""
        wanted = next((one for one in attributes(self._desk.session.scheme) if one.id == id), None)
        if wanted is not None and wanted.type not in CHOSEN:
            if self._saying is not None:
                self._saying.leave()
            words = _("“{attribute}” is set in the consensus itself, once this is decided.")
            self._desk.session.told.emit(words.format(attribute=wanted.name), False)

    def _hear_keys(self) -> None:
        for id, act in self._acts().items():
            for keys in self._keys_of(id):
                shortcut = QShortcut(QKeySequence(keys), self._page)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(act)
                self._shortcuts.append(shortcut)

    def _acts(self) -> dict[str, Callable[[], object]]:
        view, tagging = self._article.view, self._tagging
        assert tagging is not None  # made in `begin`
        return {
            **tagging.moves(),
            "span.fragment": tagging.add_fragment, "span.fragment.away": tagging.take_away, "span.fit": tagging.fit,
            "span.delete": tagging.delete, "span.outward": view.outward, "label.repeat": tagging.repeat,
            "select.expand": view.expand, "select.shrink": view.shrink, "edit.copy": view.copy,
        }  # fmt: skip

    def _label(self, text: str, shift: bool) -> None:
        tagging = self._tagging
        if tagging is None:
            return
        meaning = tagging.named(text)
        if meaning is not None:
            tagging.label(meaning.label, shift, meaning.sets)
        elif self._saying is not None:
            self._saying.digit(text if text.isdigit() else self._article.view.place_digit)

    def offers(self) -> str:
        """Return what is said of the focused span, and what the digits would say of it."""
        span, saying, scheme = self._article.view.focused, self._saying, self._desk.session.scheme
        if span is None or saying is None or self.draft is None or not self.draft.mine(span):
            return ""
        attribute = saying.offered()
        if attribute is not None:
            choices = [_("yes"), _("no")] if attribute.type == "yes-no" else [one.name for one in attribute.choices]
            listed = ", ".join(f"{number} {name}" for number, name in enumerate(choices[:9], start=1))
            told = _("{attribute}: {choices}").format(attribute=attribute.name, choices=listed)
        else:
            told = ", ".join(f"{one.key} {one.attribute.name}" for one in saying.shown(span) if one.key)
        now = described(span, scheme, self._desk.name_of)
        return "\n".join(filter(None, (told, _("It says now: {said}").format(said=now) if now else "")))

    def key(self, event: QKeyEvent) -> None:
        """Hear what the text has no use for: Return takes it, Esc leaves it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let one Esc leave the place: in the text it would first leave the span, and the page says otherwise."""
        if self.active and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            idle = self._article.view.selection is None and not QApplication.mouseButtons().value
            if event.key() == Qt.Key.Key_Escape and idle:
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def undo(self, by: int) -> bool:
        """Take the last edit back (-1) or do it again (1); False where no place is being set."""
        if self.draft is None:
            return False
        (self.draft.undo if by < 0 else self.draft.redo)()
        return True

    def finish(self) -> None:
        """Take what is there now as the answer."""
        draft = self.draft
        if draft is None:
            return
        desk, contents = self._desk, draft.contents()
        if not contents:
            said = _("Nothing is left here: Esc, and then 0 says that nothing belongs here.")
            desk.session.told.emit(said, False)
            return
        ground = desk.ground()
        self._end()
        # Where it is refused, as by a full disk, the draft is still there.
        desk.begun.drafts[draft.id] = draft
        desk.decide(Verdict(deciding.OWN, draft.side(ground) if ground is not None else -1, contents))
        self.changed.emit()

    def leave(self) -> None:
        """Leave the place undecided; what was edited is kept, and told."""
        draft = self.draft
        if draft is None:
            return
        self._end()
        if self._desk.begun.keep(draft):
            told = _("What you set there is kept and not decided; E goes on with it.")
            self._desk.session.told.emit(told, False)
        self.changed.emit()

    def _end(self) -> None:
        draft, self.draft, self._tagging, self._saying = self.draft, None, None, None
        hand, self._hand = self._hand, None
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        view = self._article.view
        view.removeEventFilter(self)
        if draft is not None:
            # Before the text is taken back: it tells that no span has the focus, and there may be nothing to show.
            draft.folded.disconnect()
            draft.told.disconnect()
            view.focus_changed.disconnect(self.changed)
        view.set_free(False)
        if draft is not None:
            self._article.let_out(list(draft.spans))
        if hand is not None:
            hand.deleteLater()
        if view.hasFocus():
            # Who went on by the mouse has it elsewhere.
            self._page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Fields of the article

    def _offer_values(self, item: Item) -> None:
        field = next((one for one in fields(self._desk.session.scheme) if one.id == item.difference.field), None)
        choices: list[tuple[str, Any]] = []
        if field is not None and field.type == "yes-no":
            choices = [(_("yes"), True), (_("no"), False)]
        elif field is not None:
            several = field.type == "choices"
            choices = [(choice.name, [choice.id] if several else choice.id) for choice in field.choices]
        if not choices:
            self._desk.session.told.emit(_("Take one of these; other words are set in the consensus itself."), False)
            return
        menu = QMenu(self._page)
        for name, value in choices:
            verdict = Verdict(deciding.OWN, value=value)
            menu.addAction(name.replace("&", "&&"), partial(self._decide_value, item.id, verdict))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._article.mapToGlobal(self._article.rect().topRight()))

    def _decide_value(self, id: str, verdict: Verdict) -> None:
        if self._desk.current == id:  # it may have left the queue while the menu stood there
            self._desk.decide(verdict)
