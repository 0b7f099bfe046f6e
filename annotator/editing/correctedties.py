"""The ties of what is taken over from a correction: mine become those that were decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from annotator.domain.change import Change
from annotator.domain.corrections import Correction, Link, Piece, turned
from annotator.domain.grouping import Kind, RelationKind, relation, with_member, without_member
from annotator.domain.grouping import kind as kind_of
from annotator.domain.ids import IdSource
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.sides import Side
from annotator.domain.span import Fragments, Span
from annotator.editing.ties import started
from annotator.review.corrections import becoming, shared

Tie = Relation | Group


class CorrectedTies:
    """My ties (of `mine`), brought into line piece after piece; `spans` are mine as they will be.

    An end is looked for among them, since what was decided is told by places: on just these words; else what I am told
    in `others` (all corrections of the article) stood on them or will; else on most of them, where I am told nothing.
    """

    def __init__(
        self, mine: Side, spans: Iterable[Span], scheme: Scheme, now: str, new_id: IdSource,
        others: Iterable[Correction] = (),
    ) -> None:  # fmt: skip
        self._before: dict[str, Tie] = {one.id: one for one in mine.relations}
        self._before.update((one.id, one) for one in mine.groups)
        self._after = dict(self._before)
        self._spans = {span.id: span for span in spans}
        self._scheme, self._now, self._new_id = scheme, now, new_id
        self._becomes: dict[Fragments, set[str]] = {}
        self._was: dict[Fragments, set[str]] = {}
        for one in others:
            if one.was is not None:
                self._was.setdefault(one.was.fragments, set()).add(one.span)
            own = becoming(one.was, one.became) if one.was is not None and one.became else None
            for piece in one.became:  # the others come beside it
                self._becomes.setdefault(piece.fragments, set()).add(one.span if piece == own else "")
        self.missing = False
        """Whether something that was decided hangs on words that I have not tagged so."""

    def without(self, changes: Iterable[Change]) -> None:
        """Take in what changes of them since a span gets another label."""
        for change in changes:
            self._put(change.before, change.after)

    def follow(self, span: str, was: Piece | None, became: Piece) -> None:
        """Tie a span (its id) as `became` says; what `was` says and this does not any more goes."""
        wanted = {(name, end) for name, end in self._found(span, became.links, tell=True)}
        for name, end in self._found(span, was.links if was is not None else (), tell=False):
            if (name, end) not in wanted:
                self._untie(name, span, end)
        for name, end in sorted(wanted):
            self._tie(name, span, end)
        for id in (*(was.sourceless if was is not None else ()), *became.sourceless):
            self._say_no_source(span, id, no_source=id in became.sourceless)

    def changes(self) -> list[Change]:
        """Return what changes of my ties."""
        return [
            Change(self._before.get(id), self._after.get(id))
            for id in dict.fromkeys((*self._before, *self._after))
            if self._before.get(id) != self._after.get(id)
        ]

    def _found(self, span: str, links: Sequence[Link], *, tell: bool) -> list[tuple[str, str]]:
        """Return what ties the span and the other end (id), of those that are there; no end stands for two places."""
        found: list[tuple[str, str]] = []
        at = {one.fragments for one in self._spans.values()}
        for name, places in sorted(links, key=lambda it: it[1] not in at):  # those on just these words first
            taken = {end for tied, end in found if tied == name}
            end = self._end(span, name, places, taken, self._becomes if tell else self._was)
            if end is not None:
                found.append((name, end))
            self.missing |= tell and end is None
        return found

    def _end(
        self, span: str, name: str, places: Fragments, taken: set[str], told: Mapping[Fragments, set[str]]
    ) -> str | None:
        plays = self._plays(name, self._spans[span].label)
        some = [one for one in self._spans.values() if one.id != span and one.id not in taken]
        there = [one for one in some if one.fragments == places]
        if not there:  # what is still to come there is meant, and nothing that happens to stand on some of its words
            there = [one for one in some if one.id in told[places]] if places in told else some
        some = [
            one for one in there if plays(one.label)
        ]  # what stands there under another label is meant, and no other
        most, id = max(((_alike(one.fragments, places), one.id) for one in some), default=(0.0, ""))
        return id if most else None

    def _plays(self, name: str, label: str) -> Callable[[str], bool]:
        """Return which labels may stand at the other end of a tie."""
        straight, back = turned(name)
        kind, role = self._group(straight)
        if kind is not None:
            wanted = kind.role(kind.head if back else role)
            return wanted.plays if wanted is not None else _never
        led = relation(self._scheme, straight)
        if led is None:
            return _never
        return lambda other: led.joins(other, label) if back else led.joins(label, other)

    def _group(self, name: str) -> tuple[Kind | None, str]:
        kind, slash, role = name.rpartition("/")
        return (kind_of(self._scheme, kind) if slash else None), role

    def _tie(self, name: str, span: str, end: str) -> None:
        straight, owner, other = _ends(name, span, end)
        kind, role = self._group(straight)
        if kind is None:
            led = relation(self._scheme, straight)
            assert led is not None  # or there would be no end
            if not self._leads(led, owner, other):
                of = self._spans[owner]
                made = Relation(
                    self._new_id(), of.article, of.layer, led.id, owner, other, scheme_version=self._scheme.version,
                    created=self._now, updated=self._now,
                )  # fmt: skip
                self._put(None, made)
            return
        group = self._headed(kind, owner)
        before = group if group is not None else started(kind, self._spans[owner], self._new_id())
        if not any((one.role, one.span) == (role, other) for one in before.members):
            self._put(group, with_member(before, kind, role, other))

    def _untie(self, name: str, span: str, end: str) -> None:
        straight, owner, other = _ends(name, span, end)
        kind, _role = self._group(straight)
        if kind is None:
            led = relation(self._scheme, straight)
            if led is not None and (there := self._leads(led, owner, other)) is not None:
                self._put(there, None)
        elif (group := self._headed(kind, owner)) is not None:
            self._put(group, without_member(group, kind, other))

    def _say_no_source(self, span: str, id: str, *, no_source: bool) -> None:
        kind = kind_of(self._scheme, id)
        role = kind.role(kind.head) if kind is not None else None
        if kind is None or role is None or not kind.no_source or not role.plays(self._spans[span].label):
            self.missing |= no_source
            return
        group = self._headed(kind, span)
        before = group if group is not None else started(kind, self._spans[span], self._new_id())
        others = [one.role for one in before.members if one.role != kind.head]
        if no_source and "source" in others:  # one of which I am told nothing
            self.missing = True
        elif no_source or others:
            self._put(group, before._replace(no_source=no_source))
        else:
            self._put(group, None)

    def _leads(self, led: RelationKind, source: str, target: str) -> Relation | None:
        ends = {(source, target)} | ({(target, source)} if led.symmetric else set())
        some = (one for one in self._after.values() if isinstance(one, Relation) and one.label == led.id)
        return next((one for one in some if (one.source, one.target) in ends), None)

    def _headed(self, kind: Kind, head: str) -> Group | None:
        groups = (one for one in self._after.values() if isinstance(one, Group) and one.kind == kind.id)
        return next(
            (one for one in groups if any(it.span == head and it.role == kind.head for it in one.members)), None
        )

    def _put(self, before: object, after: object) -> None:
        if isinstance(before, Relation | Group):
            del self._after[before.id]
        if isinstance(after, Relation | Group):
            self._after[after.id] = after


def _ends(name: str, span: str, end: str) -> tuple[str, str, str]:
    """Return what a link ties by, the span (id) that the tie belongs to, and the other one."""
    straight, back = turned(name)
    return (straight, end, span) if back else (straight, span, end)


def _never(_label: str) -> bool:
    return False


def _alike(one: Fragments, other: Fragments) -> float:
    """Return how much of all their words two spans have in common, 0 to 1; 1 for just the same."""
    both = shared(one, other)
    return both / (sum(end - start for start, end in (*one, *other)) - both) if both else 0.0
