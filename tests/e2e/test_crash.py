"""P1: what was told as done outlives a kill; and the harness finds the two ways of getting that wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.e2e.crash import kill_often

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and a fork server")


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    tally = kill_often(tmp_path, 20)
    assert tally.reported >= 100, tally
    assert not tally.bad, tally


@pytest.mark.full
def test_a_thousand_kills_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tally = kill_often(tmp_path, 1_000, seed=1)
    with capsys.disabled():
        print(f"\nkills: {tally}")
    assert not tally.bad, tally
    assert tally.inside >= 100, tally


@pytest.mark.parametrize("fault", ["commit first", "report first"])
def test_the_harness_bites(fault: str, tmp_path: Path) -> None:
    tally = kill_often(tmp_path, 400, fault=fault, until=lambda tally: tally.bad)
    assert tally.bad, tally
