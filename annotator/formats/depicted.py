"""What a picture of an article shows, whatever it is drawn with: text and spans, and the words around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.domain.article import Article, known
from annotator.domain.colours import UNKNOWN_BAR
from annotator.domain.dates import published
from annotator.domain.display import display
from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.i18n import n_

_LONGEST = 400
"""Code points of a span's words that a list shows; of a longer one it shows the beginning and the end."""
_BEGINNING, _END = 280, 100
_BLANK_BEFORE, _BLANK_AFTER = re.compile(r"\s\S{1,60}\Z"), re.compile(r"\A\S{1,60}\s")
"""A piece of a word at the end of what is kept, and one at its beginning."""
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")

QUIET = frozenset(("boilerplate",))
"""Labels whose words the eye may skip: their text is a shade quieter."""


class Parts(NamedTuple):
    """What goes on a picture beside the text with its bars."""

    heading: bool = True
    tags: bool = True
    legend: bool = True
    table: bool = False


class Depicted(NamedTuple):
    """An article as it is seen at one moment; `spans` in reading order, offsets in code points.

    `outlet` and `about` are the line below the headline; `labels` those of the scheme; `left_out` counts spans that
    the article has and the picture has not, since their labels are hidden.
    """

    title: str
    outlet: str
    about: str
    text: str
    spans: tuple[Span, ...]
    labels: tuple[Label, ...]
    language: str = ""
    left_out: int = 0


class Entry(NamedTuple):
    """A label of the legend and how many spans it has."""

    label: Label
    spans: int


class Row(NamedTuple):
    """A span as a list names it; `number` counts from 1."""

    number: int
    label: Label
    name: str
    words: str
    note: str


def depict(article: Article, text: str, spans: Iterable[Span], labels: tuple[Label, ...]) -> Depicted:
    """Return an article with its text, some spans on it and the labels of the scheme as it is seen."""
    words = len(text.split())
    about = [
        published(article.meta),
        known(article.meta, "byline"),
        known(article.meta, "genre"),
        n_("{words:,} word", "{words:,} words", words).format(words=words),
    ]
    return Depicted(
        article.title,
        known(article.meta, "outlet"),
        "  ·  ".join(" ".join(part.split()) for part in about if part.strip()),
        text,
        tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.label, span.id))),
        labels,
        language(article.meta.get("language")),
    )


def plain(words: str) -> str:
    """Return words of anybody's on one line, with stand-ins for what cannot be shown."""
    return display(" ".join(words.split()))


def language(tag: object) -> str:
    """Return what an article says of its language where that can be a language's tag (BCP 47), else ""."""
    return tag if isinstance(tag, str) and _LANGUAGE.fullmatch(tag) else ""


def labels_of(depicted: Depicted) -> dict[str, Label]:
    """Return the labels that the spans have, by id, in the order of the scheme; an unknown one is called by its id."""
    used = {span.label for span in depicted.spans}
    found = {label.id: label for label in depicted.labels if label.id in used}
    unknown = sorted(used - found.keys())
    return found | {id: Label(id, id, "", UNKNOWN_BAR, UNKNOWN_BAR) for id in unknown}


def legend(depicted: Depicted) -> list[Entry]:
    """Return the labels that the spans have, with their numbers of spans."""
    counts = Counter(span.label for span in depicted.spans)
    return [Entry(label, counts[id]) for id, label in labels_of(depicted).items()]


def counted(depicted: Depicted) -> str:
    """Return how many spans there are, and how many more there would be with those of hidden labels."""
    count, more = len(depicted.spans), depicted.left_out
    words = n_("{count:,} span", "{count:,} spans", count).format(count=count)
    if not more:
        return words
    out = n_("{count:,} of hidden labels is left out", "{count:,} of hidden labels are left out", more)
    return f"{words}; {out.format(count=more)}"


def tag_of(label: Label, span: Span) -> str:
    """Return the words of the tag that hangs from a span's bar."""
    return plain(label.name) + (" ?" if span.state == "unsure" else "")


def rows(depicted: Depicted) -> Iterator[Row]:
    """Yield the spans as a list names them, in reading order."""
    labels = labels_of(depicted)
    for number, span in enumerate(depicted.spans, start=1):
        label = labels[span.label]
        yield Row(number, label, tag_of(label, span), quoted(depicted.text, span), plain(span.note))


def quoted(text: str, span: Span) -> str:
    """Return the span's words on one line, its fragments parted by an ellipsis; of very many only the outer ones."""
    parts, room = [], _LONGEST
    for start, end in span.fragments:
        if room <= 0:
            parts.append("")
            break
        words = shortened(text, start, end)
        parts.append(words)
        room -= len(words)
    return " … ".join(parts).rstrip()


def shortened(text: str, start: int, end: int) -> str:
    """Return ``[start, end)`` of the text on one line, without its middle where it is long."""
    if end - start <= _LONGEST:
        return plain(text[start:end])
    first, last = text[start : start + _BEGINNING], text[end - _END : end]
    # At the end of a word, where words have blanks between them.
    if not text[start + _BEGINNING].isspace() and (at := _BLANK_BEFORE.search(first)):
        first = first[: at.start()]
    if not text[end - _END - 1].isspace() and (at := _BLANK_AFTER.search(last)):
        last = last[at.end() :]
    return f"{plain(first)} […] {plain(last)}"
