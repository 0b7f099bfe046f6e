"""`annotator picture`: an article as a web page, from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli.main import commands, main
from annotator.storage.store import Store
from tests.formats.test_webpage import text_of

RIVER = {
    "id": "river",
    "title": "River “rises”",
    "text": "“It rises,” said the mayor.\r\nNobody left.\n",
    "meta": {"outlet": "The Courier", "published": "2026-03-17"},
    "spans": [{"start": 0, "end": 11, "label": "quote"}, {"start": 12, "end": 16, "label": "cue"}],
}
RAIN = {"id": "rain", "title": "Rain", "text": "It rained."}
RAIN_AGAIN = {"id": "again", "title": "rain", "text": "It rained again."}
SNOW = {"id": "one", "title": "Snow", "text": "It snowed."}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Path:
    monkeypatch.chdir(tmp_path)
    lines = "".join(json.dumps(article) + "\n" for article in (RIVER, RAIN, RAIN_AGAIN))
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    assert main(["new", "p.annotator"]) == 0
    assert main(["import", "p.annotator", "in.jsonl"]) == 0
    capfdbinary.readouterr()
    return tmp_path / "p.annotator"


def run(*words: str) -> tuple[int, str]:
    """Run the command through click's own runner; return the exit status and all that was said."""
    result = CliRunner().invoke(commands, ["picture", "p.annotator", *words], standalone_mode=False)
    if result.exception is not None:
        return 1, getattr(result.exception, "message", "") or str(result.exception)
    return int(result.return_value), result.output


def test_the_page_holds_the_text_its_spans_and_what_is_around_them(project: Path, tmp_path: Path) -> None:
    status, said = run("-o", "page.html", "--article", "river")
    assert status == 0
    assert said == "'River “rises”', 2 spans into page.html\n"
    page = (tmp_path / "page.html").read_bytes().decode("utf-8")
    assert text_of(page) == RIVER["text"]
    assert 'data-t="Quote"' in page
    assert "The Courier" in page
    assert "17 March 2026" in page
    assert "<table" in page


@pytest.mark.parametrize("name", ["river", "1", "river  “RISES”"])
def test_an_article_is_named_by_id_number_or_headline(project: Path, tmp_path: Path, name: str) -> None:
    assert run("-o", "page.htm", "--article", name)[0] == 0
    assert text_of((tmp_path / "page.htm").read_bytes().decode("utf-8")) == RIVER["text"]


def test_what_is_not_wanted_is_left_out(project: Path, tmp_path: Path) -> None:
    assert run("-o", "page.html", "--article", "1", "--without", "list", "--without", "names")[0] == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<table" not in page
    assert "data-t=" not in page
    assert "<h1" in page


def test_only_spans_of_somebody(project: Path) -> None:
    assert main(["import", "p.annotator", "in.jsonl", "--as", "Noor"]) == 0
    assert run("-o", "page.html", "--article", "1", "--annotator", "Noor")[1].startswith("'River “rises”', 2 spans")
    assert run("-o", "page.html", "--article", "1")[1].startswith("'River “rises”', 4 spans")
    assert "is called 'Ada'." in run("-o", "page.html", "--article", "1", "--annotator", "Ada")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "page.pdf", "--article", "1"], "page.pdf must end in .html: the command writes web pages."),
        (["-o", "page.html"], "p.annotator has 3 articles. Say which with --article"),
        (["-o", "page.html", "--article", "snow"], "There is no article 'snow' in p.annotator"),
        (["-o", "page.html", "--article", "4"], "There is no article '4'"),
        (["-o", "page.html", "--article", ""], "There is no article ''"),
        (["-o", "page.html", "--article", "RAIN"], "'RAIN' stands for 2 articles; name one by id: "),
        (["-o", "no/page.html", "--article", "1"], "does not exist"),
        (["--article", "1"], "Missing parameter: output"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(project: Path, tmp_path: Path, words: list[str], said: str) -> None:
    status, told = run(*words)
    assert status
    assert said in re.sub(r"\s+", " ", told)
    assert not list(tmp_path.glob("page.*"))


def test_of_a_single_article_none_need_be_named(tmp_path: Path, project: Path) -> None:
    (tmp_path / "one.jsonl").write_text(json.dumps(SNOW), encoding="utf-8")
    assert main(["new", "one.annotator"]) == 0
    result = CliRunner().invoke(commands, ["picture", "one.annotator", "-o", "page.html"], standalone_mode=False)
    assert result.exception is not None
    assert str(result.exception) == "one.annotator is empty."
    assert main(["import", "one.annotator", "one.jsonl"]) == 0
    assert main(["picture", "one.annotator", "-o", "page.html"]) == 0
    assert text_of((tmp_path / "page.html").read_text(encoding="utf-8")) == "It snowed."


def test_usage_and_refusals_have_their_exit_status(project: Path) -> None:
    assert main(["picture", "p.annotator", "-o", "a.png", "--article", "1"]) == 2
    assert main(["picture", "p.annotator", "-o", "a.html"]) == 2
    assert main(["picture", "p.annotator", "-o", "a.html", "--article", "none"]) == 1
    assert main(["picture", "q.annotator", "-o", "a.html"]) == 1


def test_to_the_standard_output(project: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["picture", "p.annotator", "-o", "-", "--article", "rain"]) == 0
    page = capfdbinary.readouterr().out.decode("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert text_of(page) == "It rained."


def test_a_text_that_was_altered_is_not_shown_with_spans_at_other_words(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "text", lambda _store, _sha256: "Another text, as long as the other one was.")
    assert "was altered outside the program" in run("-o", "page.html", "--article", "1")[1]


def test_it_reads_beside_a_window_that_writes(project: Path, tmp_path: Path) -> None:
    writer = Store.open(project)
    try:
        assert run("-o", "page.html", "--article", "1")[0] == 0
    finally:
        writer.close()
