"""My times: added, forgotten and brought back; whatever becomes of the file, nothing is lost and all is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths, times
from annotator.domain.errors import UserError

PROJECT, OTHER = (f"0190a000-0000-7000-8000-0000000000{end}" for end in ("01", "02"))
A, B, C = (f"0190b000-0000-7000-8000-00000000000{end}" for end in "abc")


def folder() -> Path:
    return paths.data_dir() / "times"


def written(data: bytes) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    times.file(PROJECT).write_bytes(data)


@given(st.lists(st.dictionaries(st.sampled_from([A, B, C]), st.integers(0, 10**6).map(lambda n: n / 1000))))
def test_what_is_added_is_there(parts: list[dict[str, float]]) -> None:
    times.file(PROJECT).unlink(missing_ok=True)
    for part in parts:
        assert times.add(PROJECT, part) == ""
    whole, words = times.read(PROJECT)
    assert words == ""
    for article in (A, B, C):
        assert whole.get(article, 0.0) == pytest.approx(sum(part.get(article, 0.0) for part in parts), abs=0.01)
    assert times.read(OTHER) == ({}, "")


def test_a_file_holds_ids_and_seconds_and_nothing_else() -> None:
    times.add(PROJECT, {A: 12.34567, "The headline": 5.0})
    assert json.loads(times.file(PROJECT).read_bytes()) == {"seconds": {A: 12.346}}


@pytest.mark.parametrize("data", [
    b"", b"[", b"[]", b"{}", b"\xff\xfe", b'{"seconds": []}', b'{"seconds": {"x": 1}}', b"[" * 100_000,
    f'{{"seconds": {{"{A}": "1"}}}}'.encode(), f'{{"seconds": {{"{A}": -1}}}}'.encode(), b" " * 20_000_001,
    f'{{"seconds": {{"{A}": NaN}}}}'.encode(), f'{{"seconds": {{"{A}": 1e400}}}}'.encode(),
    f'{{"seconds": {{"{A}": true}}}}'.encode(), f'{{"seconds": {{"{A}": 1}}, "name": "Lena"}}'.encode(),
])  # fmt: skip
def test_a_damaged_file_is_set_aside_and_told_once(data: bytes) -> None:
    times.add(OTHER, {B: 7.0})
    written(data)
    words = times.add(PROJECT, {A: 5.0})
    assert f"{PROJECT}.json.bad" in words
    assert (folder() / f"{PROJECT}.json.bad").read_bytes() == data
    assert times.add(PROJECT, {A: 1.0}) == ""
    assert times.read(PROJECT) == ({A: 6.0}, "")
    assert times.read(OTHER) == ({B: 7.0}, "")


def test_what_cannot_be_read_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    times.add(PROJECT, {A: 5.0})

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(UserError, match="Permission denied"):
            times.add(PROJECT, {A: 1.0})
    assert times.read(PROJECT) == ({A: 5.0}, "")


def test_a_full_disk_keeps_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    times.add(PROJECT, {A: 5.0})

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paths, "write_whole", full)
    with pytest.raises(UserError, match="No space left"):
        times.add(PROJECT, {A: 1.0})
    assert times.read(PROJECT) == ({A: 5.0}, "")


@pytest.mark.parametrize("id", ["", "x", "../../../etc/passwd", f"../{PROJECT}", PROJECT.upper()])
def test_no_id_leads_out_of_the_folder(id: str) -> None:
    with pytest.raises(UserError, match="no proper id"):
        times.add(id, {A: 1.0})
    assert times.read(id) == ({}, "")
    assert not times.forgotten(id)
    times.drop(id, [A])
    assert not folder().exists()


def test_forgotten_times_come_back_beside_those_since() -> None:
    times.add(PROJECT, {A: 5.0})
    times.forget(PROJECT)
    assert times.read(PROJECT) == ({}, "")
    assert times.forgotten(PROJECT)
    times.add(PROJECT, {A: 1.0, B: 2.0})
    times.forget(PROJECT)  # what was forgotten before stays
    times.add(PROJECT, {B: 3.0})
    times.recall(PROJECT)
    assert times.read(PROJECT) == ({A: 6.0, B: 5.0}, "")
    assert not times.forgotten(PROJECT)
    times.recall(PROJECT)
    times.forget(OTHER)
    assert not times.forgotten(OTHER)


def test_let_go_is_for_good() -> None:
    times.add(PROJECT, {A: 5.0})
    times.forget(PROJECT)
    times.let_go(PROJECT)
    times.recall(PROJECT)
    assert list(folder().iterdir()) == []


def test_dropped_articles_are_in_no_file() -> None:
    for _ in range(2):
        times.add(PROJECT, {A: 5.0, B: 2.0})
        times.forget(PROJECT)
    written(b"[" + A.encode())
    times.add(PROJECT, {A: 5.0, B: 2.0})
    assert len(list(folder().iterdir())) == 3
    times.drop(PROJECT, [A])
    assert [path.name for path in folder().iterdir() if A.encode() in path.read_bytes()] == []
    times.recall(PROJECT)
    assert times.read(PROJECT) == ({B: 6.0}, "")
