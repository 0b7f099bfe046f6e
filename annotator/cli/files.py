"""Commands that make, fill and export projects: new, import, export."""

from __future__ import annotations

import shlex
from contextlib import ExitStack
from pathlib import Path

import click

from annotator import assets
from annotator import whoami as identities
from annotator.cli import person, reviewing
from annotator.cli.common import AS, JSON, PROJECT, counted, opened, progress
from annotator.cli.layers import NAMES, chosen
from annotator.cli.outcomes import Outcomes
from annotator.cli.scheme import read
from annotator.domain.article import KINDS, STATES, Annotator, VisibleLayers
from annotator.domain.errors import UserError
from annotator.domain.ids import uuid7
from annotator.domain.offsets import UNITS
from annotator.domain.scheme import Scheme, begun, parse
from annotator.domain.text import printable
from annotator.exchange.header import Header
from annotator.exchange.package import glanced
from annotator.formats import catalogue
from annotator.formats.plain_text import known_encoding
from annotator.jobs import exporting, importing, packing
from annotator.jobs.sources import Wishes
from annotator.storage.store import Store

WHATS = ("articles", "decisions", "queue")


@click.command()
@PROJECT
@click.option("--scheme", metavar="NAME|FILE", default=assets.DEFAULT_SCHEME, show_default=True, help="Which labels.")
@click.option(
    "--from",
    "package",
    metavar="PACKAGE",
    type=click.Path(readable=False, path_type=Path),
    help="A colleague's project.",
)
@click.option("--as", "who", metavar="NAME|ID", help="Whom of those the package is for you are; with --from.")
@click.pass_context
def new(context: click.Context, project: Path, scheme: str, package: Path | None, who: str | None) -> int:
    """Make an empty project, or one of a package that a colleague sent."""
    if package is not None:
        if context.get_parameter_source("scheme") is not click.core.ParameterSource.DEFAULT:
            raise click.UsageError("A package brings its own scheme: name one of --scheme and --from.")
        return _from_package(project, package, who)
    if who is not None:
        raise click.UsageError("--as says whom of a package you are: it goes with --from.")
    found = _scheme(scheme)
    # What comes from a file is a scheme already, also one that has no labels yet.
    Store.create(project, begun(found, project.stem, uuid7) if scheme in assets.scheme_names() else found)
    click.echo(f"{project} is ready; `annotator import {shlex.quote(str(project))} FILE…` fills it.", err=True)
    return 0


def _from_package(project: Path, package: Path, who: str | None) -> int:
    me = _meant(package, who) if who is not None else None
    with progress("Making the project") as shown:
        made = packing.found(package, project, progress=shown)
    what = f"{counted(made.articles, 'article')} and {counted(made.spans, 'span')}"
    if made.header is not None:
        signed = {"known": "signed, known", "first": "signed, first time"}.get(made.badge, "not signed")
        click.echo(f"{printable(made.header.name)}, packed by {printable(made.header.maker.name)} ({signed})", err=True)
    if me is not None:
        identities.become(me)
        click.echo(f"You are {printable(me.name)} ({me.id}) there.", err=True)
    elif made.header is not None:
        _say_whom_it_is_for(made.header)
    click.echo(f"{project} is ready, with {what}; `annotator {shlex.quote(str(project))}` opens it.", err=True)
    return 0


