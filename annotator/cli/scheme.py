"""Commands about the scheme of a project: show, export, check, apply, and what is to be looked at after a change."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.actions import ACTIONS
from annotator.cli import person, schememoves
from annotator.cli.common import AS, JSON, PROJECT, counted, opened, progress
from annotator.cli.common import as_json as to_json
from annotator.domain import attributes, grouping, meaning
from annotator.domain import scheme as schemes
from annotator.domain.article import VisibleLayers
from annotator.domain.errors import UserError
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import Scheme
from annotator.domain.text import printable
from annotator.editing import schemepreview
from annotator.editing import schemes as editing
from annotator.editing.schemepreview import Effect
from annotator.editing.workspace import Workspace
from annotator.formats import schemefile
from annotator.jobs.redrawing import redraw
from annotator.storage import labelled

_LARGEST = 10 * 1024 * 1024
RESERVED = {key: action.title for action in ACTIONS for key in action.keys if len(key) == 1}


@click.group("scheme")
def scheme() -> None:
    """Show, check, write or change the scheme of a project: labels, attributes, relations, groups."""


def read(path: Path) -> tuple[Scheme, list[str]]:
    """Return the scheme of a TOML file, and what is better looked at. Raises UserError with all that is wrong."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(f"{path} is too large for a scheme.")
        return schemefile.read(path.read_text(encoding="utf-8-sig"), path.name, RESERVED)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8, as TOML must be.") from None


@scheme.command()
@PROJECT
@JSON
def show(project: Path, as_json: bool) -> int:
    """Tell the labels of a project's scheme with keys and attributes, its relations and groups."""
    with opened(project, write=False) as store:
        found = store.scheme()
    click.echo(to_json(schemes.to_data(found)) if as_json else in_words(found))
    return 0


def in_words(found: Scheme) -> str:
    """Return the scheme as lines."""
    lines = [f"{found.name} {found.version} ({found.id})"]
    for label in found.labels:
        lines.append(f"  {label.key or ' '}  {label.name} ({label.id})")
        for one in attributes.of_label(found, label.id):
            values = ", ".join(choice.name for choice in one.choices) or one.type
            lines.append(f"       {one.name}{' (required)' if one.required else ''}: {values}")
    lines += [f"  relation {one.name}: {', '.join(one.source)} → {', '.join(one.target) or 'registry'}"
              for one in grouping.relations(found)]  # fmt: skip
    lines += [f"  group {one.name}: {', '.join(role.id for role in one.roles)}" for one in grouping.kinds(found)]
    return "\n".join(lines)


@scheme.command()
@PROJECT
@click.option("-o", "--output", required=True, metavar="FILE|-", help="Where the TOML goes.")
def export(project: Path, output: str) -> int:
    """Write a project's scheme as a TOML file, which can be changed and applied again."""
    with opened(project, write=False) as store:
        text = schemefile.write(store.scheme())
    if output == "-":
        click.echo(text, nl=False)
        return 0
    path = Path(output)
    if path.exists():
        raise UserError(f"{path} is there already; name another file.")
    path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{path} is written.", err=True)
    return 0


@scheme.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
def check(files: tuple[Path, ...]) -> int:
    """Tell what is wrong with scheme files, and what is better looked at, each with its line."""
    bad = 0
    for path in files:
        try:
            found, warnings = read(path)
        except UserError as error:
            bad += 1
            click.echo(str(error))
            continue
        for warning in warnings:
            click.echo(f"{warning} (a warning)")
        click.echo(f"{path.name}: {found.name} {found.version}, {counted(len(found.labels), 'label')}: fine")
    return 1 if bad else 0


