"""What commands print to somebody who tags blind is the same with and without another's work, byte for byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator import whoami
from annotator.cli.main import main
from annotator.domain.article import Article
from annotator.editing import articles
from tests.blind import BOS, NAME, TRACE, own, twice, working
from tests.builders import ANA, BO

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("info", NAME), ("info", NAME, "--json"), ("history", NAME), ("history", NAME, "--json"), ("export", NAME),
    ("export", NAME, "--state", "done"), ("export", NAME, "--annotator", BO.id),
    ("export", NAME, "--layer", "imported"),
    ("registry", "show", NAME), ("registry", "show", NAME, "--json"),
    ("registry", "rename", NAME, f"{TRACE} Hill", "X"),
    ("scheme", "worklist", NAME), ("scheme", "worklist", NAME, "--json"), ("scheme", "show", NAME),
    ("picture", NAME, "--article", "{blind}", "-o", "-"), ("picture", NAME, "--article", TRACE, "-o", "-"),
    ("time", NAME), ("check", NAME), ("check", NAME, "--json"), ("keys",), ("people", NAME), ("people", NAME, "--json"),
    ("assign", NAME, "--to", BO.id, "--dry-run"), ("assign", NAME, "--to", BO.id, "--articles", TRACE, "--dry-run"),
    ("export", NAME, "--annotator", TRACE), ("purge", NAME, "{blind}"), ("undo", NAME, "--as", TRACE),
)  # fmt: skip


@pytest.fixture
def ana(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoami, "identity", lambda: whoami.Identity(ANA, "laptop"))


def printed(
    folder: Path, blind: Article, capfd: pytest.CaptureFixture[str]
) -> dict[tuple[str, ...], tuple[object, ...]]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        found: dict[tuple[str, ...], tuple[object, ...]] = {}
        for command in COMMANDS:
            status = main([word.format(blind=blind.id) for word in command])
            out, err = capfd.readouterr()
            found[command] = (status, out, err)
        return found
    finally:
        os.chdir(before)


@pytest.mark.usefixtures("ana")
def test_commands_tell_nothing_of_what_is_sealed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    without, with_, blind, _open = twice(tmp_path, fork=False)
    before, sealed = printed(without.parent, blind, capfd), printed(with_.parent, blind, capfd)
    assert {command: one for command, one in sealed.items() if one != before[command]} == {}
    for command, (_status, out, err) in sealed.items():
        said = " ".join(command)
        assert BOS not in f"{out}{err}"
        assert TRACE in said or TRACE not in f"{out}{err}", said
    assert "left out where you tag blind" in str(sealed["export", NAME][2])
    assert sealed["export", NAME][0] == 0
    with working(with_) as ws:
        ws.do(articles.set_state(blind.id, own(ws, blind), ANA, "done"))
    opened = printed(with_.parent, blind, capfd)
    for command in (("export", NAME), ("history", NAME), ("registry", "show", NAME)):
        assert TRACE in str(opened[command][1]), command
    assert "left out where you tag blind" not in str(opened["export", NAME][2])
