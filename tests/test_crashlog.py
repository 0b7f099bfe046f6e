"""The log of faults: says where, never what; stays small; and never makes a fault of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from annotator import crashlog, paths

CANARY = "Zimtschnecke"


def fault(note: str = CANARY) -> ValueError:
    secret = f"{note} in a local variable"
    try:
        try:
            raise KeyError(f"{note} {secret}")
        except KeyError as error:
            raise ValueError(f"{note} said the minister") from error
    except ValueError as error:
        return error


def test_it_names_kinds_and_places_and_nothing_else() -> None:
    crashlog.record(fault())
    log = crashlog.log_path().read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "KeyError" in log
    assert "tests/test_crashlog.py" in log
    assert "in fault" in log
    assert CANARY not in log
    assert str(Path.home()) not in log
    assert crashlog.place(fault()).startswith("ValueError in tests/test_crashlog.py:")
    assert CANARY not in crashlog.place(fault())


def test_it_never_grows_beyond_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crashlog, "LARGEST", 2_000)
    for _ in range(100):
        crashlog.record(fault())
    files = sorted(paths.log_dir().iterdir())
    assert [file.name for file in files] == ["faults.log", "faults.log.1", "faults.log.2"]
    assert all(file.stat().st_size <= 2_000 for file in files)


@pytest.mark.parametrize("what", ["a file for the folder", "a folder for the file"])
def test_where_nothing_can_be_written_nothing_is_raised(what: str) -> None:
    folder = paths.log_dir()
    folder.parent.mkdir(parents=True, exist_ok=True)
    if what == "a file for the folder":
        folder.write_text("here already")
    else:
        crashlog.log_path().mkdir(parents=True)
    crashlog.record(fault())
    crashlog.watch_the_process()


def test_a_chain_that_bites_its_tail_ends() -> None:
    one, other = ValueError("a"), ValueError("b")
    one.__cause__, other.__cause__ = other, one
    assert crashlog.details(one).count("ValueError") == 2


def test_a_process_that_dies_leaves_where_it_stood(home: Path) -> None:
    code = (
        "import ctypes; from annotator import crashlog; crashlog.watch_the_process(); "
        f"secret = '{CANARY}'; ctypes.string_at(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=30)
    assert done.returncode < 0
    log = (home / "log" / "crash.log").read_text(encoding="utf-8")
    assert "Segmentation fault" in log
    assert CANARY not in log
