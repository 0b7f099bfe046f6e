"""annotator registry show, rename, merge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import assets
from annotator.cli.main import main
from annotator.domain import attributes
from annotator.domain.change import Entry
from annotator.domain.scheme import parse
from annotator.editing import registry as editing
from annotator.storage.store import Store
from tests.builders import bring, tag, workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    project = tmp_path / "p.annotator"
    Store.create(project, parse(assets.scheme_text(), "news-sourcing.toml"))
    ws = workspace(project)
    article = bring(ws, "Ada Ødegård spoke. The mayor said no.")
    for id, name, place in (("1", "Ada Ødegård", (0, 11)), ("2", "The mayor", (19, 28))):
        span = tag(ws, article, "source", place)
        own = attributes.of_label(ws.store.scheme(), "source")
        values = attributes.with_value(own, span.attributes, "entity", id)
        ws.do(editing.link(span, values, "t", Entry(id, "person", name)))
    ws.store.close()
    return project


def test_show_rename_merge_undo(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registry", "show", str(path)]) == 0
    assert capsys.readouterr().out == "Ada Ødegård (person, 1): 1 link\nThe mayor (person, 2): 1 link\n"
    assert main(["registry", "rename", str(path), "ada odegard", "Ada M. Ødegård", "--keep"]) == 0
    assert main(["registry", "merge", str(path), "the mayor", "1"]) == 0
    capsys.readouterr()
    assert main(["registry", "show", str(path)]) == 0
    assert capsys.readouterr().out == "Ada M. Ødegård (person, 1): 2 links; also Ada Ødegård, The mayor\n"
    assert main(["registry", "show", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["aliases"], told["merged"][0]["id"]) == ("Ada M. Ødegård", ["Ada Ødegård"], "2")
    assert sorted(link["words"] for link in told["links"]) == ["Ada Ødegård", "The mayor"]
    assert main(["undo", str(path)]) == 0
    assert main(["check", str(path)]) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["merge", "1", "1"], "An entry cannot be merged with itself."),
        (["merge", "1", "nobody"], "Nobody of the registry is called 'nobody'."),
        (["rename", "1", "  "], "A name is needed."),
        (["rename", "1", "Ada Ødegård"], "It has this name already."),
        (["rename", "1", "x" * 501], "at most 500"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    path: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command, *rest = arguments
    assert main(["registry", command, str(path), *rest]) == 1
    assert words in capsys.readouterr().err


def test_of_two_with_one_name_an_id_is_asked_for(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registry", "rename", str(path), "2", "ADA ØDEGÅRD"]) == 0
    assert main(["registry", "merge", str(path), "Ada Ødegård", "2"]) == 1
    assert "the name of 2 entries: 1, 2" in capsys.readouterr().err
    assert main(["registry", "merge", str(path), "1", "2"]) == 0
    assert main(["registry", "merge", str(path), "2", "1"]) == 1  # an id of a merged one stands for both
    assert "itself" in capsys.readouterr().err
