"""Whose packages are taken for theirs: keys of colleagues on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from annotator import keys, whoami
from annotator.cli.common import JSON, as_json, counted
from annotator.domain import ids
from annotator.domain.errors import UserError
from annotator.domain.text import printable


@click.command()
@click.argument("who", required=False, metavar="[FILE|ID]")
@click.option("--key", metavar="KEY", help="The key to know ID by, as they read it to you; blanks do not matter.")
@click.option("--forget", is_flag=True, help="Know ID by no key: the next package is the first again.")
@JSON
def trust(who: str | None, key: str | None, forget: bool, as_json: bool) -> int:
    """Tell by which keys you know colleagues, or know one by a new key.

    With the FILE of a package: its maker is known by the key it is signed with from now on. Ask them first, on another
    way than the package came, to read you the key that `annotator trust` shows at their place.
    """
    if key is not None and forget:
        raise click.UsageError("Either --key or --forget.")
    if who is None:
        if key is not None or forget:
            raise click.UsageError("Name whose key, by id.")
        return _list(as_json)
    if ids.is_uuid(who):
        return _by_id(who, key, forget)
    if key is not None or forget:
        raise click.UsageError(f"{who} is no id of an annotator.")
    return _by_package(Path(who))


def _list(json: bool) -> int:
    known, me = keys.trusted(), whoami.identity()
    own = {"id": me.annotator.id, "key": keys.public_hex()} if me is not None else None
    if json:
        click.echo(as_json({"me": own, "trusted": [{"id": id, "key": known[id]} for id in sorted(known)]}))
        return 0
    if own is not None:
        click.echo(f"{own['id']}  {keys.grouped(own['key'])}  (you)")
    for id in sorted(known):
        click.echo(f"{id}  {keys.grouped(known[id])}")
    click.echo(f"{counted(len(known), 'colleague')} known by a key.", err=True)
    return 0


def _by_id(who: str, key: str | None, forget: bool) -> int:
    known = keys.trusted().get(who, "")
    if forget:
        keys.trust(who, "")
        click.echo("Forgotten." if known else "There was no key of theirs.", err=True)
    elif key is not None:
        keys.trust(who, "".join(key.split()).lower())
        click.echo("The key is known now.", err=True)
    elif known:
        click.echo(f"{who}  {keys.grouped(known)}")
    else:
        raise UserError(f"No key is known of {who}.")
    return 0


def _by_package(path: Path) -> int:
    from annotator.exchange import package

    with package.opened(path) as found:
        header = found.header
    maker, key = header.maker, header.key
    name = printable(maker.name)
    if not key:
        raise UserError(f"{path} is not signed: there is no key in it to know {name} by.")
    badge = keys.badge(maker.id, key)
    keys.trust(maker.id, key)
    click.echo(f"{printable(maker.id)}  {keys.grouped(key)}")
    words = {
        "known": f"{name} was known by this key already.",
        "first": f"{name} is known by this key now.",
        "other": f"{name} is known by this key from now on, and by the one before no more.",
    }
    click.echo(words[badge], err=True)
    return 0
