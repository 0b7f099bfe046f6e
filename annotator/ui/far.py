"""Ties of the focused span to spans of other articles: what there is, and making one from a list to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.domain import clock, grouping, ids
from annotator.domain.errors import UserError
from annotator.domain.relation import Relation
from annotator.domain.span import Span, quoted
from annotator.editing import ties as editing
from annotator.i18n import _
from annotator.ui.reports import titled
from annotator.ui.spans.ties import Tied, directed

if TYPE_CHECKING:
    from annotator.storage.far import FarSpan
    from annotator.ui.fardialog import FarWay
    from annotator.ui.session import Session
    from annotator.ui.window import MainWindow

_WORDS = 80


class Far(QObject):
    """One for the window. A relation stands in the layer of the span it leads from, whichever article that is in."""

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._session: Session = window.session

    def ways(self, span: Span) -> list[FarWay]:
        """Return the relations by which the scheme ties such a span to spans of other articles."""
        from annotator.ui.fardialog import FarWay

        found: list[FarWay] = []
        for kind in grouping.relations(self._session.scheme):
            if not kind.across or kind.to_registry:
                continue
            if span.label in kind.source:
                found.append(FarWay(kind, True))
            if span.label in kind.target and not (kind.symmetric and span.label in kind.source):
                found.append(FarWay(kind, False))
        return found

    def _refusal(self, span: Span) -> str:
        scheme = self._session.scheme
        kinds = [kind for kind in grouping.relations(scheme) if kind.across and not kind.to_registry]
        ends = {id for kind in kinds for id in (*kind.source, *kind.target)}
        label = scheme.label(span.label)
        names = ", ".join(one.name for one in scheme.labels if one.id in ends)
        words = _("The scheme ties no {name} to another article, only: {names}.") if names else ""
        words = words or _("The scheme ties no {name} to another article.")
        return words.format(name=label.name if label is not None else span.label, names=names)

    def offer(self) -> None:
        """Offer spans of other articles for the focused span, and tie the chosen one."""
        span, session = self._window.view.focused, self._session
        if span is None or session.store is None or not self._window.tagging.may_change(span):
            return
        ways = self.ways(span)
        if not ways:
            session.told.emit(self._refusal(span), False)
            return
        from annotator.ui.fardialog import FarDialog

        try:
            tied = self._tied_to(span)
        except UserError as error:
            session.told.emit(str(error), False)
            return
        labels = {label for way in ways for label in way.labels}
        # What is not mine to change can lose its end without my knowing.
        mine = session.visible._replace(owners=frozenset({session.me.id}))
        spans = session.store.far_candidates(labels, span.article, mine)
        words = quoted(session.text, span.fragments, _WORDS)
        dialog = FarDialog(words, ways, spans, tied, session.scheme, self._window.look, self._window)
        self._window.sheets.over(dialog)
        if dialog.chosen is not None:
            self._tie(span, dialog.chosen, dialog.way)

    def _tied_to(self, span: Span) -> frozenset[tuple[str, str]]:
        """Return by which kinds of relations the span is tied to which others (ids)."""
        assert self._session.store is not None  # whoever asks has looked
        there = self._session.store.relations_at(span.id)
        return frozenset((one.label, one.target if one.source == span.id else one.source) for one in there)

    def _tie(self, span: Span, chosen: FarSpan, way: FarWay) -> None:
        store, version = self._session.store, self._session.scheme.version
        other: Span | None = store.value("span", chosen.id, chosen.article) if store is not None else None
        if store is None or other is None:
            self._session.told.emit(_("This span is not there any more."), False)
            return
        source, target = (span, other) if way.outward else (other, span)
        there = store.relations_at(source.id)
        done = self._session.do_made(
            lambda: editing.relate(way.kind, source, target, there, ids.uuid7(), clock.now(), version)
        )
        if done:
            words = _("{name}: tied to “{words}” in another article.")
            self._session.told.emit(words.format(name=way.kind.name, words=chosen.words[:_WORDS]), True)

    # What there is

    def tied(self, span: Span, local: list[Relation]) -> list[Tied]:
        """Return what ties the span to other articles; `local` are the relations of this one that touch it."""
        session = self._session
        spans = session.spans
        try:
            there = [one for one in local if one.source not in spans or one.target not in spans]
            there += session.relations_elsewhere(span.id)
            if not there or session.store is None:
                return []
            ends = {one.target if one.source == span.id else one.source for one in there}
            far = session.store.far_spans(ends, session.visible)
        except UserError:
            return []  # a disk that is gone is told where something is done
        rows, known = [], {one.id for one in local}
        for one in there:
            outward = one.source == span.id
            end = one.target if outward else one.source
            other = far.get(end)
            # A relation is seen with the layer it stands in.
            if other is not None and (outward or other.layer == one.layer):
                rows.append(self._row(one, other, outward))
            elif one.id in known:
                rows.append(self._unseen(one, end, outward))
        return rows

    def _unseen(self, relation: Relation, end: str, outward: bool) -> Tied:
        """Return the row of a span that is hidden, or gone: a merge may bring a tie whose end was deleted elsewhere."""
        store, name = self._session.store, self._name(relation, outward)
        if store is not None and store.article_of("span", end) is not None:
            return Tied(relation.id, end, name, _("a span that is not shown here"), None, False)
        layer = self._session.layers.get(relation.layer)
        mine = self._session.editable and layer is not None and layer.owner in ("", self._session.me.id)
        return Tied(relation.id, end, name, _("a span that is gone"), None, mine)

    def _row(self, relation: Relation, other: FarSpan, outward: bool) -> Tied:
        session = self._session
        owner = session.me.id if relation.layer in session.layers else other.owner
        mine = session.editable and owner in ("", session.me.id)
        label = session.scheme.label(other.label)
        name = self._name(relation, outward)
        return Tied(relation.id, other.id, name, other.words, label, mine, other.article, titled(other.title))

    def _name(self, relation: Relation, outward: bool) -> str:
        return directed(grouping.relation(self._session.scheme, relation.label), relation.label, outward)

    def relation(self, span: Span, id: str) -> Relation | None:
        """Return a relation (its id) that ties the span to this article from another one."""
        try:
            return next((one for one in self._session.relations_elsewhere(span.id) if one.id == id), None)
        except UserError:
            return None
