"""Articles are found by what stands in title and outlet, and by my state; nothing a user types is more than words."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import ids
from annotator.domain.article import Article, VisibleLayers
from annotator.domain.change import Change, Imported, Step
from annotator.domain.text import fingerprint
from annotator.editing import articles
from annotator.editing.workspace import Workspace
from annotator.storage.library import Wanted
from annotator.storage.store import Store
from tests.builders import ANA, BO, bring, my_layer, opened, project, workspace
from tests.seldom import few

CHARS = st.sampled_from("ab AB%_\\\"'Øøłé日:*-")
WORDS = st.text(CHARS, max_size=6)


def brought(ws: Workspace, title: str, outlet: object) -> Article:
    sha256 = fingerprint(text := f"{title} {outlet} {ws.store.last_position()} text")
    article = Article(ids.uuid7(), title, sha256, position=ws.store.last_position() + 1, meta={"outlet": outlet})
    with ws.job() as job:
        job.add(Step("Import", (Change(None, Imported(article.id, article, (), ())),)), {sha256: text})
    return article


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace(project(tmp_path))


def found(ws: Workspace, words: str = "", state: str = "") -> list[str]:
    rows = ws.store.articles(ws.store.matching(Wanted(state, words), ANA.id))
    return sorted(article.title for article in rows.values())


def test_every_word_stands_in_title_or_outlet(ws: Workspace) -> None:
    brought(ws, "Harbour council delays vote", "Coast & Trade")
    brought(ws, "Rota talks at the harbour", "The Sound Courier")
    brought(ws, "What a night shift does", "")
    assert found(ws, "harbour") == ["Harbour council delays vote", "Rota talks at the harbour"]
    assert found(ws, "HARB vot") == ["Harbour council delays vote"]
    assert found(ws, "courier rota") == ["Rota talks at the harbour"]
    assert found(ws, "outlet") == []  # the name of the field is no word of the article
    assert found(ws, "nowhere") == []
    assert len(found(ws, "  ")) == 3


def test_signs_mean_themselves(ws: Workspace) -> None:
    for title in ("100 % sure", "100 per cent sure", "a_b", "axb", "c\\d", 'O\'Brien "said"'):
        brought(ws, title, 'The "Star"')
    assert found(ws, "%") == ["100 % sure"]
    assert found(ws, "_") == ["a_b"]
    assert found(ws, "\\") == ["c\\d"]
    assert found(ws, '"said"') == ['O\'Brien "said"']
    assert len(found(ws, '"star"')) == 6
    assert found(ws, "') OR 1 --") == []


def test_letters_beyond_ascii_in_either_case(ws: Workspace) -> None:
    brought(ws, "Ødegård speaks", "")
    for words in ("ødegård", "ØDEGÅRD", "Ødegård"):
        assert found(ws, words) == ["Ødegård speaks"]


def test_states_are_my_own(ws: Workspace) -> None:
    made = [brought(ws, f"Number {number}", "") for number in range(4)]
    ws.do(articles.set_state(made[0].id, None, ANA, "done"))
    ws.do(articles.set_state(made[1].id, None, ANA, "started"))
    other = Workspace(ws.store, BO, "elsewhere")
    other.do(articles.set_state(made[2].id, None, BO, "done"))
    assert found(ws, state="done") == ["Number 0"]
    assert found(ws, state="started") == ["Number 1"]
    assert found(ws, state="new") == ["Number 2", "Number 3"]
    assert found(ws, "2", "new") == ["Number 2"]
    states = ws.store.states(ANA.id)
    assert {state: len(found(ws, state=state)) for state in states} == states
    ws.do(articles.set_state(made[0].id, my_layer(ws, made[0]), ANA, "started"))
    assert found(ws, state="started") == ["Number 0", "Number 1"]


def test_the_first_hits_are_the_first_in_order(ws: Workspace) -> None:
    made = [brought(ws, f"Number {number}", "") for number in range(9)]
    assert ws.store.matching(Wanted(words="numb"), ANA.id, 4) == [article.id for article in made[:4]]
    rows = ws.store.article_rows([made[5].id, made[1].id], ANA.id, VisibleLayers.ALL)
    assert [row.title for row in rows] == ["Number 1", "Number 5"]


@few
@given(st.lists(st.tuples(WORDS, WORDS | st.none() | st.integers()), min_size=1, max_size=4), WORDS)
def test_it_finds_what_python_finds(articles: list[tuple[str, object]], words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ws = Workspace(opened(Store.open(project(Path(folder)))), ANA, "laptop")
        made = [brought(ws, title, outlet) for title, outlet in articles]
        hits = set(ws.store.matching(Wanted(words=words), ANA.id))
        for article in made:
            outlet = article.meta["outlet"]
            # Numbers are no names; LIKE sees them as text, and a hit too many there is no harm.
            texts = (article.title, outlet if isinstance(outlet, str) else "")
            expected = all(any(_within(word, text) for text in texts) for word in words.split())
            assert (article.id in hits) >= expected
            if not isinstance(outlet, int):
                assert (article.id in hits) == expected, (article, words)
        ws.store.close()


def _within(word: str, text: str) -> bool:
    """As the search promises: case does not matter for A to Z, and elsewhere for a word in one case or capitalised."""
    forms = [word] if word.isascii() else [word, word.lower(), word.upper(), word.capitalize()]
    return any(_ascii_lower(form) in _ascii_lower(text) for form in forms)


def _ascii_lower(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def test_pace_counts_what_was_done_by_hand(ws: Workspace) -> None:
    article = bring(ws)
    ws.do(articles.set_state(article.id, None, ANA, "done"))
    ws.do(articles.set_state(article.id, my_layer(ws, article), ANA, "started"))
    moments, finished = ws.store.pace(ANA.id)
    assert finished == 1
    assert len(moments) == 2  # the import is a job
    assert moments == sorted(moments, reverse=True)
