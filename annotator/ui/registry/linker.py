"""Links the focused span to the registry: by an attribute that the scheme gives it, else by a relation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from annotator.domain import attributes, clock, grouping, ids
from annotator.domain.attributes import Attribute
from annotator.domain.change import Entry, Step
from annotator.domain.entryoffers import Mention, Offer
from annotator.domain.grouping import RelationKind
from annotator.domain.register import suggested_kind
from annotator.domain.span import Span, quoted
from annotator.editing import registry as editing
from annotator.i18n import _
from annotator.ui.registry.entries import Entries
from annotator.ui.registry.picker import EntryPicker
from annotator.ui.session import Session
from annotator.ui.tagging import Tagging
from annotator.ui.text import accessibility
from annotator.ui.text.view import ArticleView

_MENTION = 400
"""Code points of a span's words that are compared."""


class Linker(QObject):
    """Offers entries for the focused span, and does what is chosen as one step."""

    def __init__(
        self, session: Session, view: ArticleView, tagging: Tagging, entries: Entries,
        make_picker: Callable[[], EntryPicker], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._view, self._tagging, self._entries = session, view, tagging, entries
        self._make_picker = make_picker
        self._picker: EntryPicker | None = None
        self._then: Callable[[Offer], None] | None = None

    @property
    def open(self) -> bool:
        """Whether the list is open."""
        return self._picker is not None and not self._picker.isHidden()

    def ways(self, span: Span) -> tuple[list[Attribute], list[RelationKind]]:
        """Return by what a span can be linked."""
        own = attributes.asked(attributes.of_label(self._session.scheme, span.label), span.attributes)
        relations = grouping.relations(self._session.scheme)
        return (
            [one for one in own if one.type == "registry"],
            [one for one in relations if one.to_registry and span.label in one.source],
        )

    def start(self) -> None:
        """Offer entries for the focused span, by the first way that the scheme gives it."""
        span = self._view.focused
        if span is None:
            return
        own, relations = self.ways(span)
        if not own and not relations:
            name = self._session.scheme.name_of(span.label)
            words = _("The scheme links no {name} to the registry.").format(name=name)
            self._session.told.emit(words, False)
            return
        self.offer(own[0].id if own else relations[0].id)

    def offer(self, by: str) -> None:
        """Offer entries for the focused span; `by` is the attribute or relation (its id) that will link it."""
        span = self._view.focused
        way = self._way(span, by) if span is not None else None
        if span is None or way is None or not self._tagging.may_change(span):
            return
        words = quoted(self._session.text, span.fragments, _MENTION)
        here = span.attributes.get(by) if isinstance(way, Attribute) else None
        linked = self._entries.standing(here) if isinstance(here, str) else None
        away = (linked.name if linked is not None else _("an entry that is gone")) if here else ""
        named = isinstance(way, Attribute)  # a relation such as “about” leads from what is said, not from a name
        mention = Mention(words, span.article, suggested_kind(span.attributes.values()), away, named)
        self.ask(mention, (span.start, span.end), way.name, partial(self._take, span.id, by))

    def ask(self, mention: Mention, place: tuple[int, int], name: str, then: Callable[[Offer], None]) -> None:
        """Offer entries at a place (code points) for what is called `name`; what is chosen goes to `then`.

        An offer without an entry is a new one, which `then` has to make (`made`) within its step.
        """
        if self._picker is None:
            self._picker = self._make_picker()
            self._picker.chosen.connect(self._chosen)
        self._then = then
        self._picker.open_at(mention, place, _("{name}: type a name").format(name=name))

    def _chosen(self, offer: Offer) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(offer)

    def _way(self, span: Span, by: str) -> Attribute | RelationKind | None:
        own, relations = self.ways(span)
        attribute = next((one for one in own if one.id == by), None)
        return attribute or next((one for one in relations if one.id == by), None)

    def _take(self, id: str, by: str, offer: Offer) -> None:
        span = self._session.spans.get(id)
        way = self._way(span, by) if span is not None else None
        if span is None or way is None:
            return
        if offer.away:
            self._unlink(span, way.id)
        elif self._session.do_made(lambda: self._linked(span, way, offer)):
            accessibility.announce(self._view, _("{name}: {value}").format(name=way.name, value=offer.name))

    def _linked(self, span: Span, way: Attribute | RelationKind, offer: Offer) -> Step:
        made, entry = offer.entry is None, self.made(offer)
        if isinstance(way, RelationKind):
            there, version = self._session.links.relations_of(span.id), self._session.scheme.version
            return editing.relate(way, span, entry, there, ids.uuid7(), clock.now(), version, made)
        own = attributes.of_label(self._session.scheme, span.label)
        values = attributes.with_value(own, span.attributes, way.id, entry.id)
        return editing.link(span, values, clock.now(), entry if made else None)

    def made(self, offer: Offer) -> Entry:
        """Return the entry of an offer, a new one where it has none. Raises UserError where its name cannot be one."""
        return offer.entry or editing.new(ids.uuid7(), offer.kind, offer.name)

    def here(self) -> str:
        """Return the entry (its id) that the focused span is linked to, "" where it is to none."""
        span = self._view.focused
        if span is None:
            return ""
        own, relations = self.ways(span)
        values = [value for one in own if isinstance(value := span.attributes.get(one.id), str) and value]
        kinds = {one.id for one in relations}
        ends = [one.target for one in self._session.links.relations_of(span.id) if one.label in kinds]
        return next(iter((*values, *ends)), "")

    def unlink(self, by: str) -> None:
        """Take the link by an attribute (its id) away from the focused span."""
        span = self._view.focused
        if span is not None and self._tagging.may_change(span):
            self._unlink(span, by)

    def _unlink(self, span: Span, by: str) -> None:
        own = attributes.of_label(self._session.scheme, span.label)
        values = attributes.with_value(own, span.attributes, by, None)
        self._session.do_made(lambda: editing.unlink(span, values, clock.now()))
