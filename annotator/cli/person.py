"""Who works on the command line: whoami, --as, undo."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from annotator import identityfile
from annotator import whoami as identities
from annotator.cli.common import AS, PROJECT, opened, progress
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.editing.workspace import Workspace
from annotator.storage.reader import Reader
from annotator.storage.store import Store
from annotator.whoami import Identity


def identity() -> Identity:
    """Return who works here; on first use the system account's name, which is said. Raises UserError."""
    mine = identities.identity()
    if mine is not None:
        return mine
    try:
        name = identities.checked_name(getpass.getuser())
    except (UserError, KeyError, OSError):
        name = "somebody"
    made = identities.save_identity(name)
    click.echo(
        f"You are {made.annotator.name} ({made.annotator.id}) here; `annotator whoami --name NAME` changes the name.",
        err=True,
    )
    return made


def named(reader: Reader, who: str) -> Annotator | None:
    """Return the annotator with this id or name, None for an unknown one. Raises UsageError for an ambiguous name."""
    people = reader.annotators()
    me = identities.identity()
    if me is not None:
        people.setdefault(me.annotator.id, me.annotator)
    if who in people:
        return people[who]
    found = [person for person in people.values() if person.name == who]
    if len(found) > 1:
        choices = ", ".join(person.id for person in found)
        raise click.UsageError(f"{who!r} is the name of {len(found)} annotators; name one by id: {choices}")
    return found[0] if found else None


def known(reader: Reader, who: str) -> Annotator:
    """Return the annotator with this id or name. Raises UserError for an unknown one, UsageError as `named`."""
    found = named(reader, who)
    if found is None:
        raise UserError(f"No annotator of the project is called {who!r}.")
    return found


def acting(reader: Reader, who: str | None) -> Annotator:
    """Return whom --as names, a new annotator for a new name; without it, who works here. Raises UserError."""
    if who is None:
        return identities.acting(identity(), reader.annotators())
    found = named(reader, who)
    if found is not None:
        reader.seal(found.id)
        return found
    made = Annotator(ids.uuid7(), identities.checked_name(who))
    if ids.is_uuid(who):
        raise click.UsageError(f"No annotator of the project has the id {who}.")
    return made


def introduce(reader: Reader, me: Annotator, before: frozenset[str]) -> None:
    """Say which id somebody got who stands in the project now and did not `before`."""
    mine = identities.identity()
    stands = me.id in reader.annotators() and me.id not in before
    if stands and (mine is None or me.id != mine.annotator.id):
        click.echo(f"{me.name} is new here and has the id {me.id} now.", err=True)


def workspace(store: Store, me: Annotator) -> Workspace:
    """Return the project as `me` works on it, on this machine. Raises UserError."""
    return Workspace(store, me, identity().device)


@click.command()
@PROJECT
@AS
def undo(project: Path, who: str | None) -> int:
    """Take back the last step, or import, of yours on this machine."""
    taken, of = 0, 0

    def tell(done: int, total: int) -> None:
        nonlocal taken, of
        taken, of = done, total
        shown(done, total)

    with opened(project, write=True) as store, progress("Undoing") as shown:
        work = workspace(store, known(store, who) if who else acting(store, None))
        replay = work.planned_undo()
        try:
            changed = work.carry_out(replay, tell)
        except KeyboardInterrupt:
            if taken and not replay.whole:
                click.echo(f"{taken:,} of {of:,} steps are taken back; the next undo goes on from there.", err=True)
            raise
    if changed is None:
        click.echo("There is nothing to undo.", err=True)
        return 1
    click.echo(f"Taken back: {changed.title}" + (f" ({of:,} steps)" if of > 1 else ""))
    return 0


@click.command()
@click.option("--name", metavar="NAME", help="Change the name; the id stays.")
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Save your identity with its key, to take it along to another computer.",
)
@click.option(
    "--take",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="That is me: be on this computer who was saved in the file.",
)
@click.option("--force", is_flag=True, help="With --save: replace the file where it is there.")
def whoami(name: str | None, save: Path | None, take: Path | None, force: bool) -> int:
    """Tell, or change, under which name you work here; take your identity along."""
    if sum(wish is not None for wish in (name, save, take)) > 1:
        raise click.UsageError("One of --name, --save and --take at a time.")
    if force and save is None:
        raise click.UsageError("--force goes with --save.")
    if take is not None:
        click.echo(identityfile.take(take).words)
        return 0
    mine = identities.save_identity(name) if name is not None else identity()
    if save is not None:
        identityfile.save(save, replace=force)
        click.echo(identityfile.WARNING, err=True)
    click.echo(f"{mine.annotator.name} ({mine.annotator.id})")
    return 0
