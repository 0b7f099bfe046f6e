"""P1: what was told as done outlives a kill; and the harness finds the two ways of getting that wrong."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage import backup
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.e2e.crash import ME, kill_long_work, kill_often, make

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and a fork server")


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    tally = kill_often(tmp_path, 20)
    assert tally.reported >= 100, tally
    assert not tally.bad, tally


@pytest.mark.full
def test_a_thousand_kills_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tally = kill_often(tmp_path, 1_000, seed=1)
    with capsys.disabled():
        print(f"\nkills: {tally}")
    assert not tally.bad, tally
    assert tally.inside >= 100, tally


@pytest.mark.parametrize("fault", ["commit first", "report first"])
def test_the_harness_bites(fault: str, tmp_path: Path) -> None:
    tally = kill_often(tmp_path, 400, fault=fault, until=lambda tally: tally.bad)
    assert tally.bad, tally


ARTICLES = 300


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    spans = [{"start": at, "end": at + 4, "label": "quote"} for at in range(0, 200, 8)]
    items = [{"text": f"Article {number}. " + "word " * 400, "spans": spans} for number in range(ARTICLES)]
    path.write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    return path


def held(project: Path) -> tuple[int, int]:
    """Return how many articles and spans there are, after a look at everything."""
    with closing(Store.open(project)) as store:
        assert list(check(store)) == []
        return store.article_count(), store.connection.execute("SELECT count(*) FROM span").fetchone()[0]


@pytest.mark.parametrize("seconds", [0.005, 0.05, 0.1, 0.2])
def test_a_killed_import_holds_whole_articles_and_goes_on(tmp_path: Path, lines: Path, seconds: float) -> None:
    project = make(tmp_path, "imported")
    kill_long_work(project, "import", lines, seconds)
    articles, spans = held(project)
    assert spans == 25 * (articles - 1)
    with closing(Store.open(project)) as store:
        import_paths(Workspace(store, ME, "device"), [lines])
    assert held(project) == (ARTICLES + 1, 25 * ARTICLES)


@pytest.mark.parametrize("seconds", [0.02, 0.06, 0.12])
def test_a_killed_undo_of_an_import_goes_on(tmp_path: Path, lines: Path, seconds: float) -> None:
    project = make(tmp_path, "undone")
    with closing(Store.open(project)) as store:
        import_paths(Workspace(store, ME, "device"), [lines])
    kill_long_work(project, "undo", lines, seconds)
    articles, spans = held(project)
    assert spans == 25 * (articles - 1)
    with closing(Store.open(project)) as store:
        Workspace(store, ME, "device").undo()
    # Where the kill came after the end, the undo took the article before the import back.
    assert held(project) in ((1, 0), (0, 0))


@pytest.mark.parametrize("seconds", [0.02, 0.05])
def test_a_killed_backup_leaves_whole_ones_only(tmp_path: Path, lines: Path, seconds: float) -> None:
    project = make(tmp_path, "backed up")
    with closing(Store.open(project)) as store:
        import_paths(Workspace(store, ME, "device"), [lines])
    kill_long_work(project, "backup", lines, seconds)
    assert held(project) == (ARTICLES + 1, 25 * ARTICLES)
    for made in backup.listed(tmp_path / "backups"):
        assert backup.verify(made.path).articles == ARTICLES + 1
