"""Change, Step, Changed: what an action does, as data, so that undo is the same road backwards."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from annotator.domain.article import Annotator, Article, Layer
from annotator.domain.free import NOTHING, Free
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.domain.team import Assignment, Lead, Proposal, Remark


class Entry(NamedTuple):
    """A registry entry: a person, an organisation or an outlet."""

    id: str
    kind: str
    name: str
    data: Free = NOTHING


class Decision(NamedTuple):
    """What a reviewer says about a difference."""

    id: str
    article: str
    layer: str
    data: Free = NOTHING


class Imported(NamedTuple):
    """What one import brought for one article, as one value.

    `article` is None where the article was here before; its text is stored under its fingerprint, never in here.
    """

    id: str
    article: Article | None
    layers: tuple[Layer, ...] = ()
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    groups: tuple[Group, ...] = ()

    def values(self) -> Iterator[Article | Layer | Span | Relation | Group]:
        """Yield what it holds, containers before what they contain."""
        if self.article is not None:
            yield self.article
        yield from self.layers
        yield from self.spans
        yield from self.relations
        yield from self.groups


Value: TypeAlias = (
    Annotator | Lead | Article | Assignment | Layer | Span | Relation | Group | Scheme | Entry | Decision | Remark
    | Proposal | Imported
)  # fmt: skip

KIND_OF: dict[type, str] = {
    Annotator: "annotator",
    Article: "article",
    Layer: "layer",
    Span: "span",
    Relation: "relation",
    Group: "group",
    Scheme: "scheme",
    Entry: "entry",
    Decision: "decision",
    Imported: "import",
    Lead: "lead",
    Assignment: "assignment",
    Remark: "remark",
    Proposal: "proposal",
}


LAYERED = frozenset({"layer", "span", "relation", "group"})
"""Kinds of what is one person's own: a layer and what stands in it."""


class Change:
    """One value before and after; None before is a creation, None after a deletion."""

    # By hand: the module of dataclasses and what it makes of a class cost every start some milliseconds.
    __slots__ = ("after", "before")

    def __init__(self, before: Value | None, after: Value | None) -> None:
        if before is None and after is None:
            raise ValueError("a change needs a value before or after")
        both = before is not None and after is not None
        if both and (type(before) is not type(after) or before.id != after.id):  # type: ignore[union-attr]
            raise ValueError("a change cannot turn one thing into another")
        self.before: Final = before
        self.after: Final = after

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Change):
            return NotImplemented
        return self.before == other.before and self.after == other.after

    def __hash__(self) -> int:
        return hash((self.before, self.after))

    def __repr__(self) -> str:
        return f"Change(before={self.before!r}, after={self.after!r})"

    @property
    def value(self) -> Value:
        """The value after, or what was there before a deletion."""
        value = self.after if self.after is not None else self.before
        assert value is not None  # __init__ refuses a change of nothing
        return value

    @property
    def kind(self) -> str:
        """One of the values of KIND_OF."""
        return KIND_OF[type(self.value)]

    @property
    def entity(self) -> str:
        """The id of what is changed."""
        return self.value.id

    @property
    def article(self) -> str:
        """The id of the article it belongs to, or ""."""
        value = self.value
        if isinstance(value, Article | Imported):
            return value.id
        return getattr(value, "article", "")

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.after, self.before)


class Step(NamedTuple):
    """One undoable action: a title in words (no article text, no names) and its changes.

    Steps with the same `repeat` that follow one another within a second are undone together.
    """

    title: str
    changes: tuple[Change, ...]
    repeat: str = ""

    def inverse(self) -> Step:
        """Return the step that takes this one back."""
        return Step(self.title, tuple(change.inverse() for change in reversed(self.changes)))


class _Told(NamedTuple):
    title: str
    changes: tuple[Change, ...]
    how: str = "do"  # do, undo, redo or merge


class Changed(_Told):
    """What listeners hear after a commit: the steps' titles and all changes, in order."""

    # Every listener asks for the same two sets, and a change of the scheme has tens of thousands of changes.
    @cached_property
    def articles(self) -> frozenset[str]:
        """Ids of the articles that were touched."""
        return frozenset(change.article for change in self.changes if change.article)

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset(change.kind for change in self.changes)

    def kinds(self) -> frozenset[str]:
        """Kinds of what was touched; a view that shows none of them need not look further."""
        return self._kinds
