"""A package stands in its place whole, or what stood there before stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import keys
from annotator.domain.errors import UserError
from annotator.exchange import package
from annotator.exchange.header import Line
from tests.packages import HEADER, signed, small, step


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "out" / "p.annotator-package"


@pytest.fixture(autouse=True)
def folder(file: Path) -> Path:
    file.parent.mkdir()
    return file.parent


def test_a_file_that_is_there_is_replaced_only_when_told(file: Path, folder: Path) -> None:
    package.write(file, HEADER, small())
    before = file.read_bytes()
    with pytest.raises(UserError, match="is there already; nothing was written"):
        package.write(file, HEADER, [])
    assert file.read_bytes() == before
    package.write(file, HEADER, [], replace=True)
    assert file.read_bytes() != before
    assert list(folder.iterdir()) == [file]


def test_a_file_that_came_meanwhile_stays(file: Path, folder: Path) -> None:
    def content() -> Iterator[Line]:
        yield step(1)
        file.write_bytes(b"a colleague's")

    with pytest.raises(UserError, match="is there already"):
        package.write(file, HEADER, content())
    assert file.read_bytes() == b"a colleague's"
    assert list(folder.iterdir()) == [file]


@pytest.mark.parametrize("there", [False, True])
def test_stopped_half_way_nothing_is_left(file: Path, folder: Path, there: bool) -> None:
    if there:
        file.write_bytes(b"before")

    def content() -> Iterator[Line]:
        yield step(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        package.write(file, HEADER, content(), replace=True)
    assert [path.read_bytes() for path in folder.iterdir()] == ([b"before"] if there else [])


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_full_disk_leaves_the_old_file(file: Path, folder: Path) -> None:
    import resource

    package.write(file, HEADER, small())
    before = file.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for limit in (10, 60, 20_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            with pytest.raises(UserError, match="was not written: File too large"):
                package.write(file, HEADER, (step(number) for number in range(1, 5_000)), replace=True)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert file.read_bytes() == before
        assert list(folder.iterdir()) == [file]


def test_a_disk_that_fails_at_the_last_moment(file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError, match="Input/output error"):
        package.write(file, HEADER, small())
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_it_is_as_open_as_any_file_of_the_user(file: Path) -> None:
    mask = os.umask(0o027)
    try:
        package.write(file, HEADER, small())
    finally:
        os.umask(mask)
    assert file.stat().st_mode & 0o777 == 0o640
    file.chmod(0o600)
    package.write(file, HEADER, small(), replace=True)
    assert file.stat().st_mode & 0o777 == 0o600


def test_places_where_no_package_can_stand(tmp_path: Path, folder: Path) -> None:
    for target, words in (
        (folder, "is a folder"),
        (tmp_path / "none" / "p.annotator-package", "does not exist"),
        (folder / "p.annotator", "name of a project"),
        (folder / ("x" * 300 + ".annotator-package"), "was not written: File name too long"),
    ):
        with pytest.raises(UserError, match=words):
            package.write(target, HEADER, small(), replace=True)
    assert list(folder.iterdir()) == []


def test_the_private_key_stands_in_no_package(file: Path) -> None:
    package.write(file, signed(), small(), keys.sign)
    secret = keys.seed()
    import gzip

    for data in (file.read_bytes(), gzip.decompress(file.read_bytes())):
        for form in (secret.encode(), bytes.fromhex(secret)):
            assert form not in data
