"""Any order, any number of times, any grouping gives the same project (T40 to T43, T47, T55); faults are found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from annotator.domain.journalled import ChangeRecord, StepRecord
from annotator.storage import backup, fold
from annotator.storage.parcel import Refused
from annotator.storage.validating import Validating
from tests.e2e.network import Network
from tests.jobs import test_merging


@pytest.fixture(autouse=True)
def _no_backups(monkeypatch: pytest.MonkeyPatch) -> None:
    # They are tested by themselves, and cost most of a run.
    monkeypatch.setattr(backup, "make", lambda *_: None)


def run(runs: int, steps: int = 30, *, shrink: bool = True) -> None:
    Network.seen.clear()
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Network,
        settings=settings(
            max_examples=runs, stateful_step_count=steps, deadline=None, database=None, phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_three_people_on_four_machines() -> None:
    run(4)
    assert Network.seen["receive"]


@pytest.mark.full
def test_three_people_on_four_machines_for_long() -> None:
    run(500, 50)
    for what in (
        "tag", "relabel", "move", "delete", "undo", "redo", "state", "scheme", "scheme refused", "entry", "rename",
        "remark", "assign", "assign refused", "propose", "send all", "send mine", "send none", "receive", "take back",
    ):  # fmt: skip
        assert Network.seen[what] > 20, (what, Network.seen)
    assert any(what.endswith("since the last") for what in Network.seen)


# ---- planted faults: each is found


def newest_wins_by_the_clock_on_the_wall(plant: pytest.MonkeyPatch) -> None:
    real = fold.folded

    def at(change: fold.Told) -> str:
        found = re.search(r'"updated":"([^"]*)"', change.after or change.before or "")
        return found[1] if found and change.kind == "span" else ""

    def folded(changes: Iterable[fold.Told], look: object = None) -> dict[fold.Key, fold.Folded]:
        return real(sorted(changes, key=at))

    plant.setattr(fold, "folded", folded)


def deletion_dropped(plant: pytest.MonkeyPatch) -> None:
    real = Validating.add_step

    def add_step(self: Validating, line: int, step: StepRecord, changes: tuple[ChangeRecord, ...]) -> None:
        if any(change.after is not None for change in changes):
            real(self, line, step, changes)

    plant.setattr(Validating, "add_step", add_step)


def insert_or_replace(plant: pytest.MonkeyPatch) -> None:
    """What is here already with other content makes place for what comes."""
    real = Validating._is_known

    def is_known(self: Validating, line: int, step: StepRecord) -> bool:
        try:
            return real(self, line, step)
        except Refused:
            return True

    plant.setattr(Validating, "_is_known", is_known)


def take_back_forgotten(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(fold, "HIDDEN", "0")


@pytest.mark.parametrize(
    "fault",
    [
        # Each is found after many runs of four machines.
        pytest.param(newest_wins_by_the_clock_on_the_wall, marks=pytest.mark.full),
        pytest.param(deletion_dropped, marks=pytest.mark.full),
        pytest.param(take_back_forgotten, marks=pytest.mark.full),
    ],
)
def test_a_planted_fault_is_found(fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)
    with pytest.raises(BaseException) as found:  # noqa: PT011  # whatever it is, the run must not end well
        run(100, 50, shrink=False)
    assert found.type is not pytest.skip.Exception


def test_the_same_step_with_other_content_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted where no honest machine comes: INSERT OR REPLACE is found by what was tampered with (T45)."""
    test_merging.test_the_same_step_with_other_content_is_refused(tmp_path)
    insert_or_replace(monkeypatch)
    again = tmp_path / "again"
    again.mkdir()
    with pytest.raises(AssertionError):
        test_merging.test_the_same_step_with_other_content_is_refused(again)
