"""The article as a web page: the text is exact, nothing of it is taken for markup, the page needs nothing else."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.intervals import lanes
from annotator.domain.scheme import Label
from annotator.domain.text import storable
from annotator.formats.depicted import Parts, quoted, rows
from annotator.formats.webpage import page
from tests.formats.depicting import HOSTILE, LABELS, crowd, depicted, sample, span, spans_on

GOLDEN = Path(__file__).parents[1] / "data" / "webpage.html"
ALL = Parts(True, True, True, True)
_VOID = {"meta", "br", "hr", "img", "input", "link"}


class Read(HTMLParser):
    """What a browser would make of a page: elements in order, and the text of the article."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.all: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), "an attribute twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.all.append(data)
        if "article" in self.open:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def having(self, name: str) -> list[dict[str, str | None]]:
        """Return the elements with a class."""
        return [found for _, found in self.elements if name in (found.get("class") or "").split()]


def text_of(html: str) -> str:
    return "".join(Read(html).text)


def test_the_text_comes_back_as_it_was() -> None:
    wanted = (("quote", HOSTILE), ("cue", "R.\rN"), ("claim", "\x01\x1b"), ("source", "\u2028"), ("claim", ".\r\nU"))
    for one in (sample(), depicted(HOSTILE, spans_on(HOSTILE, *wanted, ("cue", "👩\u200d👩")))):
        assert text_of(page(one, ALL)) == one.text
        assert text_of(page(one, Parts(False, False, False, False))) == one.text


@given(st.data())
def test_any_text_with_any_spans_comes_back(data: st.DataObject) -> None:
    signs = st.sampled_from("ab <>&\"'\r\n\t\x01\x85\u2028é\u0301🏗中م\u202e;#")
    text = storable(data.draw(st.text(signs | st.characters(), max_size=60)))[0]
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda it: it[0] < it[1])
    places = data.draw(st.lists(st.lists(place, min_size=1, max_size=3), max_size=16)) if text else []
    spans = [span(number, LABELS[number % 6].id, *them) for number, them in enumerate(places)]
    html = page(depicted(text, spans), ALL)
    assert text_of(html) == text
    assert html.encode("utf-8")


def test_the_page_is_as_it_was_before() -> None:
    assert page(sample(), ALL) == GOLDEN.read_text(encoding="utf-8")


def test_nothing_is_taken_for_markup_and_nothing_is_fetched() -> None:
    evil = "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>\" onload='x"
    labels = (Label("quote", evil, "Q", "#0072B2", "#56B4E9"),)
    one = depicted(f"{evil} and more", [span(0, "quote", (0, 20), note=evil), span(1, evil, (3, 9))], evil, labels)
    html = page(one._replace(outlet=evil, about=evil), ALL)
    read = Read(html)
    assert {tag for tag, _ in read.elements} <= {
        "html", "head", "meta", "title", "style", "body", "main", "header", "h1", "p", "b", "ul", "li", "span", "bdi",
        "small", "article", "table", "caption", "thead", "tbody", "tr", "th", "td", "a",
    }  # fmt: skip
    for _, attributes in read.elements:
        assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in html
    assert "@import" not in html
    assert {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"} in [
        attributes for _, attributes in read.elements
    ]
    assert "".join(read.text) == one.text


def test_titles_and_notes_lose_what_steers() -> None:
    one = depicted("One word.", [span(0, "quote", (0, 3), note="a\x00b\nc\ud800")], "Title\x00\x1b[31m\ud800")
    html = page(one, ALL)
    html.encode("utf-8")
    assert "\x00" not in html
    assert "\x1b" not in html
    assert '<td class="note" dir="auto">a␀b c\ufffd</td>' in html


def test_every_span_has_its_bar_and_tag_in_the_lane_of_the_window() -> None:
    one = sample()
    read = Read(page(one, ALL))
    tags = read.having("t")
    assert Counter(tag["data-t"] for tag in tags) == Counter(
        {"Quote": 2, "Cue": 1, "Source": 2, "Claim ?": 1, "Boilerplate": 1}
    )
    second = [each for each in one.spans if one.text.index("The operator") <= each.start < one.text.index("Read more")]
    lane_of, count = lanes((each.start, each.end, each.id) for each in second)
    assert count == 2
    for each in second:
        number = one.spans.index(each) + 1
        (tag,) = (tag for tag in tags if tag["id"] == f"s{number}")
        assert f"l{lane_of[each.id]}" in (tag["class"] or "").split()
    assert read.having("d"), "the gap between fragments and what is unsure are dotted"
    assert all("q" in (found["class"] or "").split() for found in read.having("f")[-1:]), "boilerplate is quieter"


