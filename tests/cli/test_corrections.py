"""annotator corrections and what annotator pack says of them, as scripts meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import whoami
from annotator.jobs.consensus import take_over
from annotator.review.takeover import Rule
from annotator.whoami import Identity
from tests.cli.test_command_line import Shell, run
from tests.correcting import LISA, Team, takes
from tests.jobs.reviewed import REVIEWER

__all__ = ["run"]  # a fixture


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Everything is decided; whose turn it is is said by `be`."""
    made = Team(tmp_path, articles=2)
    take_over(made.rita, made.refs, Rule())
    for item in made.open():
        made.decide(item, takes(1, "the guideline says so")(item))
    made.rita.store.close()
    return made


def be(monkeypatch: pytest.MonkeyPatch, who: object) -> None:
    monkeypatch.setattr(whoami, "identity", lambda: Identity(who, f"desk-of-{who.name}"))  # type: ignore[attr-defined,arg-type]


@pytest.mark.usefixtures("team")
def test_they_go_out_are_answered_and_come_back(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, REVIEWER)
    Path("1.annotator-package").write_text("in the way")
    assert run("history", "rita.annotator") == 0
    steps = run.out
    assert run("pack", "rita.annotator", "-o", "1.annotator-package", "--for", "Lisa") == 1
    assert "there already" in run.err
    assert run("history", "rita.annotator") == 0
    assert run.out == steps  # nothing is told for a package that is not made
    assert run("pack", "rita.annotator", "-o", "1.annotator-package", "--for", "Lisa", "--force") == 0
    assert "corrections to their spans" in run.err
    assert run("corrections", "rita.annotator") == 0
    assert "There are no corrections" in run.err
    be(monkeypatch, LISA)
    assert run("new", "lisa.annotator", "--from", "1.annotator-package") == 0
    assert run("corrections", "lisa.annotator", "--json") == 0
    told = [json.loads(line) for line in run.out.splitlines()]
    assert len(told) > 3
    assert {one["reason"] for one in told} == {"the guideline says so"}
    assert {one["by"] for one in told} == {REVIEWER.id}
    assert run("corrections", "lisa.annotator") == 0
    assert "Rita" in run.out
    assert "Maria" not in run.out
    links = [link for one in told for piece in one["became"] for link in piece["links"]]
    assert links
    for link in links:  # two that differ in their ties only would read alike
        of = " of" if link["back"] else ""
        assert f"; {link['tie'].rpartition('/')[2]}{of} “{link['words']}”" in run.out
    chosen = next(one for one in told if one["outcome"] == "refused")
    assert run("corrections", "lisa.annotator", "--contest", chosen["id"]) == 1
    assert "Say why" in run.err
    assert run("corrections", "lisa.annotator", "--contest", chosen["id"], "--reason", "She says it.") == 0
    assert f"{len(told) - 1} corrections left" in run.err
    assert run("corrections", "lisa.annotator", "--accept", "all", "--open") == 0
    assert run.out == ""
    assert "0 corrections left" in run.err
    assert run("undo", "lisa.annotator") == 0
    assert run("corrections", "lisa.annotator", "--open", "--json") == 0
    assert len(run.out.splitlines()) == len(told) - 1
    assert run("corrections", "lisa.annotator", "--accept", "all") == 0
    assert run("pack", "lisa.annotator", "-o", "2.annotator-package") == 0
    be(monkeypatch, REVIEWER)
    for wish in (("--dry-run",), ()):
        assert run("merge", "rita.annotator", "2.annotator-package", *wish) == 0
        assert f"{len(told)} answers to corrections (1 contested)" in run.out
    assert run("review", "rita.annotator", "--layers", "Lisa,Maria", "--json") == 0, run.err
    assert json.loads(run.out)["counts"]["contested"] == 1
    assert run("check", "rita.annotator") == 0
    assert run("check", "lisa.annotator") == 0


@pytest.mark.usefixtures("team")
def test_without_corrections_nothing_is_told_and_later_all(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, REVIEWER)
    assert run("pack", "rita.annotator", "-o", "1.annotator-package", "--for", "Lisa", "--without-corrections") == 0
    assert "corrections" not in run.err
    be(monkeypatch, LISA)
    assert run("new", "lisa.annotator", "--from", "1.annotator-package") == 0
    assert run("corrections", "lisa.annotator") == 0
    assert run.out == ""
    be(monkeypatch, REVIEWER)
    assert run("pack", "rita.annotator", "-o", "2.annotator-package", "--for", "Lisa", "--since-last") == 0
    assert "corrections to their spans" in run.err
    be(monkeypatch, LISA)
    assert run("merge", "lisa.annotator", "2.annotator-package", "--dry-run") == 0
    assert "corrections" in run.out
    assert run("merge", "lisa.annotator", "2.annotator-package") == 0
    assert run("corrections", "lisa.annotator", "--json") == 0
    assert run.out


@pytest.mark.usefixtures("team")
def test_wrong_usage_is_said(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, LISA)
    assert run("corrections", "rita.annotator", "--accept", "x", "--contest", "y") == 2
    assert run("corrections", "rita.annotator", "--reason", "y") == 2
    assert run("corrections", "rita.annotator", "--accept", "abc") == 1
    assert "No correction has the id abc" in run.err
    assert run("corrections", "rita.annotator", "--accept", "all") == 1
    assert "nothing to accept" in run.err
