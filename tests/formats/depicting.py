"""Articles to be pictured, with every kind of trouble."""

from __future__ import annotations

from annotator import assets
from annotator.domain.scheme import Label, parse
from annotator.domain.span import Span, joined
from annotator.formats.depicted import Depicted

LABELS = parse(assets.scheme_text(), "news-sourcing.toml").labels
TEXT = (
    "“Nobody here wants a strike,” said Ines Korvald, who chairs the union, “but we will not sign.”\r\n\r\n"
    "The operator claimed that the new rota would cut accidents by a third.\n"
    "Read more: How the lockout of 2015 changed the quays\n"
)
HOSTILE = (
    "Lone CR.\rNext <script>alert('x')</script> & &amp; &#65; done.\r\nU+2028:\u2028U+2029:\u2029 \x01\x1b\x7f\x85\x9f "
    "\x0c\x0b \ufeff\ufffe\uffff\ufdd0\ufffc\ufffd\n\n \t two  blanks \n"
    "هذا نص عربي English في الجملة.\nשלום, 👩‍👩‍👧‍👦 中文 a\u0301\u202eevil\u202c ]]> <!-- </article> -->\r\r\n"
)


def span(number: int, label: str, *fragments: tuple[int, int], state: str = "ok", note: str = "") -> Span:
    """Return a span of the article "a"."""
    return Span(f"s{number:04}", "a", "l", "", label, joined(fragments), state=state, note=note)


def spans_on(text: str, *wanted: tuple[str, str]) -> list[Span]:
    """Return spans (label, words) on the first place of the words; "… " parts fragments."""
    made = []
    for number, (label, words) in enumerate(wanted):
        places = [(text.index(part), text.index(part) + len(part)) for part in words.split("|")]
        made.append(span(number, label, *places))
    return made


def depicted(
    text: str, spans: list[Span], title: str = "Dockers walk out", labels: tuple[Label, ...] = LABELS
) -> Depicted:
    """Return an article as it is seen, its spans in reading order."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end, span.label, span.id))
    return Depicted(title, "The Sound Courier", "17 March 2026  ·  612 words", text, tuple(ordered), labels, "en")


def sample() -> Depicted:
    """Return a small article with overlapping, nested, split, unsure and boilerplate spans."""
    spans = spans_on(
        TEXT,
        ("quote", "“Nobody here wants a strike,”|“but we will not sign.”"),
        ("cue", "said"),
        ("source", "Ines Korvald, who chairs the union"),
        ("source", "The operator"),
        ("quote", "that the new rota would cut accidents by a third"),
        ("claim", "the new rota would cut accidents by a third"),
        ("boilerplate", "Read more: How the lockout of 2015 changed the quays"),
    )
    spans[5] = spans[5]._replace(state="unsure", note="Ask <Ines> & co")
    return depicted(TEXT, spans)


def crowd(number: int) -> Depicted:
    """Return an article with so many spans on one word."""
    text = "One word of these is taken by many.\nAnd here nobody is.\n"
    ids = [label.id for label in LABELS]
    return depicted(text, [span(each, ids[each % len(ids)], (4, 8)) for each in range(number)])
