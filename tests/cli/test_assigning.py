"""Sharing articles out on the command line, and who is how far."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from annotator import whoami
from annotator.cli.main import main
from annotator.editing.articles import set_state
from annotator.storage.store import Store
from tests.builders import TEXT, bring, project, tag, workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project of six articles, mine and not assigned."""
    made = project(tmp_path)
    who = whoami.save_identity("Lena")
    ws = workspace(made, who.annotator, who.device)
    for number in range(6):
        bring(ws, f"{number} {TEXT}", f"Article {number}")
    ws.store.close()
    return made


def run(capfd: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    out, err = capfd.readouterr()
    return status, out, err


def test_shares_are_told_written_and_taken_away(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command = ("assign", path, "--to", "Bo", "--to", "Lena", "--rule", "split", "--overlap", 34)
    status, out, err = run(capfd, *command, "--dry-run")
    assert status == 0
    assert "Bo" in out
    assert "5 articles assigned" in out
    assert "4 articles assigned" in out
    assert "Nothing was written." in err
    status, out, err = run(capfd, "people", path)
    assert "assigned" not in out
    status, out, err = run(capfd, *command)
    assert "Lena leads the project now" in err
    status, out, err = run(capfd, "people", path, "--json")
    people = json.loads(out)
    assert [(one["name"], one["leads"]) for one in people] == [("Bo", False), ("Lena", True)]
    assert sorted(one["rounds"][0]["assigned"] for one in people) == [4, 5]
    # Again: whoever is named now is known, and nothing is to be done.
    status, out, err = run(capfd, *command, "--json")
    assert json.loads(out)["assigned"] == []
    assert "leads" not in err
    status, out, err = run(capfd, "assign", path, "--to", "Bo", "--take-away", "--json")
    assert len(json.loads(out)["taken_away"]) in (4, 5)
    status, out, err = run(capfd, "assign", path, "--to", "Lena", "--articles", "nowhere")
    assert (status, err) == (1, "No article is found for 'nowhere'.\n")
    status, out, err = run(capfd, "undo", path)
    assert out.startswith("Taken back: Take assigned articles away")
    assert run(capfd, "check", path)[0] == 0


def test_only_the_lead_assigns_and_two_of_one_name_stay_two(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "assign", path, "--to", "Lena")
    run(capfd, "people", path, "--add", "Bo", "--add", "Bo")
    status, out, err = run(capfd, "people", path, "--json")
    assert [one["name"] for one in json.loads(out)] == ["Bo", "Bo", "Lena"]
    status, out, err = run(capfd, "assign", path, "--to", "Bo")
    assert status == 2
    assert "is the name of 2 annotators" in err
    one = json.loads(run(capfd, "people", path, "--json")[1])[0]["id"]
    status, out, err = run(capfd, "assign", path, "--to", one, "--as", one)
    assert status == 1
    assert "for the lead" in err
    status, out, err = run(capfd, "assign", path)
    assert status == 2
    status, out, err = run(capfd, "assign", path, "--to", "0190a000-0000-7000-8000-00000000000f")
    assert (status, "has the id" in err) == (2, True)


def test_progress_is_told_in_words(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "assign", path, "--to", "Lena", "--open")
    who = whoami.identity()
    assert who is not None
    ws = workspace(path, who.annotator, who.device)
    one, two = (ws.store.article(id) for id in list(ws.store.article_ids())[:2])
    assert one is not None
    assert two is not None
    tag(ws, one, "quote", (0, 3))
    ws.do(set_state(two.id, None, ws.me, "done"))
    ws.store.close()
    status, out, _err = run(capfd, "people", path)
    assert status == 0
    assert "6 articles assigned: 4 new, 1 started, 1 done; 1 span" in out
    run(capfd, "assign", path, "--to", "Lena", "--round", 2)
    assert "reading 2: 6 articles assigned: 6 new" in run(capfd, "people", path)[1]
    with closing(Store.open(path, write=False)) as store:
        assert not store.sealed
