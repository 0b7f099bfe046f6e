"""The registry of a project: who is in it and where they speak, other names, two that are one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from annotator.cli import person
from annotator.cli.common import AS, JSON, PROJECT, counted, opened
from annotator.cli.common import as_json as to_json
from annotator.domain import registry as entries
from annotator.domain.article import VisibleLayers
from annotator.domain.change import Entry, Step
from annotator.domain.errors import UserError
from annotator.domain.register import Register, Uses
from annotator.domain.text import printable
from annotator.editing import registry as editing
from annotator.storage import registry as stored
from annotator.storage.reader import Reader

ENTRY = click.argument("entry", metavar="ENTRY")


@click.group()
def registry() -> None:
    """People, organisations and outlets of a project. ENTRY is an id or a name."""


@registry.command()
@PROJECT
@JSON
def show(project: Path, as_json: bool) -> int:
    """List the entries of a project's registry with other names and how many links lead to each."""
    with opened(project, write=False) as store:
        register, uses = _register(store), Uses()
        for page in stored.links(store, VisibleLayers.ALL, store.scheme()):
            for use in page:
                uses.add(use)
    for entry in register.all():
        together = register.together(entry.id)
        if as_json:
            click.echo(to_json(_told(together, uses)))
        else:
            click.echo(printable(_in_words(together, uses.count(one.id for one in together))))
    return 0


def _register(store: Reader) -> Register:
    return Register(entry for page in stored.entries(store) for entry in page)


def _told(together: list[Entry], uses: Uses) -> dict[str, Any]:
    entry, *merged = together
    return {
        "id": entry.id, "kind": entry.kind, "name": entry.name, "aliases": list(entries.aliases(entry)),
        "ids": entries.ids(entry), "note": entries.note(entry),
        "merged": [{"id": one.id, "name": one.name, "aliases": list(entries.aliases(one))} for one in merged],
        "links": [
            {"article": use.article, "by": use.by, "holder": use.holder, "span": use.span, "words": use.words}
            for use in uses.of(one.id for one in together)
        ],
    }  # fmt: skip


def _in_words(together: list[Entry], links: int) -> str:
    entry = together[0]
    others = [name for one in together for name in entries.names(one) if name != entry.name]
    also = f"; also {', '.join(dict.fromkeys(others))}" if others else ""
    elsewhere = entries.said_ids(entries.ids(entry))
    ids = f"; {elsewhere}" if elsewhere else ""
    return f"{entry.name} ({entry.kind or 'no kind'}, {entry.id}): {counted(links, 'link')}{also}{ids}"


def _found(register: Register, words: str) -> Entry:
    """Return the entry of an id or a name. Raises UserError where there is none or there are several."""
    if (entry := register.standing(words)) is not None:
        return entry
    found = register.named(words)
    if len(found) > 1:
        raise UserError(f"{words!r} is the name of {len(found)} entries: {', '.join(one.id for one in found)}")
    if not found:
        raise UserError(f"Nobody of the registry is called {words!r}.")
    return found[0]


def _do(project: Path, who: str | None, make: Callable[[Register], Step]) -> None:
    with opened(project, write=True) as store:
        person.workspace(store, person.acting(store, who)).do(make(_register(store)))


@registry.command()
@PROJECT
@ENTRY
@click.argument("name")
@click.option("--keep", is_flag=True, help="Keep the old name as another name.")
@AS
def rename(project: Path, entry: str, name: str, keep: bool, who: str | None) -> int:
    """Give an entry another name, as one step that `annotator undo` takes back."""
    _do(project, who, lambda register: editing.rename(_found(register, entry), name, keep))
    return 0


@registry.command()
@PROJECT
@ENTRY
@click.argument("into", metavar="INTO")
@AS
def merge(project: Path, entry: str, into: str, who: str | None) -> int:
    """Merge an entry INTO another one, as one step that `annotator undo` takes back. No link is changed."""
    _do(
        project, who,
        lambda register: editing.merge(_found(register, entry), _found(register, into), register.roots),
    )  # fmt: skip
    return 0
