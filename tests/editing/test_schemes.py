from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import Label
from annotator.editing import schemes
from annotator.editing.schemepreview import effects
from annotator.editing.titles import told
from tests.builders import SCHEME, bring, project, spans_of, tag, workspace

EVIDENCE = Label("evidence", "Evidence", "V", "#700000", "#FF5252")
REQUIRED = {"attributes": [{"id": "mode", "name": "Mode", "labels": ["quote"], "required": True, "values": ["x"]}]}


def test_a_scheme_comes_into_force_and_is_taken_back(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    tag(ws, article, "cue", (1, 5))
    labels = (SCHEME.labels[0]._replace(name="Quotation"), SCHEME.labels[1], EVIDENCE)
    wanted = SCHEME._replace(labels=labels, rest=REQUIRED)
    tag(ws, article, "quote", (7, 9))
    found = effects(ws.store, Redrawn(SCHEME, wanted))
    assert [(one.what, one.label, one.spans) for one in found] == [
        ("renamed", "quote", 1),
        ("required", "quote", 1),
        ("meaning", "quote", 1),
        ("new", "evidence", 0),
        ("gone", "cue", 1),
    ]
    step = schemes.apply(SCHEME, wanted)
    assert told(step.title) == "Change the scheme to Test 2"
    ws.do(step)
    assert ws.store.scheme() == schemes.succeeding(SCHEME, wanted)
    assert ws.store.scheme().version == 2
    assert ws.store.scheme().labels == wanted.labels
    assert len(spans_of(ws, article)) == 2  # also the one whose label is gone
    tag(ws, article, "quote", (11, 13))
    ws.undo()
    ws.undo()
    assert ws.store.scheme() == SCHEME
    assert len(spans_of(ws, article)) == 2


def test_another_scheme_takes_the_place_of_the_first(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    other = SCHEME._replace(id="other", name="Other", version=7)
    ws.do(schemes.apply(SCHEME, other))
    assert ws.store.scheme() == other
    ws.undo()
    assert ws.store.scheme() == SCHEME
    ws.redo()
    assert ws.store.scheme() == other


def test_the_same_scheme_is_no_change() -> None:
    with pytest.raises(UserError, match="already"):
        schemes.apply(SCHEME, SCHEME._replace(version=9))
