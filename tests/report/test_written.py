"""Reports as table and web page: nothing of a name becomes a formula, a column, markup or a script."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.report import page, written
from annotator.report.sheet import Confused, Estimate, Head, Line, Note, Sheet, Two

NONE = Estimate(None, why="no common article")
EVIL = '=HYPERLINK("x")|<script>alert(1)</script>\t&\n`[a](javascript:b)`'


def sheet(name: str = "Ana") -> Sheet:
    return Sheet(
        f"Agreement: {name}", f"2 articles by {name}", "F1, same place exactly", "F1, any overlap",
        (Head("Span F1, exact", "with label", Estimate(0.76, 0.73, 0.79)), Head("Articles done", name, None, "1 / 2")),
        (Line("", "with label", Estimate(0.76, 0.73, 0.79), Estimate(0.84), 52),
         Line("", "any label", Estimate(0.81, some="2 of 3 pairs"), Estimate(0.97), 52)),
        (name, "Bo", "Cleo"),
        (Two(0, 1, Estimate(0.5, 0.4, 0.6), Estimate(0.75), 40), Two(0, 2, NONE, NONE, 0),
         Two(1, 2, Estimate(1.0), Estimate(1.0), 12)),
        (Line("quote", name, Estimate(0.81, 0.7, 0.9), Estimate(0.9), 30, "#0072B2", "#56B4E9"),
         Line("cue", "Cue", Estimate(None, why="too few spans"), Estimate(None, why="too few spans"), 3)),
        (Line("a1", name, Estimate(0.4), Estimate(0.6), 20),),
        Confused(("quote", "cue", ""), (name, "Cue", "nothing"), ((8, 1, 1), (0, 2, 0), (3, 0, 0)), f"Rows: {name}"),
        (Note(f"{name}: few", True), Note("1,000 samples")), f"{name} least", "least", "lowest first", f"by {name}",
    )  # fmt: skip


def of(found: Sheet) -> str:
    return "".join(page.pieces(found))


def test_the_table_holds_every_figure_once() -> None:
    found = written.rows(sheet())
    assert [row[0] for row in found] == ["All", "All", "Pair", "Pair", "Pair", "Label", "Label", "Article",
                                         *["Taken for one another"] * 5]  # fmt: skip
    assert written.cells(found[0]) == ["All", "with label", "0.760", "0.730", "0.790", "0.840", "52", ""]
    assert written.cells(found[1]) == ["All", "any label", "0.810", "", "", "0.970", "52", "2 of 3 pairs"]
    assert written.cells(found[2]) == ["Pair", "Ana – Bo", "0.500", "0.400", "0.600", "0.750", "40", ""]
    assert written.cells(found[3])[2:] == ["", "", "", "", "0", "no common article"]
    assert written.cells(found[-1]) == [
        "Taken for one another",
        "nothing / Ana",
        "",
        "",
        "",
        "",
        "3",
        "100 % of the row",
    ]


def test_a_share_of_few_spans_is_as_pale_as_the_least() -> None:
    few = Confused(("a", ""), ("A", "nothing"), ((4, 0), (9, 1)), "", 5)
    assert few.weight(0, 0) < few.weight(1, 1) < few.weight(1, 0)
    assert few.weight(0, 1) == 0


def test_percents_are_of_the_row_and_a_small_one_is_not_none() -> None:
    few = Confused(("a", ""), ("A", "nothing"), ((999, 1), (3, 0)), "")
    assert [[few.percent(row, column) for column in (0, 1)] for row in (0, 1)] == [[">99", "<1"], ["100", ""]]
    even = Confused(("a", ""), ("A", "nothing"), ((2, 1), (199, 1)), "")
    assert [even.percent(0, 0), even.percent(0, 1), even.percent(1, 1)] == ["67", "33", "1"]


@given(name=st.one_of(st.text(max_size=30), st.sampled_from([EVIL, "+1", "-2", "@a", "＝b", "\t=c", "a|b", "\\"])))
def test_csv_and_tabs_hold_no_formula_and_no_further_column(name: str) -> None:
    found = sheet(name)
    rows = list(csv.reader(io.StringIO(b"".join(written.csv(found)).decode("utf-8-sig"), newline="")))
    assert [len(row) for row in rows] == [8] * (1 + len(written.rows(found)))
    lines = written.tabbed(found).split("\n")
    assert [line.count("\t") for line in lines] == [7] * (1 + len(written.rows(found))) + [0]
    cells = [cell for row in (*rows, *(line.split("\t") for line in lines)) for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" \xa0").startswith(("=", "+", "-", "@", "＝", "\t", "\r"))]


@given(name=st.one_of(st.text(max_size=30), st.just(EVIL)))
def test_markdown_keeps_its_columns(name: str) -> None:
    lines = written.markdown(sheet(name)).rstrip("\n").split("\n")
    bare = [line.replace("\\\\", "").replace("\\|", "") for line in lines]
    assert {line.count("|") for line in bare} == {9}
    assert "<script" not in written.markdown(sheet(EVIL))
    assert r"\[a\](javascript:b)\`" in written.markdown(sheet(EVIL))


class Reader(HTMLParser):
    """Collects tags, and looks that what is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("name", ["Ana", EVIL, "a" * 400, "</style><b>", '" onload="x'])
def test_the_page_is_whole_and_runs_and_loads_nothing(name: str) -> None:
    read, plain = parsed(of(sheet(name))), parsed(of(sheet()))
    assert [tag for tag, _ in read.tags] == [tag for tag, _ in plain.tags]  # no name makes a tag
    policy = next(attrs["content"] for tag, attrs in read.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object", "a", "form", "base"}
    # Nor does a style or a namespace: one file that knows no other place.
    assert not [word for word in ("://", "url(", "@import", "@font-face", "//") if word in of(sheet())]
    names = {key for _, attrs in read.tags for key in attrs}
    assert not {key for key in names if key.startswith("on")} | names & {"src", "href"}


def test_the_page_tells_figures_and_why_there_is_none() -> None:
    text = parsed(of(sheet())).text
    for said in ("0.76", "0.73 – 0.79", "no common article", "too few spans", "1 / 2", "nothing", "1,000 samples"):
        assert said in text


def test_a_report_on_nothing_is_still_a_page() -> None:
    empty = replace(sheet(), pairs=(), labels=(), articles=(), notes=(), names=(),
                    confused=Confused(("",), ("nothing",), ((0,),), ""))  # fmt: skip
    assert "How" not in parsed(of(empty)).text
    assert len(written.rows(empty)) == 2
