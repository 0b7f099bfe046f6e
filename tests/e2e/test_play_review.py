"""The play goes on: the lead reviews what two tagged, corrections go back, one is contested and settled; by keys."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

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
from tests.e2e.test_play import BO, CY, LEAD, OWN, SIZE, Person, Tag, looks_at, press, rows
from tests.schemed import SCHEME
from tests.x11 import x_server

pytestmark = test_play.pytestmark

Placed = tuple[str, str, tuple[int, int]]
"""Title, label and words (from, to)."""

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
FIRST, SECOND, NOTHING = "1", "2", "0"
AGREED = "SELECT count(*) FROM decision WHERE data ->> 'answer' = 'agreed'"
DONE = "SELECT count(*) FROM layer WHERE kind = 'consensus' AND state = 'done'"
TOLD = "SELECT count(*) FROM decision WHERE data ->> 'about' = 'correction'"
SAID = (
    "SELECT data ->> 'says', coalesce(data ->> 'reason', ''), count(*) FROM decision "
    "WHERE data ->> 'about' = 'answer' GROUP BY 1, 2 ORDER BY 1"
)
CONTESTED = (
    "SELECT article.title, decision.data ->> 'answer', decision.data ->> 'contested' FROM decision "
    "JOIN article ON article.id = decision.article WHERE decision.data ->> 'contested' > 0"
)
REASON, WORD = "nobody is quoted here", "The mayor says it."


def _headline(text: str) -> str:
    """Return what an article is called that comes from a file."""
    return text.partition("\n")[0]


TEXTS = OWN | {_headline(text): text for text in OWN.values()}


class Settled(NamedTuple):
    """A decision: about which kind of difference in which article, the key, and what stands there afterwards."""

    title: str
    kind: str
    key: str
    outcome: tuple[str, tuple[int, int]] | None
    """Label and words (from, to)."""


SHORT = (
    Settled("Ferry", "boundary", SECOND, ("quote", (0, 2))),
    Settled("Ferry", "label", FIRST, ("claim", (6, 9))),
    Settled("Bridge", "missed", SECOND, ("claim", (0, 2))),
    Settled("Bridge", "missed", NOTHING, None),
)
"""In the order of the queue; Bo contests the last one."""


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
        agreed = [("Ferry", "source", (3, 4)), ("Bridge", "source", (5, 8))]
        goes_on(lead, bo, project, SHORT, agreed, ("Bridge", "quote", (9, 10)), right=2)


@pytest.mark.full
def test_the_whole_play(tmp_path: Path) -> None:
    """Three people from an empty folder to the settled contest; Bo's package comes into the project that is there."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in OWN.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    titles = [_headline(OWN[name]) for name in sorted(OWN)]
    script = [Settled(title, "label", SECOND, (tag.label, tag.words)) for title in titles for tag in test_play.TAGS[CY]]
    script[-1] = Settled(titles[-1], "label", NOTHING, None)
    his = test_play.TAGS[BO][-1]

    def then(lead: Person, bo: Person, project: Path) -> None:
        goes_on(lead, bo, project, script, [], (titles[-1], his.label, his.words), right=len(script) - 1)

    test_play.play(tmp_path, sorted(articles.iterdir()), then)


def goes_on(
    lead: Person,
    bo: Person,
    project: Path,
    script: Sequence[Settled],
    agreed: list[Placed],
    last: Placed,
    *,
    right: int,
) -> None:
    """Review, tell Bo, who finds so many (`right`) of the corrections right, and settle the one that he contests."""
    sent = reviews(lead, project, script, len(agreed))
    first = [(it.title, *it.outcome) for it in script if it.outcome is not None]
    assert consensus(lead, project) == placed([*first, *agreed])
    (other,) = (id for id, name in rows(project, "SELECT id, name FROM annotator") if name == CY)
    inside = gzip.decompress(sent.read_bytes()).decode()
    assert not [it for it in (CY, other) if it in inside]
    back = answers(bo, Path(shutil.copy(sent, bo.folder)), right)
    settles(lead, project, Path(shutil.copy(back, lead.folder)))
    assert rows(project, CONTESTED) == [(last[0], "side", 1)]
    assert consensus(lead, project) == placed([*first, *agreed, last])


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


