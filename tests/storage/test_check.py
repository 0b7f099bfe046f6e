"""What `check` finds when a project was altered behind the program's back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import bring, project, tag, without_triggers, workspace

ALTERED = {
    "text": ("UPDATE text SET body = replace(body, 'quay', 'bay ')", "text"),
    "offset": ("UPDATE span SET start = start + 1", "span"),
    "beyond": ('UPDATE span SET "end" = 9999', "span"),
    "start of pieces": ("UPDATE span SET start = start + 1 WHERE fragments != ''", "span"),
    "end of pieces": ('UPDATE span SET "end" = "end" + 1 WHERE fragments != \'\'', "span"),
    "label": ("UPDATE span SET label = 'cue'", "span"),
    "missing span": ("DELETE FROM span", "span"),
    "title": ("UPDATE article SET title = 'Other'", "article"),
    "state": ("UPDATE layer SET state = 'done'", "layer"),
    "name": ("UPDATE annotator SET name = 'Eve'", "annotator"),
    "journal": ("UPDATE change SET after = replace(after, 'quote', 'cue') WHERE kind = 'span'", "journal"),
    "when": ("UPDATE step SET at = '1999'", "journal"),
    "lost step": ("DELETE FROM step WHERE title = 'Label Quote'", "journal"),
    "foreign row": ("INSERT INTO annotator VALUES ('x', 'X', 1)", "annotator"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    tag(ws, article, "quote", (0, 29))
    tag(ws, article, "source", (31, 50), (55, 60))
    ws.undo()
    tag(ws, article, "cue", (31, 33), (36, 38))
    ws.store.close()
    return ws.store.path


def findings(path: Path) -> list[str]:
    store = Store.open(path, write=False)
    found = [finding.what for finding in check(store)]
    store.close()
    return found


def test_an_untouched_project_is_sound(path: Path) -> None:
    assert findings(path) == []


@pytest.mark.parametrize("how", ALTERED)
def test_an_alteration_is_found(path: Path, how: str) -> None:
    statement, what = ALTERED[how]
    connection = sqlite3.connect(path)
    with without_triggers(connection):
        connection.execute(statement)
    connection.commit()
    connection.close()
    assert what in findings(path)


@pytest.mark.parametrize("table", ["step", "change"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}",
                                       "INSERT OR REPLACE INTO {0} SELECT * FROM {0}"])  # fmt: skip
def test_the_journal_is_append_only(path: Path, table: str, statement: str) -> None:
    store = Store.open(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store._writer.execute(statement.format(table))  # type: ignore[union-attr]  # past the door on purpose
    store.close()
