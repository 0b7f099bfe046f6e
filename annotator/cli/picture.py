"""The command that puts one article with its spans into a web page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from annotator.cli import person
from annotator.cli.common import PROJECT, counted, opened, progress
from annotator.domain.article import Article, VisibleLayers
from annotator.domain.errors import UserError
from annotator.domain.text import fingerprint
from annotator.formats.depicted import Depicted, Parts, depict
from annotator.jobs.picturing import write_page
from annotator.storage.listing import PAGE
from annotator.storage.reader import Reader

_ENDINGS = (".html", ".htm")
_PARTS = {"heading": "heading", "names": "tags", "labels": "legend", "list": "table"}
"""What can be left out, and what it is called inside."""


@click.command()
@PROJECT
@click.option(
    "-o",
    "--output",
    metavar="FILE|-",
    type=click.Path(readable=False, path_type=Path, allow_dash=True),
    required=True,
    help="The page, which ends in .html; replaced where it is there.",
)
@click.option("--article", metavar="ID|NUMBER|HEADLINE", help="Which one; needed where there are several.")
@click.option("--annotator", "annotators", metavar="NAME|ID", multiple=True, help="Only their spans; several times.")
@click.option(
    "--without", "left_out", type=click.Choice(tuple(_PARTS)), multiple=True, help="Leave this out; several times."
)
def picture(
    project: Path, output: Path, article: str | None, annotators: tuple[str, ...], left_out: tuple[str, ...]
) -> int:
    """Save an article with its spans as a web page; a PDF or a PNG is made by the window."""
    if str(output) != "-" and output.suffix.lower() not in _ENDINGS:
        raise click.UsageError(
            f"{output} must end in .html: the command writes web pages. For a PDF or a PNG open the project in the "
            "window: File, Save a picture of the article."
        )
    parts = Parts(**{name: word not in left_out for word, name in _PARTS.items()})
    with opened(project, write=False) as store:
        owners = frozenset(person.known(store, who).id for who in annotators) if annotators else None
        with store.snapshot():
            depicted = _depicted(store, _chosen(store, article, project), owners)
    with progress("Drawing") as told:
        write_page(depicted, parts, output, project, progress=told)
    where = "" if str(output) == "-" else f" into {output}"
    click.echo(f"{depicted.title!r}, {counted(len(depicted.spans), 'span')}{where}", err=True)
    return 0


def _depicted(store: Reader, article: Article, owners: frozenset[str] | None) -> Depicted:
    """Return the article as it is; with `owners` only spans of their layers."""
    text = store.text(article.sha256)
    if fingerprint(text) != article.sha256:
        raise UserError(
            f"The text of {article.id} was altered outside the program: its spans may stand at other words. "
            "`annotator check` tells more."
        )
    layers = {layer.id: layer for layer in store.layers(article.id, VisibleLayers.ALL)}
    spans = store.spans(article.id, VisibleLayers.ALL)
    shown = (span for span in spans if owners is None or layers[span.layer].owner in owners)
    return depict(article, text, shown, store.scheme().labels)


def _chosen(store: Reader, wanted: str | None, project: Path) -> Article:
    """Return the article that is wanted; with None the only one.

    It is named by its id, else by that of its file, its number (from 1, as the window counts) or its headline.
    """
    count = store.article_count()
    if not count:
        raise UserError(f"{project} is empty.")
    if wanted is None and count > 1:
        raise click.UsageError(
            f"{project} has {count} articles. Say which with --article: its id, its number (1 to {count}) or its "
            "headline."
        )
    if wanted is not None and (known := store.article(wanted)) is not None:
        return known
    found = [
        article
        for number, article in enumerate(_articles(store), start=1)
        if wanted is None or wanted in (str(number), article.source_id) or _same(wanted, article.title)
    ]
    found = [article for article in found if wanted and article.source_id == wanted] or found
    if not found:
        raise UserError(
            f"There is no article {wanted!r} in {project}: no id, no number from 1 to {count}, no headline."
        )
    if len(found) > 1:
        ids = ", ".join(article.id for article in found[:5])
        more = "" if len(found) <= 5 else " and others"
        raise click.UsageError(f"{wanted!r} stands for {len(found)} articles; name one by id: {ids}{more}")
    return found[0]


def _articles(store: Reader) -> Iterator[Article]:
    """Yield all articles in project order."""
    ids = store.article_ids()
    while some := tuple(islice(ids, PAGE)):
        found = store.articles(some)
        yield from (found[id] for id in some)


def _same(some: str, other: str) -> bool:
    return bool(some.strip()) and some.casefold().split() == other.casefold().split()
