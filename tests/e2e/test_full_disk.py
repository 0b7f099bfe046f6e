"""T10, T11: a full disk, a limit on the size of files, no file handles: told in a sentence, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import bring, project, tag, workspace
from tests.e2e import limited

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ws = workspace(project(tmp_path))
    tag(ws, bring(ws), "cue", (0, 29))
    ws.store.close()
    return ws.store.path


def child(what: str, path: Path, *, limit: int = 0, handles: int = 0, home: Path | None = None) -> dict[str, object]:
    at_home = str(home or os.environ["ANNOTATOR_HOME"])
    with tempfile.TemporaryDirectory() as folder:
        # Pipes: what is said in a file would meet the limit too.
        said_in = [Path(folder) / name for name in ("out", "err")]
        for pipe in said_in:
            os.mkfifo(pipe)
        words = (what, str(path), limit, handles, at_home, *map(str, said_in))
        child = limited.SERVER.Process(target=limited.work, args=words)
        with ThreadPoolExecutor(len(said_in)) as readers:
            reading = [readers.submit(pipe.read_text, encoding="utf-8") for pipe in said_in]
            child.start()
            child.join(60)
            child.kill()
            for pipe in said_in:
                # Who reads from a child that never came so far would wait for ever.
                with suppress(OSError):
                    os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
            stdout, stderr = (it.result() for it in reading)
    assert child.exitcode == 0, (child.exitcode, stderr)
    assert "Traceback" not in stderr, stderr
    said: dict[str, object] = json.loads(stdout.rsplit("\n", 1)[-1])
    return said | {"stderr": stderr, "stdout": stdout}


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
