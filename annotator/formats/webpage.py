"""An annotated article as one web page that needs nothing else: no script, no file, no network.

The text nodes of the element `article` are the text, character for character: tags and stand-ins are drawn by the
stylesheet from attributes. What a span looks like follows the window, measured from the line the letters stand on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple

from annotator.domain import graphemes
from annotator.domain.colours import on_paper
from annotator.domain.display import display
from annotator.domain.intervals import SpanIndex, lanes
from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.formats.depicted import QUIET, Depicted, Parts, counted, labels_of, legend, plain, rows, tag_of
from annotator.i18n import _

TAGGED_LANES, MOST_LANES = 6, 12
"""As in the window: with more lanes in a paragraph bars get thin and lose their tags; beyond, spans are counted."""
_BLANKS = re.compile("^ |  |\t")
"""Blanks that a page would swallow. Elsewhere it may: those at which a line is broken would be filled otherwise."""
_LINE = re.compile("([^\r\n]*)(\r\n|\r|\n|$)")
_BATCH = 200

_STYLE = """
:root { color-scheme: light }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact }
body { margin: 0; background: #FFF; color: #1A1A1A; overflow-x: clip;
  font: 13px/20px Inter, "Segoe UI Variable", "SF Pro", Cantarell, "Noto Sans", system-ui, sans-serif }
main { max-width: 688px; margin: 0 auto; padding: 32px 48px 48px }
h1, article, td.words { font-family: "Source Serif 4", "Source Serif Pro", Charter, "Noto Serif", Georgia,
  "DejaVu Serif", serif }
