"""What is packed for whom, and a project made of it: nothing of others, nothing of one's own or shared missing."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import keys
from annotator.domain.article import Annotator, Article, VisibleLayers, own_layer
from annotator.domain.change import Change, Decision, Entry, Step, Value
from annotator.domain.errors import NotSaved, UserError
from annotator.domain.ids import content_article_id
from annotator.domain.journalled import StepRecord, payload_sha256
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Span
from annotator.domain.team import Proposal, Remark, assigned
from annotator.domain.text import fingerprint
from annotator.editing import articles
from annotator.editing.workspace import Workspace
from annotator.exchange import package
from annotator.exchange.header import StepLine
from annotator.jobs.merging import merge, unmerge
from annotator.jobs.packing import Packed, found, pack
from annotator.storage import sending
from annotator.storage.check import check
from annotator.storage.fold import rewrite
from annotator.storage.journal import insert, recorded
from annotator.storage.purge import purge
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


def bring_in(store: Store, file: Path, me: Annotator = BO) -> None:
    """Merge a package into somebody's project."""
    (report,) = merge(Workspace(store, me, f"{me.name} merges"), Identity(me, "merging"), [file])
    assert report.refused == ()


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


# what goes back, and what is new


def bos(tmp_path: Path, ana: Workspace, name: str = "bo") -> Workspace:
    """Bo's project, made of a package of Ana's."""
    file = tmp_path / f"{name}.annotator-package"
    packed(ana, file, (BO,))
    return Workspace(founded(file, name), BO, "bos laptop")


def steps_in(file: Path) -> list[tuple[str, str]]:
    """Author and title of each step of a package."""
    with package.opened(file) as opened_:
        lines = [line for _, line in opened_.lines()]
    return [(line.step.annotator, line.step.title) for line in lines if isinstance(line, StepLine)]


