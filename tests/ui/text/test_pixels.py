"""Select by pixels, label, export: what is under them by an oracle of the test's own, at three sizes and two scales."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.offsets import Utf16Map
from tests.ui.text import oracle, pixels

REPO = Path(__file__).resolve().parents[3]


def check(count: int, seed: int, folder: Path, spacing: float = 0.0) -> None:
    done = pixels.drags(count, seed, spacing)
    assert pixels.wrong(done) == []
    assert pixels.wrongly_exported(done, folder) == []
    assert len({each.text for each in done}) > count * 0.9


@pytest.mark.usefixtures("qapp")
def test_pixels_select_what_is_under_them(tmp_path: Path) -> None:
    check(240, 1, tmp_path)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("spacing", [1.0, 2.7])
def test_pixels_select_what_is_under_them_with_letters_apart(tmp_path: Path, spacing: float) -> None:
    check(150, 4, tmp_path, spacing)


@pytest.mark.full
@pytest.mark.usefixtures("qapp")
def test_pixels_select_what_is_under_them_5000_times(tmp_path: Path) -> None:
    check(5_000, 2, tmp_path)


def _child(scale: str, count: int) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    command = [sys.executable, "-m", "tests.ui.text.pixels", str(count), "3"]
    done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{float(scale)} {count} 0"), done.stdout


def test_pixels_select_what_is_under_them_at_twice_the_scale() -> None:
    _child("2", 120)


@pytest.mark.full
def test_pixels_select_what_is_under_them_at_twice_the_scale_5000_times() -> None:
    _child("2", 5_000)


def test_the_texts_hold_every_kind_of_trouble_and_wrap() -> None:
    chance = random.Random(1)
    texts = "".join(oracle.random_text(chance) for _ in range(300))
    for trouble in ("😀", "\u200d", "\u0301", "م", "中", "\r\n", "\r", "\ufeff", "\u2028", "\u00a0"):
        assert trouble in texts


@pytest.mark.usefixtures("qapp")
def test_a_fault_of_one_place_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Utf16Map.to_code_point
    monkeypatch.setattr(Utf16Map, "to_code_point", lambda self, offset: right(self, max(offset - 1, 0)))
    assert pixels.wrong(pixels.drags(60, 1))
