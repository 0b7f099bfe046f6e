"""Steps of a line follow one another by their hashes, in whatever order they came here."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.journalled import StepRecord
from annotator.storage.chain import Chain


def line(annotator: str, device: str, count: int) -> list[StepRecord]:
    made: list[StepRecord] = []
    for number in range(count):
        before = made[-1].hash() if made else ""
        made.append(
            StepRecord(f"{annotator}-{number}", annotator, device, "", "t", 1, lamport=number, prev_hash=before)
        )
    return made


def broken(steps: list[StepRecord]) -> list[str]:
    chain = Chain()
    for step in steps:
        chain.add(step)
    return chain.broken()


@given(st.permutations([*line("ana", "laptop", 4), *line("bo", "laptop", 3)]), st.integers(0, 6))
def test_in_any_order_only_what_is_missing_is_told(steps: list[StepRecord], place: int) -> None:
    assert broken(steps) == []
    gone = steps[place]
    after = [step.id for step in steps if step.prev_hash == gone.hash()]
    assert broken(steps[:place] + steps[place + 1 :]) == after


def test_another_line_is_no_place_to_follow() -> None:
    first, second = line("ana", "laptop", 2)
    assert broken([first, second._replace(device="desk")]) == ["ana-1"]


def test_a_line_begins_once() -> None:
    (first,) = line("ana", "laptop", 1)
    assert broken([first, first._replace(id="again")]) == ["again"]


def test_what_has_no_device_stands_in_no_line() -> None:
    (first,) = line("ana", "", 1)
    assert broken([first, first._replace(id="part", prev_hash="of nothing")]) == []
