"""A job: chunks in the order they came, each whole or not at all, committed beside the caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Event, current_thread

import pytest

from annotator.domain.article import Annotator
from annotator.domain.change import Change, Changed, Step
from annotator.domain.errors import Stale
from annotator.editing.job import Job

STEPS = [Step(f"step {number}", (Change(None, Annotator(str(number), "Ana")),)) for number in range(6)]


class Writer:
    """Writes steps into a list, in the place of a workspace; stands still in the commit until it is let go."""

    def __init__(self) -> None:
        self.written: list[list[str]] = []
        self.threads: set[str] = set()
        self.go = Event()
        self.fault: Exception | None = None

    def do_all(self, steps: Sequence[tuple[Step, Mapping[str, str]]], job: str, written: Callable[[], None]) -> Changed:
        """Do as `Workspace.do_all`."""
        if self.fault is not None:
            raise self.fault
        self.threads.add(current_thread().name)
        written()
        assert self.go.wait(10)
        self.written.append([step.title for step, _ in steps])
        return Changed(steps[0][0].title, ())


@pytest.fixture
def writer() -> Writer:
    return Writer()


def _titles(*numbers: int) -> list[str]:
    return [STEPS[number].title for number in numbers]


def test_the_caller_goes_on_while_a_chunk_is_committed(writer: Writer) -> None:
    job = Job(writer.do_all, "job", 20)
    job.add(STEPS[0])
    job.add(STEPS[1])  # a full chunk: handed over, and not waited for
    assert writer.written == []
    job.add(STEPS[2])
    writer.go.set()
    job.wait()
    assert writer.written == [_titles(0, 1)]
    job.close()
    assert writer.written == [_titles(0, 1), _titles(2)]
    assert current_thread().name not in writer.threads


def test_the_next_chunk_waits_for_the_one_before(writer: Writer) -> None:
    writer.go.set()
    job = Job(writer.do_all, "job", 10)
    for step in STEPS:
        job.add(step)
    job.close()
    assert writer.written == [_titles(number) for number in range(6)]


def test_a_failure_reaches_whoever_waits_and_holds_nobody_up(writer: Writer) -> None:
    job = Job(writer.do_all, "job", 10)
    writer.fault = Stale("changed meanwhile")
    job.add(STEPS[0])
    with pytest.raises(Stale):
        job.wait()
    job.wait()  # told once
    writer.fault = None
    writer.go.set()
    job.add(STEPS[1])
    job.close()
    assert writer.written == [_titles(1)]


def test_a_failure_of_the_last_chunk_is_told_at_the_end(writer: Writer) -> None:
    job = Job(writer.do_all, "job", 100)
    job.add(STEPS[0])
    writer.fault = Stale("changed meanwhile")
    with pytest.raises(Stale):
        job.close()


def test_nothing_in_line_writes_nothing(writer: Writer) -> None:
    job = Job(writer.do_all, "job", 10)
    job.flush()
    job.close()
    assert writer.written == []
