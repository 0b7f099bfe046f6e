"""Of a damaged project all is saved that can be: byte by byte of damage, nothing crashes and nothing is made up."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers
from annotator.domain.errors import UserError
from annotator.editing.workspace import Workspace
from annotator.storage.check import check
from annotator.storage.repair import repair
from annotator.storage.store import Store
from tests.builders import bring, project, tag, without_triggers, workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    for start in range(0, 50, 5):
        tag(ws, article, "quote", (start, start + 4))
    ws.undo()
    ws.undo()
    ws.redo()
    ws.store.close()
    return ws.store.path


def altered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        with without_triggers(connection):
            for statement in statements:
                connection.executescript(statement)


def spans(path: Path) -> list[tuple[int, int]]:
    with closing(Store.open(path, write=False)) as store:
        found = [store.spans(id, VisibleLayers.ALL) for id in store.article_ids()]
        return [(span.start, span.end) for some in found for span in some]


def findings(path: Path) -> list[str]:
    with closing(Store.open(path, write=False)) as store:
        return [finding.sentence for finding in check(store)]


def test_of_a_sound_project_nothing_is_lost(path: Path, tmp_path: Path) -> None:
    before, bytes_before = spans(path), path.read_bytes()
    saved = repair(path, tmp_path / "new.annotator")
    assert saved.lost == []
    assert path.read_bytes() == bytes_before
    assert spans(tmp_path / "new.annotator") == before
    assert findings(tmp_path / "new.annotator") == []
    with closing(Store.open(path, write=False)) as old, closing(Store.open(tmp_path / "new.annotator")) as new:
        assert list(old.steps()) == list(new.steps())
        assert new.about()["id"] == old.about()["id"]
        assert Workspace(new, next(iter(new.annotators().values())), "laptop").undo() is not None


@pytest.mark.parametrize(
    ("statement", "words", "kept"),
    [
        ("DELETE FROM span WHERE start = 5", "", 9),  # the journal is sound and knows better
        ("UPDATE span SET start = 1 WHERE start = 0", "", 9),
        ("CREATE TEMP TABLE more AS SELECT * FROM span LIMIT 1; UPDATE more SET id = 'x'; "
         "INSERT INTO span SELECT * FROM more", "", 9),
        ("DELETE FROM change WHERE step = 5", "1 step of the journal cannot be read", 9),
        ("DELETE FROM step WHERE seq = 5", "2 steps of the journal cannot be read", 9),
        ("UPDATE change SET after = replace(after, 'quote', 'quota') WHERE step = 5", "1 step of the journal", 9),
        ("DELETE FROM step WHERE seq > 4", "cannot be undone", 9),
        ("UPDATE step SET title = 'x' WHERE seq = 5", "1 step of the journal", 9),  # its seal tells
        ("UPDATE step SET seal = 'x' WHERE seq = 5", "", 9),  # what follows proves that only the seal is wrong
        ("DELETE FROM text", "The text of the article", 0),
        ("UPDATE text SET body = 'X' || substr(body, 2)", "was altered by the damage", 9),
        ("UPDATE text SET body = substr(body, 1, 12)", "7 spans of the article", 2),
    ],
)  # fmt: skip
def test_what_the_journal_or_the_tables_still_hold_is_saved(
    path: Path, tmp_path: Path, statement: str, words: str, kept: int
) -> None:
    altered(path, statement)
    saved = repair(path, tmp_path / "new.annotator")
    assert words in " ".join(saved.lost)
    assert bool(saved.lost) == bool(words)
    assert len(spans(tmp_path / "new.annotator")) == saved.spans == kept
    assert findings(tmp_path / "new.annotator") == []


def test_work_goes_on_in_a_repaired_project(path: Path, tmp_path: Path) -> None:
    altered(path, "DELETE FROM step WHERE seq > 4")
    repair(path, tmp_path / "new.annotator")
    work = workspace(tmp_path / "new.annotator")
    article = work.store.article(next(work.store.article_ids()))
    tag(work, article, "cue", (1, 3))
    assert work.undo() is not None
    assert list(check(work.store)) == []
    work.store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON span BEGIN DELETE FROM text; END",
        "CREATE VIEW evil AS SELECT 1",
    ],
)
def test_foreign_triggers_and_views_stay_behind(path: Path, tmp_path: Path, statement: str) -> None:
    before = spans(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    repair(path, tmp_path / "new.annotator")
    assert spans(tmp_path / "new.annotator") == before


def test_a_view_for_a_table_is_not_read(path: Path, tmp_path: Path) -> None:
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS id FROM c"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"DROP TABLE entry; CREATE VIEW entry AS {endless}")
    saved = repair(path, tmp_path / "new.annotator")
    assert saved.lost == ["1 row of the table entry cannot be read."]
    assert saved.spans == 9


def test_nothing_is_written_over_what_is_there(path: Path, tmp_path: Path) -> None:
    (tmp_path / "new.annotator").write_bytes(b"precious")
    with pytest.raises(UserError, match="exists already"):
        repair(path, tmp_path / "new.annotator")
    assert (tmp_path / "new.annotator").read_bytes() == b"precious"


def hurt(path: Path, seed: int) -> None:
    """Overwrite, cut or flip a part of the file, never its first page."""
    noise = random.Random(seed)
    data = bytearray(path.read_bytes())
    how, at = seed % 3, noise.randrange(4_096, len(data))
    if how == 0:
        data[at // 4_096 * 4_096 :][:4_096] = b""
        data[at // 4_096 * 4_096 : at // 4_096 * 4_096 + 4_096] = noise.randbytes(4_096)
    elif how == 1:
        del data[at:]
    else:
        data[at] ^= 1 << noise.randrange(8)
    path.write_bytes(data)


def _many(path: Path, tmp_path: Path, seeds: range) -> int:
    sound, saved_all = path.read_bytes(), 0
    for seed in seeds:
        path.write_bytes(sound)
        hurt(path, seed)
        new = tmp_path / f"new {seed}.annotator"
        try:
            saved = repair(path, new)
        except UserError:
            assert not new.exists()
            continue
        assert findings(new) == [], seed
        assert set(spans(new)) <= {(start, start + 4) for start in range(0, 50, 5)}, seed
        saved_all += saved.spans == 9
    return saved_all


def test_random_damage_ends_in_a_sound_project_or_a_sentence(path: Path, tmp_path: Path) -> None:
    assert _many(path, tmp_path, range(60)) >= 20


@pytest.mark.full
def test_much_random_damage(path: Path, tmp_path: Path) -> None:
    assert _many(path, tmp_path, range(1_000, 2_500)) >= 500