h1 { margin: 0 0 6px; font-size: 26px; line-height: 32px; font-weight: 600; overflow-wrap: anywhere }
.about { margin: 0; font-size: 12px; color: #4D4B45; overflow-wrap: anywhere }
.about b { font-weight: 600; color: #1A1A1A }
header { padding-bottom: 12px; margin-bottom: 12px; border-bottom: 1px solid #E0DED7; break-after: avoid }
.legend { list-style: none; margin: 12px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 20px }
.legend li { max-width: 100%; overflow-wrap: anywhere }
.legend small { margin-left: 4px; font-size: 12px; color: #4D4B45; font-variant-numeric: tabular-nums }
.k { display: inline-block; width: 20px; height: 14px; margin-right: 6px; vertical-align: -2px;
  background: var(--f); border-bottom: 3px solid var(--c) }
article { font-size: 17px; overflow-wrap: anywhere; white-space: pre-line; tab-size: 8 }
article p { --up: calc((var(--n, 1) - 1) * 6.5px); position: relative; margin: 0 0 12px;
  line-height: calc(39px + 2 * var(--up)); padding-bottom: var(--up); margin-top: calc(-1 * var(--up)); orphans: 2 }
article p.blanks { white-space: pre-wrap }
article p.empty { line-height: 12px; margin: 0; font-size: 10px }
article p.thin { --up: max(0px, (var(--n) * 4px - 13px) / 2) }
article p[data-more]::after { content: attr(data-more); position: absolute; left: calc(100% + 6px); top: 0;
  font: 600 10px system-ui, sans-serif; line-height: calc(39px + 2 * var(--up)); color: #68655D; white-space: nowrap }
.u { text-decoration: underline solid var(--c) 3px; text-decoration-skip-ink: none;
  text-underline-offset: calc(6px + var(--l) * 13px) }
.thin .u { text-decoration-thickness: 2px; text-underline-offset: calc(6px + var(--l) * 4px) }
.d { text-decoration-style: dotted }
.f { background: var(--f); -webkit-box-decoration-break: clone; box-decoration-break: clone }
.q { color: #4D4B45 }
.t { position: relative }
.t::before { content: attr(data-t); position: absolute; inset-inline-start: 0;
  top: calc(50% + 12px + var(--l) * 13px); max-width: 240px; overflow: hidden; text-overflow: ellipsis;
  padding: 0 4px; border-radius: 0 0 2px 2px; background: var(--c); color: var(--i); white-space: nowrap;
  font: 600 9.5px/12px Inter, "Segoe UI Variable", "Noto Sans", system-ui, sans-serif; z-index: 1 }
.x { font-size: 0 }
.x::before { content: attr(data-x); font-size: 17px }
table { width: 100%; table-layout: fixed; margin-top: 32px; border-collapse: collapse; font-size: 13px }
caption { text-align: start; font-size: 16px; line-height: 24px; font-weight: 600; padding-bottom: 4px }
th, td { padding: 6px 16px 6px 0; text-align: start; vertical-align: baseline; border-bottom: 1px solid #E0DED7 }
th { font-size: 12px; font-weight: 600; color: #4D4B45; white-space: nowrap }
td { overflow-wrap: anywhere }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; color: #4D4B45; white-space: nowrap }
th.number { width: 72px }
th.label { width: 24% }
th.note { width: 26% }
td.words { font-size: 14px }
a { color: inherit }
tr { break-inside: avoid }
@page { margin: 18mm 12mm }
@media print { main { padding-top: 0; padding-bottom: 0 } }
"""


class _Piece(NamedTuple):
    start: int
    end: int
    lane: int
    span: Span
    first: bool
    joins: bool


class Told(NamedTuple):
    """A part of the page, and how far into the article's text it goes (code points)."""

    html: str
    done: int


def page(depicted: Depicted, parts: Parts) -> str:
    """Return the whole page."""
    return "".join(part.html for part in pieces(depicted, parts))


def pieces(depicted: Depicted, parts: Parts) -> Iterator[Told]:
    """Yield the page in its parts; UTF-8 is what it says it is written in."""
    writer = _Writer(depicted, parts)
    yield Told(writer.head(), 0)
    yield from writer.article()
    end = len(depicted.text)
    if parts.table and depicted.spans:
        for rows_ in writer.table():
            yield Told(rows_, end)
    yield Told("</main>\n</body>\n</html>\n", end)


class _Writer:
    def __init__(self, depicted: Depicted, parts: Parts) -> None:
        self._depicted = depicted
        self._parts = parts
        self._labels = labels_of(depicted)
        self._class = {id: f"c{number}" for number, id in enumerate(self._labels)}
        self._number = {span.id: number for number, span in enumerate(depicted.spans, start=1)}
        self._index = SpanIndex(depicted.spans)
        self._linked: set[int] = set()
        """Numbers of the spans that the list can lead to."""

    def head(self) -> str:
        depicted, style = self._depicted, _STYLE + self._colours()
        title = _escaped(plain(depicted.title) or _("Without a title"))
        lines = [
            "<!DOCTYPE html>",
            "<html>",
            "<head>",
            '<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light">',
            f"<title>{title}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            "<main>",
        ]
        above = self._heading(title) if self._parts.heading else []
        above += self._legend() if self._parts.legend and depicted.spans else []
        if above:
            lines += ["<header>", *above, "</header>"]
        return "\n".join(lines) + "\n"

    def _colours(self) -> str:
        lines = []
        for id, label in self._labels.items():
            colours = on_paper(label.light)
            lines.append(f".{self._class[id]} {{ --c: {colours.bar}; --f: {colours.fill}; --i: {colours.tag_text} }}\n")
        return "".join(lines + [f".l{lane} {{ --l: {lane} }}\n" for lane in range(MOST_LANES)])

    def _heading(self, title: str) -> list[str]:
        outlet, about = plain(self._depicted.outlet), plain(self._depicted.about)
        lines = [f'<h1 dir="auto">{title}</h1>']
        words = "  ·  ".join(
            filter(None, (f"<b>{_escaped(outlet)}</b>" if outlet else "", _escaped(about) if about else ""))
        )
        return [*lines, f'<p class="about" dir="auto">{words}</p>'] if words else lines

    def _legend(self) -> list[str]:
        lines = [f'<ul class="legend" aria-label="{_quoted(_("Labels"))}">']
        for label, spans in legend(self._depicted):
            lines.append(
                f"<li>{self._swatch(label)}<bdi>{_escaped(plain(label.name))}</bdi> <small>{spans:,}</small></li>"
            )
        return [*lines, "</ul>"]

    def _swatch(self, label: Label) -> str:
        return f'<span class="k {self._class[label.id]}"></span>'

    # ---- the article

    def article(self) -> Iterator[Told]:
        language = f' lang="{self._depicted.language}"' if self._depicted.language else ""
        yield Told(f"<article{language}>", 0)
        text = self._depicted.text
        for match in _LINE.finditer(text):
            start, end = match.span(1)
            if match.end() == start and start:
                break  # what follows the last line end is no paragraph
            yield Told(self._paragraph(start, end, match[2]), match.end())
        yield Told("</article>\n", len(text))

    def _paragraph(self, start: int, end: int, line_end: str) -> str:
        # A lone CR would be read as LF, and a CRLF as LF, were they written as they are.
        tail = line_end.replace("\r", "&#13;")
        if start == end:
            return f'<p class="empty">{tail}</p>'
        hulls = self._index.hulls(start, end)
        words = self._depicted.text[start:end]
        kind = "blanks " if _BLANKS.search(words) else ""
        if not hulls:
            return f'<p dir="auto"{_class(kind)}>{_shown(words)}{tail}</p>'
        lane_of, count = lanes((max(a, start), min(b, end), span.id) for a, b, span in hulls)
        thin = count > TAGGED_LANES
        hidden = sum(1 for lane in lane_of.values() if lane >= MOST_LANES)
        pieces = _pieces(hulls, lane_of, start, end)
        body = "".join(self._stretch(*stretch, thin) for stretch in _stretches(pieces, start, end))
        more = f' data-more="+{hidden:,}"' if hidden else ""
        shown = min(count, MOST_LANES)
        kind += "thin" if thin else ""
        return f'<p dir="auto"{_class(kind)} style="--n:{shown}"{more}>{body}{tail}</p>'

    def _stretch(self, start: int, end: int, active: list[_Piece], thin: bool) -> str:
        text = self._depicted.text
        if not active:
            return _shown(text[start:end])
        opened = [self._opening(piece) for piece in active]
        filling = [piece for piece in active if not piece.joins]
        if filling:
            quiet = " q" if any(piece.span.label in QUIET for piece in filling) else ""
            opened.append(f'<span class="f {self._class[filling[-1].span.label]}{quiet}">')
        begun = [piece for piece in filling if piece.first and piece.start == start]
        inner = self._begun(start, end, begun, thin) if begun else _shown(text[start:end])
        return "".join(opened) + inner + "</span>" * len(opened)

    def _opening(self, piece: _Piece) -> str:
        dotted = " d" if piece.joins or piece.span.state == "unsure" else ""
        return f'<span class="u {self._class[piece.span.label]} l{piece.lane}{dotted}">'

    def _begun(self, start: int, end: int, begun: list[_Piece], thin: bool) -> str:
        """Return the words of a stretch at which spans begin: what hangs from the first character wraps with it."""
        text, anchors = self._depicted.text, []
        first = min(graphemes.next_boundary(text, start), end)
        for piece in begun:
            span = piece.span
            id = self._anchor(span) if self._parts.table else ""
            if self._parts.tags and not thin:
                words = _quoted(tag_of(self._labels[span.label], span))
                anchors.append(f'<span class="t {self._class[span.label]} l{piece.lane}"{id} data-t="{words}">')
            elif id:
                anchors.append(f"<span{id}>")
        return f"{''.join(anchors)}{_shown(text[start:first])}{'</span>' * len(anchors)}{_shown(text[first:end])}"

    def _anchor(self, span: Span) -> str:
        number = self._number[span.id]
        self._linked.add(number)
        return f' id="s{number}"'

    # ---- the list

    def table(self) -> Iterator[str]:
        noted = any(span.note.strip() for span in self._depicted.spans)
        words = counted(self._depicted)
        heads = [("number", _("Number")), ("label", _("Label")), ("words", _("Words"))]
        heads += [("note", _("Note"))] if noted else []
        cells = "".join(f'<th scope="col" class="{kind}">{_escaped(head)}</th>' for kind, head in heads)
        yield f"<table>\n<caption>{_escaped(words)}</caption>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n"
        lines: list[str] = []
        for row in rows(self._depicted):
            note = f'<td class="note" dir="auto">{_escaped(row.note)}</td>' if noted else ""
            lines.append(
                f'<tr><td class="number">{self._link(row.number)}</td>'
                f'<td class="label">{self._swatch(row.label)}<bdi>{_escaped(row.name)}</bdi></td>'
                f'<td class="words" dir="auto">{_escaped(row.words)}</td>{note}</tr>\n'
            )
            if len(lines) == _BATCH:
                yield "".join(lines)
                lines.clear()
        yield "".join(lines) + "</tbody>\n</table>\n"

    def _link(self, number: int) -> str:
        # A span in a paragraph's thirteenth lane, or on a line end alone, is not drawn: nothing to go to.
        return f'<a href="#s{number}">{number}</a>' if number in self._linked else f"{number}"


def _pieces(hulls: list[tuple[int, int, Span]], lane_of: dict[str, int], start: int, end: int) -> list[_Piece]:
    """Return what is drawn in a paragraph, in the order in which fills lie over one another."""
    found: list[_Piece] = []
    for _start, _end, span in hulls:
        lane, before = lane_of[span.id], -1
        if lane >= MOST_LANES:
            continue
        for a, b in span.fragments:
            if before >= 0 and before < end and a > start:
                found.append(_Piece(max(before, start), min(a, end), lane, span, False, True))
            if a < end and b > start:
                found.append(_Piece(max(a, start), min(b, end), lane, span, before < 0 and a >= start, False))
            before = b
    found.sort(key=lambda piece: (piece.start, -piece.end))
    return found


def _stretches(pieces: list[_Piece], start: int, end: int) -> Iterator[tuple[int, int, list[_Piece]]]:
    """Yield the paragraph cut where something begins or ends, with what is drawn there."""
    edges = sorted({start, end, *(piece.start for piece in pieces), *(piece.end for piece in pieces)})
    active: list[_Piece] = []
    coming = 0
    for left, right in pairwise(edges):
        active = [piece for piece in active if piece.end > left]
        while coming < len(pieces) and pieces[coming].start <= left:
            active.append(pieces[coming])
            coming += 1
        yield left, right, active


def _shown(text: str) -> str:
    """Return words of the article; what cannot be seen keeps its place and gets a stand-in that is no text."""
    drawn = display(text)
    if drawn == text:
        return _escaped(text)
    return "".join(_signs(zip(text, drawn, strict=True)))


def _signs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for sign, stand_in in pairs:
        yield _escaped(sign) if sign == stand_in else f'<span class="x" data-x="{stand_in}">{sign}</span>'


def _class(names: str) -> str:
    return f' class="{names.strip()}"' if names else ""


def _escaped(words: str) -> str:
    return escape(words, quote=False)


def _quoted(words: str) -> str:
    return escape(words, quote=True)
