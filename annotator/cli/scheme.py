"""Commands about the scheme of a project: show, export, check, apply."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.actions import ACTIONS
from annotator.cli import person
from annotator.cli.common import AS, JSON, PROJECT, counted, opened
from annotator.cli.common import as_json as to_json
from annotator.domain import attributes, grouping
from annotator.domain import scheme as schemes
from annotator.domain.errors import UserError
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import Scheme
from annotator.editing import schemepreview
from annotator.editing import schemes as editing
from annotator.editing.schemepreview import Effect
from annotator.editing.workspace import Workspace
from annotator.formats import schemefile

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
@click.option("--dry-run", is_flag=True, help="Tell what would change; write nothing.")
@AS
def apply(project: Path, file: Path, dry_run: bool, who: str | None) -> int:
    """Put a scheme file in force in a project, as one step that `annotator undo` takes back.

    No span is lost: those of a label that is gone are kept and shown as unknown.
    """
    wanted, warnings = read(file)
    for warning in warnings:
        click.echo(f"{warning} (a warning)", err=True)
    with opened(project, write=not dry_run) as store:
        before = store.scheme()
        step = editing.apply(before, wanted)
        for effect in schemepreview.effects(store, Redrawn(before, wanted)):
            if words := told(effect):
                click.echo(words)
        if dry_run:
            click.echo("Nothing was written.", err=True)
            return 0
        Workspace(store, person.acting(store, who), person.identity().device).do(step)
        after = editing.succeeding(before, wanted)
    click.echo(f"{after.name} {after.version} is in force.", err=True)
    return 0


def told(effect: Effect) -> str:
    """Return an effect as a sentence, "" for what is not worth one."""
    spans = counted(effect.spans, "span")
    if effect.what == "renamed":
        return f"{effect.label}: {spans} get the name {effect.name}"
    if effect.what == "gone":
        return f"{effect.label}: the label is gone; {spans} are kept, as of an unknown label"
    if effect.what == "required" and effect.spans:
        return f"{effect.label}: {spans} lack {effect.name}, which must be said from now on"
    if effect.what == "new":
        return f"{effect.label}: a new label" + (f"; {spans} bear it already" if effect.spans else "")
    return ""
