"""Reviewing on the command line: what is left, taking over what agrees, decisions and queue as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from annotator.cli import person
from annotator.cli.common import AS, JSON, PROJECT, as_json, counted, opened, progress
from annotator.cli.layers import LAYERS, chosen, listed
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.layerref import LayerRef, parsed
from annotator.domain.text import printable
from annotator.jobs import consensus, settled
from annotator.jobs.consensus import Made, Taken
from annotator.jobs.review import Queue
from annotator.review.filter import Filter
from annotator.review.standing import LEFT
from annotator.review.takeover import ALL, MAJORITY, TRUSTED, Rule, majority
from annotator.storage.reader import Reader

_DIGITS = 9
_json = as_json  # the commands have an option of that name


def export_review(project: Path, output: Path, what: str, layers: Sequence[str], format: str) -> int:
    """Write the decisions or the queue."""
    if what == settled.DECISIONS and format == settled.CSV:
        raise click.UsageError("Decisions are written as JSON Lines only.")
    with opened(project, write=False) as store:
        refs = chosen(store, layers, 2) if what == settled.QUEUE else chosen(store, layers) if layers else []
        me = store.sealed_for
    with progress("Exporting") as told:
        if what == settled.QUEUE:
            report = settled.export_queue(project, output, refs, format, told, me=me)
        else:
            report = settled.export_decisions(project, output, refs, told, me=me)
    where = "" if str(output) == "-" else f" into {output}"
    noun = "decision" if what == settled.DECISIONS else "difference"
    number, articles = counted(report.rows, noun), counted(report.articles, "article")
    click.echo(f"{number} of {articles}, {report.bytes} bytes{where}, sha256 {report.sha256}", err=True)
    return 0


@click.command()
@PROJECT
@LAYERS
@click.option("--take", metavar="all|majority[:N]|trusted:NAME", help="Take over what agrees, by this rule; one undo.")
@click.option("--consensus", "make", is_flag=True, help="Mark the consensus done where nothing is missing.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen; write nothing.")
@AS
@JSON
def review(
    project: Path, layers: tuple[str, ...], take: str | None, make: bool, dry_run: bool, who: str | None, as_json: bool
) -> int:
    """Compare layers: tell how many differences there are and what is left; take over what agrees.

    A layer is an annotator's NAME or ID, with a round as NAME:2; consensus; or imported:NAME.
    """
    writes = (take is not None or make) and not dry_run
    with opened(project, write=writes) as store:
        refs = chosen(store, layers, 2)
        taken, made = None, None
        if take is not None or make:
            me = person.acting(store, who)
            people = frozenset(store.annotators())
            work = person.workspace(store, me)
            if take is not None:
                rule = _rule(store, take, refs)
                with _interruptible(writes), progress("Taking over") as told:
                    taken = consensus.take_over(work, refs, rule, told, dry_run=dry_run)
            if make:
                with _interruptible(writes), progress("Making the consensus") as told:
                    made = consensus.make_consensus(work, refs, told, dry_run=dry_run)
            person.introduce(store, me, people)
        queue = Queue(refs)
        with progress("Comparing") as told:
            queue.fill(store, told)
        about = _about(queue, store.annotators(), taken, made)
        named = [*made.missing, *made.unheard] if made else []
        titles = {id: article.title for id, article in store.articles(named).items()}
    if as_json:
        click.echo(_json(about))
    else:
        for line in _in_words(about, taken, made, titles, dry_run=dry_run):
            click.echo(printable(line.replace("\n", " ")))
    return 0


@contextmanager
def _interruptible(writes: bool) -> Iterator[None]:
    """Say what becomes of a job that is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        if writes:
            click.echo("What was done so far stays; `annotator undo` takes it back.", err=True)
        raise


