"""Which project a package belongs to, and where a new one goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator import assets, paths, recent
from annotator.domain import clock, ids
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.scheme import parse
from annotator.exchange.header import ENDING, Header
from annotator.exchange.package import BadPackage, glanced
from annotator.jobs.opening import place_for, project_of
from annotator.jobs.packing import pack
from annotator.recent import Recent
from annotator.storage.store import Store
from annotator.whoami import Identity

LENA, BO = (Identity(Annotator(ids.uuid7(), name), ids.uuid7()) for name in ("Lena", "Bo"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    project = tmp_path / "lena" / "Morning.annotator"
    project.parent.mkdir()
    Store.create(project, parse(assets.scheme_text(), "news-sourcing.toml"))
    store = Store.open(project)
    path = tmp_path / f"Morning for Bo{ENDING}"
    pack(store, LENA, path, recipients=(BO.annotator,))
    store.close()
    return path


def test_a_glance_tells_what_opening_tells_and_finds_every_changed_byte(package: Path) -> None:
    header = glanced(package)
    assert header.recipients == (BO.annotator,)
    assert header.name == "Morning"
    data = bytearray(package.read_bytes())
    for place in range(0, len(data), 7):
        data[place] ^= 1
        package.write_bytes(data)
        with pytest.raises(BadPackage):
            glanced(package)
        data[place] ^= 1


def test_a_new_project_goes_beside_the_package(package: Path) -> None:
    header = glanced(package)
    assert project_of(header, package, BO, BO.annotator) is None
    assert place_for(header, package, BO.annotator) == package.with_name("Morning Bo.annotator")
    package.with_name("Morning Bo.annotator").write_bytes(b"something else")
    assert project_of(header, package, BO, BO.annotator) is None
    assert place_for(header, package, BO.annotator) == package.with_name("Morning Bo 2.annotator")


@pytest.mark.skipif(os.name != "posix", reason="folders are made read-only as on Linux")
def test_where_nothing_can_be_written_it_goes_into_the_data_folder(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access
    beside = package.parent
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != beside and real(path, mode))
    assert place_for(glanced(package), package, BO.annotator) == paths.data_dir() / "Morning Bo.annotator"


def test_a_project_that_was_open_lately_is_known_by_its_id(package: Path) -> None:
    project = package.parent / "lena" / "Morning.annotator"
    recent.remember(Recent(str(package.parent / "gone.annotator"), clock.now()))
    recent.remember(Recent(str(project), clock.now()))
    assert project_of(glanced(package), package, LENA, LENA.annotator) == project
    assert project_of(glanced(package), package, BO, BO.annotator) == project  # who stands there is Bo as well


def test_names_from_outside_cannot_leave_the_folder(package: Path) -> None:
    header: Header = glanced(package)._replace(name="../../etc/x\n")
    place = place_for(header, package, Annotator("1", "../Bo"))
    assert place.parent == package.parent
    assert place.suffix == ".annotator"
    with pytest.raises(UserError):
        glanced(package.with_name("gone"))
