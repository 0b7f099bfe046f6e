"""annotator pack and annotator new --from, as scripts meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_command_line import Shell, run

__all__ = ["run"]  # a fixture


@pytest.fixture
def filled(run: Shell, tmp_path: Path) -> Shell:
    (tmp_path / "c.txt").write_text("A headline.\n\nThe quay is rebuilt.", encoding="utf-8")
    assert run("import", "p.annotator", "a.txt", "c.txt") == 0
    return run


def test_a_project_goes_out_and_opens_elsewhere(filled: Shell, tmp_path: Path) -> None:
    assert filled("pack", "p.annotator", "-o", "bo.annotator-package", "--for", "Bo") == 0
    assert "Bo is new here" in filled.err
    assert "You lead this project from now on" in filled.err
    assert filled.out == ""
    assert filled("new", "bo.annotator", "--from", "bo.annotator-package") == 0
    assert "2 articles" in filled.err
    assert filled("check", "bo.annotator") == 0
    assert filled("pack", "p.annotator", "-o", "bo.annotator-package", "--for", "Bo") == 1
    assert "is there already" in filled.err
    assert filled("pack", "p.annotator", "-o", "bo.annotator-package", "--for", "Bo", "--force", "--since-last") == 0
    assert "nothing new since the last package" in filled.err
    assert filled("new", "bo.annotator", "--from", "bo.annotator-package") == 1
    assert "exists already" in filled.err
    assert filled("new", "x.annotator", "--from", "bo.annotator-package", "--scheme", "claims-only") == 2
    assert filled("new", "x.annotator", "--from", "a.txt") == 1
    assert not (tmp_path / "x.annotator").exists()


def test_articles_are_chosen_by_words_or_ids(filled: Shell) -> None:
    words = ("pack", "p.annotator", "--for", "Bo", "--json", "--force", "-o", "b.annotator-package", "--articles")
    assert filled(*words, "REBUILT") == 0
    told = json.loads(filled.out)
    assert (told["articles"], told["layers"], told["led"]) == (1, "none", True)
    assert [one["name"] for one in told["recipients"]] == ["Bo"]
    assert filled(*words, "nowhere") == 1
    assert "No article has 'nowhere'" in filled.err
    assert filled("pack", "p.annotator", "--for", "0190a000-0000-7000-8000-0000000000ff", "-o", "c") == 2