def _rule(reader: Reader, text: str, refs: Sequence[LayerRef]) -> Rule:
    kind, _colon, rest = text.partition(":")
    if kind == ALL and not rest:
        return Rule()
    if kind == MAJORITY and not rest:
        return majority(len(refs))
    if kind == MAJORITY and rest.isdecimal() and len(rest) <= _DIGITS:
        # None is asked for as one is: it is told that this is no majority.
        return majority(len(refs), max(int(rest), 1))
    if kind == TRUSTED and rest:
        ref = parsed(rest, reader.annotators(), refs)
        if ref not in refs:
            raise UserError(f"{rest} is none of the layers that are compared.")
        return Rule(TRUSTED, side=list(refs).index(ref))
    raise click.UsageError(f"--take {text}: it is all, majority, majority:N or trusted:NAME.")


def _about(queue: Queue, people: Mapping[str, Annotator], taken: Taken | None, made: Made | None) -> dict[str, Any]:
    left = queue.items()
    about: dict[str, Any] = {
        "layers": listed(queue.refs, people),
        "articles": len(queue.articles),
        "left": queue.left,
        "counts": queue.counts(),
        "kinds": dict(Counter(item.difference.kind for item in left).most_common()),
        "all_kinds": dict(Counter(item.difference.kind for item in queue.items(Filter(frozenset()))).most_common()),
        "other_revision": {id: list(numbers) for id, numbers in queue.not_compared().items()},
        "reopened": list(queue.reopened),
        "unheard": queue.unheard,
    }
    if taken is not None:
        about["taken"] = {"differences": taken.taken, "articles": taken.articles, "kinds": dict(taken.kinds)}
    if made is not None:
        about["consensus"] = {
            "articles": made.of, "done": made.done, "changed": made.changed, "counts": made.counts,
            "missing": made.missing, "not_done": {id: list(numbers) for id, numbers in made.undone.items()},
            "unheard": made.unheard,
        }  # fmt: skip
    return about


def _in_words(
    about: Mapping[str, Any], taken: Taken | None, made: Made | None, titles: Mapping[str, str], *, dry_run: bool
) -> list[str]:
    names = ", ".join(layer["name"] for layer in about["layers"])
    lines = []
    if taken is not None:
        verb = "Would take over" if dry_run else "Taken over"
        lines.append(f"{verb}: {taken.taken} in {counted(taken.articles, 'article')}{_list(taken.kinds)}")
    if not about["articles"]:
        return [*lines, f"No article has two of these layers: {names}."]
    counts = about["counts"]
    lines += [
        f"{names}: {counted(about['articles'], 'article')}, {counted(about['left'], 'difference')} left"
        f"{_list(about['kinds'])}",
        ", ".join(f"{number} {status}" for status, number in counts.items() if status not in LEFT or number),
    ]
    if about["other_revision"]:
        number = counted(len(about["other_revision"]), "article")
        lines.append(f"Of {number} not all layers are compared: they have spans of another revision of the text.")
    if about["unheard"]:
        lines.append(f"{counted(about['unheard'], 'decision')} made without a layer that says something else.")
    if about["reopened"]:
        number = counted(len(about["reopened"]), "article")
        lines.append(f"The consensus of {number} is marked done, but something is left there.")
    if made is not None:
        verb = "would be done" if dry_run else "is done"
        before = ", before anything is taken over," if dry_run and taken is not None else ""
        lines.append(f"The consensus{before} {verb} in {made.done} of {counted(made.of, 'article')}.")
        for id, lacking in made.missing.items():
            lines.append(f"  missing in {titles.get(id, id)}: {_list(lacking).strip(' ()')}")
        for id, count in made.unheard.items():
            lines.append(f"  in {titles.get(id, id)} {counted(count, 'decision')} without a layer that says otherwise")
        for at in sorted({n for numbers in made.undone.values() for n in numbers}):
            some = sum(at in numbers for numbers in made.undone.values())
            lines.append(f"  {about['layers'][at]['name']} is not done with {counted(some, 'article')}")
    return lines


def _list(counts: Mapping[str, int]) -> str:
    told = ", ".join(f"{number} {what}" for what, number in counts.items())
    return f" ({told})" if told else ""
