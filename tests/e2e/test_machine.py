"""Random work beside a plain model; and faults planted one by one, each of which the machine must find."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from annotator.domain.intervals import SpanIndex
from annotator.storage import fold, journal, payload
from annotator.storage.store import Store
from tests.builders import without_triggers
from tests.e2e.registered import Machine

ACTIONS = (
    "import", "label", "relabel", "move", "fragment", "delete", "state", "undo", "redo", "restart",
    "export and import", "say", "mark", "annotate", "tie", "untie", "no source", "relate", "relate far", "unrelate",
    "scheme", "redraw", "judge", "mark it", "note on it", "say of a tie",
    "add entry", "rename entry", "name entry", "merge entries", "take entries apart", "delete entry", "link entry",
)  # fmt: skip


def run(runs: int, steps: int = 30, *, shrink: bool = True) -> None:
    Machine.seen.clear()
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=phases,
        ),
    )


def told() -> str:
    return ", ".join(f"{what} {count}" for what, count in sorted(Machine.seen.items()))


def test_random_work_is_what_the_model_says(capsys: pytest.CaptureFixture[str]) -> None:
    run(40)
    assert all(Machine.seen[action] for action in ACTIONS[:11]), told()
    # Of the ties a short run tries most; all of them in the long one.
    assert sum(1 for action in ACTIONS[11:] if Machine.seen[action]) >= 8, told()


@pytest.mark.full
def test_two_thousand_runs(capsys: pytest.CaptureFixture[str]) -> None:
    run(2_000)
    with capsys.disabled():
        print(f"\nmachine: {told()}")
    assert all(Machine.seen[action] >= 200 for action in ACTIONS), told()
    assert Machine.seen["runs that restarted with something to undo"] >= Machine.seen["runs"] / 5, told()


def lost_redo(plant: pytest.MonkeyPatch) -> None:
    """The second of two redos in a row is forgotten."""
    real = journal.to_redo

    def forgets(connection: sqlite3.Connection, annotator: str, device: str) -> Any:
        last = journal.last_of_line(connection, annotator, device)
        redone = last is not None and bool(last.undoes) and not last.takes_back
        return [] if redone else real(connection, annotator, device)

    plant.setattr(journal, "to_redo", forgets)


def wrong_fragment_order(plant: pytest.MonkeyPatch) -> None:
    """The journal keeps fragments the other way round."""
    real = payload._data

    def turned(value: Any) -> dict[str, Any]:
        data = real(value)
        if "fragments" in data:
            data["fragments"] = tuple(reversed(data["fragments"]))
        return data

    plant.setattr(payload, "_data", turned)


def stale_index(plant: pytest.MonkeyPatch) -> None:
    """A view's index keeps a span where it was."""
    real = SpanIndex.remove
    plant.setattr(SpanIndex, "remove", lambda self, span: real(self, span) if span.start % 2 else None)


def swapped(plant: pytest.MonkeyPatch) -> None:
    """The journal takes before for after."""
    real = journal.recorded

    def other(change: Any, parent: str) -> Any:
        record = real(change, parent)
        return replace(record, before=record.after, after=record.before)

    plant.setattr(journal, "recorded", other)


def restart_drops_the_last_step(plant: pytest.MonkeyPatch) -> None:
    """The newest step is gone after a restart, from tables and journal alike."""
    real = Store.close

    def close(self: Store) -> None:
        with self.writing() as connection:
            (last,) = connection.execute("SELECT max(seq) FROM step").fetchone()
            if last > 1:
                touched = {change.article for change in journal.changes(connection, last)}
                with without_triggers(connection):
                    connection.execute("DELETE FROM change WHERE step = ?", (last,))
                    connection.execute("DELETE FROM step WHERE seq = ?", (last,))
                fold.rewrite(connection, touched)
        real(self)

    plant.setattr(Store, "close", close)


@pytest.mark.parametrize(
    "fault",
    [
        lost_redo,
        # Found after many examples: that takes seconds.
        pytest.param(wrong_fragment_order, marks=pytest.mark.full),
        pytest.param(stale_index, marks=pytest.mark.full),
        pytest.param(restart_drops_the_last_step, marks=pytest.mark.full),
        swapped,
    ],
)
def test_a_planted_fault_is_found(fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)
    with pytest.raises(BaseException) as found:  # noqa: PT011  # whatever it is, the run must not end well
        run(150, shrink=False)
    assert found.type is not pytest.skip.Exception
    monkeypatch.undo()


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """The machine's folders are its own: a run leaves only the template."""
    run(2, 5)
    assert Machine.template is not None
    assert [file.name for file in Machine.template.parent.iterdir() if file.suffix == ".annotator"] == [
        "template.annotator"
    ]
