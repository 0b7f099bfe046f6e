"""The checks of `test.py`, one after the other, pytest last so that its closing line is the last but one."""

import argparse
import os
import subprocess
import time
from collections.abc import Sequence

from _environment import ROOT, in_venv, prepare, say

# Window tests run under a virtual X server and get real key and mouse events.
PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}

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
    return _all([*STATIC, _pytest(wishes.full, wishes.pytest)])


def _pytest(full: bool, more: Sequence[str]) -> tuple[str, ...]:
    return ("pytest", "-n", "2", *(["--full"] if full else []), *more)


def _benchmarks() -> list[tuple[str, ...]]:
    folder = ROOT / "tests" / "benchmarks"
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith(("_", "test_")))
    return [("python", "-c", BENCHMARK, str(path.relative_to(ROOT))) for path in files]


def _all(commands: Sequence[Sequence[str]]) -> int:
    begun, failed = time.monotonic(), []
    env = dict(os.environ, PYTHONUTF8="1")
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    for program, *words in commands:
        shown = " ".join(word for word in (program, *words) if "\n" not in word)
        say(f"\n$ {shown}")
        start = time.monotonic()
        if subprocess.run([in_venv(program), *words], cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode:
            failed.append(shown)
        say(f"  {time.monotonic() - start:.1f} s")
    say(f"\n{len(commands)} checks in {time.monotonic() - begun:.0f} s" + "".join(f"\nFAILED: {one}" for one in failed))
    return len(failed)
