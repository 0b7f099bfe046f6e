"""What is packed for whom, and a project made of it: nothing of others, nothing of one's own or shared missing."""

from __future__ import annotations

import gzip
from pathlib import Path

from annotator.domain.article import Annotator, Article, VisibleLayers, own_layer
from annotator.domain.change import Change, Decision, Entry, Step, Value
from annotator.domain.ids import content_article_id
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Span
from annotator.domain.team import Proposal, Remark, assigned
from annotator.domain.text import fingerprint
from annotator.editing.workspace import Workspace
from annotator.jobs.packing import Packed, found, pack
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.builders import ANA, BO, TEXT, bring, my_layer, opened, project, tag, workspace
from tests.storage.test_fold import state

CY = Annotator("0190a000-0000-7000-8000-00000000000c", "Cy")


def packed(ws: Workspace, target: Path, to: tuple[Annotator, ...] = (), **wishes: object) -> Packed:
    return pack(ws.store, Identity(ws.me, ws.device), target, recipients=to, **wishes)  # type: ignore[arg-type]


def founded(file: Path, name: str = "made") -> Store:
    """The project made of a package, with nothing wrong in it."""
    target = file.with_name(f"{name}.annotator")
    found(file, target)
    store = opened(Store.open(target))
    assert list(check(store)) == []
    return store


