"""Commands about several readings of the same articles: review and agreement; which layers are meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from annotator.cli import person
from annotator.cli.common import AS, JSON, PROJECT, as_json, counted, opened, progress
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.layerref import CONSENSUS, LayerRef, all_called, all_parsed, parsed
from annotator.domain.text import printable
from annotator.jobs import agreeing, consensus, settled
from annotator.jobs.agreementsheet import gather, usual
from annotator.jobs.consensus import Made, Taken
from annotator.jobs.review import Filter, Queue
from annotator.review.agreement import FEWEST, MEASURES, Agreement, Figure
from annotator.review.standing import LEFT
from annotator.review.takeover import ALL, MAJORITY, TRUSTED, Rule, majority
from annotator.storage import review as reading
from annotator.storage.reader import Reader

LAYERS = "A,B,…"
_LAYERS = click.option("--layers", metavar=LAYERS, multiple=True, help="Which layers; without it, all annotators'.")
_NAMED, _DIGITS = 9, 9
_DONE, _ALL = "done", "all"
_json = as_json  # the commands have an option of that name


def chosen(reader: Reader, texts: Sequence[str], least: int = 1) -> list[LayerRef]:
    """Return the layers that are named, all annotators' where none is. Raises UserError for too few."""
    known = [found.ref for found in reading.layers(reader)]
    people = reader.annotators()
    refs = all_parsed(texts, people, known) if texts else [ref for ref in known if ref.kind == "annotator"]
    missing = [ref.called(people) for ref in refs if ref not in known]
    if missing:
        raise UserError(f"No article has a layer of {', '.join(missing)}.")
    if len(refs) < least:
        there = ", ".join(all_called(refs, people)) or "none"
        others = [_named(ref, people, known) for ref in known if ref not in refs and ref.kind != CONSENSUS]
        more = f"Name others with --layers: {', '.join(others[:_NAMED])}" if others else "No article has another one"
        left = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        raise UserError(f"It takes two layers to compare; here there is {there}. {more}{left}.")
    return refs


def _named(ref: LayerRef, people: Mapping[str, Annotator], known: Sequence[LayerRef]) -> str:
    """Return how --layers names a layer: by the person's name where that means no other."""
    if ref.owner not in people:
        return ref.text()
    name = people[ref.owner].name + (f":{ref.round}" if ref.round > 1 else "")
    try:
        return name if all_parsed([name], people, known) == [ref] else ref.text()
    except UserError:
        return ref.text()


def export_review(project: Path, output: Path, what: str, layers: Sequence[str], format: str) -> int:
    """Write the decisions or the queue."""
    if what == settled.DECISIONS and format == settled.CSV:
        raise click.UsageError("Decisions are written as JSON Lines only.")
    with opened(project, write=False) as store:
        refs = chosen(store, layers, 2) if what == settled.QUEUE else chosen(store, layers) if layers else []
        me = store.sealed_for
    with progress("Exporting") as told:
        if what == settled.QUEUE:
            report = settled.export_queue(project, output, refs, format, told, me=me)
        else:
            report = settled.export_decisions(project, output, refs, told, me=me)
    where = "" if str(output) == "-" else f" into {output}"
    noun = "decision" if what == settled.DECISIONS else "difference"
    number, articles = counted(report.rows, noun), counted(report.articles, "article")
    click.echo(f"{number} of {articles}, {report.bytes} bytes{where}, sha256 {report.sha256}", err=True)
    return 0


# review


@click.command()
@PROJECT
@_LAYERS
@click.option("--take", metavar="all|majority[:N]|trusted:NAME", help="Take over what agrees, by this rule; one undo.")
@click.option("--consensus", "make", is_flag=True, help="Mark the consensus done where nothing is missing.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen; write nothing.")
@AS
@JSON
def review(
    project: Path, layers: tuple[str, ...], take: str | None, make: bool, dry_run: bool, who: str | None, as_json: bool
) -> int:
    """Compare layers: tell how many differences there are and what is left; take over what agrees.

    A layer is an annotator's NAME or ID, with a round as NAME:2; consensus; or imported:NAME.
    """
    writes = (take is not None or make) and not dry_run
    with opened(project, write=writes) as store:
        refs = chosen(store, layers, 2)
        taken, made = None, None
        if take is not None or make:
            me = person.acting(store, who)
            people = frozenset(store.annotators())
            work = person.workspace(store, me)
            if take is not None:
                rule = _rule(store, take, refs)
                with _interruptible(writes), progress("Taking over") as told:
                    taken = consensus.take_over(work, refs, rule, told, dry_run=dry_run)
            if make:
                with _interruptible(writes), progress("Making the consensus") as told:
                    made = consensus.make_consensus(work, refs, told, dry_run=dry_run)
            person.introduce(store, me, people)
        queue = Queue(refs)
        with progress("Comparing") as told:
            queue.fill(store, told)
        about = _about(queue, store.annotators(), taken, made)
        named = [*made.missing, *made.unheard] if made else []
        titles = {id: article.title for id, article in store.articles(named).items()}
    if as_json:
        click.echo(_json(about))
    else:
        for line in _in_words(about, taken, made, titles, dry_run=dry_run):
            click.echo(printable(line.replace("\n", " ")))
    return 0


