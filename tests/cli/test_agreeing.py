"""Review and agreement as scripts meet them."""

from __future__ import annotations

import csv
import io
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
from annotator.jobs import consensus
from annotator.jobs.agreementsheet import gather, sheet, usual
from annotator.report import page, written
from annotator.storage import review as reading
from annotator.storage.store import Store
from tests.cli.test_command_line import Shell, run
from tests.jobs.reviewed import PEOPLE, made

__all__ = ["run"]
ALL_FOUR = "Lisa,Maria,Max,Bo"


@pytest.fixture
def read(run: Shell, tmp_path: Path) -> Shell:
    """A folder with a project that four people read."""
    made(tmp_path / "r.annotator", articles=6, spans=10)
    # Who only stands in the layers is known by id; names come with a person's own first step.
    from contextlib import closing

    from annotator.domain.change import Change, Step
    from annotator.editing.workspace import Workspace
    from annotator.storage.store import Store

    with closing(Store.open(tmp_path / "r.annotator")) as store:
        ws = Workspace(store, PEOPLE[0], "laptop")
        ws.do(Step("Names", tuple(Change(None, person) for person in PEOPLE[1:])))
    return run


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


def test_review_takes_over_and_says_what_is_missing(read: Shell) -> None:
    assert read("review", "r.annotator", "--layers", ALL_FOUR, "--json") == 0
    before = json.loads(read.out)
    assert before["left"] == before["counts"]["open"] == sum(before["kinds"].values())
    assert before["all_kinds"]["agreed"] == before["counts"]["agreed"]
    assert read("review", "r.annotator", "--take", "majority", "--dry-run", "--json") == 0
    rehearsed = json.loads(read.out)
    assert read("review", "r.annotator", "--take", "majority", "--consensus", "--dry-run") == 0
    assert "The consensus, before anything is taken over, would be done in 0 of 6 articles." in read.out
    assert rehearsed["left"] == before["left"]
    assert read("review", "r.annotator", "--take", "majority:3", "--consensus", "--json") == 0
    after = json.loads(read.out)
    assert after["taken"] == rehearsed["taken"]
    assert after["counts"]["settled"] == after["taken"]["differences"]
    assert after["consensus"]["done"] < 6
    assert after["consensus"]["missing"]
    assert read("review", "r.annotator", "--take", "trusted:Max", "--consensus") == 0
    assert "Taken over: " in read.out
    assert "The consensus is done in " in read.out
    assert read("undo", "r.annotator") == 0
    for wrong, status in (("some", 2), ("majority:x", 2), ("trusted:", 2), ("majority:9", 1), ("majority:0", 1),
                          ("majority:" + "9" * 5_000, 2), ("trusted:Nobody", 1)):  # fmt: skip
        assert read("review", "r.annotator", "--take", wrong) == status
    assert read("review", "r.annotator", "--layers", "Lisa,Bo", "--take", "trusted:Max") == 1
    assert read("review", "r.annotator", "--layers", "Lisa") == 1
    assert "Name others with --layers: Maria, Max, Bo." in read.err


def test_what_is_interrupted_stays_and_is_told(read: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_given: object, **_wishes: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(consensus, "make_consensus", stop)
    assert read("review", "r.annotator", "--take", "all", "--consensus") == 130
    assert "What was done so far stays; `annotator undo` takes it back." in read.err
    assert read("review", "r.annotator", "--consensus", "--dry-run") == 130
    assert "stays" not in read.err


def test_decisions_and_queue_are_exported(read: Shell, tmp_path: Path) -> None:
    assert read("review", "r.annotator", "--take", "all", "--json") == 0
    taken = json.loads(read.out)["taken"]["differences"]
    assert read("export", "r.annotator", "--what", "decisions") == 0
    assert len(read.out.splitlines()) == taken
    assert (
        read("export", "r.annotator", "--what", "queue", "--layers", "Lisa,Max", "-o", "q.csv", "--format", "csv") == 0
    )
    rows = list(csv.reader(io.StringIO((tmp_path / "q.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert read("review", "r.annotator", "--layers", "Lisa,Max", "--json") == 0
    assert len(rows) - 1 == json.loads(read.out)["left"]
    assert read("export", "r.annotator", "--what", "queue") == 0
    assert read("export", "r.annotator", "--layers", "consensus") == 0
    spans = [span for line in read.out.splitlines() for span in json.loads(line)["spans"]]
    assert len(spans) == sum(1 for span in spans if span["decision"])
    assert read("export", "r.annotator", "--layers", "Lisa", "--layers", "Max") == 0
    owners = {layer["annotator"]["name"] for line in read.out.splitlines() for layer in json.loads(line)["layers"]}
    assert owners == {"Lisa", "Max"}
    assert read("export", "r.annotator", "--format", "csv") == 2
    assert read("export", "r.annotator", "--what", "decisions", "--format", "csv") == 2
    assert read("export", "r.annotator", "--what", "queue", "--state", "done") == 2
    assert read("export", "r.annotator", "--what", "queue", "--layers", "Lisa") == 1
    assert read("check", "r.annotator") == 0


def test_what_was_exported_comes_in_again(read: Shell, tmp_path: Path) -> None:
    """The consensus with all its ties goes the way of every layer."""
    assert read("review", "r.annotator", "--take", "trusted:Lisa") == 0
    assert read("export", "r.annotator", "-o", "all.jsonl") == 0
    assert read("new", "s.annotator") == 0
    assert read("import", "s.annotator", "all.jsonl") == 0
    assert read("export", "s.annotator", "-o", "again.jsonl") == 0

    def lines(name: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in (tmp_path / name).read_bytes().splitlines()]

    for one, two in zip(lines("all.jsonl"), lines("again.jsonl"), strict=True):
        assert one["layers"] == two["layers"]
        assert one["spans"] == two["spans"]
        assert one["groups"] == two["groups"]
        assert one["relations"] == two["relations"]
