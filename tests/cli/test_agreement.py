"""Agreement as scripts meet it."""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import closing
from html import escape
from pathlib import Path
from typing import Any

import pytest

from annotator.__main__ import COMMANDS
from annotator.cli.main import commands
from annotator.domain.article import VisibleLayers, own_layer
from annotator.domain.change import Change, Step
from annotator.editing.workspace import Workspace
from annotator.jobs.agreementsheet import gather, sheet, usual
from annotator.report import page, written
from annotator.storage import review as reading
from annotator.storage.store import Store
from tests.cli.test_command_line import Shell, run
from tests.jobs.reviewed import PEOPLE, made

__all__ = ["run"]


def test_every_command_is_a_word_of_the_door() -> None:
    assert set(commands.commands) == set(COMMANDS)


def test_agreement_is_told_in_words_and_as_json(read: Shell) -> None:
    assert read("agreement", "r.annotator", "--resamples", "50") == 0
    first, _head, overall = read.out.splitlines()[:3]
    assert first == "Lisa, Maria, Max, Bo: 6 articles read by two or more"
    assert overall.startswith("all")
    assert "[0." in overall
    for per, rows in (("pair", 6), ("article", 6), ("label", 3)):
        assert read("agreement", "r.annotator", "--per", per, "--resamples", "0") == 0
        assert len(read.out.splitlines()) == 3 + rows
    assert read("agreement", "r.annotator", "--json", "--layers", "Lisa,Max", "--resamples", "20", "--seed", "3") == 0
    told = json.loads(read.out)
    assert [layer["name"] for layer in told["layers"]] == ["Lisa", "Max"]
    assert (told["articles"], told["resamples"], told["seed"]) == (6, 20, 3)
    exact = told["overall"]["exact"]
    assert exact["value"] == pytest.approx(2 * exact["exact"] / exact["spans"])
    assert exact["low"] <= exact["value"] <= exact["high"]
    assert {"pairs", "labels", "articles_by"} <= told.keys()
    again = read.out
    assert read("agreement", "r.annotator", "--json", "--layers", "Lisa,Max", "--resamples", "20", "--seed", "3") == 0
    assert read.out == again


def figures(told: dict[str, Any], exact: bool) -> list[tuple[object, ...]]:
    """What the command tells, as rows of the report."""
    main, other = ("exact", "overlap") if exact else ("overlap", "exact")
    rows = []
    for measures, suffix in (
        (told["overall"], ""), (told["overall"], "-place"),
        *((it["measures"], "") for key in ("pairs", "labels", "articles_by") for it in told[key]),
    ):  # fmt: skip
        one, two = measures[main + suffix], measures[other + suffix]
        rows.append((one["value"], one["low"], one["high"], two["value"], one["why"]))
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_command_window_and_report_tell_the_same(tmp_path: Path, seed: int, run: Shell) -> None:
    """Some articles not done, somebody without a span, a pair that shares no article, a second reading."""
    from annotator.ui.agreement.grid import confused_cells, pair_cells

    path = made(tmp_path / "same.annotator", 3 + 3 * (seed % 2), 5 + 4 * seed, 2 + seed % 3, seed)
    with closing(Store.open(path)) as store:
        ws = Workspace(store, PEOPLE[0], "laptop")
        layers = [one for id in store.article_ids() for one in store.layers(id, VisibleLayers.ALL)]
        first, last = layers[0], layers[-1]
        again = own_layer(last.article, PEOPLE[0].id, 2)
        ws.do(Step("s", (Change(first, first._replace(state="started")), Change(None, again))))
        found = gather(store, usual(reading.layers(store)))
    assert found is not None
    assert run("agreement", "same.annotator", "--json") == 0
    told = json.loads(run.out)
    assert (told["articles"], told["left_out"]) == (len(found.report.articles), 1)
    for exact in (True, False):
        shown = sheet(found, "t", exact=exact)
        rows = written.rows(shown)
        mine = {(*row[2:6], row[7] if row[2] is None else "") for row in rows if row[0] != "Taken for one another"}
        assert mine == set(figures(told, exact))
        confused: Counter[tuple[str, str]] = Counter()
        for pair in told["pairs"]:
            for cell in pair["confusion"]:
                key = cell["first"] or "", cell["second"] or ""
                confused[key] += cell["count"]
                if len(told["layers"]) > 2:
                    confused[key[::-1]] += cell["count"]
        ids = shown.confused.ids
        assert confused == Counter({(ids[n], ids[m]): count for n, row in enumerate(shown.confused.counts)
                                    for m, count in enumerate(row) if count})  # fmt: skip
        html = "".join(page.pieces(shown))
        for row in rows:
            assert "".join(f">{escape(cell)}</td>" for cell in written.cells(row)) in re.sub("<td[^>]*", "", html)
        cells = pair_cells(shown)
        assert all(cells[it.first, it.second].words == it.figure.told() for it in shown.pairs)
        assert {at: cell.words for at, cell in confused_cells(shown.confused).items() if cell.said} == {
            (n, m): shown.confused.percent(n, m) for n in range(len(ids)) for m in range(len(ids))
            if shown.confused.counts[n][m]
        }  # fmt: skip


def test_what_cannot_be_compared_is_told_in_words(run: Shell, tmp_path: Path) -> None:
    assert run("agreement", "p.annotator") == 1
    assert "two layers" in run.err
    assert run("agreement", "p.annotator", "--layers", "Nobody,Ana") == 1
    assert "is called Nobody" in run.err
    (tmp_path / "one.jsonl").write_text('{"text":"One said two.","spans":[{"start":0,"end":3,"label":"source"}]}')
    (tmp_path / "two.jsonl").write_text('{"text":"Else here.","spans":[{"start":0,"end":4,"label":"source"}]}')
    assert run("import", "p.annotator", "one.jsonl", "--as", "Ana") == 0
    assert run("agreement", "p.annotator") == 1
    assert "here there is Ana" in run.err
    assert run("import", "p.annotator", "one.jsonl") == 0
    assert run("review", "p.annotator") == 1
    assert "here there is Ana. Name others with --layers: imported:one." in run.err
    assert run("import", "p.annotator", "two.jsonl", "--as", "Bo") == 0
    assert run("agreement", "p.annotator") == 0
    assert "no common article" in run.out
    assert run("review", "p.annotator") == 0
    assert "No article has two of these layers: Ana, Bo." in run.out
    assert run("import", "p.annotator", "one.jsonl", "--as", "Bo") == 0
    assert run("agreement", "p.annotator") == 0
    assert "too few spans" in run.out
    assert run("review", "p.annotator", "--layers", "Ana,consensus") == 1
    assert "No article has a layer of consensus" in run.err
