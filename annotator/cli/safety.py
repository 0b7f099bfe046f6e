"""Commands for the day when something went wrong, or must go: backups, restore, repair, purge."""

from __future__ import annotations

import shlex
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from annotator import paths
from annotator.cli import person
from annotator.cli.common import AS, JSON, PROJECT, as_json, counted, opened
from annotator.domain.article import VisibleLayers
from annotator.domain.errors import UserError
from annotator.editing import ties
from annotator.storage import backup as copies
from annotator.storage.backup import Backup
from annotator.storage.reader import Reader

NEW = click.option(
    "-o", "--output", "new", metavar="NEW", required=True, type=click.Path(readable=False, path_type=Path),
    help="The new project; nothing may stand there.",
)  # fmt: skip
_json = as_json  # the commands have an option of that name


@click.command()
@PROJECT
@click.option("--now", is_flag=True, help="Make one first.")
@JSON
def backups(project: Path, now: bool, as_json: bool) -> int:
    """List the backups of a project, the newest first, with what each holds; restoring one looks at all of it."""
    if now:
        copies.make(project, paths.backups_dir(), "work")
    found = _of(project)
    if as_json:
        click.echo(_json({"folder": str(paths.backups_dir()), "backups": [_row(backup) for backup in found]}))
        return 0
    for backup in found:
        row = _row(backup)
        held = row["damaged"] or f"{counted(row['articles'], 'article')}, {counted(row['spans'], 'span')}"
        click.echo(f"{backup.at:%Y-%m-%d %H:%M} UTC  {backup.reason:9}  {held}  {shlex.quote(str(backup.path))}")
    if not found:
        click.echo(f"There is no backup of {project} in {paths.backups_dir()}.", err=True)
    return 0


def _of(project: Path) -> list[Backup]:
    """Return the backups of a project by its id, or by its name where it cannot be read any more."""
    try:
        reader = Reader(project)
    except UserError:
        return [backup for backup in copies.listed(paths.backups_dir()) if backup.name == project.stem]
    try:
        return copies.listed(paths.backups_dir(), reader.about()["id"])
    finally:
        reader.close()


def _row(backup: Backup) -> dict[str, Any]:
    row: dict[str, Any] = {
        "path": str(backup.path),
        "at": f"{backup.at:%Y-%m-%dT%H:%M:%SZ}",
        "reason": backup.reason,
        "bytes": backup.size,
        "damaged": "",
    }
    try:
        return row | copies.held(backup.path)._asdict()
    except UserError as error:
        return row | {"damaged": str(error)}


@click.command()
@click.argument("backup", type=click.Path(readable=False, path_type=Path))
@NEW
def restore(backup: Path, new: Path) -> int:
    """Bring a backup back as a new project; the old project and the backup stay as they are."""
    try:
        held = copies.restore(backup, new)
    except UserError as error:
        click.echo(str(error), err=True)
        if backup.exists() and not new.exists():
            for better in copies.older(backup):
                click.echo(f"The next older backup that is sound: {shlex.quote(str(better.path))}", err=True)
                break
        return 1
    click.echo(f"{new} holds {counted(held.articles, 'article')} and {counted(held.spans, 'span')}.")
    return 0


@click.command()
@PROJECT
@NEW
def repair(project: Path, new: Path) -> int:
    """Save all that can be saved of a damaged project into a new one; list what could not be."""
    from annotator.storage import repair as repairs

    try:
        saved = repairs.repair(project, new)
    except UserError as error:
        click.echo(str(error), err=True)
        for backup in _of(project)[:1]:
            click.echo(f"The newest backup: {shlex.quote(str(backup.path))}", err=True)
        return 1
    for sentence in saved.lost:
        click.echo(sentence, err=True)
    held = ", ".join((counted(saved.articles, "article"), counted(saved.spans, "span"), counted(saved.steps, "step")))
    click.echo(f"{new} holds {held}." + ("" if saved.lost else " Nothing was lost."))
    return 1 if saved.lost else 0


@click.command()
@PROJECT
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do it; without it only told what would go.")
@AS
def purge(project: Path, articles: tuple[str, ...], yes: bool, who: str | None) -> int:
    """Take articles (ids) out of a project and its backups for good; no import or merge brings them back."""
    from annotator.storage import purge as purges

    with opened(project, write=True) as store:
        me = person.acting(store, who)
        for id in articles:
            article = store.article(id)
            if article is None:
                raise UserError(f"There is no article {id} in {project}; nothing was purged.")
            row = store.article_row(id, me.id, VisibleLayers.ALL)
            click.echo(f"{id}: {article.title!r}, {counted(row.spans if row else 0, 'span')}")
        with closing(store.reader(whole=True)) as reader:
            leading = reader.relations_into(articles)
        if leading:
            click.echo(f"{counted(len(leading), 'relation')} of other articles lead there and would go too.")
        if not yes:
            click.echo("Nothing was purged. With --yes all of this goes for good, and cannot be undone.", err=True)
            return 1
        if leading:
            # Their ends would be missing.
            person.workspace(store, me).do(ties.unrelate_all(leading))
        touched = purges.purge(store, articles, me.id)
    click.echo(f"Purged {counted(len(articles), 'article')}, also out of {counted(touched, 'backup')}.")
    click.echo(purges.REMAIN, err=True)
    return 0