def _meant(package: Path, who: str) -> Annotator:
    """Return whom of its recipients a package names so. Raises UserError, UsageError."""
    people = glanced(package).recipients
    found = [person for person in people if who in (person.id, person.name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{printable(person.name)} ({person.id})" for person in people) or "nobody by name"
    raise click.UsageError(f"The package is for {names}: name one of them, by id where two have one name.")


def _say_whom_it_is_for(header: Header) -> None:
    mine = identities.identity()
    ids = {mine.annotator.id, *mine.also} if mine is not None else set()
    others = [person for person in header.recipients if person.id not in ids]
    if others and len(others) == len(header.recipients):
        names = ", ".join(printable(person.name) for person in others)
        name = shlex.quote(printable(others[0].name)) if len(others) == 1 else "NAME"
        click.echo(f"It is for {names}. If that is you, remove the project and make it with --as {name}.", err=True)


def _scheme(name: str) -> Scheme:
    if name in assets.scheme_names():
        return parse(assets.scheme_text(name), name)
    path = Path(name)
    if not path.exists():
        raise click.UsageError(f"There is no scheme {name!r}: no file, and none of {', '.join(assets.scheme_names())}.")
    found, warnings = read(path)
    for warning in warnings:
        click.echo(f"{warning} (a warning)", err=True)
    return found


@click.command("import")
@PROJECT
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path, allow_dash=True))
@click.option("--format", "format", type=click.Choice(("auto", *catalogue.READABLE)), default="auto", show_default=True)
@click.option("--encoding", metavar="E", help="Of text files; without it UTF-8, UTF-16 with a mark, else cp1252.")
@AS
@click.option("--dry-run", is_flag=True, help="Tell what would happen; write nothing.")
@click.option("--update", is_flag=True, help="Where the file differs from the project, take the file's.")
@JSON
def import_(
    project: Path,
    paths: tuple[Path, ...],
    format: str,
    encoding: str | None,
    who: str | None,
    dry_run: bool,
    update: bool,
    as_json: bool,
) -> int:
    """Import articles: text files, JSON Lines with spans, or brat's pairs of .txt and .ann (or a folder of them).

    "-" reads the standard input. Spans that name nobody belong to whom --as names, else to a layer called after the
    file (brat: its folder).
    """
    try:
        codec = known_encoding(encoding) if encoding else ""
    except UserError as error:
        raise click.UsageError(str(error)) from None
    with ExitStack() as stack:
        store = stack.enter_context(opened(project, write=not dry_run, whole=True))
        me = person.acting(store, who)
        people = frozenset(store.annotators())
        wishes = Wishes(format, codec, me if who else None, update)
        outcomes = stack.enter_context(Outcomes(as_json))
        told = stack.enter_context(progress("Importing"))
        if dry_run:
            report = importing.rehearse(store, me, paths, wishes, hear=outcomes.hear, progress=told)
        else:
            workspace = person.workspace(store, me)
            report = importing.import_paths(
                workspace, paths, wishes, hear=outcomes.hear, progress=told, chunk=importing.LARGE_CHUNK
            )
        outcomes.report = report
        person.introduce(store, me, people)
    return 1 if report.refused else 0


@click.command()
@PROJECT
@click.option(
    "-o", "--output", metavar="FILE|-", type=click.Path(readable=False, path_type=Path, allow_dash=True), default="-"
)
@click.option("--what", type=click.Choice(WHATS), default=WHATS[0], show_default=True, help="What is written.")
@click.option("--layers", metavar=NAMES, multiple=True, help="Only these layers; of the queue: those compared.")
@click.option(
    "--format", type=click.Choice((*catalogue.WRITABLE, "csv")), default="jsonl", show_default=True,
    help="csv: of the queue only.",
)  # fmt: skip
@click.option("--annotator", "annotators", metavar="NAME|ID", multiple=True, help="Only their layers; several times.")
@click.option("--layer", "kinds", type=click.Choice(KINDS), multiple=True, help="Only layers of a kind; several times.")
@click.option("--state", type=click.Choice(STATES), help="Only layers in this state.")
@click.option("--offsets", type=click.Choice(UNITS), default=UNITS[0], show_default=True, help="What offsets count.")
def export(
    project: Path,
    output: Path,
    what: str,
    layers: tuple[str, ...],
    format: str,
    annotators: tuple[str, ...],
    kinds: tuple[str, ...],
    state: str | None,
    offsets: str,
) -> int:
    """Export the articles as JSON Lines, one a line; with a limit, only articles that have such a layer.

    Or what reviewers decided (--what decisions), or what is left to be decided between two layers or more (queue). A
    layer is an annotator's NAME or ID, with a round as NAME:2; consensus; or imported:NAME.
    """
    if what != "articles":
        if annotators or kinds or state or offsets != UNITS[0]:
            raise click.UsageError("--annotator, --layer, --state and --offsets are for the articles; use --layers.")
        return reviewing.export_review(project, output, what, layers, format)
    if format == "csv":
        raise click.UsageError("Only the queue is written as CSV.")
    with opened(project, write=False) as store:
        owners = frozenset(person.known(store, who).id for who in annotators) if annotators else None
        refs = tuple(chosen(store, layers)) if layers else ()
        me = store.sealed_for
    visible = VisibleLayers(frozenset(kinds) if kinds else None, owners)
    with progress("Exporting") as told:
        report = exporting.export(
            project, output, visible, owners=owners, state=state or "", unit=offsets, refs=refs, me=me, progress=told
        )
    where = "" if str(output) == "-" else f" into {output}"
    written = f"{counted(report.articles, 'article')}, {counted(report.spans, 'span')}, {report.bytes} bytes"
    click.echo(f"{written}{where}, sha256 {report.sha256}", err=True)
    if report.blind:
        click.echo("Layers of others are left out where you tag blind and are not done.", err=True)
    if report.loose:
        left = f"{counted(report.loose, 'tie')} to what is gone from the project"
        click.echo(f"{left}: left out, or the part of it that is gone", err=True)
    if report.undecided:
        left = counted(report.undecided, "relation")
        click.echo(f"{left} of the consensus into articles that have no consensus there: left out", err=True)
    if not report.articles:
        click.echo(
            "No article has such a layer." if annotators or kinds or state or layers else "The project is empty.",
            err=True,
        )
    return 0
