"""A damaged definition of one table does not take the others with it."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.storage.check import check
from annotator.storage.layout import statements
from annotator.storage.repair import repair
from annotator.storage.store import Store
from tests.builders import bring, project, spans_of, tag, workspace

NAMES = [match[1] for sql in statements() if (match := re.search(r"CREATE (?:TABLE|INDEX|TRIGGER) (\w+)", sql))]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    tag(ws, article, "quote", (1, 5))
    tag(ws, article, "cue", (6, 9), (12, 15))
    ws.store.close()
    return ws.store.path


def garbled(path: Path, name: str, word: str) -> None:
    """Overwrite a word of a definition with what is no SQL."""
    with closing(sqlite3.connect(path)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    data = path.read_bytes()
    place = data.index(sql.encode()) + sql.index(word)
    path.write_bytes(data[:place] + b"&\x00\xff" + data[place + 3 :])


def test_the_copy_stands_beside_the_new_project_and_goes(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of a project may be left in the system's folder for temporary files."""
    garbled(path, "span", "span")
    copied: list[Path] = []
    copyfile = shutil.copyfile

    def watched(source: Path, target: Path) -> object:
        copied.append(Path(target))
        return copyfile(source, target)

    monkeypatch.setattr(shutil, "copyfile", watched)
    (tmp_path / "there").mkdir()
    repair(path, tmp_path / "there" / "new.annotator")
    assert {one.parent for one in copied} == {tmp_path / "there"}
    assert [one.name for one in (tmp_path / "there").iterdir()] == ["new.annotator"]


@pytest.mark.parametrize("name", NAMES)
def test_every_definition_comes_back(path: Path, tmp_path: Path, name: str) -> None:
    garbled(path, name, name)
    damaged = path.read_bytes()
    with pytest.raises((UserError, sqlite3.DatabaseError)):
        Store.open(path, write=False)
    saved = repair(path, tmp_path / "new.annotator")
    assert saved.lost == []
    assert path.read_bytes() == damaged
    with closing(Store.open(tmp_path / "new.annotator")) as store:
        assert list(check(store)) == []
        ws_article = store.article(next(store.article_ids()))
        assert ws_article is not None
    ws = workspace(tmp_path / "new.annotator")
    assert spans_of(ws, ws_article) == [("quote", ((1, 5),)), ("cue", ((6, 9), (12, 15)))]


def test_a_table_whose_name_is_lost_too_is_found_as_the_one_missing(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    # In the row type, name, table and definition stand one after the other.
    place = data.index(b"tablespanspan")
    path.write_bytes(data[:place] + b"tableQQQQ" + data[place + 9 : place + 15] + b"?" + data[place + 16 :])
    saved = repair(path, tmp_path / "new.annotator")
    assert saved.lost == []
    assert (saved.articles, saved.spans) == (1, 2)


def test_where_no_definition_is_left_a_sentence_tells(path: Path, tmp_path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4096] = bytes(3996)
    path.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        repair(path, tmp_path / "new.annotator")
    assert not (tmp_path / "new.annotator").exists()
