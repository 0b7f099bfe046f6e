"""Commands for a team: assign, people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator import whoami as identities
from annotator.cli import person
from annotator.cli.common import AS, JSON, PROJECT, counted, opened
from annotator.cli.common import as_json as to_json
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.assigning import RULES, Rule
from annotator.domain.change import Step
from annotator.domain.errors import UserError
from annotator.domain.team import Assignment
from annotator.domain.text import printable
from annotator.editing import assignments as editing
from annotator.storage import assignments as stored
from annotator.storage.assignments import Progress
from annotator.storage.library import Wanted
from annotator.storage.reader import Reader


@click.command()
@PROJECT
@click.option("--to", "names", metavar="NAME|ID", multiple=True, help="Whom; several times. A new name is a new one.")
@click.option("--rule", type=click.Choice(RULES), default="all", show_default=True, help="How articles are shared out.")
@click.option("--each", metavar="N", type=click.IntRange(1), default=2, show_default=True,
              help="Annotators an article, with --rule each.")  # fmt: skip
@click.option("--overlap", metavar="PERCENT", type=click.IntRange(0, 100), default=0, show_default=True,
              help="Articles that everybody reads, with --rule split.")  # fmt: skip
@click.option("--seed", metavar="N", type=int, default=1, show_default=True, help="The same gives the same shares.")
@click.option("--articles", "words", metavar="QUERY", default="", help="Only articles that a search for this finds.")
@click.option("--round", metavar="N", type=click.IntRange(1, 9), default=1, show_default=True,
              help="2 is a second reading of one's own articles.")  # fmt: skip
@click.option("--open", "open_", is_flag=True, help="Not blind: others' layers may be seen meanwhile.")
@click.option("--take-away", is_flag=True, help="Take assignments away; what was tagged stays.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen; write nothing.")
@AS
@JSON
def assign(
    project: Path, names: tuple[str, ...], rule: str, each: int, overlap: int, seed: int, words: str, round: int,
    open_: bool, take_away: bool, dry_run: bool, who: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Say who is to tag which articles; what is assigned already stays. Who assigns first leads the project."""
    if not names:
        raise click.UsageError("Say whom with --to, once for each.")
    with opened(project, write=not dry_run) as store:
        me = person.acting(store, who)
        team = [_person(store, name) for name in dict.fromkeys(names)]
        articles = _articles(store, words, me)
        if take_away:
            whom = {one.id for one in team}
            there = stored.of_articles(store, articles)
            steps = editing.take_away(one for one in there if one.annotator in whom and one.round == round)
        else:
            shares = Rule(rule, each, overlap, seed)
            steps = editing.planned(store, shares, [one.id for one in team], articles, round=round, blind=not open_)
        made = _assignments(steps)
        standing = store.annotators()
        newcomers = [one for one in team if one.id not in standing] if made and not take_away else []
        made_lead = False
        if not dry_run and steps:
            work = person.workspace(store, me)
            made_lead = editing.carry_out(work, [*(editing.join(one) for one in newcomers if one != me), *steps])
    _tell(made, team, newcomers, as_json=as_json, took=take_away, dry_run=dry_run, lead=me if made_lead else None)
    return 0


def _person(reader: Reader, name: str) -> Annotator:
    found = person.named(reader, name)
    if found is None and ids.is_uuid(name):
        raise click.UsageError(f"No annotator of the project has the id {name}.")
    return found or Annotator(ids.uuid7(), identities.checked_name(name))


def _articles(reader: Reader, words: str, me: Annotator) -> list[str]:
    """Return the ids of the articles that a search finds, of all without one. Raises UserError where there is none."""
    if not words.strip():
        return list(reader.article_ids())
    here, all_ = reader.reading_progress()
    found = reader.matching(Wanted(words=words), me.id, complete=here == all_)
    if not found:
        raise UserError(f"No article is found for {words!r}.")
    if here < all_:
        click.echo(
            f"{all_ - here} articles are not in the index of words yet: of these titles were searched.", err=True
        )
    return found


def _assignments(steps: list[Step]) -> list[Assignment]:
    values = (change.value for step in steps for change in step.changes)
    return [value for value in values if isinstance(value, Assignment)]


def _tell(
    made: list[Assignment], team: list[Annotator], new: list[Annotator], *, as_json: bool, took: bool, dry_run: bool,
    lead: Annotator | None,
) -> None:  # fmt: skip
    numbers = {one.id: sum(1 for some in made if some.annotator == one.id) for one in team}
    if as_json:
        told: dict[str, Any] = {
            "taken_away" if took else "assigned": [
                {"article": one.article, "annotator": one.annotator, "round": one.round, "blind": one.blind}
                for one in made
            ],
            "annotators": [{"id": one.id, "name": one.name, "new": one in new} for one in team],
            "lead": lead.id if lead is not None else "",
            "dry_run": dry_run,
        }
        click.echo(to_json(told))
        return
    done = "taken away" if took else "assigned"
    for one in team:
        fresh = " (new)" if one in new else ""
        click.echo(printable(f"{one.name} ({one.id}){fresh}: {counted(numbers[one.id], 'article')} {done}"))
    if dry_run:
        click.echo("Nothing was written.", err=True)
    if lead is not None:
        click.echo(
            f"{lead.name} leads the project now: scheme, assignments and metadata are theirs to change.", err=True
        )


@click.command()
@PROJECT
@click.option("--add", "names", metavar="NAME", multiple=True, help="Let somebody stand in the project; several times.")
@AS
@JSON
def people(project: Path, names: tuple[str, ...], who: str | None, as_json: bool) -> int:
    """List everybody with their ids, and how far each is with what is assigned to them."""
    with opened(project, write=bool(names)) as store:
        if names or who:
            me = person.acting(store, who)
        for name in names:
            made = Annotator(ids.uuid7(), identities.checked_name(name))
            # Two people of one name stay two.
            person.workspace(store, me).do(editing.join(made))
        everybody, leads = store.annotators(), store.leads()
        found: dict[str, list[Progress]] = {}
        for some in stored.progress(store):
            found.setdefault(some.annotator, []).append(some)
    if as_json:
        rows = [
            {
                "id": one.id, "name": one.name, "leads": one.id in leads,
                "rounds": [{key: value for key, value in some._asdict().items() if key != "annotator"}
                           for some in found.get(one.id, ())],
            }
            for one in everybody.values()
        ]  # fmt: skip
        click.echo(to_json(rows))
        return 0
    for one in everybody.values():
        click.echo(printable(f"{one.name} ({one.id}){' leads' if one.id in leads else ''}"))
        for some in found.get(one.id, ()):
            click.echo(f"  {_in_words(some)}")
    return 0


def _in_words(some: Progress) -> str:
    reading = "" if some.round == 1 else f"reading {some.round}: "
    back = f", {some.returned} given back" if some.returned else ""
    return (
        f"{reading}{counted(some.assigned, 'article')} assigned: {some.new} new, {some.started} started, "
        f"{some.done} done{back}; {counted(some.spans, 'span')}"
    )
