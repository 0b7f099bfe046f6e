"""What a merge changes, counted article by article, so that what is told before is what is told after."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.domain.layerref import CONSENSUS
from annotator.domain.sides import ANSWER, CONTESTED, CORRECTION, DIFFERENCE
from annotator.storage.fold import Difference, Folded, Key, Told
from annotator.storage.forks import Fork


@dataclass(slots=True)
class Owner:
    """Spans in the layers of one person, of nobody, or in the consensus."""

    new: int = 0
    changed: int = 0
    deleted: int = 0


@dataclass(slots=True)
class _Article:
    new: int = 0
    changed: int = 0
    remarks: int = 0
    proposals: int = 0
    decisions: int = 0
    corrections: int = 0
    answers: int = 0
    contests: int = 0
    waiting: int = 0
    assigned: int = 0
    schemes: int = 0
    owners: dict[str, Owner] = field(default_factory=dict)
    forks: list[Fork] = field(default_factory=list)


class Tally:
    """Counts by article."""

    def __init__(self) -> None:
        self._articles: dict[str, _Article] = {}

    def add(self, article: str, difference: Difference, standing: Mapping[Key, Folded]) -> None:
        """Count what is different in one article; `standing` is what stands there afterwards."""
        counts = self._articles.setdefault(article, _Article())
        for (kind, id), one in difference.put.items():
            was = difference.was.get((kind, id))
            if was is not None and was.value == one.value:
                continue
            if kind == "article":
                counts.new += was is None
                counts.changed += was is not None
            elif kind == "span":
                owner = _owner(counts, one.value.layer, standing, difference)
                owner.new += was is None
                owner.changed += was is not None
            elif kind == "remark":
                counts.remarks += was is None
            elif kind == "assignment":
                counts.assigned += was is None
            elif kind == "scheme":
                counts.schemes += 1
            elif kind == "decision":
                about = one.value.data.get("about")
                counts.decisions += about == DIFFERENCE
                counts.corrections += about == CORRECTION
                counts.answers += about == ANSWER
                counts.contests += about == ANSWER and one.value.data.get("says") == CONTESTED
            elif kind == "proposal":
                counts.proposals += was is None and one.value.state == "open"
        for (kind, _), one in difference.gone.items():
            if kind == "span":
                _owner(counts, one.value.layer, standing, difference).deleted += 1

    def add_forks(self, article: str, new: Sequence[Fork]) -> None:
        """Keep what was changed on two machines and was not known as such."""
        self._articles.setdefault(article, _Article()).forks += new

    def add_waiting(
        self, article: str, new: Sequence[Told], counting: Sequence[Told], standing: Mapping[Key, Folded]
    ) -> None:
        """Count the things that a package changes and that nobody here made: their beginning is in another package."""
        deleted = {(change.kind, change.entity) for change in counting if change.after is None}
        things = {
            (change.kind, change.entity) for change in new if change.after is not None and change.kind != "import"
        }
        counted = {(change.kind, change.entity) for change in counting}
        self._articles.setdefault(article, _Article()).waiting += len(
            [key for key in things & counted if key not in standing and key not in deleted]
        )

    def without(self, articles: Collection[str]) -> Tally:
        """Return the counts of all articles but these."""
        rest = Tally()
        rest._articles = {id: counts for id, counts in self._articles.items() if id not in articles}
        return rest

    def blind(self, articles: Collection[str], me: str) -> Tally:
        """Return the counts without what others did in these articles; what `me` (an id) did stays.

        Spans of nobody go too: what a team agreed on is nobody's, and counted with what a file brought.
        """
        seen = Tally()
        for id, counts in self._articles.items():
            if id in articles:
                owners = {owner: found for owner, found in counts.owners.items() if owner == me}
                counts = replace(
                    counts,
                    owners=owners,
                    forks=[],
                    remarks=0,
                    waiting=0,
                    decisions=0,
                    corrections=0,
                    answers=0,
                    contests=0,
                )
            seen._articles[id] = counts
        return seen

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles that are counted."""
        return frozenset(self._articles)

    # sums

    @property
    def articles_new(self) -> int:
        return sum(counts.new for counts in self._articles.values())

    @property
    def articles_changed(self) -> int:
        return sum(counts.changed for counts in self._articles.values())

    @property
    def remarks(self) -> int:
        return sum(counts.remarks for counts in self._articles.values())

    @property
    def decisions(self) -> int:
        """What reviewers decided about differences, new or changed."""
        return sum(counts.decisions for counts in self._articles.values())

    @property
    def corrections(self) -> int:
        """What annotators are told of a review, new or changed."""
        return sum(counts.corrections for counts in self._articles.values())

    @property
    def answers(self) -> int:
        """Their answers, new or changed."""
        return sum(counts.answers for counts in self._articles.values())

    @property
    def contests(self) -> int:
        """How many of the answers contest what was decided."""
        return sum(counts.contests for counts in self._articles.values())

    @property
    def proposals(self) -> int:
        return sum(counts.proposals for counts in self._articles.values())

    @property
    def waiting(self) -> int:
        return sum(counts.waiting for counts in self._articles.values())

    @property
    def assigned(self) -> int:
        return sum(counts.assigned for counts in self._articles.values())

    @property
    def schemes(self) -> int:
        return sum(counts.schemes for counts in self._articles.values())

    @property
    def forks(self) -> list[Fork]:
        return [fork for counts in self._articles.values() for fork in counts.forks]

    def by_owner(self) -> dict[str, Owner]:
        """Return how many spans are new, changed and deleted, by the owner of their layer or CONSENSUS."""
        sums: dict[str, Owner] = {}
        for counts in self._articles.values():
            for id, owner in counts.owners.items():
                if not (owner.new or owner.changed or owner.deleted):
                    continue
                total = sums.setdefault(id, Owner())
                total.new += owner.new
                total.changed += owner.changed
                total.deleted += owner.deleted
        return dict(sorted(sums.items()))


def _owner(counts: _Article, layer: str, standing: Mapping[Key, Folded], difference: Difference) -> Owner:
    key = ("layer", layer)
    found = standing.get(key) or difference.gone.get(key)
    if found is None:
        return counts.owners.setdefault("", Owner())
    return counts.owners.setdefault(CONSENSUS if found.value.kind == CONSENSUS else found.value.owner, Owner())
