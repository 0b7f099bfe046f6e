"""What is shown before an export is what the export then writes."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from annotator.domain.offsets import UNITS
from annotator.editing.articles import set_state
from annotator.jobs.exporting import Wishes, export, preview
from tests.builders import ANA, BO, bring, my_layer, project, tag, workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = project(tmp_path)
    ana = workspace(path)
    first, second = bring(ana), bring(ana, "🏗 Only Bo was here.\n", "Bo")
    bring(ana, "Nobody was here.\n", "Nobody")
    tag(ana, first, "quote", (0, 22), (54, 80))
    tag(ana, first, "cue", (24, 28))
    ana.do(set_state(first.id, my_layer(ana, first), ana.me, "done"))
    ana.store.close()
    bo = workspace(path, BO, "tower")
    tag(bo, second, "source", (7, 9))
    tag(bo, first, "quote", (0, 22))
    bo.store.close()
    return path


@pytest.mark.parametrize(
    ("owner", "state", "unit"), list(product((None, ANA.id, BO.id, "nobody"), ("", "done", "started"), UNITS))
)
def test_it_is_what_comes(path: Path, tmp_path: Path, owner: str | None, state: str, unit: str) -> None:
    wishes = Wishes(owners=frozenset({owner}) if owner else None, state=state, unit=unit)
    seen = preview(path, wishes)
    target = tmp_path / "out.jsonl"
    report = export(path, target, owners=wishes.owners, state=state, unit=unit)
    assert (seen.articles, seen.spans) == (report.articles, report.spans)
    assert seen.line == target.read_text(encoding="utf-8").partition("\n")[0]


def test_an_empty_project_holds_nothing(tmp_path: Path) -> None:
    assert preview(project(tmp_path), Wishes()) == (0, 0, "")
