"""What the hand does to ties: attributions and relations of the focused span."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from annotator.domain import clock, grouping, ids
from annotator.domain.grouping import Kind, RelationKind
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span, quoted
from annotator.editing import ties as editing
from annotator.i18n import _
from annotator.ui.far import Far
from annotator.ui.session import Session
from annotator.ui.spans.ties import Tied, directed
from annotator.ui.tagging import Tagging
from annotator.ui.text.view import ArticleView

_WORDS = 80


class Tying(QObject):
    """Ties spans together and apart. `name_of(id)` names an entry of the registry, None where it is gone."""

    def __init__(
        self,
        session: Session,
        view: ArticleView,
        tagging: Tagging,
        name_of: Callable[[str], str | None],
        far: Far,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._view, self._tagging, self._name_of = session, view, tagging, name_of
        self.far = far

    # What there is

    def group_of(self, span: Span) -> tuple[Kind, Group] | None:
        """Return the group that the span holds together, with its kind; None where there is none."""
        kind = grouping.headed_by(self._session.scheme, span.label)
        for group in self._session.links.groups_of(span.id):
            if kind is not None and group.kind == kind.id and span.id in grouping.members(group, kind.head):
                return kind, group
        return None

    def tied(self, span: Span) -> tuple[list[Tied], bool | None]:
        """Return what a span is tied to, in the order of roles, and whether its text is said to name no source.

        The second is None where that cannot be said.
        """
        found: list[Tied] = []
        for group in self._session.links.groups_of(span.id):
            found += self._members(group, span)
        distant: list[Relation] = []
        for relation in self._session.links.relations_of(span.id):
            outward = relation.source == span.id
            other = relation.target if outward else relation.source
            kind = grouping.relation(self._session.scheme, relation.label)
            name = directed(kind, relation.label, outward)
            if outward and kind is not None and kind.to_registry:
                words = self._name_of(other) or _("an entry that is gone")
                found.append(Tied(relation.id, other, name, words, None, self._session.mine(span)))
                continue
            distant.append(relation)
            if other in self._session.spans:
                found.append(self._row(relation.id, other, name))
        found += self.far.tied(span, distant)
        headed, held = grouping.headed_by(self._session.scheme, span.label), self.group_of(span)
        if headed is None or not headed.no_source or not self._session.mine(span):
            return found, None
        sources = held is not None and any(member.role == "source" for member in held[1].members)
        return found, None if sources else held is not None and held[1].no_source

    def _members(self, group: Group, span: Span) -> list[Tied]:
        kind = grouping.kind(self._session.scheme, group.kind)
        others = [member for member in group.members if member.span != span.id]
        if kind is not None and span.id not in grouping.members(group, kind.head):
            # Seen from a source, its quote is what matters, not the quote's other parts.
            others = [member for member in others if member.role == kind.head]
        rows = []
        for member in others:
            role = kind.role(member.role) if kind is not None else None
            label = self._session.scheme.label(role.label) if role is not None else None
            rows.append(self._row(group.id, member.span, label.name if label is not None else member.role))
        return rows

    def _row(self, tie: str, other: str, name: str) -> Tied:
        span = self._session.spans.get(other)
        if span is None:
            return Tied(tie, other, name, _("a span that is not shown here"), None, False)
        words = quoted(self._session.text, span.fragments, _WORDS)
        return Tied(tie, other, name, words, self._session.scheme.label(span.label), self._session.mine(span))

    def is_entry(self, span: Span, other: str) -> bool:
        """Whether what a span is tied to (an id) is an entry of the registry, be it there or gone."""
        ties = self._session.links.relations_of(span.id)
        scheme = self._session.scheme
        kinds = [grouping.relation(scheme, one.label) for one in ties if (one.source, one.target) == (span.id, other)]
        return any(kind is not None and kind.to_registry for kind in kinds)

    # What is done

    def untie(self, tie: str, other: str) -> None:
        """Take the tie (its id) between the focused span and another (its id) away."""
        span = self._view.focused
        if span is None or not self._tagging.may_change(span):
            return
        links = self._session.links
        relation = next((one for one in links.relations_of(span.id) if one.id == tie), None)
        if relation is None:
            relation = self.far.relation(span, tie)
        group = next((one for one in links.groups_of(span.id) if one.id == tie), None)
        if relation is not None:
            self._session.do(editing.unrelate(relation))
        elif group is not None:
            kind = grouping.kind(self._session.scheme, group.kind)
            heads = grouping.members(group, kind.head) if kind is not None else ()
            self._session.do(editing.untie(group, kind, span.id if other in heads else other))

    def turn_no_source(self) -> None:
        """Say that the text names no source of the focused quote, or, where that is said, take it back."""
        span = self._view.focused
        if span is None:
            return
        if grouping.headed_by(self._session.scheme, span.label) is None:
            self._session.told.emit(_("Only what somebody says has a source: focus a quote."), False)
            return
        held = self.group_of(span)
        self.tick_no_source(held is None or not held[1].no_source)

    def tick_no_source(self, ticked: bool) -> None:
        """Say that the text names no source of the focused quote, or take that back."""
        span = self._view.focused
        kind = grouping.headed_by(self._session.scheme, span.label) if span is not None else None
        if span is None or kind is None or not self._tagging.may_change(span):
            return
        held = self.group_of(span)
        group = held[1] if held is not None else editing.started(kind, span, ids.uuid7())
        self._session.do_made(lambda: editing.no_source(group, kind, ticked, stored=held is not None))

    def tie(self, one: Span, other: Span) -> bool:
        """Tie two spans by what the scheme allows: into an attribution, else by a relation from one to the other.

        Where several relations are possible the first is taken. Returns False, and tells why, where none is.
        """
        if not (self._tagging.may_change(one) and self._tagging.may_change(other)):
            return False
        for head, member in ((one, other), (other, one)):
            kind = grouping.headed_by(self._session.scheme, head.label)
            role = kind.played_by(member.label) if kind is not None else None
            if kind is not None and role is not None and role.id != kind.head:
                return self._join(kind, head, role.id, member)
        for source, target in ((one, other), (other, one)):
            if possible := grouping.between(self._session.scheme, source.label, target.label):
                return self.relate(possible[0], source, target)
        names = [self._session.scheme.name_of(span.label) for span in (one, other)]
        words = _("The scheme ties no {one} to a {other}.").format(one=names[0], other=names[1])
        self._session.told.emit(words, False)
        return False

    def relate(self, kind: RelationKind, source: Span, target: Span) -> bool:
        """Lead a relation from one span to another."""
        there, version = self._session.links.relations_of(source.id), self._session.scheme.version
        return self._session.do_made(
            lambda: editing.relate(kind, source, target, there, ids.uuid7(), clock.now(), version)
        )  # fmt: skip

    def _join(self, kind: Kind, head: Span, role: str, member: Span) -> bool:
        held = self.group_of(head)
        group = held[1] if held is not None else editing.started(kind, head, ids.uuid7())
        return self._session.do_made(
            lambda: editing.tie(group, kind, [(role, member)], stored=held is not None, made=())
        )
