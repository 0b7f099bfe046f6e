"""Steps written together leave the very rows that steps written one by one leave."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Article, imported_layer
from annotator.domain.change import Change, Imported
from annotator.domain.errors import Stale
from annotator.domain.journalled import StepRecord
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.storage.writing import Prepared, transaction
from tests.builders import ANA, BO, project
from tests.seldom import seldom

TABLES = ("annotator", "text", "article", "revision", "layer", "span", "step", "change")
KIND = st.sampled_from(["bring", "bring", "bring", "take back", "introduce"])


def _brought(number: int, spans: int) -> tuple[Imported, dict[str, str]]:
    # Every third has the text of the one before: texts are stored once.
    text = f"“Text {number - number % 3} 🙂”, she said."
    article = Article(f"article {number}", f"Title {number}", fingerprint(text), position=number)
    layer = imported_layer(article.id, "wire")
    parts = tuple(
        Span(f"{article.id} {n}", article.id, layer.id, "", "quote", ((n, n + 3), (n + 5, n + 6))) for n in range(spans)
    )
    return Imported(article.id, article, (layer,), parts), {article.sha256: text}


def _prepared(kinds: list[str]) -> list[Prepared]:
    steps: list[Prepared] = []
    standing: list[Imported] = []
    gone: list[Imported] = []
    known = False
    for number, kind in enumerate(kinds):
        texts: dict[str, str] = {}
        if kind == "take back" and standing:
            gone.append(standing.pop())
            change = Change(gone[-1], None)
        elif kind == "introduce" and not known:
            known, change = True, Change(None, BO)
        else:
            # What was taken back comes again: it has a parent then.
            value, texts = _brought(int(gone.pop().id.split()[1]) if gone else number, number % 4)
            standing.append(value)
            change = Change(None, value)
        id = f"step {number:03}"
        header = StepRecord(id, ANA.id, "laptop", f"time {number:03}", "Import an article", 1, root=id, job="job")
        steps.append((header, (change,), texts))
    return steps


def _written(path: Path, chunks: list[list[Prepared]], *, together: bool) -> dict[str, list[Any]]:
    with closing(Store.open(path)) as store:
        for chunk in chunks:
            with transaction(store, ANA.id, "laptop") as writing:
                if together:
                    writing.record_all(chunk)
                for header, changes, texts in () if together else chunk:
                    writing.keep_texts(texts)
                    writing.record(header, changes)
        assert list(check(store)) == []
        return {table: sorted(store.connection.execute(f"SELECT * FROM {table}").fetchall()) for table in TABLES}


@given(st.lists(KIND, min_size=1, max_size=12), st.integers(1, 12))
@seldom
def test_together_as_one_by_one(kinds: list[str], size: int) -> None:
    steps = _prepared(kinds)
    chunks = [steps[start : start + size] for start in range(0, len(steps), size)]
    with tempfile.TemporaryDirectory() as folder:
        one, other = project(Path(folder), "one"), project(Path(folder), "other")
        assert _written(one, chunks, together=True) == _written(other, chunks, together=False)


def test_of_steps_written_together_all_are_kept_or_none(tmp_path: Path) -> None:
    first, second = _prepared(["bring", "bring"])
    with closing(Store.open(project(tmp_path))) as store:
        before = store.step_count()
        with pytest.raises(Stale), transaction(store, ANA.id, "laptop") as writing:
            writing.record_all([first, second, (second[0]._replace(id="again"), first[1], first[2])])
        assert (store.step_count(), store.article_count()) == (before, 0)
        assert list(check(store)) == []
