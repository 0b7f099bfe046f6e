from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import assets
from annotator.domain import lint as rules
from annotator.domain.links import Links
from annotator.domain.lint import (
    EMPTY,
    KINDS,
    OVERLAP,
    REQUIRED,
    SOURCELESS,
    STRAY,
    UNBALANCED,
    UNMARKED,
    lint,
)
from annotator.domain.relation import Group, Member
from annotator.domain.scheme import Scheme, parse
from annotator.domain.span import Span, joined

TEXT = "“We sail,” said the owner, “when we are paid.” Nobody spoke — not one."


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return parse(assets.scheme_text(), "news-sourcing.toml")


def span(label: str, *words: str, text: str = TEXT, **more: object) -> Span:
    places = [(text.index(word), text.index(word) + len(word)) for word in words]
    values: dict[str, object] = {"quote": {"mode": "direct"}, "source": {"naming": "generic"}}
    attributes = more.get("attributes", values.get(label, {}))
    return Span(f"{label} {words}", "a", "l", "me", label, joined(places), attributes=attributes)  # type: ignore[arg-type]


def attribution(*spans: Span, no_source: bool = False) -> Links:
    members = tuple(Member(one.label, one.id) for one in spans)
    return Links((), [Group("g", "a", "l", "attribution", members, no_source)])


def kinds(scheme: Scheme, *spans: Span, links: Links | None = None, text: str = TEXT) -> list[tuple[str, str]]:
    found = lint(text, spans, links or Links(), scheme)
    assert all(one.kind in KINDS and one.words for one in found)
    names = {one.id: one.label for one in spans}
    return [(one.kind, names[one.span]) for one in found]


def test_a_whole_attribution_is_fine(scheme: Scheme) -> None:
    quote, source, cue = (
        span("quote", "“We sail,”", "“when we are paid.”"),
        span("source", "the owner"),
        span("cue", "said"),
    )
    assert kinds(scheme, quote, source, cue, links=attribution(quote, source, cue)) == []


def test_what_must_be_said_is_asked_for_each_by_itself(scheme: Scheme) -> None:
    claim = span("claim", "Nobody spoke")
    assert kinds(scheme, claim) == [(REQUIRED, "claim")]
    assert kinds(scheme, claim._replace(attributes={"kind": "fact"})) == [(REQUIRED, "claim")]
    assert kinds(scheme, claim._replace(attributes={"kind": "value"})) == []


def test_a_quote_without_source_and_parts_that_belong_to_nothing(scheme: Scheme) -> None:
    quote, source, cue = span("quote", "“We sail,”"), span("source", "the owner"), span("cue", "said")
    assert kinds(scheme, quote, source, cue) == [(SOURCELESS, "quote"), (STRAY, "cue"), (STRAY, "source")]
    assert kinds(scheme, quote, cue, links=attribution(quote, cue)) == [(SOURCELESS, "quote")]
    assert kinds(scheme, quote, cue, links=attribution(quote, cue, no_source=True)) == []


def test_overlaps_by_the_scheme(scheme: Scheme) -> None:
    cues = span("cue", "said"), span("cue", "said the")
    assert (OVERLAP, "cue") in kinds(scheme, *cues)
    nested, crossing = span("source", "owner"), span("source", "owner, “when")
    whole = span("source", "the owner")
    assert OVERLAP not in dict(kinds(scheme, whole, nested))
    assert OVERLAP in dict(kinds(scheme, whole, crossing))
    other = crossing._replace(layer="of a colleague")
    assert OVERLAP not in dict(kinds(scheme, whole, other))
    quotes = span("quote", "“We sail,”"), span("quote", "sail,” said", attributes={"mode": "mixed"})
    assert OVERLAP not in dict(kinds(scheme, *quotes))
    around = span("source", "said", "owner")
    assert OVERLAP not in dict(kinds(scheme, around, span("source", "the ")))


def test_marks(scheme: Scheme) -> None:
    tied = {"no_source": True}
    half = span("quote", "“We sail,")
    assert kinds(scheme, half, links=attribution(half, **tied)) == [(UNBALANCED, "quote")]
    inner = span("quote", "We sail")
    assert kinds(scheme, inner, links=attribution(inner, **tied)) == []
    bare = span("quote", "Nobody spoke")
    assert kinds(scheme, bare, links=attribution(bare, **tied)) == [(UNMARKED, "quote")]
    said = bare._replace(attributes={"mode": "indirect"})
    assert kinds(scheme, said, links=attribution(said, **tied)) == []
    text = "He said “this and nothing more."
    open_ = span("quote", "“this and nothing", text=text)
    assert kinds(scheme, open_, links=attribution(open_, **tied), text=text) == [(UNBALANCED, "quote")]


def test_only_marks(scheme: Scheme) -> None:
    assert kinds(scheme, span("claim", "—", attributes={"kind": "value"})) == [(EMPTY, "claim")]


def test_a_quotation_over_paragraphs_is_no_half(scheme: Scheme) -> None:
    text = "She wrote: “The first.\n\n“The second.”\n"
    quote = span("quote", "“The first.\n\n“The second.”", text=text)
    assert kinds(scheme, quote, links=attribution(quote, no_source=True), text=text) == []


def test_a_scheme_without_rules_finds_nothing() -> None:
    bare = parse('id = "b"\nname = "b"\nversion = 1\n[[labels]]\nid = "cue"\nname = "Cue"\n', "b.toml")
    assert kinds(bare, span("cue", "said"), span("cue", "said the"), span("quote", "“We sail,")) == []


@given(
    st.text(alphabet='ab “”"«» ,.\n—', min_size=1, max_size=60),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(["quote", "cue", "source"])), max_size=8
    ),
)
def test_any_spans_are_read_in_any_order_alike(text: str, places: list[tuple[int, int, str]]) -> None:
    scheme = parse(assets.scheme_text(), "news-sourcing.toml")
    spans = [
        Span(f"{number}", "a", "l", "me", label, ((min(start, len(text) - 1), min(start + size, len(text))),))
        for number, (start, size, label) in enumerate(places)
        if min(start, len(text) - 1) < min(start + size, len(text))
    ]
    found = lint(text, spans, Links(), scheme)
    assert found == lint(text, reversed(spans), Links(), scheme)
    assert {one.span for one in found} <= {span.id for span in spans}


@given(st.text(st.sampled_from("a\n\r "), min_size=1, max_size=60), st.data(), st.integers(0, 20))
def test_marks_are_looked_for_in_the_paragraphs_and_not_far(text: str, data: st.DataObject, far: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "_FAR", far)
        low, high = rules._around(text, Span("s", "a", "l", "", "quote", ((start, end),), 1))
    before, behind = text[:start], text[end:]
    line = max(before.rfind("\n"), before.rfind("\r")) + 1
    ends = [end + place for mark in "\r\n" if (place := behind.find(mark)) >= 0]
    assert (low, high) == (max(line, start - far), min([*ends, len(text), end + far]))
