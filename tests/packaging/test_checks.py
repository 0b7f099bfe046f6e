"""The count that `test.py` tells last is read from pytest's own report."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SUITE = """
import pytest

def test_good(): pass

def test_bad(): assert False

@pytest.mark.skip(reason="asked for")
def test_left(): pass

@pytest.fixture
def broken(): raise OSError

def test_error(broken): pass
"""


def test_the_count_is_that_of_a_real_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "test_some.py").write_text(SUITE, encoding="utf-8")
    report = tmp_path / "report.xml"
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", "."]
    subprocess.run(words, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import _checks

    assert _checks._counts(report) == {"passed": 1, "failed": 2, "skipped": 1}
    assert _checks._counts(tmp_path / "missing.xml") == {"passed": 0, "failed": 0, "skipped": 0}
