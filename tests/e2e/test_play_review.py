"""The play goes on: the lead reviews what two tagged, corrections go back, one is contested and settled; by keys."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from annotator import whoami
from annotator.domain.article import Annotator, Article, own_layer
from annotator.domain.change import Change, Imported, Step
from annotator.domain.ids import content_article_id
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from tests.builders import counted_clock, counted_ids
from tests.e2e import test_play
from tests.e2e.desk import REPO, until
from tests.e2e.reader import Reader, session
from tests.e2e.test_golden_path import steps
from tests.e2e.test_play import BO, CY, LEAD, OWN, SIZE, Person, Tag, press, rows
from tests.schemed import SCHEME
from tests.x11 import x_server

pytestmark = test_play.pytestmark

PEOPLE = {name: Annotator(f"0192f0c1-0000-7000-8000-0000000000c{n}", name) for n, name in enumerate((LEAD, BO, CY))}
TAGS = {
    "Ferry": {
        BO: (Tag("q", "quote", (0, 1)), Tag("s", "source", (3, 4)), Tag("a", "claim", (6, 9))),
        CY: (Tag("q", "quote", (0, 2)), Tag("s", "source", (3, 4)), Tag("v", "evidence", (6, 9))),
    },
    "Bridge": {
        BO: (Tag("s", "source", (5, 8)), Tag("q", "quote", (9, 10))),
        CY: (Tag("a", "claim", (0, 2)), Tag("s", "source", (5, 8))),
    },
}
FIRST, SECOND, BOTH, NOTHING = "1", "2", "3", "0"
SETTLED = (
    ("Ferry", "boundary", SECOND, "side"),
    ("Ferry", "label", FIRST, "side"),
    ("Bridge", "missed", SECOND, "side"),
    ("Bridge", "missed", NOTHING, "none"),
)
"""In the order of the queue: article, kind, the key that settles it, and what the decision says."""

AGREED = "SELECT count(*) FROM decision WHERE data ->> 'answer' = 'agreed'"
DONE = "SELECT count(*) FROM layer WHERE kind = 'consensus' AND state = 'done'"
SAID = (
    "SELECT data ->> 'says', coalesce(data ->> 'reason', ''), count(*) FROM decision "
    "WHERE data ->> 'about' = 'answer' GROUP BY 1, 2 ORDER BY 1"
)
CONTESTED = (
    "SELECT article.title, decision.data ->> 'answer', decision.data ->> 'contested' FROM decision "
    "JOIN article ON article.id = decision.article WHERE decision.data ->> 'contested' > 0"
)
REASON, WORD = "nobody is quoted here", "The mayor says it."


def test_review_and_corrections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as stack:
        env = dict(stack.enter_context(x_server(f"{SIZE[0]}x{SIZE[1]}")))
        env.update(stack.enter_context(session(env)))
        reader = Reader(env)
        stack.callback(reader.close)
        lead, bo = (Person(name, tmp_path, env, reader) for name in (LEAD, BO))
        for person in (lead, bo):
            monkeypatch.setenv("ANNOTATOR_HOME", str(person.home))
            whoami.become(PEOPLE[person.name])
        project = made(lead.folder / "News.annotator")
        sent = reviews(lead, project)
        first = [("Ferry", "quote", (0, 2)), ("Ferry", "claim", (6, 9)), ("Bridge", "claim", (0, 2))]
        sources = [("Ferry", "source", (3, 4)), ("Bridge", "source", (5, 8))]
        assert consensus(lead, project) == placed([*first, *sources])
        inside = gzip.decompress(sent.read_bytes()).decode()
        assert not [it for it in (CY, PEOPLE[CY].id) if it in inside]
        back = answers(bo, Path(shutil.copy(sent, bo.folder)))
        settles(lead, project, Path(shutil.copy(back, lead.folder)))
        assert consensus(lead, project) == placed([*first, *sources, ("Bridge", "quote", (9, 10))])


def made(path: Path) -> Path:
    """Make the lead's project, with what both have tagged and called done."""
    Store.create(path, SCHEME)
    store = Store.open(path)
    new_id, clock = counted_ids("8"), counted_clock()
    try:
        store.set_lead(PEOPLE[LEAD].id)
        workspace = Workspace(store, PEOPLE[LEAD], "desk", clock=clock)
        workspace.do(Step("Add people", tuple(Change(None, PEOPLE[name]) for name in (BO, CY))))
        with workspace.job() as job:
            for number, (title, tags) in enumerate(TAGS.items()):
                imported, text = tagged(title, number, tags, new_id)
                assert imported.article is not None
                job.add(Step("Import article", (Change(None, imported),)), {imported.article.sha256: text})
    finally:
        store.close()
    return path


def tagged(
    title: str, number: int, tags: dict[str, tuple[Tag, ...]], new_id: Callable[[], str]
) -> tuple[Imported, str]:  # fmt: skip
    """Return an article with the layers of both, and its text."""
    text = OWN[title]
    sha256 = fingerprint(text)
    article = Article(content_article_id(sha256), title, sha256, position=number)
    layers, spans = [], []
    for name, mine in tags.items():
        me = PEOPLE[name].id
        layer = own_layer(article.id, me)._replace(state="done")
        layers.append(layer)
        at = "2026-11-23T17:00:00.000Z"
        spans += [
            Span(new_id(), article.id, layer.id, me, tag.label, (tag.place(text),), created=at, updated=at)
            for tag in mine
        ]
    return Imported(article.id, article, tuple(layers), tuple(spans), (), ()), text


