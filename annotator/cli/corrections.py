"""The command with which an annotator reads and answers what a review made of their spans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from annotator.cli import person
from annotator.cli.common import AS, JSON, PROJECT, counted, opened
from annotator.cli.common import as_json as to_json
from annotator.domain import clock
from annotator.domain.article import Annotator, Article
from annotator.domain.corrections import ADDED, BESIDE, CHANGED, KEPT, REFUSED, Piece, turned
from annotator.domain.errors import UserError
from annotator.domain.people import called
from annotator.domain.scheme import Scheme
from annotator.domain.span import Fragments, quoted
from annotator.domain.text import printable
from annotator.editing import corrections as editing
from annotator.storage import corrections as stored
from annotator.storage.corrections import Told
from annotator.storage.reader import Reader
from annotator.storage.store import Store

_OUTCOMES = {
    CHANGED: "changed", REFUSED: "nothing belongs there", ADDED: "you had nothing there",
    BESIDE: "another beside yours", KEPT: "yours stands after all",
}  # fmt: skip
_ALL = "all"


@click.command()
@PROJECT
@click.option("--open", "only_open", is_flag=True, help="Only those that are not answered yet.")
@click.option("--accept", metavar="ID|all", help="Accept one, or all that are open, in one step.")
@click.option("--contest", metavar="ID", help="Contest one, so that the reviewer looks at it again; with --reason.")
@click.option("--reason", metavar="TEXT", help="Why you contest it.")
@AS
@JSON
def corrections(
    project: Path, only_open: bool, accept: str | None, contest: str | None, reason: str | None, who: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    """List what a review made of your spans, with the reason; accept it or contest it.

    They come with a package from whoever reviews; your answers go back with your next one.
    """
    if accept is not None and contest is not None:
        raise click.UsageError("--accept and --contest, one at a time.")
    if reason is not None and contest is None:
        raise click.UsageError("--reason goes with --contest.")
    answers = accept is not None or contest is not None
    with opened(project, write=answers) as store:
        me = person.acting(store, who)
        if accept is not None:
            _accept(store, me, accept)
        elif contest is not None:
            one = _named(stored.corrections(store, me.id), contest)
            step = editing.contest(one.correction, one.answer, me, reason or "", clock.now())
            person.workspace(store, me).do(step)
        found = stored.corrections(store, me.id)
        waiting = sum(one.open for one in found)
        if answers:
            click.echo(f"{counted(waiting, 'correction')} left to answer.", err=True)
        _tell(store, [one for one in found if one.open or not only_open], as_json)
    return 0


def _accept(store: Store, me: Annotator, which: str) -> None:
    found = stored.corrections(store, me.id)
    chosen = [one for one in found if one.open] if which == _ALL else [_named(found, which)]
    step = editing.accept_all([(one.correction, one.answer) for one in chosen], me, clock.now())
    person.workspace(store, me).do(step)


def _named(found: Sequence[Told], id: str) -> Told:
    """Return the one whose id begins so. Raises UserError for none, and for several."""
    some = [one for one in found if one.correction.id.startswith(id)] if id else []
    if len(some) != 1:
        raise UserError(f"No correction has the id {id}." if not some else f"Several corrections begin with {id}.")
    return some[0]


def _tell(store: Reader, found: Sequence[Told], as_json: bool) -> None:
    articles = store.articles([*{one.correction.article for one in found}])
    people, scheme, entries = called(store.annotators()), store.scheme(), stored.entry_names(store)
    texts: dict[str, str] = {}
    for one in found:
        article = articles[one.correction.article]
        if article.id not in texts:
            texts = {article.id: store.text(article.sha256)}  # they come article by article
        told = _data(one, article, texts[article.id])
        names = {**one.correction.names, **entries}
        click.echo(to_json(told) if as_json else printable(_in_words(told, people, scheme, names)))
    if not found and not as_json:
        click.echo("There are no corrections to your spans.", err=True)


def _data(one: Told, article: Article, text: str) -> dict[str, Any]:
    it = one.correction
    words = text if it.revision == article.revision else None
    return {
        "id": it.id, "article": it.article, "title": article.title, "outcome": it.outcome,
        "was": _piece(it.was, words), "became": [_piece(piece, words) for piece in it.became],
        "field": it.field or None, "old": it.old, "new": it.new, "by": it.by, "at": it.at, "reason": it.reason,
        "contested": it.contested, "says": one.says or None,
        "said": str(one.answer.data.get("reason", "")) if one.answer is not None and one.says else "",
    }  # fmt: skip


def _piece(piece: Piece | None, text: str | None) -> dict[str, Any] | None:
    if piece is None:
        return None
    return {
        "label": piece.label, "fragments": piece.fragments, "attributes": dict(piece.attributes),
        "links": [_link(name, places, text) for name, places in piece.links],
        "no_source": bool(piece.sourceless),
        "words": None if text is None else quoted(text, piece.fragments),
    }  # fmt: skip


def _link(name: str, places: Fragments, text: str | None) -> dict[str, Any]:
    """Return a tie; `back` says that it belongs to the other end, which is the head, or where the relation begins."""
    tie, back = turned(name)
    return {"tie": tie, "back": back, "fragments": places, "words": None if text is None else quoted(text, places)}


def _in_words(told: dict[str, Any], people: dict[str, str], scheme: Scheme, names: dict[str, str]) -> str:
    title = str(told["title"] or told["article"])
    state = told["says"] or "open"
    lines = [f"{told['id'][:8]} {title}: {_OUTCOMES[told['outcome']]} ({state})"]
    if told["field"]:
        lines.append(f"  {told['field']}: {_by_name(told['old'], names)} -> {_by_name(told['new'], names)}")
    else:
        was = [f"  you had {_said(told['was'], scheme, names)}"] if told["was"] else []
        lines += [*was, *(f"  it is {_said(piece, scheme, names)}" for piece in told["became"])]
    by = people.get(told["by"], told["by"])
    lines.append(f"  {by}, {told['at'][:16].replace('T', ' ')}" + (f": {told['reason']}" if told["reason"] else ""))
    if told["said"]:
        lines.append(f"  you: {told['said']}")
    # What people wrote may hold ends of lines: it is to look like no other correction.
    return "\n".join("  " * line.startswith("  ") + " ".join(line.split()) for line in lines)


def _by_name(value: Any, names: dict[str, str]) -> Any:
    """Return a value with what an entry of the registry is called in place of its id."""
    return names.get(value, value) if isinstance(value, str) else value


def _said(piece: dict[str, Any], scheme: Scheme, names: dict[str, str]) -> str:
    words = "words of another text" if piece["words"] is None else f"“{piece['words']}”"
    values = ", ".join(f"{key} {_by_name(value, names)}" for key, value in piece["attributes"].items())
    ties = "".join(
        f"; {link['tie'].rpartition('/')[2]}{' of' if link['back'] else ''} “{link['words']}”"
        for link in piece["links"] if link["words"] is not None
    )  # fmt: skip
    if piece["no_source"]:
        ties += "; no source in the text"
    return f"{scheme.name_of(piece['label'])} {words}" + (f" ({values})" if values else "") + ties
