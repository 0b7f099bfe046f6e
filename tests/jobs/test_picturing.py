"""A web page of an article into its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.errors import UserError
from annotator.formats.depicted import Parts
from annotator.formats.webpage import page
from annotator.jobs.picturing import numbered, write_page
from tests.builders import read_only_folder
from tests.formats.depicting import depicted, sample

NOWHERE = Path("/nowhere/project.annotator")


def test_a_page_is_written_whole_and_tells_how_far_it_is(tmp_path: Path) -> None:
    target, told = tmp_path / "page.html", []
    done = write_page(sample(), Parts(), target, NOWHERE, progress=lambda *it: told.append(it))
    assert done.files == (target,)
    assert target.read_bytes() == page(sample(), Parts()).encode("utf-8")
    assert [it.name for it in tmp_path.iterdir()] == ["page.html"]
    assert told == sorted(told)
    assert told[-1] == (len(sample().text), len(sample().text))


def test_stopped_it_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text("old", encoding="utf-8")
    looks = iter([False, False, True])
    assert write_page(sample(), Parts(), target, NOWHERE, cancelled=lambda: next(looks)).stopped
    assert target.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_bad_places_are_told_and_nothing_is_lost(tmp_path: Path) -> None:
    project = tmp_path / "p.annotator"
    project.write_bytes(b"mine")
    for target, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "page.html", "does not exist"),
        (project, "is the project itself"),
        (project.with_name(f"{project.name}-wal"), "or a file that belongs to it"),
        (tmp_path / ("x" * 300), "cannot be written"),
    ):
        with pytest.raises(UserError, match=words):
            write_page(sample(), Parts(), target, project)
    assert project.read_bytes() == b"mine"
    with read_only_folder(project) as copy, pytest.raises(UserError, match="cannot be written"):
        write_page(sample(), Parts(), copy.parent / "page.html", NOWHERE)


def test_fifty_thousand_words_in_one_paragraph(tmp_path: Path) -> None:
    text = "word " * 50_000
    done = write_page(depicted(text, []), Parts(), tmp_path / "page.html", NOWHERE)
    assert done.files[0].stat().st_size > len(text)


def test_numbers_stand_before_the_ending() -> None:
    assert numbered(Path("a/b.c.png"), 3) == Path("a/b.c-3.png")
