"""Tying the focused span to another one: the nearest that the scheme allows is shown, one key takes it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from annotator.domain import grouping
from annotator.domain.span import Span
from annotator.i18n import _
from annotator.ui.offering import Offering
from annotator.ui.session import Session
from annotator.ui.tagging import Tagging
from annotator.ui.text import accessibility
from annotator.ui.text.held import SUGGESTED
from annotator.ui.text.view import ArticleView
from annotator.ui.tying import Tying

MOST = 40
"""Spans that are walked through."""
_FAR = 20_000
"""Code points on both sides in which they begin; what lies further is tied by dragging, or from its own end."""


class Way(NamedTuple):
    """One way to tie the focused span to another: by a group (`relation` is "") or a relation, from which to which."""

    span: Span
    name: str
    relation: str = ""
    outward: bool = True


class Linking(Offering):
    """Offers one other end at a time, gone as soon as the hand does something else.

    `far_wanted()` where only another article may have one.
    """

    walks = True
    far_wanted = Signal()

    def __init__(self, session: Session, view: ArticleView, tagging: Tagging, tying: Tying, parent: QObject) -> None:
        super().__init__(view, parent)
        self._session, self._tagging, self._tying = session, tagging, tying
        self._ways: list[Way] = []
        self._index = 0
        self._from = ""
        for gone in (view.caret_moved, view.selection_changed, view.focus_changed, session.article_shown):
            gone.connect(self.drop)
        session.changed.connect(self.drop)

    @property
    def name(self) -> str:
        """By what the shown way ties, "" where none is shown."""
        return self._ways[self._index].name if self._ways else ""

    def start(self) -> None:
        """Show the nearest span to which the focused one can be tied; where one is shown, the next."""
        span = self._view.focused
        if self._ways:
            self.step(1)
            return
        if span is None or not self._tagging.may_change(span):
            return
        ways = self.ways(span)
        if not ways and self._tying.far.ways(span):
            self.far_wanted.emit()
            return
        if not ways:
            words = _("There is nothing here to which a {name} could be tied.").format(name=self._name(span))
            self._session.told.emit(words, False)
            return
        self._offer(span, ways)

    def to(self, span: Span, other: Span) -> None:
        """Tie a span to another one; where the scheme knows several ways they are shown, one after the other."""
        if not self._tagging.may_change(span):
            return
        tied = any(link.other == other.id for link in self._session.links.of(span.id))
        ways = self._between(span, other, tied) if other.layer == span.layer else []
        if not ways:
            words = _("These two are tied already.") if tied else _("The scheme ties no {one} to a {other}.")
            self._session.told.emit(words.format(one=self._name(span), other=self._name(other)), False)
            return
        self._offer(span, ways)
        if len(ways) == 1:
            self.take()

    def _name(self, span: Span) -> str:
        return self._session.scheme.name_of(span.label)

    def _offer(self, span: Span, ways: list[Way]) -> None:
        self.drop()
        self._ways, self._index, self._from = ways, 0, span.id
        self._show()

    def ways(self, span: Span) -> list[Way]:
        """Return how a span can be tied to others of its layer that it is not tied to so, the nearest first."""
        tied = {link.other for link in self._session.links.of(span.id)}
        found = [
            (self._distance(span, other), number, way)
            for other in self._session.spans.beginning(span.start - _FAR, span.end + _FAR)
            if other.id != span.id and other.layer == span.layer
            for number, way in enumerate(self._between(span, other, other.id in tied))
        ]
        found.sort(key=lambda one: (one[0], one[2].span.start, one[1]))
        return [way for _distance, _number, way in found[:MOST]]

    def _between(self, span: Span, other: Span, tied: bool) -> list[Way]:
        scheme = self._session.scheme
        found: list[Way] = []
        for head, member in ((span, other), (other, span)):
            kind = grouping.headed_by(scheme, head.label)
            role = kind.played_by(member.label) if kind is not None else None
            if kind is not None and role is not None and role.id != kind.head and not tied:
                found.append(Way(other, kind.name))
        there = {(one.label, one.source, one.target) for one in self._session.links.relations_of(span.id)}
        for outward, (source, target) in ((True, (span, other)), (False, (other, span))):
            for relation in grouping.relations(scheme):
                led = source.label in relation.source and target.label in relation.target and not relation.to_registry
                twice = (relation.id, source.id, target.id) in there
                if led and not twice and (outward or not relation.symmetric):
                    found.append(Way(other, relation.name, relation.id, outward))
        return found

    @staticmethod
    def _distance(span: Span, other: Span) -> int:
        return max(other.start - span.end, span.start - other.end, 0)

    def _show(self) -> None:
        way = self._ways[self._index]
        self.hold([way.span._replace(id="link", state=SUGGESTED)])
        self._view.reveal(way.span.start, way.span.end)
        words = " ".join(self._session.text[way.span.start : way.span.end].split())
        accessibility.announce(self._view, _("{name}: {words}? Enter takes it.").format(name=way.name, words=words))

    def step(self, by: int) -> None:
        """Show the next way (1), or the one before (-1)."""
        self._index = (self._index + by) % len(self._ways)
        self._show()

    def take(self) -> None:
        """Tie the focused span to the one that is shown."""
        way, span = self._ways[self._index], self._session.spans.get(self._from)
        self.drop()
        other = self._session.spans.get(way.span.id)
        if span is None or other is None:
            return
        relation = next((one for one in grouping.relations(self._session.scheme) if one.id == way.relation), None)
        if relation is None:
            self._tying.tie(span, other)
        else:
            self._tying.relate(relation, *((span, other) if way.outward else (other, span)))

    def forget(self) -> None:
        """Forget what was shown."""
        self._ways = []
