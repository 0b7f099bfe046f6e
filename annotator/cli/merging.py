"""Commands for what colleagues send: merge, unmerge, packages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator import whoami
from annotator.cli import person
from annotator.cli.common import JSON, PROJECT, as_json, counted, opened, progress
from annotator.domain.text import printable
from annotator.editing.workspace import Workspace
from annotator.jobs.mergereport import Preview, Report, as_data
from annotator.jobs.merging import look
from annotator.jobs.merging import merge as merge_packages
from annotator.jobs.merging import unmerge as unmerge_package
from annotator.storage import packages as merged
from annotator.storage.store import Store

_json = as_json  # the commands have an option of that name


@click.command()
@PROJECT
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would come in; write nothing.")
@JSON
def merge(project: Path, files: tuple[Path, ...], dry_run: bool, as_json: bool) -> int:
    """Bring packages of colleagues into a project; each comes in whole, or not at all."""
    identity = person.identity()
    told: list[Preview] = []

    def hear(report: Preview) -> None:
        told.append(report)
        if not as_json:
            _tell(report, dry_run)

    with opened(project, write=not dry_run) as store, progress("Merging") as shown:
        if dry_run:
            for file in files:
                hear(look(store, identity, file, shown))
        else:
            merge_packages(_workspace(store), identity, files, shown, hear=hear)
    if as_json:
        click.echo(_json({"packages": [as_data(report) for report in told]}))
    return int(any(report.refused for report in told))


def _workspace(store: Store) -> Workspace:
    identity = person.identity()
    return Workspace(store, whoami.acting(identity, store.annotators()), identity.device)


def _tell(report: Preview, dry_run: bool) -> None:
    path = printable(report.path)
    for sentence in report.refused:
        click.echo(sentence, err=True)
    if report.refused:
        return
    for sentence in (*report.warnings, *report.proposals):
        click.echo(f"{path}: {sentence}", err=True)
    if report.nothing_new:
        click.echo(f"{path}: nothing new.")
        return
    click.echo(f"{path}: {'would bring ' if dry_run else ''}{_numbers(report)}")
    for one in report.by_annotator:
        numbers = f"{one.spans_new} new, {one.spans_changed} changed, {one.spans_deleted} deleted"
        click.echo(f"  {printable(one.name or one.id or 'nobody')}: {numbers}")


def _numbers(report: Preview) -> str:
    spans = counted(report.spans_new, "new span")
    parts = [counted(report.articles_new, "new article"), spans, f"{report.spans_changed} changed",
             f"{report.spans_deleted} deleted"]  # fmt: skip
    if report.assigned:
        parts.append(f"{report.assigned} assigned")
    if report.schemes:
        parts.append("a new version of the scheme")
    if report.twofold:
        parts.append(f"{len(report.twofold)} changed on two machines")
    if report.remarks:
        parts.append(counted(report.remarks, "remark"))
    if report.decisions:
        parts.append(counted(report.decisions, "decision"))
    if report.corrections:
        parts.append(counted(report.corrections, "correction"))
    if report.answers:
        contested = f" ({report.contests} contested)" if report.contests else ""
        parts.append(counted(report.answers, "answer") + " to corrections" + contested)
    if report.waiting:
        parts.append(f"{report.waiting} waiting for an earlier package")
    signed = {"known": "signed, known", "first": "signed, first time"}.get(report.badge, "not signed")
    return ", ".join(parts) + f" ({signed})"


@click.command()
@PROJECT
@click.argument("package")
@JSON
def unmerge(project: Path, package: str, as_json: bool) -> int:
    """Switch a merged package (its id, the beginning of it, or its file name) off; merging it again brings it back."""
    with opened(project, write=True) as store, progress("Taking back") as shown:
        report: Report = unmerge_package(_workspace(store), package, shown)
    if as_json:
        click.echo(_json(as_data(report)))
    elif report.nothing_new:
        click.echo(f"{printable(report.path)} is switched off already.")
    else:
        click.echo(
            f"{printable(report.path)} is switched off: {counted(report.spans_deleted, 'span')} hidden, "
            f"{report.spans_changed} as before, {report.spans_new} there again."
        )
    return 0


@click.command()
@PROJECT
@JSON
def packages(project: Path, as_json: bool) -> int:
    """List the packages that were merged into a project, the newest first."""
    with opened(project, write=False) as store:
        people = store.annotators()
        rows = merged.packages(store)
    if as_json:
        click.echo(_json({"packages": [_row(row) for row in rows]}))
        return 0
    for row in rows:
        who = people[row.annotator].name if row.annotator in people else row.annotator
        state = "on " if row.active else "off"
        at = row.at[:16].replace("T", " ")
        click.echo(
            f"{row.id}  {at} UTC  {state}  {printable(who)}  {counted(row.steps, 'step')}  {printable(row.name)}"
        )
    if not rows:
        click.echo(f"No package was merged into {project}.", err=True)
    return 0


def _row(row: merged.PackageRow) -> dict[str, Any]:
    return {**row._asdict(), "header": dict(row.header), "report": dict(row.report)}
