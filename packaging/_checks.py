"""The checks of `test.py`, one after the other, pytest last; the last line tells how many tests ran."""

import argparse
import os
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from _environment import ROOT, in_venv, prepare, say

# Window tests run under a virtual X server and get real key and mouse events.
PROGRAMS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "setxkbmap": "x11-xkb-utils",
    "dbus-daemon": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "update-mime-database": "shared-mime-info",
}

STATIC = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-cache"),
)

BENCHMARK = """
import importlib.util, pathlib, sys
path = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(path.parent))
spec = importlib.util.spec_from_file_location(path.stem, path)
module = importlib.util.module_from_spec(spec)
sys.modules[path.stem] = module
spec.loader.exec_module(module)
sys.exit(module.main())
"""


def main(words: Sequence[str]) -> int:
    """Prepare the environment, run the checks the words ask for, return the number of those that failed."""
    parser = argparse.ArgumentParser(prog="test.py", description="Runs what CI runs.")
    parser.add_argument("--full", action="store_true", help="also the long runs, up to an hour")
    parser.add_argument("--bench", action="store_true", help="only the benchmarks")
    parser.add_argument("pytest", nargs="*", help="after --: words for pytest")
    wishes = parser.parse_args(words)
    prepare(PROGRAMS)
    if wishes.bench:
        return _all(_benchmarks())
    with tempfile.TemporaryDirectory(prefix="annotator-test-") as folder:
        report = Path(folder) / "pytest.xml"
        failed = _all(STATIC, quiet=True) + _all([_pytest(wishes.full, wishes.pytest, report)])
        counted = _counts(report)
    say("{passed} passed, {failed} failed, {skipped} skipped".format(**counted))
    return failed or (0 if counted["passed"] else 1)


def _pytest(full: bool, more: Sequence[str], report: Path) -> tuple[str, ...]:
    # A half for each, and who is through takes of the other's: files stay together, and so does what they make once.
    pytest = ("pytest", "-n", "2", "--dist", "worksteal", f"--junitxml={report}")
    return (*pytest, *(["--full"] if full else []), *more)


def _counts(report: Path) -> dict[str, int]:
    """How many tests passed, failed (errors with them) and were skipped, read from pytest's own report."""
    counted = {"passed": 0, "failed": 0, "skipped": 0}
    for suite in ET.parse(report).iter("testsuite") if report.exists() else ():
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        counted["failed"] += bad
        counted["skipped"] += skipped
        counted["passed"] += int(suite.get("tests", 0)) - bad - skipped
    return counted


def _benchmarks() -> list[tuple[str, ...]]:
    folder = ROOT / "tests" / "benchmarks"
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith(("_", "test_")))
    return [("python", "-c", BENCHMARK, str(path.relative_to(ROOT))) for path in files]


def _all(commands: Sequence[Sequence[str]], quiet: bool = False) -> int:
    """Run commands one after the other, the `quiet` ones in a line each unless they fail; return how many failed."""
    failed = []
    env = dict(os.environ, PYTHONUTF8="1")
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    for program, *words in commands:
        shown = " ".join(word for word in (program, *words) if "\n" not in word)
        start = time.monotonic()
        if not quiet:
            say(f"\n$ {shown}")
        done = subprocess.run(
            [in_venv(program), *words],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            **({"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"} if quiet else {}),
        )
        seconds = f"{time.monotonic() - start:.1f} s"
        say(f"$ {shown}  ({seconds})" if quiet else f"({seconds})")
        if done.returncode:
            failed.append(shown)
            if quiet:
                say(done.stdout)
    for one in failed:
        say(f"FAILED: {one}")
    return len(failed)
