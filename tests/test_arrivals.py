"""Packages that wait for the window which has their project."""

from __future__ import annotations

from pathlib import Path

from annotator import arrivals, paths


def test_each_window_takes_its_own_once(tmp_path: Path) -> None:
    one, other = tmp_path / "one.annotator", tmp_path / "other.annotator"
    arrivals.put(one, tmp_path / "a.annotator-package")
    arrivals.put(other, tmp_path / "b.annotator-package")
    arrivals.put(one, tmp_path / "a.annotator-package")
    assert arrivals.take(one) == [tmp_path / "a.annotator-package"]
    assert arrivals.take(one) == []
    assert arrivals.take(other) == [tmp_path / "b.annotator-package"]
    assert not (paths.data_dir() / "arrived.json").exists()


def test_what_is_not_ours_is_passed_over(tmp_path: Path) -> None:
    file = paths.data_dir() / "arrived.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    for text in ("", "{", '[1, [2], [3, 4], ["a"]]', "x" * 200_000):
        file.write_text(text, encoding="utf-8")
        assert arrivals.take(tmp_path / "one.annotator") == []
    arrivals.put(tmp_path / "one.annotator", tmp_path / "a")
    assert arrivals.take(tmp_path / "one.annotator") == [tmp_path / "a"]
