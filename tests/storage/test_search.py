"""The index of words gives the articles that hold what begins so, and follows whatever is done to them."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import ids
from annotator.domain.article import Article
from annotator.domain.change import Change, Imported, Step
from annotator.domain.text import fingerprint
from annotator.editing.articles import describe, set_state
from annotator.editing.workspace import Workspace
from annotator.jobs.reading import read
from annotator.storage import backup, library, search
from annotator.storage.check import check
from annotator.storage.library import Wanted
from annotator.storage.store import Store
from tests.builders import ANA, opened, project, workspace
from tests.seldom import few

SIGNS = "東京大かガ"
LETTERS = st.sampled_from(f"abAB eéEßłØ1 \n'\"*:%-。{SIGNS}")
TEXTS = st.text(LETTERS, max_size=30)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace(project(tmp_path))


def brought(ws: Workspace, *texts: str, title: str = "", outlet: str = "", titles: Sequence[str] = ()) -> list[Article]:
    """Import articles as one job."""
    titles = titles or [title] * len(texts)
    first = ws.store.last_position() + 1
    made = [
        Article(ids.uuid7(), titles[number], fingerprint(text), position=first + number, meta={"outlet": outlet})
        for number, text in enumerate(texts)
    ]
    with ws.job() as job:
        for article, text in zip(made, texts, strict=True):
            job.add(Step("Import", (Change(None, Imported(article.id, article, (), ())),)), {article.sha256: text})
    return made


def found(store: Store, words: str) -> list[str]:
    """Return the texts that are found, in the project's order."""
    hits = store.matching(Wanted(words=words), ANA.id)
    done, total = store.reading_progress()
    if done == total and not store.index_damaged:
        assert store.matching(Wanted(words=words), ANA.id, complete=True) == hits  # the quicker way finds the same
    articles = store.articles(hits)
    return [store.text(articles[id].sha256) for id in hits]


def in_step(store: Store) -> bool:
    """Whether the index holds every article, and nothing is wrong with it."""
    done, total = store.reading_progress()
    return done == total == store.article_count() and list(check(store)) == []


def test_words_of_the_text_by_their_beginnings(ws: Workspace) -> None:
    texts = "The harbour council delays the vote.", "“Où est le Café?” — Łódź’s mayor", "Straße am Hafen"
    brought(ws, *texts)
    assert read(ws.store) == (3, 3)
    assert found(ws.store, "harb coun") == [texts[0]]
    assert found(ws.store, "VOTE") == [texts[0]]
    assert found(ws.store, "arbour") == []
    assert found(ws.store, "ou cafe lodz") == [texts[1]]
    assert found(ws.store, "OÙ CAFÉ") == [texts[1]]
    assert found(ws.store, "strasse") == found(ws.store, "STRASSE") == found(ws.store, "straß") == [texts[2]]
    assert found(ws.store, "harbour hafen") == []
    assert in_step(ws.store)


def test_words_of_text_title_and_outlet_together(ws: Workspace) -> None:
    brought(ws, "A strike at the docks.", title="Über Håfen", outlet="Le Progrès")
    read(ws.store)
    assert found(ws.store, "strike uber progres") == ["A strike at the docks."]
    assert found(ws.store, "Håfe afen rogr strik") == ["A strike at the docks."]  # headings are found by parts, too
    assert found(ws.store, "trike") == []


def test_signs_never_mean_anything(ws: Workspace) -> None:
    brought(ws, 'He said "no" AND left; 3.5 % (of words) NEAR the end*')
    read(ws.store)
    for words in (
        '"no"',
        "said AND",
        "3.5",
        "(of",
        "end*",
        "near",
        "NOT",
        'OR "',
        "words:",
        "^he",
        "said-no",
        "\ud800no",
    ):
        found(ws.store, words)  # never raises
    for many in (" ".join(f"w{number}" for number in range(5_000)), "-".join(map(str, range(5_000))), "東京" * 5_000):
        assert found(ws.store, many) == []
    assert not ws.store.index_damaged
    assert len(found(ws.store, '"no" (of end* 3.5')) == 1
    assert len(found(ws.store, "AND")) == 1
    assert found(ws.store, "words:he NOT") == []
    assert found(ws.store, "%") == []  # a mere sign is looked for in title and outlet only


