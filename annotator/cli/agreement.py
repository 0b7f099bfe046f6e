"""How well readings agree, on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from annotator.cli.common import JSON, PROJECT, as_json, counted, opened, progress
from annotator.cli.layers import LAYERS, chosen, listed
from annotator.domain.layerref import all_called
from annotator.domain.text import printable
from annotator.jobs import agreeing
from annotator.jobs.agreementsheet import gather, usual
from annotator.review.agreement import FEWEST, MEASURES, Agreement, Figure
from annotator.storage import review as reading

_DONE, _ALL = "done", "all"
_json = as_json  # the command has an option of that name


@click.command()
@PROJECT
@LAYERS
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
            "layers": listed(refs, people), "articles": len(report.articles), "resamples": found.draws, "seed": seed,
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
