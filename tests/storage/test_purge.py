"""A purged article is gone from the project and its backups, to the last byte; the rest is as it was."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from annotator import paths, times
from annotator.cli.main import main
from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.relation import Relation
from annotator.editing.workspace import Workspace
from annotator.jobs.reading import read
from annotator.storage import backup, journal, unite
from annotator.storage.check import check
from annotator.storage.library import Wanted
from annotator.storage.purge import purge
from annotator.storage.store import Store
from tests.builders import ANA, bring, opened, project, tag, workspace

SECRET = "Zimtschnecke"
INDEXED = "imtschnecke"
"""As it stands in the index of words: in small letters, behind what it shares with the word before."""
TEXT = f"The {SECRET} was never found, said the baker."


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    ws = workspace(project(tmp_path))
    tag(ws, bring(ws), "quote", (0, 29))
    article = bring(ws, TEXT)
    tag(ws, article, "claim", (4, 16))
    return ws


def secret_id(ws: Workspace) -> str:
    return next(id for id in ws.store.article_ids() if SECRET in ws.store.text(ws.store.articles([id])[id].sha256))


def found_in(folder: Path, word: str) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_nothing_of_it_is_left_and_all_else_is(ws: Workspace, tmp_path: Path, home: Path) -> None:
    read(ws.store)
    backup.make(ws.store.path, paths.backups_dir(), "work")
    assert found_in(tmp_path, SECRET)
    assert found_in(tmp_path, INDEXED)
    assert found_in(home, SECRET)
    id, steps = secret_id(ws), ws.store.step_count()
    assert purge(ws.store, [id], ANA.id) == 2
    assert list(check(ws.store)) == []
    assert ws.store.step_count() == steps
    assert ws.store.article(id) is None
    assert ws.store.purged() == {id}
    assert ws.store.article_count() == 1
    ws.store.close()
    for word in (SECRET, INDEXED):
        assert found_in(tmp_path, word) == []
        assert found_in(home, word) == []
    for made in backup.listed(paths.backups_dir()):
        assert backup.verify(made.path).articles == 1
        with closing(Store.open(made.path, write=False)) as store:
            assert list(check(store)) == []


def test_the_others_are_found_when_they_were_read_again(ws: Workspace) -> None:
    read(ws.store)
    purge(ws.store, [secret_id(ws)], ANA.id)
    assert ws.store.reading_progress() == (0, 1)
    assert ws.store.matching(Wanted(words="mayor"), ANA.id) == []
    assert read(ws.store) == (1, 1)
    assert ws.store.matching(Wanted(words="mayor"), ANA.id) == list(ws.store.article_ids())
    assert ws.store.matching(Wanted(words=SECRET), ANA.id) == []


def test_undo_passes_it_over_and_work_goes_on(ws: Workspace) -> None:
    purge(ws.store, [secret_id(ws)], ANA.id)
    assert ws.undo_title() == "Label Quote"
    assert ws.undo() is not None
    article = ws.store.article(next(ws.store.article_ids()))
    tag(ws, article, "cue", (1, 3))
    assert list(check(ws.store)) == []


def test_no_import_brings_it_back(ws: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    path, id = ws.store.path, secret_id(ws)
    ws.store.close()
    assert main(["export", str(path), "-o", str(out)]) == 0
    assert main(["purge", str(path), id]) == 1
    assert main(["info", str(path)]) == 0
    assert "2 articles" in capfd.readouterr().out
    assert main(["purge", str(path), id, "--yes"]) == 0
    said = capfd.readouterr()
    assert said.out.endswith("Purged 1 article, also out of 1 backup.\n")
    assert "Copies may remain" in said.err
    assert main(["import", str(path), str(out)]) == 1
    assert "The article was purged from this project and is not brought back." in capfd.readouterr().err
    assert main(["check", str(path)]) == 0
    assert capfd.readouterr().out == "All is well. 1 article purged: of these only the ids are left.\n"


def test_no_colleague_brings_it_back(ws: Workspace, tmp_path: Path) -> None:
    steps = unite.exported(ws.store.connection)
    texts = dict(ws.store.connection.execute("SELECT sha256, body FROM text").fetchall())
    id = secret_id(ws)
    other = workspace(project(tmp_path / "other") if (tmp_path / "other").mkdir() is None else tmp_path, device="b")
    bring(other, TEXT)
    assert secret_id(other) == id
    purge(other.store, [id], ANA.id)
    with other.store.writing() as connection:
        unite.unite(connection, steps, {key: body for key, body in texts.items() if SECRET not in body})
    assert other.store.article(id) is None
    assert SECRET not in str([journal.changes(other.store.connection, seq) for seq in range(1, 20)])
    other.store.close()


def test_my_time_goes_with_it(ws: Workspace) -> None:
    id, project = secret_id(ws), ws.store.about()["id"]
    kept = next(other for other in ws.store.article_ids() if other != id)
    times.add(project, {id: 60.0, kept: 30.0})
    purge(ws.store, [id], ANA.id)
    assert times.read(project) == ({kept: 30.0}, "")


def test_an_article_that_is_not_there_stops_it(ws: Workspace) -> None:
    with pytest.raises(UserError, match=r"no article x .* nothing was purged"):
        purge(ws.store, [secret_id(ws), "x"], ANA.id)
    assert ws.store.article_count() == 2
    assert ws.store.purged() == frozenset()


def test_without_a_backup_nothing_is_purged(ws: Workspace) -> None:
    paths.backups_dir().parent.mkdir(parents=True, exist_ok=True)
    paths.backups_dir().write_text("a file")
    with pytest.raises(UserError, match="No backup"):
        purge(ws.store, [secret_id(ws)], ANA.id)
    assert ws.store.article_count() == 2


def test_a_relation_from_another_article_goes_with_its_end(ws: Workspace) -> None:
    id, store = secret_id(ws), ws.store
    other = next(article for article in store.article_ids() if article != id)
    (here,), (there,) = (store.spans(article, VisibleLayers.ALL) for article in (other, id))
    away = Relation("0190a000-0000-7000-8000-0000000000aa", other, here.layer, "same", here.id, there.id)
    ws.do(Step("Tie", (Change(None, away),)))
    assert store.relations_into([id]) == [away]
    assert store.relations_into([other]) == store.relations_into([id, other]) == []
    path = store.path
    store.close()
    assert main(["purge", str(path), id, "--yes", "--as", ANA.name]) == 0
    again = opened(Store.open(path))
    assert again.relations(other, VisibleLayers.ALL) == []
    assert list(check(again)) == []
