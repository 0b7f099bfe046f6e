"""A play in real windows: three people, three homes; sent out, tagged blind, sent back, brought together."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.e2e.desk import REPO, Desk, environment, until
from tests.e2e.reader import Reader, Thing, launcher, session
from tests.e2e.test_golden_path import Hand, answer, steps
from tests.x11 import x_server

NEWS = REPO.parent / "shared" / "data" / "wikinews"
SIZE = (1280, 800)
LEAD, BO, CY = "Lena Brandt", "Bo Lindqvist", "Cy Moreau"
OWN = {
    "Ferry": "Ferry crews vote to stop work.\n\n“The boats stay here,” Mirela Tov said on Monday. 🚢 Nobody sails.\n",
    "Bridge": "A bridge opens in Marwiese.\n\nDrivers wait no more, the mayor said: “It took nine years.”\n",
    "Wheat": "Wheat is dearer than last year.\n\nMillers call it “a hard winter”, and bakers agree with them.\n",
    "Tower": "The radio tower comes down.\n\nEngineers said that rust had reached all of its three feet.\n",
}

pytestmark = [
    pytest.mark.x11,
    pytest.mark.timeout(180),
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is missing; packaging/test.py installs it"),
    pytest.mark.skipif(
        shutil.which("dbus-daemon") is None or launcher() is None,
        reason="dbus-daemon or at-spi2-core is missing; packaging/test.py installs them",
    ),
]


class Tag(NamedTuple):
    """A key, the label that it gives, and which words (from, to) of the article it is given."""

    key: str
    label: str
    words: tuple[int, int]

    def place(self, text: str) -> tuple[int, int]:
        """Return ``[start, end)`` in characters."""
        words = list(re.finditer(r"\w+", text))
        return words[self.words[0]].start(), words[self.words[1]].end()


# They differ, and overlap: a span of the one that is taken for one of the other is seen.
TAGS = {
    BO: (Tag("q", "quote", (0, 1)), Tag("s", "source", (3, 4))),
    CY: (Tag("a", "claim", (0, 2)), Tag("v", "evidence", (4, 5))),
}


class Person:
    """Somebody with a home and a stick, at a window of their own."""

    def __init__(self, name: str, folder: Path, env: dict[str, str], reader: Reader) -> None:
        self.name = name
        self.folder = folder / name.split()[0]
        self.home = self.folder / "home"
        self.home.mkdir(parents=True)
        # Each is at another computer: no window of one hears of another's start.
        env = {key: value for key, value in environment(env, self.home).items() if key != "XDG_RUNTIME_DIR"}
        self.desk = Desk(env, SIZE)
        self._reader = reader

    @contextmanager
    def at_work(self, *words: str) -> Iterator[Desk]:
        """Start the program and leave it at the end."""
        try:
            self.desk.start(*words)
            yield self.desk
            self.desk.back_to(".*Annotator")
            assert self.desk.quit() == 0
        except BaseException:
            self.desk.picture(self.folder / "failed.png")
            raise
        finally:
            self.desk.stop()

    def program(self) -> Thing:
        """Return the program as a screen reader meets it."""
        return until(lambda: next(iter(self._reader.programs()), None), "the program on the bus")

    def told(self) -> set[str]:
        """Return all words that its windows tell a screen reader, and the article's text."""
        return {it.called for it in self.program().walk()}

    def shows(self, words: str) -> None:
        """Wait until a window tells these words."""
        until(lambda: any(words in it for it in self.told()), repr(words))

    def export(self, target: Path) -> list[dict[str, Any]]:
        """Export in the window; return the articles."""
        title = self.window_title()
        self.desk.press("ctrl+e")
        self.desk.look_for("Export")
        self.desk.press("ctrl+a")
        self.desk.type(str(target))
        self.desk.press("Return")
        until(target.exists, "the exported file")
        self.desk.look_for(re.escape(title).replace("\\ ", " "))
        return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]

    def window_title(self) -> str:
        """Return what stands above the window that has the keyboard."""
        return self.desk.tool("getwindowname", self.desk.window).strip()


