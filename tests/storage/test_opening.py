"""What is looked at before a project is opened: its tables, what lies beside it, where it lies."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.errors import NotAProject, ReadOnly, UserError
from annotator.editing.workspace import Workspace
from annotator.storage import whereabouts
from annotator.storage.check import check
from annotator.storage.fingerprint import fingerprint
from annotator.storage.layout import FINGERPRINTS, LAYOUT
from annotator.storage.store import Store
from tests.builders import ANA, bring, project, read_only_folder, tag, workspace

HOSTILE = {
    "a trigger more": "CREATE TRIGGER evil AFTER INSERT ON span BEGIN DELETE FROM text; END",
    "a view more": "CREATE VIEW evil AS SELECT 1",
    "an endless view for a table": "DROP TABLE decision; CREATE VIEW decision AS WITH RECURSIVE c(x) AS "
    "(SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c",
    "a huge view for a table": "DROP TABLE entry; CREATE VIEW entry AS SELECT zeroblob(1000000000) AS id",
    "a trigger less": "DROP TRIGGER step_stays",
    "a column more": "ALTER TABLE span ADD COLUMN more TEXT",
    "an index less": "DROP INDEX span_layer",
    "a trigger on the account of migrations": "CREATE TRIGGER evil AFTER INSERT ON _sqlite_migrations "
    "BEGIN DELETE FROM text; END",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ws = workspace(project(tmp_path))
    tag(ws, bring(ws), "quote", (0, 29))
    ws.store.close()
    return ws.store.path


def change(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_a_new_project_has_the_known_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert fingerprint(connection) == FINGERPRINTS[LAYOUT]


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("how", HOSTILE)
def test_foreign_tables_are_refused_at_once_and_left_as_they_are(path: Path, how: str, write: bool) -> None:
    change(path, HOSTILE[how])
    before = hashlib.sha256(path.read_bytes()).digest()
    began = time.process_time()
    with pytest.raises(NotAProject, match=r"other tables .* repair"):
        Store.open(path, write=write)
    assert time.process_time() - began < 1
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_thousands_of_tables_are_refused_in_time(path: Path) -> None:
    change(path, "".join(f"CREATE TABLE t{number} (a, b, c);" for number in range(2_000)))
    began = time.process_time()
    with pytest.raises(NotAProject):
        Store.open(path, write=False)
    assert time.process_time() - began < 2


def test_a_project_in_a_read_only_folder_is_read_and_not_written(path: Path) -> None:
    with read_only_folder(path) as copy:
        with closing(Store.open(copy, write=False)) as store:
            assert store.article_count() == 1
            assert list(check(store)) == []
            assert not store.writable
        with pytest.raises(ReadOnly, match="its folder is protected"):
            Store.open(copy)
        assert [file.name for file in copy.parent.iterdir()] == [copy.name]


def test_a_file_that_is_protected_is_told_from_a_folder_that_is(path: Path) -> None:
    with read_only_folder(path) as copy:
        # The block is nobody's where root runs the tests, and nobody may not open the folder again.
        nobody = os.geteuid()
        os.seteuid(os.getuid())
        copy.parent.chmod(0o777)
        os.seteuid(nobody)
        with pytest.raises(UserError, match="the file is protected"):
            Store.open(copy)


def test_work_beside_a_project_in_a_read_only_folder_is_never_left_out(path: Path) -> None:
    with closing(Store.open(path)) as store:
        tag(Workspace(store, ANA, "device"), store.article(next(store.article_ids())), "quote", (31, 40))
        with (
            read_only_folder(path, path.with_name(f"{path.name}-wal")) as copy,
            pytest.raises(UserError, match=r"holds work that is not folded in"),
        ):
            Store.open(copy, write=False)


def test_an_unclean_end_is_known_at_the_next_opening(path: Path) -> None:
    with closing(Store.open(path)) as store:
        assert not store.unclean
        copy = path.with_name("left.annotator")
        with closing(store.reader()) as reader:
            reader.connection.execute("VACUUM INTO ?", (str(copy),))
    with closing(Store.open(copy)) as store:
        assert store.unclean
    with closing(Store.open(copy)) as store:
        assert not store.unclean


MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:40 / /mnt/share rw,relatime shared:1 - {} server:/x rw
41 27 0:41 / /mnt/my\\040disk rw - ext4 /dev/sdb rw
42 27 0:42 / /mnt/share/local rw - ext4 /dev/sdc rw
"""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"])
def test_network_shares_are_known_by_the_longest_mount(kind: str) -> None:
    mounts = MOUNTS.format(kind)
    assert whereabouts.network(Path("/mnt/share/a/b.annotator"), mounts) == kind
    assert whereabouts.network(Path("/mnt/share/local/b.annotator"), mounts) == ""
    assert whereabouts.network(Path("/mnt/my disk/b.annotator"), mounts) == ""
    assert whereabouts.network(Path("/mnt/shared.annotator"), mounts) == ""


def test_a_project_on_a_share_is_read_but_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whereabouts, "network", lambda _: "nfs4")
    with pytest.raises(ReadOnly, match=r"network share \(nfs4\).*Copy it"):
        Store.open(path)
    Store.open(path, write=False).close()


@pytest.mark.parametrize(
    ("folder", "whose"),
    [
        ("Dropbox", "Dropbox"), ("Dropbox (News)", "Dropbox"), ("OneDrive - Gazette", "OneDrive"),
        ("Nextcloud", "Nextcloud"), ("Mobile Documents", "iCloud"), ("Dropboxes", ""), ("work", ""),
    ],
)  # fmt: skip
def test_folders_of_a_cloud_are_known_by_name(tmp_path: Path, folder: str, whose: str) -> None:
    assert whereabouts.cloud(tmp_path / folder / "sub" / "x.annotator") == whose


@pytest.mark.parametrize("write", [True, False])
def test_pragmas_are_as_wanted(path: Path, write: bool, each_pragma: Callable[[sqlite3.Connection], None]) -> None:
    with closing(Store.open(path, write=write)) as store:
        each_pragma(store.connection)
        if write:
            with store.writing() as connection:
                each_pragma(connection)
                assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
                assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.fixture
def each_pragma() -> Callable[[sqlite3.Connection], None]:
    def look(connection: sqlite3.Connection) -> None:
        wanted = {"foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1, "recursive_triggers": 1}
        for name, value in wanted.items():
            assert connection.execute(f"PRAGMA {name}").fetchone() == (value,), name
        assert connection.getlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH) == 10

    return look