@scheme.command()
@PROJECT
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--merge", "merges", metavar="LABEL=OTHER", multiple=True, help="Spans of LABEL get the label OTHER.")
@click.option(
    "--split",
    "splits",
    metavar="LABEL:ATTRIBUTE=VALUE:OTHER",
    multiple=True,
    help="Spans of LABEL that say VALUE get the label OTHER; as LABEL:OTHER they are to be looked at, one by one.",
)
@click.option("--delete-spans", "deletes", metavar="LABEL", multiple=True, help="Spans of LABEL are deleted.")
@click.option(
    "--fill",
    "fills",
    metavar="LABEL:ATTRIBUTE=VALUE",
    multiple=True,
    help="Spans of LABEL that say nothing of an attribute, and are asked, get VALUE.",
)
@click.option("--same", metavar="LABEL", multiple=True, help="LABEL means what it meant, in better words.")
@click.option("--dry-run", is_flag=True, help="Tell what would change; write nothing.")
@AS
def apply(
    project: Path,
    file: Path,
    merges: tuple[str, ...],
    splits: tuple[str, ...],
    deletes: tuple[str, ...],
    fills: tuple[str, ...],
    same: tuple[str, ...],
    dry_run: bool,
    who: str | None,
) -> int:
    """Put a scheme file in force in a project, as one step that `annotator undo` takes back.

    No span is lost that is not deleted on purpose: those of a label that is gone are kept and shown as unknown. Labels,
    attributes and values are named by their ids; the options can be given several times, and hold in the order merge,
    split, delete, fill.
    """  # fmt: skip
    wanted, warnings = read(file)
    for warning in warnings:
        click.echo(f"{warning} (a warning)", err=True)
    with opened(project, write=not dry_run) as store:
        before = store.scheme()
        moves = schememoves.read(before, wanted, merges=merges, splits=splits, deletes=deletes, fills=fills)
        schememoves.known(before, wanted, *same)
        bear = labelled.counts(store)
        schememoves.known(before, wanted, *(move.label for move in moves if move.label not in bear))
        draft = Redrawn(before, wanted, moves, frozenset(same))
        step = editing.in_force(store, draft)
        with progress("Looking") as shown:
            effects = schemepreview.effects(store, draft, shown)
        for line in filter(None, (*map(schememoves.told, effects), _lost(effects))):
            click.echo(line)
        if dry_run:
            click.echo("Nothing was written.", err=True)
            return 0
        work = Workspace(store, person.acting(store, who), person.identity().device)
        with progress(step.title) as shown:
            outcome = redraw(work, draft, shown)
    click.echo(f"{outcome.scheme.name} {outcome.scheme.version} is in force.", err=True)
    return 0


def _lost(effects: list[Effect]) -> str:
    """Return how many spans are lost, "" where no span is touched."""
    moved = any(effect.spans for effect in effects if effect.what in ("merged", "split", "deleted", "gone"))
    lost = schemepreview.lost(effects)
    return f"{counted(lost, 'span')} {'is' if lost == 1 else 'are'} lost" if moved else ""


@scheme.command()
@PROJECT
@click.option("--annotator", "who", metavar="NAME|ID", help="Only their layers, and those that are nobody's.")
@JSON
def worklist(project: Path, who: str | None, as_json: bool) -> int:
    """Tell which spans were made under an older version of the scheme than the one that gave their label its meaning.

    They are to be looked at: who changes such a span, or says in the window that it is still right, has done so.
    """
    with opened(project, write=False) as store:
        found, owner = meaning.since(store.scheme()), person.known(store, who).id if who else None
        if as_json:
            place = None
            while page := labelled.older(store, found, VisibleLayers.ALL, owner, after=place):
                for place in page:
                    click.echo(to_json({key: value for key, value in place._asdict().items() if key != "position"}))
            return 0
        by_article = labelled.older_by_article(store, found, VisibleLayers.ALL, owner)
        for id, count in by_article.items():
            article = store.article(id)
            title = printable(article.title) if article is not None else id
            click.echo(f"{counted(count, 'span'):>12}  {title}")
        total = sum(by_article.values())
        words = f"{counted(total, 'span')} in {counted(len(by_article), 'article')}"
        click.echo(f"{words} {'is' if total == 1 else 'are'} to be looked at")
    return 0