def placed(wanted: list[tuple[str, str, tuple[int, int]]]) -> list[tuple[str, str, str, int, int]]:
    """Return title, label, words and offsets of spans that are told by words."""
    found = []
    for title, label, words in wanted:
        start, end = Tag("", label, words).place(OWN[title])
        found.append((title, label, OWN[title][start:end], start, end))
    return sorted(found)


def consensus(lead: Person, project: Path) -> list[tuple[str, str, str, int, int]]:
    """Export the consensus on the command line; the words are those at the offsets."""
    command = [sys.executable, "-m", "annotator", "export", str(project), "--layers", "consensus", "-o", "-"]
    done = subprocess.run(command, env=lead.desk.env, cwd=REPO, capture_output=True, text=True, check=True)
    found = []
    for line in done.stdout.splitlines():
        article: dict[str, Any] = json.loads(line)
        for span in article["spans"]:
            (piece,) = span["fragments"]
            start, end = piece["start"], piece["end"]
            assert article["text"][start:end] == span["text"] == OWN[article["title"]][start:end]
            found.append((article["title"], span["label"], span["text"], start, end))
    return sorted(found)


def decided(project: Path) -> list[tuple[str, str, str]]:
    """Return article, kind and answer of all that was decided about differences."""
    found: list[tuple[str, str, str]] = rows(
        project,
        "SELECT article.title, decision.data ->> 'kind', decision.data ->> 'answer' FROM decision "
        "JOIN article ON article.id = decision.article WHERE decision.data ->> 'about' = 'difference' "
        "AND decision.data ->> 'answer' <> 'agreed'",
    )
    return sorted(found)


def begins_review(lead: Person, left: str) -> None:
    """Open the review of all that both have, and wait until so much is left."""
    lead.desk.press("F5")
    lead.desk.look_for("Review")
    lead.desk.press("Return")
    lead.desk.look_for(".+ — News — Annotator")
    lead.shows(left)


def reviews(lead: Person, project: Path) -> Path:
    """The lead settles all differences, makes the consensus and sends Bo what came of it; return the package."""
    package = project.with_name(f"News for {BO}.annotator-package")
    with lead.at_work(str(project)) as desk:
        desk.look_for(".+ — News — Annotator")
        desk.arrange()
        begins_review(lead, "4")
        for number, (_title, _kind, key, answer) in enumerate(SETTLED):
            if answer == "none":
                desk.press("n")
                desk.type(REASON)
                desk.press("Return")
            press(desk, project, key)
            assert len(decided(project)) == number + 1
        assert decided(project) == sorted((title, kind, answer) for title, kind, _key, answer in SETTLED)
        lead.shows("No differences left.")
        desk.press("Return")
        desk.look_for("Take over what agrees")
        desk.press("Return")
        until(lambda: rows(project, AGREED) == [(2,)], "what both have in the consensus")
        desk.look_for(".+ — News — Annotator")
        desk.press("Return")
        desk.look_for("Make the consensus")
        desk.press("Return")
        until(lambda: rows(project, DONE) == [(2,)], "the consensus of both articles, done")
        desk.look_for(".+ — News — Annotator")
        desk.press("Escape")
        lead.shows("Articles")
        desk.press("ctrl+shift+e")
        desk.look_for("Send a package")
        desk.press("space")
        desk.press("Return")
        until(package.exists, "the package with corrections")
        desk.look_for(".+ — News — Annotator")
    return package


def answers(bo: Person, package: Path) -> Path:
    """Bo opens the package, accepts what was corrected and contests one; return what goes back."""
    project = bo.folder / f"News {bo.name}.annotator"
    back = bo.folder / f"News from {bo.name}.annotator-package"
    with bo.at_work(str(package)) as desk:
        desk.look_for(f".+ — News {bo.name} — Annotator")
        desk.arrange()
        desk.press("ctrl+F5")
        desk.look_for("Colleagues")
        bo.shows("Corrections")
        for key in "a", "a", "c":
            if key == "c":
                desk.press("c")
                desk.type(WORD)
                key = "Return"
            press(desk, project, key)
        assert rows(project, SAID) == [("accepted", "", 2), ("contested", WORD, 1)]
        bo.shows("All are answered.")
        desk.press("Escape")
        desk.look_for(f".+ — News {bo.name} — Annotator")
        desk.press("ctrl+shift+e")
        desk.look_for("Send a package")
        desk.press("Return")
        until(back.exists, "the package for the lead")
        desk.look_for(f".+ — News {bo.name} — Annotator")
    return back


def settles(lead: Person, project: Path, package: Path) -> None:
    """The lead merges the answers; only the contested one is left, with Bo's word, and is settled."""
    with lead.at_work(str(project)) as desk:
        desk.look_for(".+ — News — Annotator")
        desk.arrange()
        before = steps(project)
        desk.press("ctrl+m")
        desk.look_for("Merge packages")
        desk.type(f'"{package}"')
        desk.press("Return")
        desk.look_for("Merge .+")
        desk.press("Return")
        until(lambda: steps(project) > before, "the merge")
        desk.look_for(".+ — News — Annotator")
        begins_review(lead, WORD)
        press(desk, project, FIRST)
        assert rows(project, CONTESTED) == [("Bridge", "side", 1)]
        lead.shows("No differences left.")
