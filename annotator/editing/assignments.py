"""Who is to tag what: assigning, taking away, giving back, a second round; each is a function -> steps.

What concerns many articles is a step for each of them, done together (`Workspace.do_whole`), so that a purge of one
leaves the others their undo.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from annotator.domain.article import Annotator, Layer, own_layer
from annotator.domain.assigning import Pair, Rule, shared_out
from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.team import Assignment, assigned
from annotator.editing.workspace import Workspace
from annotator.i18n import _, later
from annotator.storage import assignments as stored
from annotator.storage.reader import Reader

_ASSIGNED = later("Assign articles")
_TAKEN_AWAY = later("Take assigned articles away")
_GIVEN_BACK = later("Give the article back")
_TAKEN_AGAIN = later("Take the article again")
_JOINED = later("Add an annotator")


def assign(
    pairs: Iterable[Pair], present: Collection[Assignment] = (), *, round: int = 1, blind: bool = True
) -> list[Step]:
    """Assign articles for a round (2 is a second reading of what one has tagged); `present` ones stay as they are."""
    there = {one.id for one in present}
    wanted = [assigned(pair.article, pair.annotator, round, blind=blind) for pair in sorted(set(pairs))]
    return _steps(_ASSIGNED, (Change(None, one) for one in wanted if one.id not in there))


def take_away(assignments: Iterable[Assignment]) -> list[Step]:
    """Take assignments away; what was tagged stays."""
    ordered = sorted(assignments, key=lambda one: (one.article, one.id))
    return _steps(_TAKEN_AWAY, (Change(one, None) for one in ordered))


def join(person: Annotator) -> Step:
    """Let somebody stand in the project who has done nothing there yet."""
    return Step(_JOINED, (Change(None, person),))


def give_back(article: str, layer: Layer | None, me: Annotator, round: int = 1) -> Step:
    """Say that I shall not tag an article (its id) that was assigned to me. Raises UserError where that is said."""
    before = layer if layer is not None else own_layer(article, me.id, round)
    if before.returned:
        raise UserError(_("The article is given back already."))
    return Step(_GIVEN_BACK, (Change(layer, before.given_back(True)),))


def take_again(layer: Layer) -> Step:
    """Take an article that I gave back after all. Raises UserError where I did not."""
    if not layer.returned:
        raise UserError(_("The article is not given back."))
    return Step(_TAKEN_AGAIN, (Change(layer, layer.given_back(False)),))


def _steps(title: str, changes: Iterable[Change]) -> list[Step]:
    return list(_by_article(title, changes))


def _by_article(title: str, changes: Iterable[Change]) -> Iterator[Step]:
    for _article, some in groupby(changes, lambda change: change.article):
        yield Step(title, tuple(some))


def planned(
    reader: Reader, rule: Rule, people: Iterable[str], articles: Collection[str], *, round: int = 1, blind: bool = True
) -> list[Step]:
    """Return the steps that share articles (ids) out among people (ids) by a rule; what is assigned stays.

    Raises ValueError as `assigning.shared_out`.
    """
    present = [one for one in stored.of_articles(reader, articles) if one.round == round]
    have = {Pair(one.article, one.annotator) for one in present}
    return assign(shared_out(rule, articles, people, have), present, round=round, blind=blind)


def carry_out(workspace: Workspace, steps: Iterable[Step]) -> bool:
    """Do the steps together, in any thread; return whether that made me the lead of a project that had none.

    Raises as `Workspace.do_whole`.
    """
    if workspace.do_whole(steps) is None or workspace.store.led:
        return False
    workspace.store.set_lead(workspace.me.id)
    return True