def placed(wanted: list[Placed]) -> list[tuple[str, str, str, int, int]]:
    """Return title, label, words and offsets of spans that are told by words."""
    found = []
    for title, label, words in wanted:
        start, end = Tag("", label, words).place(TEXTS[title])
        found.append((title, label, TEXTS[title][start:end], start, end))
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
            assert article["text"][start:end] == span["text"] == TEXTS[article["title"]][start:end]
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
    lead.desk.back_to(".+ — News — Annotator")
    lead.shows(left)


def packages(folder: Path) -> set[tuple[Path, int]]:
    """Return all packages of a folder as they are now."""
    return {(path, path.stat().st_mtime_ns) for path in folder.glob("*.annotator-package")}


def sends(person: Person, *keys: str, told: str) -> Path:
    """Send a package after these keys; return it. The window says first that `told` goes along."""
    before = packages(person.folder)
    title = re.escape(person.window_title()).replace("\\ ", " ")
    person.desk.press("ctrl+shift+e")
    person.desk.look_for("Send a package")
    for key in keys:
        person.desk.press(key)
    person.shows(told)
    person.desk.press("Return")
    ((package, _time),) = until(lambda: packages(person.folder) - before, "the package")
    person.desk.look_for(title)
    return package


def reviews(lead: Person, project: Path, script: Sequence[Settled], agreed: int) -> Path:
    """The lead settles all differences, makes the consensus and sends Bo what came of it; return the package."""
    with lead.at_work(str(project)) as desk:
        desk.back_to(".+ — News — Annotator")
        desk.arrange()
        begins_review(lead, f"0 of {len(script)} settled")
        for number, it in enumerate(script):
            if it.outcome is None:
                desk.press("n")
                desk.type(REASON)
                desk.press("Return")
            press(desk, project, it.key)
            assert len(decided(project)) == number + 1
        says = {NOTHING: "none", FIRST: "side", SECOND: "side"}
        assert decided(project) == sorted((it.title, it.kind, says[it.key]) for it in script)
        lead.shows("No differences left.")
        if agreed:
            desk.press("Return")
            desk.look_for("Take over what agrees")
            desk.press("Return")
            until(lambda: rows(project, AGREED) == [(agreed,)], "what both have in the consensus")
            desk.back_to(".+ — News — Annotator")
        desk.press("Return")
        desk.look_for("Make the consensus")
        articles = len({it.title for it in script})
        lead.shows(f"Of {articles} articles {articles} lack nothing")
        desk.press("Return")
        until(lambda: rows(project, DONE) == [(articles,)], "the consensus of all articles, done")
        desk.back_to(".+ — News — Annotator")
        desk.press("Escape")
        lead.shows("Articles")
        return sends(lead, "space", told="Corrections to their spans")


def answers(bo: Person, package: Path, right: int) -> Path:
    """Bo opens the package, accepts so many and contests the last one; return what goes back."""
    project = bo.folder / f"News {bo.name}.annotator"
    there = project.exists()
    with bo.at_work(str(package)) as desk:
        if there:
            desk.look_for("Merge .+")
            desk.press("Return")
        desk.back_to(f".+ — News {bo.name} — Annotator")
        desk.arrange()
        until(lambda: project.exists() and rows(project, TOLD) == [(right + 1,)], "the corrections")
        desk.press("ctrl+F5")
        desk.look_for("Colleagues")
        for _number in range(right):
            press(desk, project, "a")
        bo.shows(f"nothing belongs there – {REASON}")
        desk.press("c")
        desk.type(WORD)
        press(desk, project, "Return")
        assert rows(project, SAID) == [("accepted", "", right), ("contested", WORD, 1)]
        bo.shows("All are answered.")
        desk.press("Escape")
        desk.look_for(f".+ — News {bo.name} — Annotator")
        return sends(bo, told=f"Your answers to {right + 1} corrections go along.")


def settles(lead: Person, project: Path, package: Path) -> None:
    """The lead merges the answers; only the contested one is left, with Bo's word, and is settled."""
    with lead.at_work(str(project)) as desk:
        desk.back_to(".+ — News — Annotator")
        desk.arrange()
        before = steps(project)
        looks_at(desk, [package])
        lead.shows("answers to corrections")
        desk.press("Return")
        until(lambda: steps(project) > before, "the merge")
        desk.back_to(".+ — News — Annotator")
        begins_review(lead, WORD)
        press(desk, project, FIRST)
        lead.shows("The consensus is done.")  # it was marked so before it lacked this one
