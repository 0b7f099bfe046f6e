"""T10, T11: a full disk, a limit on the size of files, no file handles: told in a sentence, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import bring, project, tag, workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")

CHILD = """
import json, os, resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
what, path, limit, handles = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
from annotator import whoami
from annotator.cli.main import main
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from annotator.storage import backup, layout
from tests.builders import ANA, tag
import annotator.jobs.exporting, annotator.jobs.importing, annotator.formats.canonical, concurrent.futures.thread
import sqlite_utils, annotator.storage.migrations, annotator.storage.check
def tighten():
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if handles:
        there = len(os.listdir("/proc/self/fd"))
        resource.setrlimit(resource.RLIMIT_NOFILE, (there + handles - 1, there + handles - 1))
said = {"done": [], "error": ""}
try:
    if what == "edit":
        store = Store.open(path)
        work = Workspace(store, ANA, "laptop")
        article = store.article(next(store.article_ids()))
        tighten()
        for number in range(3000):
            tag(work, article, "quote", (number % 40, number % 40 + 5))
            said["done"].append(number)
    else:
        tighten()
        said["error"] = str(main(json.loads(what)))
except UserError as error:
    said["error"] = f"{type(error).__name__}: {error}"
os.write(1, b"\\n" + json.dumps(said).encode())
os._exit(0)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ws = workspace(project(tmp_path))
    tag(ws, bring(ws), "cue", (0, 29))
    ws.store.close()
    return ws.store.path


def child(what: str, path: Path, *, limit: int = 0, handles: int = 0, home: Path | None = None) -> dict[str, object]:
    words = [sys.executable, "-c", CHILD, what, str(path), str(limit), str(handles)]
    env = {**os.environ, "PYTHONPATH": os.getcwd(), **({"ANNOTATOR_HOME": str(home)} if home else {})}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr, done.stderr
    said: dict[str, object] = json.loads(done.stdout.rsplit("\n", 1)[-1])
    return said | {"stderr": done.stderr, "stdout": done.stdout}


def spans(path: Path) -> int:
    with closing(Store.open(path)) as store:
        assert list(check(store)) == []
        return len(store.spans(next(store.article_ids()), VisibleLayers.ALL))


def test_editing_up_to_a_limit_loses_nothing_that_was_done(path: Path) -> None:
    said = child("edit", path, limit=path.stat().st_size + 500_000)
    done = said["done"]
    assert isinstance(done, list)
    assert len(done) > 10
    assert str(said["error"]).startswith("NotSaved: ")
    assert spans(path) in (len(done) + 1, len(done) + 2)


COMMANDS = {
    "export": ["export", "{path}", "-o", "{folder}/out.jsonl"],
    "backup": ["backups", "{path}", "--now"],
    "restore": ["restore", "{path}", "-o", "{folder}/again.annotator"],
    "repair": ["repair", "{path}", "-o", "{folder}/again.annotator"],
    "new": ["new", "{folder}/again.annotator"],
    "whoami": ["whoami", "--name", "Somebody Else"],
    "import": ["import", "{path}", "{folder}/many.jsonl"],
}


def command(name: str, path: Path) -> str:
    return json.dumps([word.format(path=path, folder=path.parent) for word in COMMANDS[name]])


def many(folder: Path) -> None:
    lines = [json.dumps({"text": f"Article {number}. " + "word " * 2_000}) for number in range(100)]
    (folder / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_meets_the_limit_says_so_and_leaves_the_old(name: str, path: Path, home: Path) -> None:
    many(path.parent)
    (path.parent / "out.jsonl").write_text("the old export")
    child(json.dumps(["whoami", "--name", "Ana"]), path, home=home)
    kept = {file: file.read_bytes() for file in (path.parent / "out.jsonl", home / "config" / "identity.toml")}
    said = child(command(name, path), path, limit=60, home=home)
    assert said["error"] == "1", said
    assert str(said["stderr"]).strip()
    assert not (path.parent / "again.annotator").exists()
    assert {file: file.read_bytes() for file in kept} == kept
    left = {file.name for file in path.parent.iterdir() if file.name.endswith(".new")}
    assert left == set()
    assert spans(path) == 1


@pytest.mark.parametrize("name", ["export", "backup", "import", "new"])
@pytest.mark.parametrize("handles", [1, 3, 5])
def test_without_file_handles_a_sentence_and_no_loss(name: str, handles: int, path: Path, home: Path) -> None:
    many(path.parent)
    said = child(command(name, path), path, handles=handles, home=home)
    assert said["error"] in ("0", "1"), said
    assert said["error"] == "0" or str(said["stderr"]).strip()
    with closing(Store.open(path)) as store:
        assert list(check(store)) == []


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    )
    if not mounted:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_disk_that_is_full(small: Path, home: Path) -> None:
    ws = workspace(project(small))
    tag(ws, bring(ws), "cue", (0, 29))
    ws.store.close()
    path = ws.store.path
    said = child("edit", path, home=home)
    done = said["done"]
    assert isinstance(done, list)
    assert str(said["error"]).startswith("NotSaved: "), said["error"]
    for name in ("export", "new", "repair"):
        with (small / "ballast").open("ab", buffering=0) as ballast, suppress(OSError):
            while True:
                ballast.write(b"x" * 4_096)
        said = child(command(name, path), path, home=home)
        assert said["error"] == "1", (name, said)
        assert str(said["stderr"]).strip()
    # Nothing can be made beside it now; it is read all the same.
    assert child(json.dumps(["info", str(path)]), path, home=home)["error"] == "0"
    (small / "ballast").unlink()
    assert spans(path) in (len(done) + 1, len(done) + 2)
