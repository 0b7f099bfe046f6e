"""The queue of a review: all differences of a project between some layers, followed article by article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from annotator.domain.article import Annotator, Layer
from annotator.domain.change import Changed, Step
from annotator.domain.ids import uuid7
from annotator.domain.layerref import LayerRef
from annotator.domain.sides import Ground
from annotator.editing import review as editing
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.jobs.queuetally import Known, Tally, by_label, in_order
from annotator.review import alike
from annotator.review.decide import Verdict
from annotator.review.differences import Compared
from annotator.review.filter import Filter
from annotator.review.standing import (
    DISCUSSED,
    LEFT,
    OPEN,
    SETTLED,
    STATUSES,
    Item,
    compared,
    counted,
    standing,
    standing_again,
)
from annotator.storage import review as reading
from annotator.storage.reader import Reader


class Queue:
    """All differences between the chosen layers (two or more), of all articles in project order or of some.

    Reads through the reader that each call is given, which is that of the calling thread. `fill` reads everything;
    afterwards `follow` keeps up with what is done, at the cost of the articles that were touched only.
    """

    def __init__(self, refs: Sequence[LayerRef], articles: Collection[str] | None = None) -> None:
        self.refs = tuple(refs)
        self._only = None if articles is None else frozenset(articles)
        self._articles: dict[str, Known] = {}
        self._where: dict[str, str] = {}
        self._alike: dict[str, dict[str, None]] = {}
        """By key (`review.alike`) the ids of those that are alike: a project may have many thousand."""
        self._open: tuple[Ground, Compared] | None = None
        self._tally = Tally()
        self._order: tuple[int, dict[str, int]] = -1, {}

    # filling and following

    def fill(self, reader: Reader, progress: Progress = no_progress, cancelled: Cancelled = never) -> bool:
        """Read all articles; see `jobs.job`. Returns whether it came to the end; what is there then is whole so far."""
        self._articles, self._where, self._alike, self._open = {}, {}, {}, None
        self._tally.clear()
        ids = [id for id in self._ids(reader) if self._only is None or id in self._only]
        with seldom_collecting():
            for done, ground in enumerate(reading.grounds(reader, ids, self.refs), start=1):
                if cancelled():
                    return False
                self._put(ground, compared(ground))
                progress(done, len(ids))
        return True

    def _ids(self, reader: Reader) -> list[str]:
        return reading.articles(reader, self.refs)

    def _put(self, ground: Ground, found: Compared, since: Ground | None = None) -> None:
        """Take an article in; `since` is the ground before, where the sides are the same."""
        id = ground.article.id
        before = self._articles.get(id)
        if since is not None and before is not None and len(found.present) > 1:
            items = tuple(standing_again(before.items, since, ground, found))
        else:
            items = tuple(standing(ground, found))
        counts, unheard, kept = counted(items), sum(1 for it in items if it.unheard), ground._replace(text="")
        if before is not None and before.compared is found and len(items) == len(before.items) == found.length:
            # The same differences, none of them gone: with every key only how they stand is another.
            now = before._replace(items=items, counts=counts, ground=kept, unheard=unheard)
        else:
            # A key is made of words, which a decision does not change, but an edit by a reader does.
            keys = before.keys if before is not None and before.compared is found else {}
            keys = {it.id: keys[it.id] if it.id in keys else alike.key(it.difference, ground.text) for it in items}
            at = {it.id: n for n, it in enumerate(items)}
            now = Known(items, keys, counts, found, at, kept, unheard, by_label(items))
            self._forget(id)
            self._where.update((it.id, id) for it in items)
            for one, key in keys.items():
                if key:
                    self._alike.setdefault(key, {})[one] = None
        self._articles[id] = now
        self._tally.swap(id, before, now)

    def _drop(self, id: str) -> None:
        """Take an article out."""
        self._forget(id)
        self._tally.swap(id, self._articles.pop(id), None)

    def _forget(self, id: str) -> None:
        """Let what is in an article be found no more."""
        before = self._articles.get(id)
        for one, key in before.keys.items() if before is not None else ():
            if self._where.get(one) != id:
                continue
            del self._where[one]
            if key:
                del self._alike[key][one]
                if not self._alike[key]:
                    del self._alike[key]

    def follow(self, reader: Reader, changed: Changed) -> frozenset[str]:
        """Keep up with what was done; return the articles (ids) of which something else is told now.

        With an article that comes or goes the order may change, and with a scheme everything: then all are told.
        What a job did may touch very many articles: who must not wait makes a new queue in another thread (`touches`).
        """
        kinds = changed.kinds()
        if "scheme" in kinds:
            self.fill(reader)
            return frozenset(self._articles)
        if kinds.isdisjoint(_TOLD):
            return frozenset()
        touched = frozenset(id for id in changed.articles if self._only is None or id in self._only)
        leading = self._leading(changed) - touched
        others = self._may_order(changed) and self._ids_changed(reader)
        for id in (touched | leading) & self._articles.keys():
            self._follow(reader, id, changed, again=id in leading)
        if others:
            return frozenset(self._articles) | touched
        return (touched | leading) & self._articles.keys()

    def _leading(self, changed: Changed) -> frozenset[str]:
        """Return the articles (ids) that relate to something that was changed in another one."""
        spans = {change.entity for change in changed.changes if change.kind == "span"}
        everything = not changed.kinds().isdisjoint(_ORDER)
        return frozenset(
            id for id in self._tally.leading if everything or not spans.isdisjoint(self._articles[id].ground.far)
        )

    def touches(self, changed: Changed) -> int:
        """Return how many articles `follow` would read again for this."""
        if "scheme" in changed.kinds():
            return len(self._articles)
        return len(changed.articles & self._articles.keys())

    def _may_order(self, changed: Changed) -> bool:
        if not changed.kinds().isdisjoint(_ORDER):
            return True
        if "layer" not in changed.kinds():
            return False
        came_or_went = [it.value for it in changed.changes if it.kind == "layer" and None in (it.before, it.after)]
        return any(isinstance(one, Layer) and ref.means(one) for one in came_or_went for ref in self.refs)

    def _ids_changed(self, reader: Reader) -> bool:
        """Read the list of articles again; return whether it is another one."""
        ids = [id for id in self._ids(reader) if self._only is None or id in self._only]
        if ids == list(self._articles):
            return False
        for id in self._articles.keys() - set(ids):
            self._drop(id)
        for ground in reading.grounds(reader, [id for id in ids if id not in self._articles], self.refs):
            self._put(ground, compared(ground))
        self._articles = {id: self._articles[id] for id in ids if id in self._articles}
        self._tally.order_is_another()
        return True

    def _follow(self, reader: Reader, id: str, changed: Changed, *, again: bool = False) -> None:
        """Keep up with one article, `again` by reading it anew."""
        before = self._before(reader, id, changed)
        ground = before[0].after(changed.changes) if before is not None and not again else None
        if ground is None:
            ground = reading.ground(reader, id, self.refs)
        if ground is None:
            self._drop(id)
            return
        same = before is not None and _compared_of(ground) == _compared_of(before[0])
        found = before[1] if before is not None and same else compared(ground)
        if self._open is not None and self._open[0].article.id == id:
            self._open = ground, found
        self._put(ground, found, before[0] if before is not None and same else None)

    def _before(self, reader: Reader, id: str, changed: Changed) -> tuple[Ground, Compared] | None:
        """Return what is known of an article from before, None where it must be read again."""
        if self._open is not None and self._open[0].article.id == id:
            return self._open
        # With a layer that is done others may come to light, and a merge tells things in another order.
        if changed.how == "merge" or not changed.kinds() <= _PLAIN:
            return None
        return self._known(reader, id)

    def _known(self, reader: Reader, id: str) -> tuple[Ground, Compared] | None:
        of = self._articles.get(id)
        if of is None:
            return None
        # Of what an article stands on only the text is not held: that of all articles may be large.
        return of.ground._replace(text=reader.text(of.ground.article.sha256)), of.compared

    # asking

    @property
    def version(self) -> int:
        """How often anything of it became another: who keeps what was asked looks here whether that still holds."""
        return self._tally.version

    def since(self, version: int) -> list[str] | None:
        """Return the articles (ids) that became others since a version; None where any came, went or moved."""
        return self._tally.since(version)

    def labelled(self, article: str) -> Mapping[str, tuple[int, ...]]:
        """Return by label (id) which of the items `of` an article (its id) have it."""
        return self._articles[article].labelled

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles (ids) that have at least two of the layers, in project order."""
        return tuple(self._articles)

    @property
    def left(self) -> int:
        """How many are left to be decided: open, contested and outdated ones."""
        return sum(self._tally.counts[status] for status in LEFT)

    @property
    def unheard(self) -> int:
        """How many decisions were made without a reading that is compared now and says something else."""
        return self._tally.unheard

    @property
    def reopened(self) -> tuple[str, ...]:
        """The articles (ids) whose consensus says that it is done while it lacks something: contested, say, since."""
        return tuple(in_order(self._articles, self._tally.reopened))

    @property
    def finished(self) -> bool:
        """Whether the consensus of each article says that it is done, and nothing is left there."""
        return bool(self._articles) and all(of.done for of in self._articles.values()) and not self.reopened

    def counts(self, article: str = "") -> dict[str, int]:
        """Return how many there are of each of STATUSES, in the whole project or in one article (its id)."""
        if not article:
            return dict(self._tally.counts)
        return dict(self._articles[article].counts) if article in self._articles else dict.fromkeys(STATUSES, 0)

    def items(self, wanted: Filter = Filter()) -> list[Item]:  # noqa: B008 - a value that never changes
        """Return what is looked for, article by article in the order of the text."""
        return [item for of in self._articles.values() for item in of.items if wanted.shows(item)]

    def of(self, article: str) -> tuple[Item, ...]:
        """Return everything of one article (its id), settled and agreed ones too; another object once it is another."""
        return self._articles[article].items if article in self._articles else ()

    def by_article(self) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """Yield `of` each article, with its id, in project order."""
        return ((id, of.items) for id, of in self._articles.items())

    def place(self, id: str) -> tuple[str, int] | None:
        """Return in which article (its id) an item of this id stands, and which it is there; None: nowhere."""
        article = self._where.get(id)
        return None if article is None else (article, self._articles[article].at[id])

    def item(self, id: str) -> Item | None:
        """Return the item of this id as it stands now."""
        place = self.place(id)
        return None if place is None else self._articles[place[0]].items[place[1]]

    def together(self, same: str) -> list[Item]:
        """Return the items that were decided as alike in one step, by what joins them."""
        return [
            it for of in self._articles.values() for it in of.items
            if it.decision is not None and it.decision.data.get("same") == same and it.status in (SETTLED, DISCUSSED)
        ]  # fmt: skip

    def not_compared(self) -> dict[str, tuple[int, ...]]:
        """Return which sides (numbers) of which articles (ids) have spans of another revision and were left out."""
        return {id: self._articles[id].compared.others for id in in_order(self._articles, self._tally.apart)}

    def ground(self, reader: Reader, article: str) -> Ground | None:
        """Return what the review of an article stands on, and keep it at hand: from now on a key costs no reading."""
        if self._open is None or self._open[0].article.id != article:
            known = self._known(reader, article)
            if known is None:
                ground = reading.ground(reader, article, self.refs)
                known = None if ground is None else (ground, compared(ground))
            if known is None:
                return None
            self._open = known
        return self._open[0]

    def compared(self, reader: Reader, article: str) -> Compared | None:
        """Return the comparison of an article, agreed ones apart from differences."""
        self.ground(reader, article)
        return self._open[1] if self._open is not None and self._open[0].article.id == article else None

    # the same for all alike

    def alike(self, id: str, statuses: Collection[str] = (OPEN,)) -> list[Item]:
        """Return the item and those of all articles that are like it (see `review.alike`), for a preview."""
        if id not in self._where:
            return []
        ids = self._ids_alike(id)
        order = self._places()
        found: list[tuple[int, int, Item]] = []
        for one in ids:
            article = self._where[one]
            of = self._articles[article]
            at = of.at[one]
            if one == id or of.items[at].status in statuses:
                found.append((order[article], at, of.items[at]))
        return [item for _order, _at, item in sorted(found, key=itemgetter(0, 1))]

    def _places(self) -> Mapping[str, int]:
        """Return where each article (id) stands in project order."""
        if (ordered := self._tally.ordered) != self._order[0]:
            self._order = ordered, {article: n for n, article in enumerate(self._articles)}
        return self._order[1]

    def count_alike(self, id: str) -> int:
        """Return how many are like an item, itself and whatever was decided about them among them."""
        return len(self._ids_alike(id)) if id in self._where else 0

    def _ids_alike(self, id: str) -> Collection[str]:
        return self._alike.get(self._articles[self._where[id]].keys[id], (id,))

    def decide_alike(
        self, reader: Reader, items: Sequence[Item], verdict: Verdict, reviewer: Annotator, now: str,
        scheme_version: int,
    ) -> Step:  # fmt: skip
        """Return the one step that decides all these as the verdict says. Raises as `editing.review.decide`."""
        same = verdict._replace(same=verdict.same or uuid7())
        return editing.decide_all(
            ((ground, [(item, same) for item in some]) for ground, some in self._by_article(reader, items)),
            reviewer, now, scheme_version,
        )  # fmt: skip

    def undecide(self, reader: Reader, items: Sequence[Item]) -> Step:
        """Return the one step that takes the decisions of all these back. Raises as `editing.review.undecide`."""
        by_article = self._by_article(reader, items)
        changes = [change for ground, some in by_article for change in editing.undecide(ground, some).changes]
        return Step(editing.TAKEN_BACK, tuple(changes))

    def _by_article(self, reader: Reader, items: Iterable[Item]) -> Iterator[tuple[Ground, list[Item]]]:
        by_article: dict[str, list[Item]] = {}
        for item in items:
            by_article.setdefault(item.difference.article, []).append(item)
        for id, some in by_article.items():
            at_hand = self._open if self._open is not None and self._open[0].article.id == id else None
            known = at_hand or self._known(reader, id)
            ground = known[0] if known is not None else reading.ground(reader, id, self.refs)
            if ground is not None:
                yield ground, some


_TOLD = frozenset({"span", "relation", "group", "layer", "decision", "article", "import"})
_PLAIN = frozenset({"span", "relation", "group", "decision", "annotator"})
"""What an article is followed in without reading it again."""
_ORDER = frozenset({"article", "import"})
"""What may change which articles have two of the layers, beside a layer that comes or goes."""


def _compared_of(ground: Ground) -> tuple[object, ...]:
    return ground.sides, ground.article, ground.far
