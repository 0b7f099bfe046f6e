"""Changing the scheme of a project: what it would touch, told before; what it does, article by article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.domain import fates, meaning
from annotator.domain.article import Layer, VisibleLayers
from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.grouping import kinds as group_kinds
from annotator.domain.grouping import relations as relation_kinds
from annotator.domain.layerref import of
from annotator.domain.redrawing import Move, Redrawn
from annotator.domain.relation import Group, Relation
from annotator.domain.scheme import Scheme
from annotator.domain.sides import Side
from annotator.domain.span import Span
from annotator.editing.titles import SCHEME
from annotator.i18n import _, later
from annotator.review.carried import carried
from annotator.storage import labelled
from annotator.storage import review as reviewed
from annotator.storage.reader import Reader

STILL_RIGHT = later("Still right")


def next_version(before: Scheme, wanted: Scheme, used: int = 0) -> int:
    """Return the version under which a scheme would follow the one in force; `used` is as in `succeeding`."""
    return wanted.version if wanted.id != before.id else max(wanted.version, before.version + 1, used + 1)


def succeeding(
    before: Scheme, wanted: Scheme, moves: Sequence[Move] = (), same: Iterable[str] = (), used: int = 0
) -> Scheme:
    """Return the scheme as it follows the one in force: of the same scheme, a version later at least.

    It is also later than `used`, the last version under which something was done (`labelled.latest_version`): that one
    may have been undone, and spans of it are not of this one. Labels remember since which version they mean what they
    mean (`domain.meaning`).
    """
    if wanted.id != before.id:
        return wanted
    draft = Redrawn(before, wanted, tuple(moves), frozenset(same))
    return meaning.remembered(draft, next_version(before, wanted, used))


def apply(
    before: Scheme, wanted: Scheme, moves: Sequence[Move] = (), same: Iterable[str] = (), there: Scheme | None = None,
    used: int = 0,
) -> Step:  # fmt: skip
    """Put a scheme in force; what `moves` do to spans is not in this step. `used` is as in `succeeding`.

    `there` is the scheme of that id which the project had in force before the present one, None where it had none.
    Raises UserError where the scheme is in force.
    """
    if wanted._replace(version=before.version) == before and not moves:
        raise UserError(_("The project has this scheme already."))
    old = before if before.id == wanted.id else there
    after = wanted if old is None else succeeding(old, wanted, moves, same, used)
    return Step(SCHEME.format(title=f"{after.name} {after.version}"), (Change(old, after),))


def is_one_step(draft: Redrawn) -> bool:
    """Whether putting a draft in force is the one small step of `in_force`; else it is a job (`jobs.redrawing`)."""
    return not draft.moves and draft.wanted.id == draft.before.id and not any(turned(draft))


def turned(draft: Redrawn) -> tuple[list[str], list[str]]:
    """Return the kinds of relations and of groups (ids) whose ties belong to another of their spans afterwards.

    A relation without direction belongs to its first end, a group to its head: what was decided of them stays so.
    """
    one, other = draft.before, draft.wanted
    straight = {it.id: it.symmetric for it in relation_kinds(one)}
    heads = {it.id: it.head for it in group_kinds(one)}
    return (
        [it.id for it in relation_kinds(other) if straight.get(it.id, it.symmetric) != it.symmetric],
        [it.id for it in group_kinds(other) if heads.get(it.id, it.head) != it.head],
    )


def in_force(reader: Reader, draft: Redrawn, also: tuple[Change, ...] = ()) -> Step:
    """Put the scheme of a draft in force in a project, as `apply`; what its moves do to spans is not in this step.

    `also` are further changes of the same step, such as that a proposal is accepted.
    """
    another = draft.wanted.id != draft.before.id
    there: Scheme | None = reader.value("scheme", draft.wanted.id, "") if another else None
    step = apply(draft.before, draft.wanted, draft.moves, draft.same, there, labelled.latest_version(reader))
    return step._replace(changes=step.changes + also)


def still_right(span: Span, version: int, now: str) -> Step:
    """Say that a span is right under this version of the scheme too. Raises UserError where that is said already."""
    if span.scheme_version >= version:
        raise UserError(_("This span was made under this version of the scheme."))
    return Step(STILL_RIGHT, (Change(span, span._replace(scheme_version=version, updated=now)),))


class Touched(NamedTuple):
    """What a draft does in one article: its spans before and after (None: deleted), how ties and decisions change."""

    article: str
    spans: tuple[tuple[Span, Span | None], ...]
    ties: tuple[Change, ...]
    decisions: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ties) or any(after is not span for span, after in self.spans)

    def changes(self, now: str) -> list[Change]:
        """Return all of it as changes; ties go before their spans, so that undo finds the spans first."""
        changed = ((span, after) for span, after in self.spans if after is not span)
        spans = (Change(span, after and after._replace(updated=now)) for span, after in changed)
        return [*self.ties, *spans, *self.decisions]


class Plan:
    """What a draft does to each article; made before anything of it is done, asked for one article at a time."""

    def __init__(self, reader: Reader, draft: Redrawn) -> None:
        self._reader, self._draft = reader, draft
        self.fate = fates.fate(draft)
        # Of spans in other articles: those may have changed already when this one's turn comes.
        self._far = {span.id: _ends(span, self.fate(span)) for span in labelled.far_ends(reader)}
        self._turned = turned(draft)
        self._decided = frozenset(reviewed.decided_articles(reader))

    def articles(self, also: Iterable[str] = ()) -> list[str]:
        """Return the articles that may be touched, in project order, and those with spans of further labels."""
        untied = [(move.attribute, move.label) for move in self._draft.moves if move.what == "untie"]
        relations, groups = ([id for table, id in untied if table == wanted] for wanted in ("relations", "groups"))
        relations, groups = [*relations, *self._turned[0]], [*groups, *self._turned[1]]
        return labelled.touched(self._reader, fates.labels(self._draft) | set(also), relations, groups)

    def __call__(self, article: str) -> Touched:
        """Return what it does to an article (its id), in all layers; with the spans that stay as they are."""
        reader = self._reader
        pairs = tuple((span, self.fate(span)) for span in reader.spans(article, VisibleLayers.ALL))
        ends = self._far | {span.id: _ends(span, after) for span, after in pairs}
        relations, groups = reader.relations(article, VisibleLayers.ALL), reader.groups(article, VisibleLayers.ALL)
        touched = Touched(article, pairs, tuple(fates.ties(self._draft, relations, groups, ends)))
        if not (touched or any(self._turned)) or article not in self._decided:
            return touched
        return touched._replace(decisions=self._carried(touched, relations, groups))

    def _carried(self, touched: Touched, relations: Sequence[Relation], groups: Sequence[Group]) -> tuple[Change, ...]:
        """Return how the decisions about an article change, so that they hold afterwards where they held before."""
        left = {change.entity: change.after for change in touched.ties}
        spans = [after for _span, after in touched.spans if after is not None]
        ties: list[Relation | Group] = [*relations, *groups]
        kept = [left.get(tie.id, tie) for tie in ties]
        layers = self._reader.layers(touched.article, VisibleLayers.ALL)
        before = [_side(layer, [span for span, _after in touched.spans], ties) for layer in layers]
        after = [_side(layer, spans, kept) for layer in layers]
        decisions = reviewed.decisions(self._reader, touched.article)
        return carried(decisions, before, after, self._draft.before, self._draft.wanted)


def _side(layer: Layer, spans: Iterable[Span], ties: Iterable[object]) -> Side:
    mine = [tie for tie in ties if isinstance(tie, Relation | Group) and tie.layer == layer.id]
    return Side(
        of(layer), layer, tuple(span for span in spans if span.layer == layer.id),
        tuple(tie for tie in mine if isinstance(tie, Relation)), tuple(tie for tie in mine if isinstance(tie, Group)),
    )  # fmt: skip


def _ends(span: Span, after: Span | None) -> tuple[str, str | None]:
    return span.label, after.label if after is not None else None
