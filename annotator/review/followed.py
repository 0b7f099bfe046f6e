"""Whether what a reader has by now is just what was decided: their ties told by spans of the consensus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from annotator.domain.relation import Group, Relation
from annotator.domain.sides import Ground, Side
from annotator.domain.span import Span
from annotator.review.differences import content, said, symmetric, tied, written


class Followed:
    """The ties of an article's sides beside those of its consensus; `stands_for` as `standing.became` tells it."""

    def __init__(self, ground: Ground, stands_for: Mapping[str, str]) -> None:
        self._ground, self._stands_for = ground, stands_for
        self._decided = tied(ground.consensus, ground.scheme)
        # What somebody made since, as it was decided, is in no decision.
        self._alike: dict[tuple[object, ...], str] = {}
        for span in ground.consensus.spans:
            self._alike.setdefault(content(span), span.id)

    def tied_so(self, side: Side, span: Span, made: Iterable[Span]) -> bool:
        """Whether a span of a side is tied as one of those of the consensus is, wherever something was decided."""
        there = {one.id: one for one in side.spans}

        def stands_for(id: str) -> str | None:
            if id not in there:
                return self._ground.far.get(id, id)
            return self._stands_for.get(id) or self._alike.get(content(there[id]))

        mine = self._said(span.id, tied(side, self._ground.scheme).get(span.id, ()), stands_for)
        own = {one.id for one in self._ground.consensus.spans}

        def itself(id: str) -> str:
            return id if id in own else self._ground.far.get(id, id)

        return any(self._said(one.id, self._decided.get(one.id, ()), itself) == mine for one in made)

    def _said(
        self, of: str, ties: Iterable[Relation | Group], stands_for: Callable[[str], str | None]
    ) -> list[str]:  # fmt: skip
        found = []
        for tie in ties:
            if isinstance(tie, Relation):
                end = stands_for(tie.target if tie.source == of else tie.source)
                back = tie.source != of and not symmetric(tie, self._ground.scheme)
                if end is not None:
                    found.append(written(["relation", tie.label, back, said(tie.attributes), end]))
                continue
            known = ((one.role, stands_for(one.span)) for one in tie.members if one.span != of)
            ends = sorted({(role, end) for role, end in known if end is not None})
            if ends or tie.no_source:
                found.append(written(["group", tie.kind, tie.no_source, ends]))
        return sorted(found)
