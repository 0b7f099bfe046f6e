"""Spans over several paragraphs: only their true ends are ends."""

from __future__ import annotations

import pytest

from annotator.domain.span import Span
from annotator.ui.text.held import HeldSpans
from annotator.ui.text.page import Page
from annotator.ui.text.paragraphs import LONGEST
from annotator.ui.text.typography import typography

TEXT = "One para is here.\r\n\r\nTwo is.\r\rThree is it.\nFour.\n"


def ends(text: str, *fragments: tuple[int, int]) -> str:
    """Return what each line shows of a span: "[" where a fragment begins, "]" where one ends, "-" for the rest."""
    page = Page(text, HeldSpans([Span("1", "a", "l", "p", "q", fragments)], len(text)), typography())
    pieces = [it for _, layout in page.between(0, 1e6) for line in layout.lines for it in line.pieces if not it.joins]
    assert sum(it.tagged for it in pieces) == 1
    return " ".join(("[" if it.opens else "") + "-" + ("]" if it.closes else "") for it in pieces)


def to(words: str) -> int:
    return TEXT.index(words) + len(words)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("fragments", "shown"),
    [
        (((0, to("Two is.")),), "[- -]"),
        (((TEXT.index("para"), to("Three is")),), "[- - -]"),
        (((0, to("para")), (TEXT.index("is here"), to("Two")), (TEXT.index("Three"), to("Four."))), "[-] [- -] [- -]"),
        (((0, len(TEXT)),), "[- - - -]"),  # an import may have ends at line ends
        (((0, TEXT.index("Two")),), "[-]"),
        (((to("here."), TEXT.index("Three")),), "[-]"),
        (((TEXT.index("Two"), to("Two is.")),), "[-]"),
    ],
)
def test_a_paragraph_that_a_span_only_passes_shows_no_end(fragments: tuple[tuple[int, int], ...], shown: str) -> None:
    assert ends(TEXT, *fragments) == shown


@pytest.mark.usefixtures("qapp")
def test_a_paragraph_cut_for_display_shows_no_end_where_it_is_cut() -> None:
    text = "word " * (LONGEST // 4)
    shown = ends(text, (5, len(text) - 6)).split(" ")
    assert (shown[0], shown[-1]) == ("[-", "-]")
    assert set(shown[1:-1]) == {"-"}