def test_scripts_without_blanks(ws: Workspace) -> None:
    texts = (
        "港湾労働者は昨日、東京大学でストライキを始めた。",
        "香港碼頭工人罷工第三日",
        "ท่าเรือกรุงเทพหยุดงาน",
        "항만 노동자들이 파업했다",
    )
    brought(ws, *texts)
    read(ws.store)
    for words, text in {
        "東京": 0, "労働者": 0, "ストライキ": 0, "ｽﾄﾗｲｷ": 0, "学": 0, "碼頭": 1, "罷工": 1, "日": (0, 1), "港": (0, 1),
        "กรุงเทพ": 2, "노동": 3, "東京 労働": 0,
    }.items():  # fmt: skip
        wanted = text if isinstance(text, tuple) else (text,)
        assert found(ws.store, words) == [texts[number] for number in wanted], words
    assert found(ws.store, "京東") == []
    assert found(ws.store, "大阪") == []
    assert in_step(ws.store)


def pieces(text: str) -> list[str]:
    """Return words and runs of signs without blanks, for the letters of this test."""
    plain = str.maketrans({"A": "a", "B": "b", "E": "e", "é": "e", "ß": "ss", "ł": "l", "Ø": "o"})
    return re.findall(f"[a-z0-9]+|[{SIGNS}]+", text.translate(plain))


def naive(text: str, title: str, words: str) -> bool:
    """As the manual says it: words begin so in the text, or stand in the title; signs two by two in either."""
    asked = pieces(words)
    if not asked:
        return all(word in title for word in words.split())
    return all(
        any(part in run for run in pieces(title))
        or any(part in run if part[0] in SIGNS else run.startswith(part) for run in pieces(text))
        for piece in asked
        for part in ([piece[at : at + 2] for at in range(max(1, len(piece) - 1))] if piece[0] in SIGNS else [piece])
    )


