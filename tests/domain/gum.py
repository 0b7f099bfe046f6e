"""The 24 Wikinews articles of GUM, put together from their tokens, with the sentences that people marked in them.

The texts lie beside the repository as tokens. Detokenised so: paragraphs are the elements that hold sentences (p, head,
caption, item, quote and the like); tokens are joined by a blank, except before closing punctuation, closing marks, 's
and n't, after opening brackets, marks and currency signs, and around hyphens and slashes; straight quotation marks open
and close in turn within a paragraph.
"""

from __future__ import annotations

import html
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ARCHIVE = Path(__file__).parents[3] / "shared" / "data" / "gum-wikinews" / "gum_news_webanno_rst_xml.tar.xz"
_NO_BLANK_BEFORE = re.compile(r"[.,;:!?%)\]}’”»]+$|['’](s|re|ve|ll|d|m|t)?$|n['’]t$|\.\.\.$|…$|''$", re.IGNORECASE)
_NO_BLANK_AFTER = frozenset("([{“‘«$£€#")
_TIGHT = frozenset("-/‐‑")
_BLOCKS = ("p", "head", "caption", "item", "quote", "cell", "sp", "lg", "l", "figure", "list", "label", "note")


class Paragraph(NamedTuple):
    """A paragraph and the ``[start, end)`` of its sentences in code points."""

    article: str
    text: str
    sentences: tuple[tuple[int, int], ...]


def paragraphs() -> Iterator[Paragraph]:
    """Yield the paragraphs of all articles."""
    with tarfile.open(ARCHIVE) as archive:
        for member in sorted(archive.getmembers(), key=lambda it: it.name):
            file = archive.extractfile(member) if member.name.endswith(".xml") else None
            if file is not None:
                yield from _paragraphs(Path(member.name).stem, file.read().decode("utf-8"))


def _paragraphs(article: str, xml: str) -> Iterator[Paragraph]:
    sentences: list[list[str]] = []
    inside = False
    for line in xml.splitlines():
        tag = re.match(r"<(/?)(\w+)[ >]", line)
        if tag is None:
            sentences[-1].append(html.unescape(line.split("\t")[0]))
        elif tag.group(2) == "s":
            inside = not tag.group(1)
            if inside:
                sentences.append([])
        elif tag.group(2) in _BLOCKS and sentences and not inside:
            yield _joined(article, sentences)
            sentences = []
    if sentences:
        yield _joined(article, sentences)


def _joined(article: str, sentences: list[list[str]]) -> Paragraph:
    text, places, opened, tight = "", [], False, True
    for tokens in sentences:
        start = len(text) + (0 if tight and not text else 1)
        for number, token in enumerate(tokens):
            closes = token == '"' and opened
            glued = tight or closes or token in _TIGHT or _NO_BLANK_BEFORE.match(token) is not None
            if number == 0:
                glued = not text
            text += token if glued else f" {token}"
            tight = token in _TIGHT or token[-1:] in _NO_BLANK_AFTER or (token == '"' and not opened)
            if token == '"':
                opened = not opened
        places.append((start, len(text)))
    return Paragraph(article, text, tuple(places))