def test_own_texts(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in OWN.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    play(tmp_path, sorted(articles.iterdir()))


@pytest.mark.full
def test_wikinews(tmp_path: Path) -> None:
    if not NEWS.is_dir():
        pytest.skip("the articles of Wikinews lie beside the repository; the twin on our own texts never skips")
    play(tmp_path, sorted(NEWS.glob("*.txt")))


def play(folder: Path, files: list[Path], then: Callable[[Person, Person, Path], None] | None = None) -> None:
    """Send out, tag, send back, bring together; `then` goes on with the lead, Bo and the lead's project."""
    assert len(files) == 4
    with ExitStack() as stack:
        env = dict(stack.enter_context(x_server(f"{SIZE[0]}x{SIZE[1]}")))
        env.update(stack.enter_context(session(env)))
        reader = Reader(env)
        stack.callback(reader.close)
        lead, bo, cy = (Person(name, folder, env, reader) for name in (LEAD, BO, CY))
        project = lead.folder / "News.annotator"
        sent = {person.name: project.with_name(f"News for {person.name}.annotator-package") for person in (bo, cy)}
        sends_out(lead, project, files, list(sent.values()))
        texts = dict(rows(project, "SELECT title, body FROM article JOIN text USING (sha256)"))
        back = {}
        for one, other in ((bo, cy), (cy, bo)):
            mine = Path(shutil.copy(sent[one.name], one.folder))
            back[one.name] = tags_blind(one, other, mine, texts, project)
        together = [Path(shutil.copy(path, lead.folder)) for path in back.values()]
        exported = brings_together(lead, project, together)
        if then is not None:
            then(lead, bo, project)
    ids = {name: id for id, name in rows(project, "SELECT id, name FROM annotator")}
    assert found_in(exported) == sorted(
        (title, ids[name], tag.label, text[slice(*tag.place(text))], *tag.place(text))
        for title, text in texts.items()
        for name, tags in TAGS.items()
        for tag in tags
    )
    assert {article["title"]: article["text"] for article in exported} == texts


def rows(project: Path, question: str) -> list[Any]:
    """Ask the project as another program would."""
    with closing(sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(question).fetchall()


def found_in(exported: list[dict[str, Any]]) -> list[tuple[str, str, str, str, int, int]]:
    """Return title, owner, label, words and offsets of all spans; the words are those at the offsets."""
    found = []
    for article in exported:
        owner = {layer["id"]: layer.get("annotator", {}).get("id") for layer in article["layers"]}
        for span in article["spans"]:
            (piece,) = span["fragments"]
            start, end = piece["start"], piece["end"]
            assert article["text"][start:end] == span["text"]
            found.append((article["title"], owner[span["layer"]], span["label"], span["text"], start, end))
    return sorted(found)


def sends_out(lead: Person, project: Path, files: list[Path], packages: list[Path]) -> None:
    """The lead makes a project, adds two people, assigns everything to both and sends each a package."""
    with lead.at_work() as desk:
        desk.look_for("Annotator")  # asks for the name
        question = desk.window
        desk.type(lead.name)
        desk.press("Return")
        until((lead.home / "config" / "identity.toml").exists, "the name to be kept")
        desk.look_for("Annotator", besides=question)
        desk.press("ctrl+n")
        answer(desk, "New project", project)
        desk.look_for("News — Annotator")
        desk.arrange()
        desk.press("ctrl+i")
        desk.look_for("Import articles")
        desk.type(" ".join(f'"{file}"' for file in files))
        desk.press("Return")
        desk.look_for("Import 4 files")
        desk.press("Return")
        desk.back_to(".+ — News — Annotator")
        shown = desk.window
        desk.press("ctrl+shift+m")
        desk.look_for("Colleagues")
        for name in (BO, CY):
            before = steps(project)
            desk.type(name)
            desk.press("Return")
            until(lambda before=before: steps(project) > before, f"{name} in the project")
        desk.press("ctrl+Next")
        before = steps(project)
        desk.press("ctrl+Return")
        until(lambda: steps(project) > before, "the assignment")
        assert rows(project, "SELECT count(*), sum(blind) FROM assignment") == [(8, 8)]
        desk.press("Escape")
        desk.back_to(".+ — News — Annotator")
        assert desk.window == shown
        desk.press("ctrl+shift+e")
        desk.look_for("Send a package")
        for key in ("space", "Down", "space", "Return"):
            desk.press(key)
        until(lambda: rows(project, "SELECT count(*) FROM sent") == [(len(packages),)], "two packages")
        desk.back_to(".+ — News — Annotator")


def tags_blind(me: Person, other: Person, package: Path, texts: dict[str, str], lead: Path) -> Path:
    """One opens the package, tags each article, calls it done and sends the work back; nothing tells of the other."""
    project = me.folder / f"News {me.name}.annotator"
    back = me.folder / f"News from {me.name}.annotator-package"
    (of_other,) = (id for id, name in rows(lead, "SELECT id, name FROM annotator") if name == other.name)
    with me.at_work(str(package)) as desk:
        desk.look_for("A package")
        desk.press("Return")  # that is me
        desk.look_for(f".+ — News {me.name} — Annotator")
        desk.arrange()
        left = dict(texts)
        for _number in range(len(texts)):
            title = until(lambda: named(me.window_title(), left), "an article that is not done")
            text = left.pop(title)
            hand = Hand(desk, text)
            for tag in TAGS[me.name]:
                hand.select(*tag.place(text))
                press(desk, project, tag.key)
            press(desk, project, "ctrl+Return")
        assert not left
        exported = me.export(me.folder / "mine.jsonl")
        desk.press("ctrl+shift+e")
        desk.look_for("Send a package")
        seen = me.told()
        assert any(LEAD in it for it in seen)
        desk.press("Return")
        until(back.exists, "the package for the lead")
        desk.look_for(f".+ — News {me.name} — Annotator")
        seen |= me.told()
    mine = {(label, words) for _title, _owner, label, words, *_place in found_in(exported)}
    assert len(found_in(exported)) == 8
    assert {label for label, _words in mine} == {tag.label for tag in TAGS[me.name]}
    told = [*seen, json.dumps(exported), *(gzip.decompress(it.read_bytes()).decode() for it in (package, back))]
    for secret in (other.name, of_other):
        assert not [it for it in told if secret in it]
    return back


def named(title: str, texts: dict[str, str]) -> str:
    """Return which article a window shows, "" for none of these."""
    return next((it for it in texts if title.startswith(f"{it} — ")), "")


def press(desk: Desk, project: Path, key: str) -> None:
    """Press a key that makes a step, and wait until it is on disk."""
    before = steps(project)
    desk.press(key)
    until(lambda: steps(project) == before + 1, f"the step of {key}")


def looks_at(desk: Desk, packages: list[Path]) -> None:
    """Name packages to be merged, up to where it is shown what they would bring."""
    desk.press("ctrl+m")
    desk.look_for("Merge packages")
    desk.type(" ".join(f'"{package}"' for package in packages))
    desk.press("Return")
    desk.look_for(f"Merge {len(packages)} packages?")


def brings_together(lead: Person, project: Path, packages: list[Path]) -> list[dict[str, Any]]:
    """The lead merges both packages after a look, sees both layers, and exports them."""
    with lead.at_work(str(project)) as desk:
        desk.back_to(".+ — News — Annotator")
        desk.arrange()
        before = steps(project)
        looks_at(desk, packages)
        lead.shows("2 packages come in: 16 new spans.")
        seen = lead.told()
        assert {BO, CY, "8 new spans"} <= seen
        assert steps(project) == before
        desk.press("Return")
        until(lambda: steps(project) > before, "the merge")
        desk.back_to(".+ — News — Annotator")
        desk.press("ctrl+3")
        table = until(lambda: next((it for it in lead.program().of("table") if it.name == "Spans"), None), "the spans")

        def both() -> bool:
            # What is pressed before the merge has told the window is not heard.
            desk.press("ctrl+shift+c")
            with suppress(AssertionError):
                until(lambda: table.value("Table", "NRows") == 4, "the spans of both", 3)
                return True
            return False

        until(both, "the spans of both")
        for name in (BO, CY):
            lead.shows(name)
        exported = lead.export(lead.folder / "all.jsonl")
    assert rows(
        project, "SELECT owner, count(*) FROM layer JOIN span ON span.layer = layer.id GROUP BY 1 ORDER BY 1"
    ) == [(id, 8) for (id,) in rows(project, f"SELECT id FROM annotator WHERE name IN ('{BO}', '{CY}') ORDER BY id")]
    return exported
