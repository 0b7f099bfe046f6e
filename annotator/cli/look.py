"""Commands that only look: info, check, history, time, keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator import times
from annotator import whoami as identities
from annotator.actions import ACTIONS
from annotator.cli.common import JSON, PROJECT, as_json, counted, opened
from annotator.domain.article import STATES, VisibleLayers
from annotator.domain.text import printable
from annotator.editing import history as histories
from annotator.editing.timesheet import Row, duration, timesheet
from annotator.storage.check import check as findings
from annotator.storage.reader import Reader


@click.command()
@PROJECT
@JSON
def info(project: Path, as_json: bool) -> int:
    """Tell what is in a project: articles, spans by label and annotator, states."""
    with opened(project, write=False) as store:
        about = _about(store)
    click.echo(_json(about) if as_json else in_words(about))
    return 0


_json = as_json  # the commands have an option of that name


def _about(store: Reader) -> dict[str, Any]:
    scheme = store.scheme()
    people = store.annotators()
    spans = [
        {
            "label": count.label,
            "known": scheme.label(count.label) is not None,
            "kind": count.kind,
            "annotator": {"id": count.owner, "name": people[count.owner].name if count.owner in people else count.name},
            "count": count.number,
        }
        for count in store.span_counts(VisibleLayers.ALL)
    ]
    return {
        "name": store.name(),
        "articles": store.article_count(),
        "scheme": {"id": scheme.id, "name": scheme.name, "version": scheme.version, "sha256": scheme.sha256},
        "spans": {"total": sum(count["count"] for count in spans), "by": spans},
        "annotators": [
            {
                "id": person.id,
                "name": person.name,
                "states": _states(store, person.id),
            }
            for person in people.values()
        ],
        "steps": store.step_count(),
    }


def _states(store: Reader, annotator: str) -> dict[str, int]:
    states = store.states(annotator)
    return {state: states[state] for state in STATES}


def in_words(about: dict[str, Any]) -> str:
    """Return what is known of a project, a line each."""
    lines = [
        f"{about['name']}: {counted(about['articles'], 'article')}, {counted(about['spans']['total'], 'span')}, "
        f"{counted(about['steps'], 'step')}",
        f"Scheme: {about['scheme']['name']} (version {about['scheme']['version']})",
    ]
    for count in about["spans"]["by"]:
        unknown = "" if count["known"] else " (not in the scheme)"
        name = count["annotator"]["name"]
        whose = name if count["annotator"]["id"] else ", ".join(filter(None, (name, count["kind"])))
        lines.append(f"  {count['count']:>8}  {count['label']}{unknown}  {whose}")
    for person in about["annotators"]:
        states = ", ".join(f"{number} {state}" for state, number in person["states"].items())
        lines.append(f"{person['name']} ({person['id']}): {states}")
    return "\n".join(lines)


@click.command()
@PROJECT
@JSON
def check(project: Path, as_json: bool) -> int:
    """Look whether the project is whole: the file, the journal against the tables, texts, offsets."""
    found, purged = 0, 0
    listed: list[dict[str, str]] = []
    # Of one moment: what a window writes meanwhile would stand in one table and not yet in another.
    with opened(project, write=False, whole=True) as store, store.snapshot():
        purged = len(store.purged())
        for finding in findings(store):
            found += 1
            if as_json:
                listed.append({"what": finding.what, "id": finding.id, "sentence": finding.sentence})
            else:
                click.echo(f"{finding.what} {finding.id}: {finding.sentence}" if finding.id else finding.sentence)
    if as_json:
        click.echo(_json({"ok": not found, "findings": listed, "purged": purged}))
    elif not found:
        gone = f" {counted(purged, 'article')} purged: of these only the ids are left." if purged else ""
        click.echo(f"All is well.{gone}")
    return 1 if found else 0


@click.command()
@PROJECT
@JSON
def history(project: Path, as_json: bool) -> int:
    """Tell what was done, by whom, when; the newest first."""
    with opened(project, write=False) as store:
        people = store.annotators()
        before = "["
        for line in histories.lines(store):
            name = people[line.annotator].name if line.annotator in people else ""
            if as_json:
                data = {"id": line.id, "at": line.at, "annotator": {"id": line.annotator, "name": name}}
                click.echo(before + _json(data | {"title": line.title, "how": line.how, "steps": line.steps}), nl=False)
                before = ",\n"
                continue
            how = "" if line.how == "do" else f"{line.how}: "
            times = f" ({line.steps} steps)" if line.steps > 1 else ""
            click.echo(f"{line.at[:19].replace('T', ' '):19}  {name}  {how}{line.title}{times}")
    if as_json:
        click.echo("]" if before != "[" else "[]")
    return 0


@click.command()
@PROJECT
@JSON
def time(project: Path, as_json: bool) -> int:
    """Tell how long you worked on each article, if you measure that in the window; it is kept on this computer only."""
    me = identities.identity()
    with opened(project, write=False) as store:
        seconds, fault = times.read(store.about().get("id", ""))
        sheet = timesheet(store, me.annotator.id if me else "", seconds)
    if fault:
        click.echo(fault, err=True)
    if as_json:
        rows = [row._asdict() | {"seconds": round(row.seconds, 3)} for row in sheet.rows]
        click.echo(_json({"seconds": round(sheet.seconds, 3), "articles": rows}))
        return 0
    if not sheet.rows:
        click.echo(f"No time is measured for {project}; the window does it, if you switch it on.", err=True)
        return 0
    for row in sheet.rows:
        click.echo(_time_line(row))
    click.echo(f"{duration(sheet.seconds):>10}  in all, {counted(sheet.articles, 'article')}{_a_span(sheet.per_span)}")
    return 0


def _time_line(row: Row) -> str:
    if not row.article:
        return f"{duration(row.seconds):>10}  articles that are not in the project any more"
    held = f"{counted(row.spans, 'span')}{_a_span(row.per_span)}"
    return printable(f"{duration(row.seconds):>10}  {row.state:7}  {held}  {row.title}")


def _a_span(seconds: float | None) -> str:
    return "" if seconds is None else f", {duration(seconds)} a span"


@click.command()
@JSON
def keys(as_json: bool) -> int:
    """Print which key does what."""
    if as_json:
        table = [
            {"id": it.id, "title": it.title, "menu": it.menu, "keys": it.keys, "where": it.where.value}
            for it in ACTIONS
        ]
        click.echo(_json(table))
        return 0
    width = max(len(", ".join(action.keys)) for action in ACTIONS)
    for action in ACTIONS:
        if action.keys:
            hint = f" ({action.hint})" if action.hint else ""
            click.echo(f"{', '.join(action.keys):{width}}  {action.title}{hint}")
    return 0