def bytes_of(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def test_everything_packed_gives_the_same_project(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    tag(ws, article, "quote", (0, 5))
    tag(ws, article, "cue", (6, 9))
    ws.undo()
    file = tmp_path / "a.annotator-package"
    told = packed(ws, file, layers="all")
    assert (told.articles, told.steps, told.spans, told.nothing_new) == (1, 5, 1, False)
    other = founded(file)
    assert state(other) == state(ws.store)
    ours, theirs = ws.store.about(), other.about()
    assert {key: ours[key] for key in ("id", "name", "created", "seal")} == {
        key: theirs[key] for key in ("id", "name", "created", "seal")
    }
    steps = "SELECT * FROM step ORDER BY seq"
    assert other.rows(steps) == ws.store.rows(steps)
    again = Workspace(other, ANA, "laptop")
    assert again.redo_title() == ws.redo_title()
    again.redo()
    tag(again, article, "source", (10, 12))
    assert list(check(other)) == []


# blind


def canaries(ws: Workspace, article: Article, who: str) -> list[str]:
    """Do everything an annotator can do on an article; return what must not be found in a package for another."""
    mine, word = ws.me, f"zz{who}zz"
    span = tag(ws, article, "quote", (0, 5))
    other = tag(ws, article, "cue", (6, 9))
    layer = my_layer(ws, article)
    assert layer is not None
    entry = Entry(ws.new_id(), "person", f"{word} entry", {"note": f"{word} entry note"})
    relation = Relation(ws.new_id(), article.id, layer.id, f"{word}-tie", span.id, entry.id, note=f"{word} tie note")
    group = Group(ws.new_id(), article.id, layer.id, f"{word}-kind", (Member("quote", span.id),), note=f"{word} group")
    made: list[Value] = [
        entry, relation, group,
        Decision(ws.new_id(), article.id, layer.id, {"about": span.id, "word": f"{word} decision"}),
        Remark(ws.new_id(), article.id, span.id, mine.id, f"{word} remark on a span"),
        Remark(ws.new_id(), article.id, "", mine.id, f"{word} remark to all"),
        Proposal(ws.new_id(), article.id, mine.id, "article", article.id, {"title": f"{word} title"}),
    ]  # fmt: skip
    for value in made:
        ws.do(Step(f"{word} title of a step", (Change(None, value),)))
    ws.do(Step("linked", (Change(span, span._replace(note=f"{word} note", attributes={"speaker": entry.id})),)))
    after = layer._replace(note=f"{word} layer", fields={"genre": f"{word} genre"}, state="done")
    ws.do(Step("judged", (Change(layer, after),)))
    ws.do(Step("deleted", (Change(other, None),)))
    ws.undo()
    ws.redo()
    return [word, mine.id, mine.name, layer.id, span.id, other.id, *(value.id for value in made)]


def three_others(tmp_path: Path) -> tuple[Workspace, Workspace, Article, list[str]]:
    """A project of Ana's, with work of Bo's and of three others; also what is theirs."""
    ana = workspace(project(tmp_path))
    article = bring(ana, spans=(), title="Shared")
    bo = Workspace(ana.store, BO, "bos laptop")
    secret: list[str] = []
    for number, name in enumerate(("Cyx", "Dodox", "Evax")):
        other = Annotator(f"0190a000-0000-7000-8000-0000000000c{number}", name)
        secret += canaries(Workspace(ana.store, other, f"device-of-{name}"), article, name)
        secret.append(f"device-of-{name}")
        ana.do(Step("assign", (Change(None, assigned(article.id, other.id)),)))
        secret.append(assigned(article.id, other.id).id)
    spans = [tag(bo, article, "source", (10, 12)), tag(ana, article, "quote", (12, 15))]
    secret.append(spans[1].id)
    ana.do(Step("assign", (Change(None, assigned(article.id, BO.id)),)))
    return ana, bo, article, secret


def test_a_package_for_an_annotator_holds_nothing_of_others(tmp_path: Path) -> None:
    ana, _bo, article, secret = three_others(tmp_path)
    # The lead changes the spans of all at once, and an article of somebody else's comes along.
    scheme = ana.store.scheme()
    everybodys = ana.store.spans(article.id, VisibleLayers.ALL)
    changes = [Change(span, span._replace(label="renamed")) for span in everybodys]
    ana.do(Step("25 spans of Cyx relabelled", (Change(scheme, scheme._replace(version=2)), *changes)))
    secret.append("25 spans")
    file = tmp_path / "bo.annotator-package"
    told = packed(ana, file, (BO,))
    assert told.led
    assert told.layers == "none"
    found_there = bytes_of(file).decode()
    assert [word for word in secret if word in found_there] == []
    store = founded(file)
    assert store.scheme() == scheme._replace(version=2)
    assert [(span.id, span.label) for span in store.spans(article.id, VisibleLayers.ALL)] == [
        (span.id, "renamed") for span in everybodys if span.annotator == BO.id
    ]
    assert set(store.annotators()) == {ANA.id, BO.id}
    assert store.rows("SELECT annotator FROM assignment") == [(BO.id,)]
    assert store.leads() == {ANA.id}


def test_the_leads_own_layers_come_with_what_they_link_to(tmp_path: Path) -> None:
    ana, _bo, article, _ = three_others(tmp_path)
    (entry,) = ana.store.rows("SELECT id FROM entry WHERE name LIKE '%Cyx%'")[0]
    mine = next(span for span in ana.store.spans(article.id, VisibleLayers.ALL) if span.annotator == ANA.id)
    ana.do(Step("link", (Change(mine, mine._replace(attributes={"speaker": entry})),)))
    file = tmp_path / "bo.annotator-package"
    packed(ana, file, (BO,), layers="mine")
    store = founded(file)
    assert store.rows("SELECT id FROM entry") == [(entry,)]
    assert {span.annotator for span in store.spans(article.id, VisibleLayers.ALL)} == {ANA.id, BO.id}
    assert "Dodox" not in bytes_of(file).decode()


def test_an_import_of_several_layers_goes_as_a_part_and_so_does_its_undo(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    id = content_article_id(fingerprint(TEXT))
    layers = (own_layer(id, BO.id), own_layer(id, CY.id))
    spans = tuple(
        Span(f"span-of-{one.owner}", id, one.id, one.owner, "quote", ((0, 5),)) for one in layers
    )  # fmt: skip
    article = bring(ana, layers=layers, spans=spans)
    file = tmp_path / "bo.annotator-package"
    packed(ana, file, (BO,))
    assert CY.id not in bytes_of(file).decode()
    store = founded(file)
    assert [span.id for span in store.spans(article.id, VisibleLayers.ALL)] == [spans[0].id]
    assert store.value("article", article.id, article.id) == article
    ana.undo()
    file = tmp_path / "again.annotator-package"
    packed(ana, file, (BO,))
    assert CY.id not in bytes_of(file).decode()
    assert founded(file, "again").article_count() == 0
    ana.redo()
    packed(ana, file, (BO,), replace=True)
    assert CY.id not in bytes_of(file).decode()
    assert state(founded(file, "redone")) == state(store)
