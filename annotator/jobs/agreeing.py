"""How well people agree over the articles of a project; see `review.agreement` for the figures and `jobs.job`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.domain.errors import UserError
from annotator.domain.layerref import LayerRef
from annotator.i18n import _
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.review.agreement import Agreement, agreement
from annotator.review.comparing import InCommon, in_common
from annotator.storage import review as reading
from annotator.storage.reader import Reader
from annotator.storage.review import Reading

DRAWS = 1000


@dataclass(slots=True)
class Report:
    """The figures, None where it was stopped; readers in it are called by `LayerRef.text`.

    `articles` (ids, in project order) were read by two at least, `others` says which of their layers (numbers) have
    spans of another revision and were left out. `spans` counts those of all compared readings by label (id),
    `spans_of` by article; a figure's tally counts a span with every pair anew.
    """

    refs: tuple[LayerRef, ...]
    agreement: Agreement | None = None
    articles: tuple[str, ...] = ()
    others: dict[str, tuple[int, ...]] = field(default_factory=dict)
    spans: Counter[str] = field(default_factory=Counter)
    spans_of: Counter[str] = field(default_factory=Counter)

    def count(self, one: Reading) -> None:
        """Count the spans of an article's readings."""
        if len(one.marks) > 1:
            labels = Counter(label for marks in one.marks.values() for label, _fragments in marks)
            self.spans.update(labels)
            self.spans_of[one.article] = labels.total()


class _Stopped(Exception):
    pass


def agree(
    reader: Reader, refs: Sequence[LayerRef], progress: Progress = no_progress, cancelled: Cancelled = never,
    *, draws: int = DRAWS, seed: int = 0, articles: Collection[str] | None = None,
) -> Report:  # fmt: skip
    """Return how well the layers agree, with intervals of so many draws of the articles (0: none).

    `articles` (ids) limits it to some. Raises UserError for less than two layers.
    """
    if len(refs) < 2:
        raise UserError(_("It takes two layers to compare."))
    report = Report(tuple(refs))
    wanted = None if articles is None else frozenset(articles)
    ids = [id for id in reading.articles(reader, refs) if wanted is None or id in wanted]
    report.articles = tuple(ids)
    # The draws take about as long as the reading of as many articles.
    total = len(ids) + draws

    def tell(done: int) -> None:
        if cancelled():
            raise _Stopped
        progress(done, total)

    def items() -> Iterator[InCommon]:
        names = [ref.text() for ref in refs]
        for done, one in enumerate(reading.readings(reader, refs, ids), start=1):
            if one.others:
                report.others[one.article] = one.others
            report.count(one)
            yield from in_common(one.article, {names[n]: marks for n, marks in one.marks.items()}, one.text)
            tell(done)

    try:
        with seldom_collecting():
            report.agreement = agreement(
                items(), [ref.text() for ref in refs], draws=draws, seed=seed,
                hear=lambda done, _draws: tell(len(ids) + done),
            )  # fmt: skip
    except _Stopped:
        return report
    return report
