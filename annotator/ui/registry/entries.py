"""The registry of the open project at hand: read a little at a time, then kept as the steps change it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.article import Layer, VisibleLayers
from annotator.domain.change import Change, Changed, Entry
from annotator.domain.entryoffers import Mention, Offer, offers
from annotator.domain.errors import UserError
from annotator.domain.register import (
    Register,
    Use,
    Uses,
    linking_attributes,
    linking_fields,
    linking_relations,
    of_values,
)
from annotator.domain.relation import Relation
from annotator.domain.span import Span, quoted
from annotator.storage import registry as stored
from annotator.ui.session import Session

_SLICE = 0.004
"""Seconds that are read between what else happens in the window."""
_ANEW = frozenset(("import", "article", "scheme"))
"""Kinds of changes after which all links are read again."""
_MANY = 2_000
"""Changes at once, as a merge makes them, from which on counting anew in the background is less to wait for."""


class Entries(QObject):
    """Entries and the links of visible layers; `changed()` when there is something else to show."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._forget()
        session.project_opened.connect(self._forget)
        session.closing.connect(self._forget)
        session.article_shown.connect(self._look_who_is_seen)
        session.changed.connect(self._follow)
        session.unsealed.connect(self._read_anew)

    def _read_anew(self) -> None:
        begun = self._begun
        self._forget()
        if begun:
            self.begin()

    def _forget(self) -> None:
        self._timer.stop()
        self._register, self._uses = Register(), Uses()
        self._reading: Iterator[None] | None = None
        self._counting: Iterator[None] | None = None
        self._begun = self.complete = self._passed_over = False
        self._visible: VisibleLayers = self._session.visible
        self.__dict__.pop("used", None)

    # Reading

    def begin(self) -> None:
        """Read in the background, between what else happens."""
        if self._session.store is None:
            return
        if not self._begun:
            self._begun, self.complete = True, False
            self._reading, self._counting = self._entries(), self._links()
        if self._reading is not None or self._counting is not None:
            self._timer.start()

    def _entries(self) -> Iterator[None]:
        store, register = self._session.store, self._register
        assert store is not None  # `begin` has looked
        for page in stored.entries(store):
            for entry in page:
                register.put(entry)
            yield
        yield from register.ordering()  # here, and not when the first letter is typed

    def _links(self) -> Iterator[None]:
        store, uses = self._session.store, self._uses
        assert store is not None  # `begin` has looked
        self._passed_over = not len(self._register)
        if self._passed_over:
            return  # nobody is linked; a large project need not be read for that
        for page in stored.links(store, self._visible, self._session.scheme):
            # As they are on the disk now: what `_relink` has put in meanwhile may be there already.
            for holder in {use.holder for use in page}:
                uses.put(holder, ())
            for use in page:
                uses.add(use)
            self.__dict__.pop("used", None)
            yield

    def _go_on(self) -> None:
        until = time.monotonic() + _SLICE
        while time.monotonic() < until:
            if not self._step():
                self._timer.stop()
                self.changed.emit()
                return

    def _step(self) -> bool:
        """Read one page; False when all is read."""
        reading = self._reading or self._counting
        if reading is None:
            return False
        try:
            next(reading)
        except StopIteration:
            if reading is self._reading:
                self._reading = None
            else:
                self._counting, self.complete = None, True
        except UserError as error:
            # The file cannot be read now: what is there is shown, and the user is told once.
            self._reading = self._counting = None
            self._session.told.emit(str(error), False)
        return True

    @property
    def register(self) -> Register:
        """All entries."""
        self.begin()
        while self._reading is not None:
            self._step()
        return self._register

    @property
    def uses(self) -> Uses:
        """The links of visible layers, as far as they are counted (`complete`)."""
        self.begin()
        return self._uses

    def count_all(self) -> Uses:
        """Return all links of visible layers; waits until they are counted."""
        self.begin()
        while self._reading is not None or self._counting is not None:
            self._step()
        return self._uses

    @cached_property
    def used(self) -> Mapping[str, int]:
        """How many links there are to each entry that has some, by who stands for it."""
        return self.uses.counts(self.register.roots)

    # Following

    def _look_who_is_seen(self) -> None:
        if self._begun and self._session.visible != self._visible:
            self._count_anew()

    def _count_anew(self) -> None:
        self._visible, self._uses, self.complete = self._session.visible, Uses(), False
        self.__dict__.pop("used", None)
        self._counting = self._links()
        self._timer.start()

    def _follow(self, changed: Changed) -> None:
        if not self._begun:
            return
        kinds = changed.kinds()
        if "entry" in kinds:
            self._take([change.entity for change in changed.changes if change.kind == "entry"])
        # Whoever comes back may have links, whoever is new has none yet.
        comes_back = self._passed_over and changed.how != "do" and "entry" in kinds
        if kinds & _ANEW or comes_back or len(changed.changes) > _MANY:
            self._count_anew()
        else:
            for change in changed.changes:
                self._relink(change)
        self.__dict__.pop("used", None)
        if "entry" in kinds:
            self.changed.emit()

    def _take(self, ids: Sequence[str]) -> None:
        # As they are by now, which need not be what one step says: a colleague's edit may have been joined.
        store = self._session.store
        try:
            there = store.values("entry", "", ids) if store is not None else {}
        except UserError as error:
            self._session.told.emit(str(error), False)
            return
        for id in ids:
            if id in there:
                self._register.put(there[id])
            else:
                self._register.drop(id)

    def _relink(self, change: Change) -> None:
        value, after, scheme = change.value, change.after, self._session.scheme
        if not isinstance(value, Span | Relation | Layer):
            return
        found: list[Use] = []
        if isinstance(after, Span) and self._seen(after.layer):
            linked = list(of_values(after.attributes, linking_attributes(scheme)))
            words = self._words(after) if linked else ""
            found = [Use(after.id, by, entry, after.article, after.id, words, after.start) for by, entry in linked]
        elif isinstance(after, Relation) and after.label in linking_relations(scheme) and self._seen(after.layer):
            span = self._session.spans.get(after.source)
            words, at = (self._words(span), span.start) if span is not None else ("", 0)
            found = [Use(after.id, after.label, after.target, after.article, after.source, words, at)]
        elif isinstance(after, Layer) and self._visible.shows(after):
            linked = list(of_values(after.fields, linking_fields(scheme)))
            found = [Use(after.id, by, entry, after.article) for by, entry in linked]
        self._uses.put(value.id, found)

    def _seen(self, layer: str) -> bool:
        store = self._session.store
        found = self._session.layers.get(layer) or (store.value("layer", layer, "") if store is not None else None)
        return isinstance(found, Layer) and self._visible.shows(found)

    def _words(self, span: Span) -> str:
        session = self._session
        if session.article is not None and session.article.id == span.article:
            return quoted(session.text, span.fragments, stored.WORDS)
        article = session.store.article(span.article) if session.store is not None else None
        if session.store is None or article is None or article.revision != span.revision:
            return ""
        return quoted(session.store.text(article.sha256), span.fragments, stored.WORDS)

    # Asking

    def offers(self, typed: str, mention: Mention) -> list[Offer]:
        """Return what is offered for a mention."""
        return offers(typed, mention, self.register, self.uses, self.used)

    def standing(self, id: str) -> Entry | None:
        """Return the entry that stands for this one (its id), None where it is gone."""
        return self.register.standing(id)

    def places(self, id: str) -> list[Use]:
        """Return the links to an entry and to those that were merged into it, as far as they are counted."""
        return self.uses.of(entry.id for entry in self.register.together(id))
