"""Equal words labelled as one step: exactly they, and one undo takes all of them back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.article import VisibleLayers
from annotator.domain.errors import UserError
from annotator.domain.finding import equal
from annotator.domain.intervals import untouched
from annotator.editing import spans
from annotator.editing.titles import told
from annotator.editing.workspace import Workspace
from annotator.storage.check import check
from tests.builders import ANA, bring, my_layer, project, spans_of, tag, workspace

TEXT = "Kim met Kim’s son. “Kim” 🏗 met\u00a0Kim; KIM met nobody, and nobody met Kim.\r\nmet Kim\n"
WORDS = ("Kim", "met", "met Kim", "nobody", "“Kim”", "🏗", "son")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace(project(tmp_path))


@given(st.sampled_from(WORDS), st.booleans(), st.lists(st.sampled_from(WORDS[:4]), max_size=2), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_what_is_made_is_what_is_equal_and_undo_restores(
    ws: Workspace, words: str, any_case: bool, labelled: list[str], after: bool
) -> None:
    article = bring(ws, TEXT) if not ws.store.article_count() else ws.store.article(next(iter(ws.store.article_ids())))
    assert article is not None
    for each in labelled:
        start = TEXT.rindex(each) if after else TEXT.index(each)
        tag(ws, article, "source", (start, start + len(each)))
    there = ws.store.spans(article.id, VisibleLayers.ALL)
    place = (TEXT.index(words), TEXT.index(words) + len(words))
    places = untouched(equal(TEXT, place, any_case), [span for span in there if span.label == "source"])
    kept, layer = spans_of(ws, article), my_layer(ws, article)
    if places:
        step = spans.label_all(
            article, layer, ANA, "source", "Source", places, new_id=ws.new_id, now=ws.clock(), scheme_version=1
        )
        ws.do(step)
        assert sorted(spans_of(ws, article)) == sorted([*kept, *(("source", (place,)) for place in places)])
        assert ws.undo_title() == "Label equal words Source"
        ws.undo()
        assert spans_of(ws, article) == kept
        assert my_layer(ws, article) == layer
        ws.redo()
        assert len(spans_of(ws, article)) == len(kept) + len(places)
        ws.undo()
    else:
        with pytest.raises(UserError):
            spans.label_all(article, layer, ANA, "s", "S", places, new_id=ws.new_id, now="", scheme_version=1)
    for _ in labelled:
        ws.undo()
    assert spans_of(ws, article) == []
    assert list(check(ws.store)) == []


def test_the_title_is_told_as_what_it_is() -> None:
    assert told("Label equal words Source") == "Label equal words Source"