def test_a_colleague_sends_back_what_they_did_and_only_that(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    article = bring(ana)
    bo = bos(tmp_path, ana)
    span = tag(bo, article, "quote", (0, 5))
    file = tmp_path / "back.annotator-package"
    told = packed(bo, file)
    assert (told.layers, told.led, told.spans, told.steps) == ("mine", False, 1, 1)
    assert steps_in(file) == [(BO.id, "Label Quote")]
    assert article.title not in bytes_of(file).decode()
    assert TEXT[:10] not in bytes_of(file).decode()
    bring_in(ana.store, file, ANA)
    assert ana.store.spans(article.id, VisibleLayers.ALL) == [span]
    assert list(check(ana.store)) == []
    with pytest.raises(UserError, match="holds work on a project"):
        found(file, tmp_path / "none.annotator")
    assert not (tmp_path / "none.annotator").exists()


def test_an_article_that_a_colleague_brought_goes_back_with_its_text(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    bring(ana)
    bo = bos(tmp_path, ana)
    brought = bring(bo, "Another text.", "Mine")
    file = tmp_path / "back.annotator-package"
    packed(bo, file, (ANA,))
    bring_in(ana.store, file, ANA)
    assert ana.store.text(brought.sha256) == "Another text."
    assert list(check(ana.store)) == []


def test_only_what_is_new_goes_on_from_the_last_package(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    bring(ana)
    bo = bos(tmp_path, ana)
    file = tmp_path / "new.annotator-package"
    assert packed(ana, file, (BO,), since_last=True).nothing_new
    assert not file.exists()
    assert len(ana.store.rows("SELECT id FROM sent")) == 1
    (first,) = ana.store.rows("SELECT id FROM sent")[0]
    tag(ana, bring(ana, "A second text.", "Second"), "quote", (0, 1))
    told = packed(ana, file, (BO,), since_last=True)
    assert (told.after, told.articles, told.steps) == (first, 1, 1)
    with package.opened(file) as opened_:
        assert opened_.header.after == first
        assert [line.body for _, line in opened_.lines() if not isinstance(line, StepLine)] == ["A second text."]
    with pytest.raises(UserError, match="goes on from an earlier package"):
        found(file, tmp_path / "none.annotator")
    bring_in(bo.store, file)
    assert bo.store.article_count() == 2
    assert list(check(bo.store)) == []
    # To somebody else nothing went yet.
    assert packed(ana, tmp_path / "cy.annotator-package", (CY,), since_last=True).after == ""


def test_an_article_that_is_gone_goes_to_those_who_have_it(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    stays, goes = bring(ana), bring(ana, "A second text.", "Second")
    bo = bos(tmp_path, ana)
    assert bo.store.article_count() == 2
    ana.undo()
    assert ana.store.article(goes.id) is None
    file = tmp_path / "new.annotator-package"
    packed(ana, file, (BO,), articles=[stays.id], since_last=True)
    bring_in(bo.store, file)
    assert bo.store.article(goes.id) is None
    assert list(check(bo.store)) == []


def test_articles_that_were_left_out_come_whole_with_the_next_package(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    first, second = bring(ana), bring(ana, "A second text.", "Second")
    file = tmp_path / "one.annotator-package"
    told = packed(ana, file, (BO,), articles=[first.id])
    assert told.articles == 1
    assert second.id not in bytes_of(file).decode()
    store = founded(file, "bo")
    file = tmp_path / "two.annotator-package"
    packed(ana, file, (BO,), since_last=True)
    assert first.id not in bytes_of(file).decode()
    bring_in(store, file)
    assert set(store.article_ids()) == {first.id, second.id}
    assert list(check(store)) == []


def test_a_remark_comes_only_with_what_it_is_said_of(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    article = bring(ana)
    cy = Workspace(ana.store, CY, "cys")
    span = tag(cy, article, "quote", (0, 5))
    said = [
        Remark("r-to-bo", article.id, "", ANA.id, "w", to=BO.id),
        Remark("r-to-all", article.id, "", ANA.id, "w"),
        Remark("r-on-cys-span", article.id, span.id, ANA.id, "w", to=BO.id),
        Remark("r-to-cy", article.id, "", ANA.id, "w", to=CY.id),
        Remark("r-of-cy", article.id, "", CY.id, "w"),
        Remark("r-answer-to-cy", article.id, "", ANA.id, "w", answers="r-of-cy"),
    ]
    for remark in said:
        (cy if remark.author == CY.id else ana).do(Step("say", (Change(None, remark),)))
    store = bos(tmp_path, ana).store
    assert store.rows("SELECT id FROM remark ORDER BY id") == [("r-to-all",), ("r-to-bo",)]
    assert set(store.annotators()) == {ANA.id, BO.id} & set(ana.store.annotators())


def test_what_was_purged_does_not_go(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    gone, stays = bring(ana), bring(ana, "A second text.", "Second")
    tag(ana, stays, "quote", (0, 1))
    purge(ana.store, [gone.id], ANA.id)
    file = tmp_path / "all.annotator-package"
    packed(ana, file, layers="all")
    assert gone.id not in bytes_of(file).decode()
    store = founded(file)
    assert [span.label for span in store.spans(stays.id, VisibleLayers.ALL)] == ["quote"]


def test_what_i_am_to_tag_blind_i_cannot_pack(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    blind, seen = bring(ana), bring(ana, "A second text.", "Second")
    cy = Workspace(ana.store, CY, "cys")
    hidden, shown = tag(cy, blind, "quote", (0, 5)), tag(cy, seen, "quote", (0, 1))
    mine = tag(ana, blind, "cue", (0, 5))
    ana.do(Step("assign", (Change(None, assigned(blind.id, ANA.id)),)))
    file = tmp_path / "all.annotator-package"
    packed(ana, file, layers="all")
    there = bytes_of(file).decode()
    assert hidden.id not in there
    assert shown.id in there
    assert mine.id in there
    ana.do(articles.set_state(blind.id, my_layer(ana, blind), ANA, "done"))
    packed(ana, file, layers="all", replace=True)
    assert hidden.id in bytes_of(file).decode()


def test_one_file_for_several_holds_nobodys_work(tmp_path: Path) -> None:
    ana, _bo, article, secret = three_others(tmp_path)
    file = tmp_path / "both.annotator-package"
    packed(ana, file, (BO, CY))
    ours = own_layer(article.id, BO.id).id
    assert [word for word in [*secret, ours] if word in bytes_of(file).decode()] == []
    assert founded(file).article_count() == 1


def test_what_a_repair_saved_goes_in_the_name_of_who_packs_it(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    article = bring(ana)
    change = Change(article, article._replace(title="Saved"))
    with ana.store.writing() as connection:
        records = [recorded(change, "")]
        step = StepRecord(
            "rescued", "", "", "", "Saved by a repair", 1, lamport=99, payload_sha256=payload_sha256(records)
        )
        insert(connection, 90, step, records)
        rewrite(connection, [article.id])
    bo = bos(tmp_path, ana)
    saved = bo.store.article(article.id)
    assert saved is not None
    assert saved.title == "Saved"
    assert bo.store.rows("SELECT annotator FROM step WHERE id LIKE 'rescued%'") == [(ANA.id,)]


def test_a_colleague_sends_only_what_is_new(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    article = bring(ana)
    bo = bos(tmp_path, ana)
    one, two = (tmp_path / f"{name}.annotator-package" for name in ("one", "two"))
    assert packed(bo, one).nothing_new
    tag(bo, article, "quote", (0, 5))
    packed(bo, one, since_last=True)
    bo.undo()
    tag(bo, article, "cue", (6, 9))
    assert packed(bo, two, since_last=True).steps == 2
    for file in (one, two):
        bring_in(ana.store, file, ANA)
    assert [span.label for span in ana.store.spans(article.id, VisibleLayers.ALL)] == ["cue"]
    assert list(check(ana.store)) == []
    # The lead sends Bo's own work along with what is new; Bo has it.
    bring(ana, "A second text.", "Second")
    packed(ana, two, (BO,), since_last=True, replace=True)
    before = bo.store.rows("SELECT count(*) FROM step WHERE annotator = ?", (BO.id,))
    bring_in(bo.store, two)
    assert bo.store.rows("SELECT count(*) FROM step WHERE annotator = ?", (BO.id,)) == before
    assert state(bo.store) == state(ana.store)


def test_everything_follows_when_the_blind_part_is_over(tmp_path: Path) -> None:
    ana, _bo, _article, _ = three_others(tmp_path)
    bo = bos(tmp_path, ana)
    file = tmp_path / "all.annotator-package"
    packed(ana, file, (BO,), layers="all")
    bring_in(bo.store, file)
    assert state(bo.store) == state(ana.store)
    assert list(check(bo.store)) == []
    # What is taken back and sent as a part takes back the whole step too.
    ana.undo()
    packed(ana, file, (BO,), since_last=True, replace=True)
    bring_in(bo.store, file)
    assert bo.store.rows("SELECT count(*) FROM assignment") == [(3,)]


def test_what_was_sealed_or_switched_off_follows_when_it_is_not(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    article = bring(ana)
    cy = Workspace(founded_for(tmp_path, ana, CY), CY, "cys")
    hidden = tag(cy, article, "quote", (0, 5))
    work = tmp_path / "cys.annotator-package"
    packed(cy, work)
    bring_in(ana.store, work, ANA)
    assert unmerge(ana, work.name).how == "unmerge"
    ana.do(Step("assign", (Change(None, assigned(article.id, ANA.id)),)))
    tag(ana, article, "cue", (0, 5))
    file = tmp_path / "all.annotator-package"
    wishes = {"layers": "all", "since_last": True, "replace": True}
    packed(ana, file, **wishes)
    there = founded(file)
    assert hidden.id not in bytes_of(file).decode()
    bring_in(ana.store, work, ANA)
    packed(ana, file, **wishes)  # it is brought in again, and still sealed
    assert hidden.id not in bytes_of(file).decode()
    bring_in(there, file)
    ana.do(articles.set_state(article.id, my_layer(ana, article), ANA, "done"))
    packed(ana, file, **wishes)
    bring_in(there, file)
    assert hidden.id in {span.id for span in there.spans(article.id, VisibleLayers.ALL)}
    assert state(there) == state(ana.store)


def founded_for(tmp_path: Path, ana: Workspace, who: Annotator) -> Store:
    file = tmp_path / f"{who.name}.annotator-package"
    packed(ana, file, (who,))
    return founded(file, who.name)


def test_a_tie_to_what_stays_does_not_go(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    article = bring(ana)
    cy = Workspace(ana.store, CY, "cys")
    theirs, mine = tag(cy, article, "quote", (0, 5)), tag(ana, article, "cue", (6, 9))
    tie = Relation("a-tie", article.id, mine.layer, "same", mine.id, theirs.id)
    ana.do(Step("tie", (Change(None, tie),)))
    file = tmp_path / "mine.annotator-package"
    packed(ana, file, (BO,), layers="mine")
    assert mine.id in bytes_of(file).decode()
    assert theirs.id not in bytes_of(file).decode()


# what goes wrong


def test_cancelled_it_leaves_nothing(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    article = bring(ana)
    for place in range(100):
        tag(ana, article, "quote", (place % 20, place % 20 + 1))
    before = set(tmp_path.iterdir())
    file = tmp_path / "all.annotator-package"
    assert packed(ana, file, (BO,), layers="all", cancelled=lambda: True).stopped
    assert set(tmp_path.iterdir()) == before
    assert ana.store.rows("SELECT 1 FROM sent") == []
    assert ana.store.leads() == frozenset()
    told: list[tuple[int, int]] = []
    packed(ana, file, layers="all", progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    made = tmp_path / "made.annotator"
    asked: list[int] = []

    def after(most: int) -> Callable[[], bool]:
        asked.clear()
        return lambda: asked.append(0) or len(asked) > most  # type: ignore[func-returns-value]

    assert not found(file, made, cancelled=after(1_000_000)).stopped
    made.unlink()
    for most in range(len(asked)):
        assert found(file, made, cancelled=after(most)).stopped
        assert not [path for path in tmp_path.iterdir() if "made" in path.name]


def test_where_something_stands_nothing_is_written(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    bring(ana)
    file = tmp_path / "a.annotator-package"
    packed(ana, file)
    before = file.read_bytes()
    with pytest.raises(UserError, match="is there already"):
        packed(ana, file, (BO,))
    assert file.read_bytes() == before
    assert ana.store.leads() == frozenset()
    target = tmp_path / "taken.annotator"
    target.write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        found(file, target)
    assert target.read_text() == "mine"


def test_whoever_signs_with_another_key_makes_no_project(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    bring(ana)
    file = tmp_path / "a.annotator-package"
    packed(ana, file, layers="all")
    assert found(file, tmp_path / "one.annotator").badge == "first"
    assert found(file, tmp_path / "two.annotator").badge == "known"
    keys.trust(ANA.id, "0" * 64)
    with pytest.raises(UserError, match="another key"):
        found(file, tmp_path / "three.annotator")
    assert not (tmp_path / "three.annotator").exists()


def test_a_package_whose_steps_do_not_fit_makes_no_project(tmp_path: Path) -> None:
    ana = workspace(project(tmp_path))
    article = bring(ana)
    tag(ana, article, "quote", (0, 5))
    file = tmp_path / "a.annotator-package"
    packed(ana, file, layers="all")
    with package.opened(file) as opened_:
        header, lines = opened_.header, [line for _, line in opened_.lines()]
    for wrong in (lines[:2] + lines[3:], [*lines, lines[-1]]):
        forged = tmp_path / "forged.annotator-package"
        package.write(forged, header._replace(key=""), wrong, replace=True)
        with pytest.raises(UserError):
            found(forged, tmp_path / "made.annotator")
        assert not [path for path in tmp_path.iterdir() if "made" in path.name]


def test_what_could_not_be_remembered_was_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = workspace(project(tmp_path))
    bring(ana)
    file = tmp_path / "a.annotator-package"

    def refused(*_values: object) -> None:
        raise NotSaved("the disk refuses")

    with monkeypatch.context() as patched:
        patched.setattr(sending, "remember", refused)
        with pytest.raises(NotSaved):
            packed(ana, file, (BO,))
    assert not file.exists()
    assert packed(ana, file, (BO,), since_last=True).after == ""