@few
@given(st.dictionaries(TEXTS, st.text(LETTERS, max_size=8), min_size=1, max_size=4), st.text(LETTERS, max_size=8))
def test_it_finds_what_a_look_at_every_text_finds(articles: dict[str, str], words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ws = Workspace(opened(Store.open(project(Path(folder)))), ANA, "laptop")
        brought(ws, *articles, titles=list(articles.values()))
        read(ws.store)
        assert found(ws.store, words) == [text for text, title in articles.items() if naive(text, title, words)]
        ws.store.close()


def test_what_is_not_read_yet_is_counted_and_found_by_its_heading(ws: Workspace) -> None:
    brought(ws, "A strike at the docks.", title="Harbour")
    assert ws.store.reading_progress() == (0, 1)
    assert found(ws.store, "strike") == []
    assert found(ws.store, "harb") == ["A strike at the docks."]
    told: list[tuple[int, int]] = []
    assert read(ws.store, lambda done, total: told.append((done, total))) == (1, 1)
    assert told == [(0, 1), (1, 1)]
    assert found(ws.store, "strike") == ["A strike at the docks."]


def test_a_read_only_project_is_searched_and_not_written(ws: Workspace) -> None:
    brought(ws, "A strike at the docks.")
    read(ws.store)
    brought(ws, "Storm over the quay.")
    with closing(Store.open(ws.store.path, write=False)) as store:
        assert read(store) == (1, 2)
        assert found(store, "strike") == ["A strike at the docks."]
        assert found(store, "storm") == []


def test_it_can_be_stopped_and_gone_on_with(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CHUNK", 1)
    brought(ws, *(f"text number{number}" for number in range(5)))
    done: list[int] = []
    assert read(ws.store, lambda count, _: done.append(count), lambda: len(done) > 2) == (2, 5)
    assert found(ws.store, "text") == ["text number0", "text number1"]
    assert read(ws.store) == (5, 5)
    assert in_step(ws.store)


def test_undo_and_redo_of_an_import(ws: Workspace) -> None:
    brought(ws, "An old strike.")
    read(ws.store)
    brought(ws, "A strike at the docks.", "A storm.")
    read(ws.store)
    ws.undo()
    assert found(ws.store, "strike") == ["An old strike."]
    assert found(ws.store, "storm") == []
    assert in_step(ws.store)
    # Numbers of what is gone may be given again: what stands under them in the index belongs to nobody now.
    brought(ws, "Night trains return.")
    assert found(ws.store, "strike") == ["An old strike."]
    read(ws.store)
    assert found(ws.store, "trains") == ["Night trains return."]
    assert found(ws.store, "strike") == ["An old strike."]
    ws.undo()
    ws.redo()
    assert ws.store.reading_progress() == (1, 2)
    read(ws.store)
    assert found(ws.store, "night") == ["Night trains return."]
    assert in_step(ws.store)


def test_another_title_and_another_text(ws: Workspace) -> None:
    article, other = brought(ws, "A strike at the docks.", "A storm.", title="Café Harbour")
    read(ws.store)
    changed = article._replace(title="Quay", sha256=other.sha256, revision=2)
    ws.do(Step("Correct", (Change(article, changed),)))
    assert ws.store.reading_progress() == (1, 2)
    assert found(ws.store, "strike") == found(ws.store, "cafe strike") == []
    read(ws.store)
    assert found(ws.store, "storm quay") == ["A storm."]
    assert found(ws.store, "cafe") == ["A storm."]  # the other one, which has this title still
    assert found(ws.store, "strike") == []
    ws.undo()
    read(ws.store)
    assert found(ws.store, "cafe strike") == ["A strike at the docks."]
    assert in_step(ws.store)


def test_what_changes_while_it_is_read_is_read_the_next_time(ws: Workspace) -> None:
    (article,) = brought(ws, "A strike.", title="Harbour")
    (chunk,) = search.unread(ws.store.connection)
    ws.do(Step("Correct", (Change(article, article._replace(title="Quay")),)))
    with ws.store.writing() as connection:
        search.add(connection, chunk)
    assert ws.store.reading_progress() == (0, 1)
    assert read(ws.store) == (1, 1)
    assert found(ws.store, "quay strike") == ["A strike."]


def test_an_entry_belongs_to_its_article_also_where_another_has_its_number_and_step(ws: Workspace) -> None:
    one, two = brought(ws, "A strike.", "A storm.")
    changes = [Change(article, article._replace(title="Quay")) for article in (one, two)]
    ws.do(Step("Correct", tuple(changes)))
    read(ws.store)
    with ws.store.writing() as connection:
        connection.execute("UPDATE article SET n = 10 WHERE id = ?", (one.id,))
        connection.execute("UPDATE article SET n = 1 WHERE id = ?", (two.id,))
    assert found(ws.store, "strike") == []
    assert read(ws.store) == (2, 2)
    assert found(ws.store, "strike") == ["A strike."]
    assert in_step(ws.store)


def test_a_copy_and_a_backup_that_comes_back_are_searched_at_once(ws: Workspace, tmp_path: Path) -> None:
    brought(ws, "A strike at the docks.", "A storm.")
    ws.undo()
    ws.redo()
    read(ws.store)
    made = backup.make(ws.store.path, tmp_path / "backups", "work")
    again = tmp_path / "again.annotator"
    backup.restore(made.path, again)
    with closing(Store.open(again)) as store:
        assert found(store, "strike") == ["A strike at the docks."]
        assert in_step(store)


def test_a_damaged_index_is_told_found_by_check_and_made_anew(ws: Workspace) -> None:
    brought(ws, "A strike at the docks.", title="Harbour")
    read(ws.store)
    with ws.store.writing() as connection:
        connection.execute("UPDATE search_data SET block = X'00FF00FF' WHERE id > 10")
    ws.store.close()
    with closing(Store.open(ws.store.path)) as store:
        assert found(store, "harb") == ["A strike at the docks."]
        assert store.index_damaged
        assert {finding.what for finding in check(store)} == {"search"}
        assert read(store, anew=True) == (1, 1)
        assert found(store, "strike") == ["A strike at the docks."]
        assert not store.index_damaged
        assert in_step(store)


@pytest.mark.parametrize("altered", ["article = replace(article, '-7', '-5')", "head = head + 1"])
def test_an_entry_the_journal_does_not_know_is_found_by_check(ws: Workspace, altered: str) -> None:
    brought(ws, "A strike at the docks.")
    read(ws.store)
    assert list(check(ws.store)) == []
    with ws.store.writing() as connection:
        connection.execute(f"UPDATE searched SET {altered}")
    assert "search" in {finding.what for finding in check(ws.store)}


def test_entries_of_what_was_undone_changed_or_done_again_are_no_fault(ws: Workspace) -> None:
    (made,) = brought(ws, "A strike at the docks.", title="Harbour")
    read(ws.store)
    ws.do(describe(made, "Another headline", {}))
    read(ws.store)
    ws.undo()
    read(ws.store)
    ws.undo()
    ws.redo()
    read(ws.store)
    assert list(check(ws.store)) == []


def test_an_index_that_lacks_a_word_is_found_by_check(ws: Workspace) -> None:
    brought(ws, "A strike at the docks.")
    chunk = [unread._replace(words="a at the docks") for some in search.unread(ws.store.connection) for unread in some]
    with ws.store.writing() as connection:
        search.add(connection, chunk)
    (finding,) = check(ws.store)
    assert (finding.what, finding.id) == ("search", "")
    assert "7 words or beginnings" in finding.sentence


def test_other_faults_are_no_damage_of_the_index(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ws.store.connection.execute("CREATE TEMP TABLE search (words)")  # hides the index: asking it fails
    assert found(ws.store, "strike") == []
    assert ws.store.index_damaged
    busy = sqlite3.OperationalError("busy")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    assert not search.is_damage(busy)


def test_a_quick_look_finds_what_the_long_one_finds(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "FIRST_LOOK", 3)
    made = brought(ws, *(f"A strike, day {number}." for number in range(8)))
    read(ws.store)
    everything = [article.id for article in made]
    assert ws.store.matching(Wanted(words="strike"), ANA.id, 2, complete=True) == everything[:2]
    assert ws.store.matching(Wanted(words="strike"), ANA.id, 5, complete=True) == everything[:5]
    for article in made[-2:]:
        ws.do(set_state(article.id, None, ANA, "done"))
    done = Wanted("done", "strike")
    assert ws.store.matching(done, ANA.id, 5, complete=True) == everything[-2:]
    # Undone, done again and read again, all of them have other numbers: those read first are nobody's.
    for _ in range(3):
        ws.undo()
    ws.redo()
    read(ws.store)
    assert ws.store.matching(Wanted(words="strike"), ANA.id, 5, complete=True) == everything[:5]
    assert ws.store.matching(Wanted(words="nothing"), ANA.id, 5, complete=True) == []


def test_check_asks_the_index_once_a_word(ws: Workspace) -> None:
    # One look for each article there is would take hours with a thousand of them.
    ws.store.connection.execute("CREATE TEMP TABLE present (n INTEGER PRIMARY KEY)")
    plan = ws.store.connection.execute(f"EXPLAIN QUERY PLAN {search._SUMS}", ("x",)).fetchall()
    looks = [row[3] for row in plan if "VIRTUAL TABLE" in row[3]]
    assert looks
    assert not any("=" in look for look in looks)
