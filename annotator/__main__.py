"""The front door: a project path, `demo` or nothing opens the window, other words go to the command line."""

from __future__ import annotations

import sys
from pathlib import Path

COMMANDS = frozenset({
    "agreement", "assign", "backups", "check", "corrections", "desktop", "export", "history", "import", "info",
    "keys", "merge", "new", "pack", "packages", "people", "picture", "purge", "registry", "remarks", "repair",
    "restore", "review", "scheme", "time", "trust", "undo", "unmerge", "whoami",
})  # fmt: skip
"""Words of the command line; a project that is called like one is opened as ./NAME."""


def main() -> int:
    """Run the program with the arguments of the process; return the exit status."""
    words = sys.argv[1:]
    if words[:1] == ["demo"] and "--help" in words:
        sys.argv[1:] = words = ["--help"]
    if len(words) > 1 or (words and (words[0] in COMMANDS or words[0].startswith("-"))):
        from annotator.cli.main import main as command_line

        return command_line()
    if not words or words[0] == "demo":
        return _window(None, sample=bool(words))
    project = Path(words[0])
    if not project.exists():
        print(f"{project}: no such project; `annotator new {project}` makes one", file=sys.stderr)
        return 1
    return _window(project)


def _window(project: Path | None, *, sample: bool = False) -> int:
    from annotator.ui.start import run

    return run(project, sample=sample)


if __name__ == "__main__":
    sys.exit(main())
