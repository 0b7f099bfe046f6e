"""The lock: one holder at a time, gone with the process that held it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from annotator.storage.lock import Held, Lock

HOLD = """
import sys, time
from pathlib import Path
from annotator.storage.lock import Lock
lock = Lock.take(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = Lock.take(path)
    with pytest.raises(Held):
        Lock.take(path)
    lock.release()
    lock.release()
    Lock.take(path).release()
    assert path.exists()


def test_another_program_keeps_it_until_it_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Held):
            Lock.take(path)
        other.kill()
        other.wait()
    Lock.take(path).release()


def test_a_program_that_was_started_meanwhile_does_not_inherit_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = Lock.take(path)
    wait = "print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", wait], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, close_fds=False
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        lock.release()
        Lock.take(path).release()
        child.communicate("\n")


def test_patience_waits_for_who_only_looks(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = Lock.take(path)
    threading.Timer(0.05, lock.release).start()
    began = time.monotonic()
    Lock.take(path, patience=10).release()
    assert time.monotonic() - began < 5


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this system follows links in any case")
def test_a_link_put_in_its_place_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="lock"):
        Lock.take(path)
    assert not (tmp_path / "elsewhere").exists()


def test_where_no_file_can_be_made_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Lock.take(tmp_path / "nowhere" / "lock")
