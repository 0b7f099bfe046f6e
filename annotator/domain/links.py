"""Which spans are tied to which: relations and groups of one article, found by span."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.change import Change
from annotator.domain.relation import Group, Relation


class Link(NamedTuple):
    """What a span is tied to: the span at the other end, and whether the arrow points back (a relation that ends
    here) or away (to the target of a relation, to another member of a group)."""

    other: str
    inward: bool = False


class Links:
    """Relations and groups of one article, by id and by the spans they tie."""

    def __init__(self, relations: Iterable[Relation] = (), groups: Iterable[Group] = ()) -> None:
        self._ties: dict[str, Relation | Group] = {}
        self._of: dict[str, set[str]] = {}
        for relation in relations:
            self._put(relation)
        for group in groups:
            self._put(group)

    def __bool__(self) -> bool:
        return bool(self._ties)

    def __contains__(self, span: object) -> bool:
        return span in self._of

    def _put(self, tie: Relation | Group) -> None:
        self._ties[tie.id] = tie
        for span in _ends(tie):
            self._of.setdefault(span, set()).add(tie.id)

    def _drop(self, id: str) -> None:
        tie = self._ties.pop(id, None)
        for span in _ends(tie) if tie is not None else ():
            self._of[span].discard(id)
            if not self._of[span]:
                del self._of[span]

    def apply(self, change: Change) -> bool:
        """Follow one change of a relation or a group; return whether it was one."""
        if not isinstance(change.value, Relation | Group):
            return False
        self._drop(change.entity)
        if isinstance(change.after, Relation | Group):
            self._put(change.after)
        return True

    def of(self, span: str) -> list[Link]:
        """Return what a span (by id) is tied to, each span once; an arrow away wins over one that points back."""
        inward: dict[str, bool] = {}
        for id in sorted(self._of.get(span, ())):
            tie = self._ties[id]
            for other in _ends(tie):
                back = isinstance(tie, Relation) and tie.target == span
                if other != span:
                    inward[other] = inward.get(other, True) and back
        return [Link(other, back) for other, back in inward.items()]

    def ends(self, tie: str) -> list[str]:
        """Return the spans (by id) that a tie (its id) holds together, the first of it first; none where it is gone."""
        found = self._ties.get(tie)
        return _ends(found) if found is not None else []

    def all_groups(self) -> list[Group]:
        """Return all groups of the article."""
        return [tie for tie in self._ties.values() if isinstance(tie, Group)]

    def groups_of(self, span: str) -> list[Group]:
        """Return the groups that a span (by id) is in."""
        ties = [self._ties[id] for id in sorted(self._of.get(span, ()))]
        return [tie for tie in ties if isinstance(tie, Group)]

    def relations_of(self, span: str) -> list[Relation]:
        """Return the relations that begin or end at a span (by id) and lie in this article."""
        ties = [self._ties[id] for id in sorted(self._of.get(span, ()))]
        return [tie for tie in ties if isinstance(tie, Relation)]

    def together(self, span: str) -> frozenset[str]:
        """Return the spans (by id) of all groups that a span is in, itself included; empty where it is in none."""
        ties = [self._ties[id] for id in self._of.get(span, ())]
        return frozenset(other for tie in ties if isinstance(tie, Group) for other in _ends(tie))

    def trunks(self, spans: Iterable[str]) -> list[tuple[str, list[Link]]]:
        """Return every tie that touches one of the spans (by id) once: where its trunk begins, and its other ends."""
        found: list[tuple[str, list[Link]]] = []
        done: set[str] = set()
        for span in spans:
            for id in sorted(self._of.get(span, set()) - done):
                done.add(id)
                tie = self._ties[id]
                back = isinstance(tie, Relation) and tie.target == span
                others = [Link(other, back) for other in _ends(tie) if other != span]
                if others:
                    found.append((span, others))
        return found


def _ends(tie: Relation | Group) -> list[str]:
    """Return the spans that are tied, each once, in the order of the tie."""
    if isinstance(tie, Relation):
        return list(dict.fromkeys((tie.source, tie.target)))
    return list(dict.fromkeys(member.span for member in tie.members))
