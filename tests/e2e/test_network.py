"""Any order, any number of times, any grouping gives the same project (T40 to T43, T47, T55); faults are found."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from annotator.storage import backup
from tests.e2e.network import Network


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
    run(5)
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