def test_many_lanes_get_thin_and_what_is_not_drawn_is_counted() -> None:
    read = Read(page(crowd(6), ALL))
    assert len(read.having("t")) == 6
    assert not read.having("thin")
    read = Read(page(crowd(15), ALL))
    (thin,) = read.having("thin")
    assert thin["data-more"] == "+3"
    assert len(read.having("u")) == 12
    assert not read.having("t")
    assert sum(tag == "tr" for tag, _ in read.elements) == 16, "the list holds all of them"


def test_links_of_the_list_lead_somewhere() -> None:
    for one in (sample(), crowd(15), depicted("a\nb", [span(0, "quote", (1, 2))])):
        read = Read(page(one, ALL))
        ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
        links = [(attributes["href"] or "")[1:] for tag, attributes in read.elements if tag == "a"]
        assert len(ids) == len(set(ids))
        assert set(links) <= set(ids)


@pytest.mark.parametrize(
    ("parts", "without"),
    [
        (ALL._replace(heading=False), "<h1"),
        (ALL._replace(tags=False), "data-t="),
        (ALL._replace(legend=False), 'class="legend"'),
        (ALL._replace(table=False), "<table"),
    ],
)
def test_what_is_not_wanted_is_not_there(parts: Parts, without: str) -> None:
    assert without in page(sample(), ALL)
    assert without not in page(sample(), parts)


def test_an_article_without_spans_has_neither_legend_nor_list() -> None:
    html = page(depicted("Nothing here.\n", []), ALL)
    assert 'legend"' not in html
    assert "<table" not in html
    assert text_of(html) == "Nothing here.\n"


def test_a_label_that_the_scheme_does_not_know_is_called_by_its_id() -> None:
    read = Read(page(depicted("One word.", [span(0, "rumour", (0, 3))]), ALL))
    assert [tag["data-t"] for tag in read.having("t")] == ["rumour"]


def test_the_words_of_a_long_span_are_cut_in_the_middle() -> None:
    text = "word " * 50_000
    one = depicted(text, [span(0, "quote", (0, len(text)))])
    (row,) = rows(one)
    assert len(row.words) < 420
    assert "[…]" in row.words
    many = span(1, "quote", *((at, at + 4) for at in range(0, 5_000, 5)))
    assert len(quoted(text, many)) < 1_000
    assert quoted(text, many).endswith(" …")


def test_a_long_span_is_cut_between_words() -> None:
    text = "Neighbours complained about the noise. " * 40
    first, last = quoted(text, span(0, "quote", (0, len(text)))).split(" […] ")
    whole = set(text.split())
    assert {*first.split(), *last.split()} <= whole
    assert len(first) > 250
    unparted = "字" * 1_000
    assert len(quoted(unparted, span(0, "quote", (0, 1_000)))) == 280 + 100 + len(" […] ")


def test_the_list_says_how_many_spans_of_hidden_labels_are_left_out() -> None:
    one = depicted("One word.", [span(0, "quote", (0, 3))])
    assert "<caption>1 span</caption>" in page(one, ALL)
    assert "<caption>1 span; 49 of hidden labels are left out</caption>" in page(one._replace(left_out=49), ALL)


def test_words_in_the_style_are_those_of_the_class_names() -> None:
    html = page(sample(), ALL)
    style = html[html.index("<style>") : html.index("</style>")]
    used = {name for _, attributes in Read(html).elements for name in (attributes.get("class") or "").split()}
    assert {name for name in used if not re.search(rf"\.{name}\b", style)} <= {"label"}


def test_a_paragraph_with_blanks_keeps_them() -> None:
    read = Read(page(depicted("a  b\nc d\n e\n", []), ALL))
    paragraphs = [found for tag, found in read.elements if tag == "p" and found.get("class") != "about"]
    assert [found.get("class") for found in paragraphs] == ["blanks", None, "blanks"]
