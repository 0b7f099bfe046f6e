"""From the figures of agreement to a report for people: names, titles, and in words what the figures rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from annotator.domain.dates import to_the_minute
from annotator.domain.layerref import LayerRef, all_called
from annotator.domain.scheme import Label, Scheme
from annotator.domain.text import isolated, printable
from annotator.i18n import _, n_
from annotator.jobs import agreeing
from annotator.jobs.agreeing import DRAWS, Report
from annotator.jobs.job import Cancelled, Progress, never, no_progress
from annotator.jobs.place import Place
from annotator.report import page, written
from annotator.report.sheet import Confused, Estimate, Head, Line, Note, Sheet, Two
from annotator.review.agreement import (
    COMMON,
    EXACT,
    EXACT_PLACE,
    FEW,
    FEWEST,
    OVERLAP,
    OVERLAP_PLACE,
    Agreement,
    Figure,
)
from annotator.review.comparing import MISSING
from annotator.storage import review as reading
from annotator.storage.reader import Reader
from annotator.storage.review import Found

_WIDE = 0.3
"""An interval as long as this says little."""
_CROWD, _DRAWS_OF_MANY = 10, 200
"""With more readers than these the samples of all their pairs would take half a minute."""
_SOME = 3
"""So many are named one by one."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report is made of. `finished` says of each article (id) whether all its readings are done; with
    `done_only` the others were left out. None of `report.agreement` where no article has two of the layers.
    """

    report: Report
    names: tuple[str, ...]
    titles: Mapping[str, str]
    labels: tuple[Label, ...]
    finished: Mapping[str, bool]
    done_only: bool
    draws: int

    @property
    def refs(self) -> tuple[LayerRef, ...]:
        """The layers that are compared, in their order."""
        return self.report.refs

    @property
    def done(self) -> int:
        """Articles in which all readings are done."""
        return sum(self.finished.values())


def usual(found: Sequence[Found]) -> tuple[LayerRef, ...]:
    """Return which layers are compared where nobody chose: annotators' first readings, else all theirs; none for one.

    A second reading beside the first would count an annotator's agreement with themselves among the pairs.
    """
    people = [one.ref for one in found if one.ref.kind == "annotator"]
    first = [ref for ref in people if ref.round == 1]
    return tuple(first if len(first) > 1 else people if len(people) > 1 else ())


def gather(
    reader: Reader, refs: Sequence[LayerRef], progress: Progress = no_progress, cancelled: Cancelled = never,
    *, done_only: bool | None = None, draws: int | None = None, seed: int = 0,
) -> Gathered | None:  # fmt: skip
    """Compute the figures of these layers; None where it was stopped. For the window and the command alike.

    `done_only` leaves out articles in which a reading is not done; None does so where that leaves some. Without `draws`
    there are a thousand, of very many pairs fewer.
    """
    if draws is None:
        draws = DRAWS if len(refs) <= _CROWD else _DRAWS_OF_MANY
    people, scheme = reader.annotators(), reader.scheme()
    finished = reading.finished(reader, refs) if len(refs) > 1 else {}
    only = any(finished.values()) if done_only is None else done_only
    wanted = [id for id, done in finished.items() if done or not only]
    report = Report(tuple(refs))
    if wanted:
        report = agreeing.agree(reader, refs, progress, cancelled, draws=draws, seed=seed, articles=wanted)
        if report.agreement is None:
            return None
    titles = {id: _line(article.title) for id, article in reader.articles(list(report.articles)).items()}
    known = {label.id: label._replace(name=_line(label.name)) for label in scheme.labels}
    others = sorted(report.spans.keys() - known.keys())
    labels = [label for id, label in known.items() if id in report.spans] + [
        Label(id, _line(id), "", "", "") for id in others
    ]
    names = tuple(map(_line, all_called(refs, people)))
    return Gathered(report, names, titles, tuple(labels), finished, only, draws)


def _line(text: str) -> str:
    """Return the text as one line without what cannot be seen: it stands among words of ours."""
    return printable(" ".join(text.split()))


def dated(told: Sheet, scheme: Scheme, now: str) -> Sheet:
    """Return the report with when it is written and by which scheme: it will be read without the project."""
    words = _("Written {when}; scheme {scheme}, version {version}")
    made = words.format(when=to_the_minute(now), scheme=isolated(_line(scheme.name)), version=scheme.version)
    return replace(told, made=made)


def write(told: Sheet, target: Path, project: Path) -> None:
    """Write a report as a web page, or as CSV where the file is called so.

    Raises UserError, with the target as it was.
    """
    with Place(target, project) as place:
        parts = (
            written.csv(told)
            if target.suffix.lower() == ".csv"
            else (it.encode("utf-8", "replace") for it in page.pieces(told))
        )
        for part in parts:
            place.write(part)
        place.put()


def sheet(found: Gathered, title: str, *, exact: bool) -> Sheet:
    """Return the report, counting the same place exactly as agreed, or any overlap. There must be figures."""
    assert found.report.agreement is not None  # asked before
    return _Writer(found, found.report.agreement, exact).sheet(title)


class _Writer:
    def __init__(self, found: Gathered, figures: Agreement, exact: bool) -> None:
        self._found, self._figures, self._exact = found, figures, exact
        self._main, self._other = (EXACT, OVERLAP) if exact else (OVERLAP, EXACT)

    def sheet(self, title: str) -> Sheet:
        pairs, labels, articles = self._pairs(), self._labels(), self._articles()
        exactly, any_ = _("F1, same place exactly"), _("F1, any overlap")
        return Sheet(
            title, self._about(), exactly if self._exact else any_, any_ if self._exact else exactly, self._heads(),
            self._all(), self._found.names, pairs, labels, articles, self._confused(),
            tuple(self._notes(pairs, labels, articles)), self._pairs_least(pairs), _labels_least(labels),
            _articles_least(articles),
        )  # fmt: skip

    def _about(self) -> str:
        articles, readers = len(self._found.report.articles), len(self._found.names)
        spans = self._found.report.spans.total()
        words = n_(
            "{articles:,} article read by at least two of {readers:,} readers, {spans:,} spans",
            "{articles:,} articles read by at least two of {readers:,} readers, {spans:,} spans",
            articles,
        )
        return words.format(articles=articles, readers=readers, spans=spans)

    def _heads(self) -> tuple[Head, ...]:
        overall, found = self._figures.overall, self._found
        overlap = _estimate(overall[OVERLAP_PLACE])
        return (
            Head(_("Span F1, exact"), _("with label"), _estimate(overall[EXACT])),
            Head(_("Span F1, overlap"), _("with label"), _estimate(overall[OVERLAP])),
            Head(
                _("Any label, exact"),
                _("{figure} overlap").format(figure=overlap.told()) if overlap.value is not None else "",
                _estimate(overall[EXACT_PLACE]),
            ),
            Head(_("Articles done"), _("by all readers"), None, f"{found.done:,} / {len(found.finished):,}"),
        )

    def _all(self) -> tuple[Line, ...]:
        overall, spans = self._figures.overall, self._found.report.spans.total()
        main, other = (EXACT_PLACE, OVERLAP_PLACE) if self._exact else (OVERLAP_PLACE, EXACT_PLACE)
        return (
            Line("", _("with label"), *self._two(overall), spans),
            Line("", _("any label"), _estimate(overall[main]), _estimate(overall[other]), spans),
        )

    def _two(self, figures: Mapping[str, Figure]) -> tuple[Estimate, Estimate]:
        return _estimate(figures[self._main]), _estimate(figures[self._other])

    def _pairs(self) -> tuple[Two, ...]:
        texts = [ref.text() for ref in self._found.refs]
        found = []
        for one, two in combinations(range(len(texts)), 2):
            first, second = sorted((texts[one], texts[two]))
            figures = self._figures.pairs[first, second]
            found.append(Two(one, two, *self._two(figures), figures[EXACT].tally.spans))
        return tuple(found)

    def _labels(self) -> tuple[Line, ...]:
        spans = self._found.report.spans
        return tuple(
            Line(one.id, one.name, *self._two(self._figures.labels[one.id]), spans[one.id], one.light, one.dark)
            for one in self._found.labels
            if one.id in self._figures.labels
        )

    def _articles(self) -> tuple[Line, ...]:
        spans, titles = self._found.report.spans_of, self._found.titles
        lines = [
            Line(id, titles.get(id, "") or id, *self._two(figures), spans[id])
            for id, figures in self._figures.articles.items()
        ]
        places = {id: number for number, id in enumerate(self._found.report.articles)}
        # Those without a figure last: they say nothing.
        return tuple(sorted(lines, key=lambda it: (it.figure.value is None, it.figure.value or 0.0, places[it.id])))

    def _confused(self) -> Confused:
        found = self._found
        ids = [*(label.id for label in found.labels), MISSING]
        names = [*(label.name for label in found.labels), _("nothing")]
        counts: Counter[tuple[str, str]] = Counter()
        one_pair = len(found.refs) == 2
        for (first, _second), some in self._figures.confusion.items():
            turned = one_pair and first != found.refs[0].text()
            for (row, column), count in some.items():
                counts[(column, row) if turned else (row, column)] += count
                if not one_pair:  # of several pairs nobody is the first
                    counts[column, row] += count
        if one_pair:
            words = _("Rows: {first}, columns: {second}, in % of the row")
            rows = words.format(first=isolated(found.names[0]), second=isolated(found.names[1]))
        else:
            rows = _("Rows: one annotator, columns: the other, in % of the row")
        table = tuple(tuple(counts[row, column] for column in ids) for row in ids)
        return Confused(tuple(ids), tuple(names), table, rows, FEWEST)

    def _pairs_least(self, pairs: Sequence[Two]) -> str:
        some = [it for it in pairs if it.figure.value is not None]
        if len(some) < 2:
            return ""
        least, names = min(some, key=lambda it: it.figure.value or 0.0), self._found.names
        words = _("{one} and {two} agree least")
        return words.format(one=isolated(names[least.first]), two=isolated(names[least.second]))

    # What it rests on

    def _notes(self, pairs: Sequence[Two], labels: Sequence[Line], articles: Sequence[Line]) -> Iterable[Note]:
        yield from self._of_articles()
        yield from _of_labels(labels)
        apart = [it for it in pairs if it.figure.why == _(COMMON)]
        yield from self._of_pairs(apart, len(pairs))
        yield from self._of_some(len(pairs) - len(apart), labels, articles)
        if len(pairs) > 1:
            yield Note(_("F1 is told over all spans of a pair, and over all pairs as their mean."))
        yield Note(self._intervals())
        yield Note(_("No figure here is corrected for chance."))

    def _of_pairs(self, apart: Sequence[Two], all: int) -> Iterable[Note]:
        for pair in apart if len(apart) <= _SOME else []:
            words = _("{one} and {two} share no article, so their pair has no figure.")
            one, two = map(isolated, (self._found.names[pair.first], self._found.names[pair.second]))
            yield Note(words.format(one=one, two=two))
        if len(apart) > _SOME:
            words = _("{count:,} of {all:,} pairs share no article and have no figure.")
            yield Note(words.format(count=len(apart), all=all))

    def _of_some(self, pairs: int, labels: Sequence[Line], articles: Sequence[Line]) -> Iterable[Note]:
        """Say which figures are means of fewer pairs than there are with a common article."""
        counted = self._figures.labels
        few = [it.name for it in labels if it.figure.some and counted[it.id][self._main].pairs < pairs]
        if few:
            words = _("{labels}: the mean of only those pairs that have spans enough.")
            yield Note(words.format(labels=_listed(few)))
        if count := sum(bool(it.figure.some) for it in articles):
            words = n_(
                "The figure of {count:,} article is the mean of only those pairs that have spans enough.",
                "The figures of {count:,} articles are means of only those pairs that have spans enough.",
                count,
            )
            yield Note(words.format(count=count))

    def _intervals(self) -> str:
        if not self._found.draws:
            return _("No intervals were asked for.")
        if len(self._found.report.articles) < FEWEST:
            return _("Fewer than {count} articles: too few for an interval.").format(count=FEWEST)
        return _("Intervals: {draws:,} bootstrap samples of articles, 95 %.").format(draws=self._found.draws)

    def _of_articles(self) -> Iterable[Note]:
        found = self._found
        undone = len(found.finished) - found.done
        if undone and found.done_only:
            words = n_(
                "{count:,} article is left out: not all its readings are done.",
                "{count:,} articles are left out: not all their readings are done.",
                undone,
            )
            yield Note(words.format(count=undone), True)
        elif undone:
            words = n_(
                "In {count:,} article not all readings are done; what is missing there counts as nothing.",
                "In {count:,} articles not all readings are done; what is missing there counts as nothing.",
                undone,
            )
            yield Note(words.format(count=undone), True)
        if others := len(found.report.others):
            words = n_(
                "In {count:,} article readings of another text are not compared.",
                "In {count:,} articles readings of another text are not compared.",
                others,
            )
            yield Note(words.format(count=others), True)


def _estimate(figure: Figure) -> Estimate:
    if figure.value is None:
        return Estimate(None, why=_(figure.why))
    some = _("{pairs:,} of {of:,} pairs").format(pairs=figure.pairs, of=figure.of) if figure.pairs < figure.of else ""
    return Estimate(figure.value, figure.low, figure.high, some=some)


def _of_labels(labels: Sequence[Line]) -> Iterable[Note]:
    few = [it.name for it in labels if it.figure.why == _(FEW)]
    if few:
        words = _("{labels}: too few spans for a figure.")
        yield Note(words.format(labels=_listed(few)), True)
    wide = [it for it in labels if it.figure.low is not None and (it.figure.high or 0.0) - it.figure.low > _WIDE]
    for one in wide[:_SOME]:
        low, high = f"{one.figure.low:.2f}", f"{one.figure.high:.2f}"
        words = n_(
            "{label}: {count:,} span says little; its interval runs from {low} to {high}.",
            "{label}: {count:,} spans say little; the interval runs from {low} to {high}.",
            one.spans,
        )
        yield Note(words.format(label=isolated(one.name), count=one.spans, low=low, high=high), True)
    if len(wide) > _SOME:
        yield Note(_("{labels}: long intervals too.").format(labels=_listed([it.name for it in wide[_SOME:]])), True)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - 2 * _SOME
    return ", ".join(map(isolated, names[: 2 * _SOME])) + (
        _(" and {count:,} more").format(count=more) if more > 0 else ""
    )


def _labels_least(labels: Sequence[Line]) -> str:
    some = sorted((it for it in labels if it.figure.value is not None), key=lambda it: it.figure.value or 0.0)
    if len(some) < 2:
        return ""
    if len(some) < 4:
        return _("Least on {label}").format(label=isolated(some[0].name))
    return _("Least on {one} and {two}").format(one=isolated(some[0].name), two=isolated(some[1].name))


def _articles_least(articles: Sequence[Line]) -> str:
    return _("The lowest first") if sum(it.figure.value is not None for it in articles) > 1 else ""
