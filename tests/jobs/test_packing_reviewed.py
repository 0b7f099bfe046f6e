"""Consensus, decisions, corrections and answers come whole through packages, in whatever order (T48)."""

from __future__ import annotations

import gzip
import json
import shutil
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Decision, Step
from annotator.editing.workspace import Workspace
from annotator.jobs import corrections
from annotator.jobs.consensus import make_consensus, take_over
from annotator.jobs.merging import look, merge, unmerge
from annotator.jobs.packing import found, pack
from annotator.jobs.settled import export_decisions, export_queue
from annotator.review.decide import Content, Verdict
from annotator.review.takeover import Rule
from annotator.storage import review as reading
from annotator.storage.check import check
from annotator.storage.store import Store
from annotator.whoami import Identity
from tests.builders import opened
from tests.correcting import LISA, MARIA, Team
from tests.jobs.reviewed import PEOPLE, REVIEWER
from tests.storage.test_fold import state

BO = PEOPLE[3]


def packed(ws: Workspace, path: Path) -> Path:
    """Everything there is."""
    told = pack(ws.store, Identity(ws.me, ws.device), path, layers="all", replace=True)
    assert not told.nothing_new
    return path


def carried(path: Path) -> list[bytes]:
    """Texts and steps as they stand in a package: without what it says of itself, and its proof."""
    return gzip.decompress(path.read_bytes()).splitlines()[1:-1]


@pytest.fixture
def reviewed(tmp_path: Path) -> tuple[Path, Team, list[Path]]:
    """The project before the review, the team after it, and what Rita's project held at three moments."""
    folder = tmp_path / "reviewed"
    folder.mkdir()
    team = Team(folder, articles=2, spans=4)
    team.rita.store.copy_to(folder / "before.annotator")
    take_over(team.rita, team.refs, Rule())
    for number, item in enumerate(team.open()):
        there = next(n for n in item.difference.present if item.difference.alike[n] != -1)
        own = Verdict("own", own=(Content("claim", ((number, number + 3),)),), value="analysis")
        team.decide(item, (Verdict("side", side=there), Verdict("none"), Verdict("discuss"), own)[number % 4])
    make_consensus(team.rita, team.refs)
    packages = [packed(team.rita, folder / "all 1.annotator-package")]
    for who in (LISA, MARIA):
        team.send(who)
        accepted, contested, *rest = team.told(who)
        team.accept(who, accepted)
        team.contest(who, contested, "I heard it")
        for one in rest[:1]:
            team.take_over(who, one)
        team.send_back(who)
    packages.append(packed(team.rita, folder / "all 2.annotator-package"))
    team.decide(next(it for it in team.open() if it.status == "contested"), Verdict("none", reason="so it is"))
    team.rita.undo()
    team.rita.redo()
    team.take_back(next(it for it in team.everything() if it.status == "settled"))
    corrections.tell(team.rita, [LISA.id, MARIA.id])
    packages.append(packed(team.rita, folder / "all 3.annotator-package"))
    return folder, team, packages


def test_packed_merged_and_packed_again_the_content_is_the_same_bytes(
    reviewed: tuple[Path, Team, list[Path]], tmp_path: Path
) -> None:
    _folder, team, (*_, last) = reviewed
    store = team.rita.store
    abouts = Counter(str(one.data["about"]) for id in store.article_ids() for one in reading.decisions(store, id))
    assert {"difference", "correction", "answer"} <= abouts.keys()
    found(last, tmp_path / "made.annotator")
    made = Workspace(opened(Store.open(tmp_path / "made.annotator")), BO, "bo's")
    assert state(made.store) == state(store)
    again = packed(made, tmp_path / "again.annotator-package")
    assert carried(again) == carried(last)
    assert list(check(made.store)) == []


def _first_decisions(path: Path) -> set[str]:
    """The ids of the decisions that a package brings."""
    steps = [json.loads(line) for line in carried(path)]
    changes = [change for step in steps for change in step.get("changes", ())]
    return {entity for kind, entity, *_rest in changes if kind == "decision"}


def exported(store: Store, team: Team) -> list[str]:
    """The fingerprints of what review writes of a project."""
    out = team.folder / "out"
    decisions = export_decisions(store.path, out)
    queues = [export_queue(store.path, out, team.refs, format) for format in ("jsonl", "csv")]
    assert decisions.rows > 5
    assert all(one.rows for one in queues)
    return [decisions.sha256, *(one.sha256 for one in queues)]


ORDERS = tuple(permutations(range(3)))


@pytest.mark.parametrize("orders", [ORDERS[-2:], pytest.param(ORDERS, marks=pytest.mark.full)])
def test_in_every_order_and_twice_it_is_the_same_project(
    reviewed: tuple[Path, Team, list[Path]], orders: tuple[tuple[int, ...], ...]
) -> None:
    folder, team, packages = reviewed
    there, said = state(team.rita.store), exported(team.rita.store, team)
    for order in ([packages[n] for n in numbers] for numbers in orders):
        copy = folder / f"{''.join(one.name[4] for one in order)}.annotator"
        shutil.copy(folder / "before.annotator", copy)
        ws = Workspace(opened(Store.open(copy)), REVIEWER, "another desk")
        before, me = state(ws.store), Identity(ws.me, ws.device)
        told = look(ws.store, me, packages[0])
        assert told.decisions == len(_first_decisions(packages[0]))
        assert (told.corrections, told.answers) == (0, 0)
        assert {one.name: one.spans_new > 0 for one in told.by_annotator} == {"the consensus": True}
        reports = merge(ws, me, order)
        assert [one.refused for one in reports] == [()] * 3
        assert state(ws.store) == there
        assert exported(ws.store, team) == said
        assert sorted(carried(packed(ws, copy.with_suffix(".annotator-package")))) == sorted(carried(packages[2]))
        twice = merge(ws, me, order)
        assert all(one.nothing_new for one in twice)
        for one in reversed(reports):
            if not one.nothing_new:
                unmerge(ws, one.package)
        assert state(ws.store) == before
        assert list(check(ws.store)) == []


def test_an_answer_that_no_program_of_ours_wrote_stays_and_hinders_nobody(tmp_path: Path) -> None:
    team = Team(tmp_path, articles=1, spans=2)
    (article,) = team.rita.store.article_ids()
    layer = next(iter(team.rita.store.layers(article, VisibleLayers.ALL))).id
    odd = Decision(team.rita.new_id(), article, layer, {"about": "answer", "by": [LISA.id], "says": {}})
    team.rita.do(Step("odd", (Change(None, odd),)))
    team.send(LISA)
    assert team.desks[LISA.id].store.value("decision", odd.id, article) is None
