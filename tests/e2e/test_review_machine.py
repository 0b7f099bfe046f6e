"""Random review: decisions, take-backs, edits, answers, merges; nothing is lost, every count is a recount."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from annotator.domain.change import Change
from annotator.editing import schemes
from annotator.review import standing, ties
from tests.e2e.reviewed import Machine

ACTIONS = (
    "edit", "own undo", "accept", "contest", "decide side", "decide both", "decide none", "decide own",
    "decide discuss", "decide agreed", "undo at once", "take back", "alike", "take over", "by hand", "edit in review",
    "undo", "redo", "merge", "merge a package", "compare others", "redraw",
)  # fmt: skip


def run(runs: int, steps: int = 20, *, shrink: bool = True) -> None:
    Machine.seen.clear()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Machine,
        settings=settings(
            max_examples=runs, stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
        ),
    )  # fmt: skip


def told() -> str:
    return ", ".join(f"{what} {count}" for what, count in sorted(Machine.seen.items()))


def test_random_review() -> None:
    run(15)
    assert sum(1 for action in ACTIONS if Machine.seen[action]) >= 15, told()


@pytest.mark.full
def test_five_hundred_reviews(capsys: pytest.CaptureFixture[str]) -> None:
    run(500, 30)
    with capsys.disabled():
        print(f"\nreview: {told()}")
    assert all(Machine.seen[action] >= 20 for action in ACTIONS), told()


def test_what_is_twofold_is_so_again_after_an_undo() -> None:
    """Found by the machine: what two people decided differently was deleted, and the deletion undone."""
    machine = Machine()
    machine.merge(both=True, picks=[(631, "side"), (255, "side"), (913, "side")])
    machine.merge(both=True, picks=[(255, "side"), (0, "side")])
    machine.by_hand(away=True, pick=103)
    machine.undo(again=False)
    machine.teardown()


def test_what_is_twofold_is_so_again_when_it_is_made_so_by_hand() -> None:
    """Found by the long run: a judgement given, undone, given elsewhere otherwise, and then given here as before."""
    machine = Machine()
    machine.decide(answer="side", pick=144, which=0)
    machine.undo(again=False)
    machine.merge(both=True, picks=[(384, "side"), (381, "side"), (298, "none")])
    machine.decide(answer="side", pick=774, which=618)
    machine.teardown()


def never_outdated(plant: pytest.MonkeyPatch) -> None:
    """A decision holds whatever became of its spans."""
    plant.setattr(standing._Look, "_holds", lambda *_: True)


def deaf_to_contests(plant: pytest.MonkeyPatch) -> None:
    """A contested decision stays settled."""
    plant.setattr(standing.Item, "contests", property(lambda _: ()))


def ties_that_stay(plant: pytest.MonkeyPatch) -> None:
    """What ties a span of the consensus stays when the span goes."""
    real = ties.changed

    def keeps(*both: object) -> tuple[Change, ...]:
        return tuple(change for change in real(*both) if change.after is not None)  # type: ignore[arg-type]

    plant.setattr(ties, "changed", keeps)


def decisions_that_stay(plant: pytest.MonkeyPatch) -> None:
    """A change of the scheme leaves decisions as they are."""
    plant.setattr(schemes, "carried", lambda *_: ())


PLANTS = (never_outdated, deaf_to_contests, ties_that_stay, decisions_that_stay)


@pytest.mark.full
@pytest.mark.parametrize("plant", PLANTS, ids=lambda it: it.__name__)
def test_a_planted_fault_is_found(plant: object, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)  # type: ignore[operator]
    with pytest.raises(Exception):  # noqa: B017, PT011 - whichever invariant meets it first
        run(200, shrink=False)