@contextmanager
def _interruptible(writes: bool) -> Iterator[None]:
    """Say what becomes of a job that is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        if writes:
            click.echo("What was done so far stays; `annotator undo` takes it back.", err=True)
        raise


def _rule(reader: Reader, text: str, refs: Sequence[LayerRef]) -> Rule:
    kind, _colon, rest = text.partition(":")
    if kind == ALL and not rest:
        return Rule()
    if kind == MAJORITY and not rest:
        return majority(len(refs))
    if kind == MAJORITY and rest.isdecimal() and len(rest) <= _DIGITS:
        # None is asked for as one is: it is told that this is no majority.
        return majority(len(refs), max(int(rest), 1))
    if kind == TRUSTED and rest:
        ref = parsed(rest, reader.annotators(), refs)
        if ref not in refs:
            raise UserError(f"{rest} is none of the layers that are compared.")
        return Rule(TRUSTED, side=list(refs).index(ref))
    raise click.UsageError(f"--take {text}: it is all, majority, majority:N or trusted:NAME.")


def _about(queue: Queue, people: Mapping[str, Annotator], taken: Taken | None, made: Made | None) -> dict[str, Any]:
    left = queue.items()
    about: dict[str, Any] = {
        "layers": _layers(queue.refs, people),
        "articles": len(queue.articles),
        "left": queue.left,
        "counts": queue.counts(),
        "kinds": dict(Counter(item.difference.kind for item in left).most_common()),
        "all_kinds": dict(Counter(item.difference.kind for item in queue.items(Filter(frozenset()))).most_common()),
        "other_revision": {id: list(numbers) for id, numbers in queue.not_compared().items()},
        "reopened": list(queue.reopened),
        "unheard": queue.unheard,
    }
    if taken is not None:
        about["taken"] = {"differences": taken.taken, "articles": taken.articles, "kinds": dict(taken.kinds)}
    if made is not None:
        about["consensus"] = {
            "articles": made.of, "done": made.done, "changed": made.changed, "counts": made.counts,
            "missing": made.missing, "not_done": {id: list(numbers) for id, numbers in made.undone.items()},
            "unheard": made.unheard,
        }  # fmt: skip
    return about


def _layers(refs: Sequence[LayerRef], people: Mapping[str, Annotator]) -> list[dict[str, str]]:
    names = all_called(refs, people)
    return [{"layer": ref.text(), "name": name} for ref, name in zip(refs, names, strict=True)]


def _in_words(
    about: Mapping[str, Any], taken: Taken | None, made: Made | None, titles: Mapping[str, str], *, dry_run: bool
) -> list[str]:
    names = ", ".join(layer["name"] for layer in about["layers"])
    lines = []
    if taken is not None:
        verb = "Would take over" if dry_run else "Taken over"
        lines.append(f"{verb}: {taken.taken} in {counted(taken.articles, 'article')}{_list(taken.kinds)}")
    if not about["articles"]:
        return [*lines, f"No article has two of these layers: {names}."]
    counts = about["counts"]
    lines += [
        f"{names}: {counted(about['articles'], 'article')}, {counted(about['left'], 'difference')} left"
        f"{_list(about['kinds'])}",
        ", ".join(f"{number} {status}" for status, number in counts.items() if status not in LEFT or number),
    ]
    if about["other_revision"]:
        number = counted(len(about["other_revision"]), "article")
        lines.append(f"Of {number} not all layers are compared: they have spans of another revision of the text.")
    if about["unheard"]:
        lines.append(f"{counted(about['unheard'], 'decision')} made without a layer that says something else.")
    if about["reopened"]:
        number = counted(len(about["reopened"]), "article")
        lines.append(f"The consensus of {number} is marked done, but something is left there.")
    if made is not None:
        verb = "would be done" if dry_run else "is done"
        before = ", before anything is taken over," if dry_run and taken is not None else ""
        lines.append(f"The consensus{before} {verb} in {made.done} of {counted(made.of, 'article')}.")
        for id, lacking in made.missing.items():
            lines.append(f"  missing in {titles.get(id, id)}: {_list(lacking).strip(' ()')}")
        for id, count in made.unheard.items():
            lines.append(f"  in {titles.get(id, id)} {counted(count, 'decision')} without a layer that says otherwise")
        for at in sorted({n for numbers in made.undone.values() for n in numbers}):
            some = sum(at in numbers for numbers in made.undone.values())
            lines.append(f"  {about['layers'][at]['name']} is not done with {counted(some, 'article')}")
    return lines


def _list(counts: Mapping[str, int]) -> str:
    told = ", ".join(f"{number} {what}" for what, number in counts.items())
    return f" ({told})" if told else ""


# agreement


@click.command()
@PROJECT
@_LAYERS
@click.option("--per", type=click.Choice(("article", "label", "pair")), help="Also the figures of each.")
@click.option(
    "--articles",
    type=click.Choice((_DONE, _ALL)),
    help="Those that all have done, or all that two have read; without it the done ones, where there are any.",
)
@click.option(
    "--resamples",
    type=click.IntRange(0),
    metavar="N",
    help="Draws of the articles for the intervals; 0: none. Without it 1000, or 200 for more than 10 layers.",
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="What the draws begin with.")
@JSON
def agreement(
    project: Path, layers: tuple[str, ...], per: str | None, articles: str | None, resamples: int | None, seed: int,
    as_json: bool,
) -> int:  # fmt: skip
    """Tell how well annotators agree: F1 of spans, mean over their pairs, with 95 % intervals over articles.

    Exact: the same words; overlap: some of the same; each with the label and whatever the label. Without --layers the
    first readings of all annotators. The figures are those of the window.
    """
    only = None if articles is None else articles == _DONE
    with opened(project, write=False) as store:
        refs = ([] if layers else list(usual(reading.layers(store)))) or chosen(store, layers, 2)
        people = store.annotators()
        with progress("Comparing") as told:
            found = gather(store, refs, told, done_only=only, draws=resamples, seed=seed)
        if found is None:
            return 1
        # Where no article has two of them, that is what each figure says.
        report = found.report if found.report.agreement is not None else agreeing.agree(store, refs, articles=())
        titles = {id: article.title for id, article in store.articles(report.articles).items()}
        scheme = store.scheme()
    figures = report.agreement
    assert figures is not None  # nobody stopped it
    names = {ref.text(): " ".join(name.split()) for ref, name in zip(refs, all_called(refs, people), strict=True)}
    if as_json:
        click.echo(_json({
            "layers": _layers(refs, people), "articles": len(report.articles), "resamples": found.draws, "seed": seed,
            "done_only": found.done_only, "left_out": len(found.finished) - len(report.articles), "fewest": FEWEST,
            "other_revision": {id: list(some) for id, some in report.others.items()},
            **_figures(figures, per, titles),
        }))  # fmt: skip
        return 0
    labels = {label.id: label.name for label in scheme.labels}
    readers = printable(", ".join(names.values()))
    click.echo(f"{readers}: {counted(len(report.articles), 'article')} read by two or more")
    if left := len(found.finished) - len(report.articles):
        click.echo(f"Left out: {counted(left, 'article')} with readings that are not done (--articles all takes them).")
    if report.others:
        number = counted(len(report.others), "article")
        click.echo(f"Of {number} not all layers are compared: they have spans of another revision of the text.")
    click.echo(printable("\n".join(_table(figures, per, names, titles, labels))))
    return 0


def _figures(found: Agreement, per: str | None, titles: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {"overall": _told(found.overall)}
    if per in (None, "pair"):
        told["pairs"] = [
            {
                "layers": list(pair), "measures": _told(figures),
                "confusion": [
                    {"first": one or None, "second": two or None, "count": count}
                    for (one, two), count in sorted(found.confusion.get(pair, {}).items())
                ],
            }
            for pair, figures in found.pairs.items()
        ]  # fmt: skip
    if per in (None, "label"):
        told["labels"] = [{"label": label, "measures": _told(figures)} for label, figures in found.labels.items()]
    if per in (None, "article"):
        told["articles_by"] = [
            {"article": id, "title": titles.get(id, ""), "measures": _told(figures)}
            for id, figures in found.articles.items()
        ]
    return told


def _told(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {
        measure: {
            "value": one.value, "low": one.low, "high": one.high, "sd": one.sd, "pairs": one.pairs, "of": one.of,
            "spans": one.tally.spans, "exact": one.tally.exact, "overlap": one.tally.overlap, "why": one.why,
        }
        for measure, one in figures.items()
    }  # fmt: skip


_TITLES = {
    "exact": "exact", "overlap": "overlap", "exact-place": "exact, any label", "overlap-place": "overlap, any label",
}  # fmt: skip


def _table(
    found: Agreement, per: str | None, names: Mapping[str, str], titles: Mapping[str, str], labels: Mapping[str, str]
) -> list[str]:
    rows: list[tuple[str, Mapping[str, Figure]]] = [("all", found.overall)]
    if per == "pair":
        rows += [(f"{names[one]} – {names[two]}", figures) for (one, two), figures in found.pairs.items()]
    elif per == "label":
        rows += [(labels.get(label, label), figures) for label, figures in found.labels.items()]
    elif per == "article":
        rows += [(titles.get(id, id), figures) for id, figures in found.articles.items()]
    measures = [measure for measure in MEASURES if any(measure in figures for _name, figures in rows[1:] or rows)]
    cells = [["", *(_TITLES[it] for it in measures)]]
    cells += [[" ".join(name.split())[:40], *(_value(figures.get(it)) for it in measures)] for name, figures in rows]
    widths = [max(len(line[n]) for line in cells) for n in range(len(cells[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]


def _value(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.value is None:
        return figure.why
    between = f" [{figure.low:.3f}, {figure.high:.3f}]" if figure.low is not None and figure.high is not None else ""
    some = f" ({figure.pairs} of {figure.of} pairs)" if figure.pairs < figure.of else ""
    return f"{figure.value:.3f}{between}{some}"
