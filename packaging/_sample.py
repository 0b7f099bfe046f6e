"""The sample project, in the window or, where there is no display, on the command line."""

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

from _environment import in_venv, run, say


def has_display() -> bool:
    """Whether a window can be shown; Qt would abort with a core dump instead of saying so."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def in_window() -> int:
    """Open the sample project in the window and wait until it is closed."""
    return subprocess.call([in_venv("annotator"), "demo"])


def without_window() -> int:
    """Do the main job without a window: make the sample project, export it, show the first lines."""
    say("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.")
    say("The same on the command line instead:")
    where = "from annotator.paths import sample_project_path; print(sample_project_path())"
    project = Path(subprocess.check_output([in_venv("python"), "-c", where], text=True).strip())
    target = project.with_suffix(".jsonl")
    if not project.exists():
        make = (
            "import pathlib, sys; from annotator.jobs.sample import make_sample; make_sample(pathlib.Path(sys.argv[1]))"
        )
        run([in_venv("python"), "-c", make, str(project)])
    _annotator("export", str(project), "-o", str(target))
    _annotator("info", str(project))
    say(f"\nProject: {project}\nExport:  {target}\nIts first lines, cut at 150 characters:")
    with target.open(encoding="utf-8") as lines:
        for line in islice(lines, 3):
            say(f"  {line.rstrip()[:150]}…")
    return 0


def _annotator(*words: str) -> None:
    say("$ annotator " + " ".join(words))
    run([in_venv("annotator"), *words])
