"""The command that packs a project for colleagues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator import whoami as identities
from annotator.cli import person
from annotator.cli.common import JSON, PROJECT, as_json, counted, opened, progress
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.editing.assignments import join
from annotator.exchange.header import LAYERS
from annotator.exchange.package import require_place
from annotator.jobs import corrections, packing, reading
from annotator.jobs.packing import Packed
from annotator.storage.library import Wanted
from annotator.storage.store import Store

_json = as_json  # the command has an option of that name


@click.command()
@PROJECT
@click.option(
    "-o", "--output", metavar="FILE", required=True, type=click.Path(readable=False, path_type=Path), help="Where to."
)
@click.option(
    "--for", "recipients", metavar="NAME|ID", multiple=True, help="Whom it is for; several times. A new name joins."
)
@click.option("--articles", metavar="QUERY", help="Only articles with these words, as the list finds them; or ids.")
@click.option(
    "--with-layers", "layers", type=click.Choice(LAYERS), help="Whose spans go along; without it, none from the lead."
)
@click.option("--since-last", is_flag=True, help="Only what is new since the last package to the same people.")
@click.option("--without-corrections", is_flag=True, help="Do not tell them what became of their spans in review.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@JSON
def pack(
    project: Path,
    output: Path,
    recipients: tuple[str, ...],
    articles: str | None,
    layers: str | None,
    since_last: bool,
    without_corrections: bool,
    force: bool,
    as_json: bool,
) -> int:
    """Pack articles, scheme and assignments for colleagues, or your work to send it back.

    Who packs for somebody in a project without a lead becomes its lead. What is for an annotator holds nobody else's
    spans; what a review decided about their own goes along, with the reason.
    """
    mine = person.identity()
    with opened(project, write=True) as store:
        chosen = _articles(store, articles)
        people = _people(store, recipients)
        if people and not without_corrections and (len(people) == 1 or layers == "all"):
            # Nothing is told, which would be a step, for a package that cannot be made.
            require_place(output, force)
            me = identities.acting(mine, store.annotators())
            with progress("Corrections") as shown:
                corrections.tell(person.workspace(store, me), [one.id for one in people], chosen, shown)
        with progress("Packing") as shown:
            told = packing.pack(
                store, mine, output, recipients=people, articles=chosen, layers=layers, since_last=since_last,
                corrections=not without_corrections, replace=force, progress=shown,
            )  # fmt: skip
    if as_json:
        click.echo(_json(_data(told)))
    else:
        _tell(told)
    return 0


def _articles(store: Store, query: str | None) -> list[str] | None:
    if query is None:
        return None
    named = [word for word in query.replace(",", " ").split() if store.article(word) is not None]
    me = identities.acting(person.identity(), store.annotators())
    if not named:
        # Without a window nobody has read the articles for the index of words yet.
        with progress("Reading the articles") as shown:
            reading.read(store, shown)
    found = named or store.matching(Wanted(words=query), me.id)
    if not found:
        raise UserError(f"No article has {query!r}; nothing was packed.")
    return found


def _people(store: Store, names: tuple[str, ...]) -> list[Annotator]:
    """Return whom names and ids stand for; somebody new joins the project, so that the next package is theirs too."""
    found: dict[str, Annotator] = {}
    for name in names:
        who = person.named(store, name)
        if who is None:
            if ids.is_uuid(name):
                raise click.UsageError(f"No annotator of the project has the id {name}.")
            who = Annotator(ids.uuid7(), identities.checked_name(name))
        found[who.id] = who
    me = identities.acting(person.identity(), store.annotators())
    known = store.annotators()
    for who in found.values():
        if who.id not in known and who.id != me.id:
            person.workspace(store, me).do(join(who))
            click.echo(f"{who.name} is new here and has the id {who.id} now.", err=True)
    return list(found.values())


def _data(told: Packed) -> dict[str, Any]:
    names = (
        "id", "articles", "steps", "spans", "layers", "sha256", "bytes", "nothing_new", "led", "after", "corrections",
    )  # fmt: skip
    people = [{"id": one.id, "name": one.name} for one in told.recipients]
    return {"path": str(told.path), "recipients": people} | {name: getattr(told, name) for name in names}


def _tell(told: Packed) -> None:
    if told.nothing_new:
        since = " since the last package to them" if told.after else " to be sent"
        click.echo(f"There is nothing new{since}; no file was written.", err=True)
        return
    if told.led:
        click.echo("You lead this project from now on: scheme, assignments and metadata are yours to change.", err=True)
    names = ", ".join(one.name for one in told.recipients)
    whose = {"none": "nobody else's spans", "mine": "your spans", "all": "everybody's spans"}[told.layers]
    what = f"{counted(told.articles, 'article')}, {counted(told.steps, 'step')}, {counted(told.spans, 'span')}"
    click.echo(f"{what}, {told.bytes} bytes into {told.path}, sha256 {told.sha256}", err=True)
    if told.corrections:
        click.echo(f"{counted(told.corrections, 'correction')} to their spans.", err=True)
    click.echo(f"For {names or 'whoever gets it'}, with {whose}.", err=True)
