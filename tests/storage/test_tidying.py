"""Who only reads leaves a project as one file, and never touches what somebody else still needs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.cli.main import main
from annotator.storage import tidying
from annotator.storage.reader import Reader
from annotator.storage.store import Store
from tests.builders import bring, project, tag, workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ws = workspace(project(tmp_path))
    tag(ws, bring(ws), "quote", (0, 29))
    ws.store.close()
    return ws.store.path


def beside(path: Path) -> set[str]:
    """Return the names of the files in the project's folder, without the lock."""
    return {entry.name for entry in path.parent.iterdir() if not entry.name.endswith(".lock")}


@pytest.mark.parametrize("command", ["check", "info", "history", "export"])
def test_a_command_that_reads_leaves_one_file(path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert main([command, str(path)]) == 0
    assert beside(path) == {path.name}
    assert path.read_bytes() == before


def test_no_lock_is_made_where_there_was_none(path: Path) -> None:
    for entry in path.parent.glob(".*.lock"):
        entry.unlink()
    Store.open(path, write=False).close()
    assert {entry.name for entry in path.parent.iterdir()} == {path.name}


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a right there")
def test_through_a_link_too(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere"
    link.mkdir()
    (link / "Link.annotator").symlink_to(path)
    Store.open(link / "Link.annotator", write=False).close()
    assert beside(path) == {path.name, "elsewhere"}


def test_the_last_of_two_readers_tidies(path: Path) -> None:
    first, second = Store.open(path, write=False), Reader(path)
    first.close()
    assert f"{path.name}-shm" in beside(path)
    assert second.article_count() == 1  # its shared memory is still there
    second.close()
    assert beside(path) == {path.name}


def test_a_reader_that_outlives_the_writer_tidies(path: Path) -> None:
    writer = Store.open(path)
    reader = Store.open(path, write=False)
    reader.step_count()
    writer.close()
    reader.close()
    assert beside(path) == {path.name}


def test_a_reader_beside_a_writer_leaves_its_files(path: Path) -> None:
    """Empty too: the writer folded all in, and goes on."""
    with closing(Store.open(path)) as writer:
        assert writer.fold_in()
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0
        Store.open(path, write=False).close()
        writer.reader().close()
        assert f"{path.name}-wal" in beside(path)
        with writer.writing() as connection:
            connection.execute("INSERT INTO project (key, value) VALUES ('k', 'v')")
    with closing(Store.open(path, write=False)) as again:
        assert again.about()["k"] == "v"


def test_what_a_crash_left_stays(path: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with closing(Store.open(path)) as writer:
        with writer.writing() as connection:
            connection.execute("INSERT INTO project (key, value) VALUES ('k', 'v')")
        for name in (path.name, f"{path.name}-wal"):
            shutil.copy(path.with_name(name), crashed / name)
    wal = crashed / f"{path.name}-wal"
    before = wal.read_bytes()
    assert before
    with closing(Store.open(crashed / path.name, write=False)) as reader:
        assert reader.about()["k"] == "v"
    assert wal.read_bytes() == before


def test_another_program_that_reads_keeps_what_it_needs(path: Path) -> None:
    words = (
        "import sys; from pathlib import Path; from annotator.storage.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), write=False); print(store.step_count(), flush=True)\n"
        "sys.stdin.readline(); print(store.step_count(), flush=True); store.close()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", words, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        count = other.stdout.readline()
        Store.open(path, write=False).close()
        assert f"{path.name}-shm" in beside(path)
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == count
    assert other.returncode == 0
    assert beside(path) == {path.name}


def test_what_is_no_project_is_left_alone(tmp_path: Path) -> None:
    odd = tmp_path / "odd.annotator"
    odd.write_bytes(b"no database")
    wal = tmp_path / "odd.annotator-wal"
    wal.touch()
    tidying.tidy(odd)
    tidying.tidy(tmp_path / "not there")
    assert odd.read_bytes() == b"no database"
