"""A report as one web page that needs nothing else: no script, no file, no network."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import accumulate
from unicodedata import east_asian_width

from annotator.domain.colours import PAPER, UNKNOWN_BAR, contrast, mixed, on_paper
from annotator.i18n import _, language
from annotator.report import geometry
from annotator.report.geometry import TICKS, Bar, Scale
from annotator.report.sheet import Confused, Head, Line, Sheet
from annotator.report.written import cells, head, rows

_ACCENT, _WRONG, _INK = "#0B6B60", "#A4262C", "#1A1A1A"
_NAME, _SCALE, _COUNT, _ROW, _ABOVE, _BELOW = 280, 440, 80, 30, 22, 26
_SIGNS = 36
"""So much of a name fits beside a bar, in whatever font: Latin letters, or half as many of a script with wide ones."""
_LINES = 12
"""Bars in one picture: a page of paper must hold it, for a printer cuts a taller one through."""
_MANY = 8
"""With more columns than these their names stand upright, so that cells can be narrow."""

_STYLE = """
:root { color-scheme: light }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact }
body { margin: 0; background: #FFF; color: #1A1A1A;
  font: 13px/20px Inter, "Segoe UI Variable", "SF Pro", Cantarell, "Noto Sans", system-ui, sans-serif }
main { max-width: 960px; margin: 0 auto; padding: 32px 40px 48px }
h1 { margin: 0 0 4px; font: 600 26px/32px "Source Serif 4", "Source Serif Pro", Charter, "Noto Serif", Georgia, serif;
  overflow-wrap: anywhere }
h2 { margin: 32px 0 0; font-size: 16px; line-height: 24px; break-after: avoid }
h1, p, li, td, th { unicode-bidi: plaintext }
.about { break-after: avoid; margin: 0 0 8px; font-size: 12px; color: #4D4B45; overflow-wrap: anywhere }
.heads { display: flex; flex-wrap: wrap; gap: 16px; margin: 24px 0 0; padding: 0; list-style: none }
.heads li { flex: 1 1 140px; border: 1px solid #E0DED7; border-radius: 8px; padding: 12px 16px }
.heads b { font-size: 28px; line-height: 36px; font-weight: 600; font-variant-numeric: tabular-nums }
.heads span { display: block; min-height: 20px; font-size: 12px; color: #4D4B45 }
.wide { overflow-x: auto }
table { border-collapse: separate; border-spacing: 2px; font-size: 12px; font-variant-numeric: tabular-nums }
th { font-weight: 400; color: #4D4B45; padding: 2px 8px; text-align: right; overflow-wrap: anywhere }
th[scope=row] { min-width: 72px; max-width: 220px }
th[scope=col] { min-width: 72px; max-width: 160px; text-align: center; vertical-align: bottom }
td { min-width: 56px; padding: 4px 8px; text-align: center; border-radius: 4px }
td small { display: block; font-size: 10px; line-height: 14px; white-space: nowrap }
.many td { min-width: 28px; padding: 4px 1px; font-size: 10px }
.many th[scope=row] { min-width: 90px }
.many td.none { font-size: 8px; line-height: 10px }
.many th[scope=col] { min-width: 0 }
.many th[scope=col] span { display: inline-block; max-height: 140px; writing-mode: vertical-rl;
  transform: rotate(180deg); text-align: left }
td.none { color: #68655D; border: 1px solid #E0DED7 }
td.same { background: #ECEAE4 }
#table { width: 100%; border-collapse: collapse }
#table td, #table th { min-width: 0; max-width: none; text-align: start; border-bottom: 1px solid #E0DED7;
  border-radius: 0; padding: 4px 12px 4px 0; overflow-wrap: break-word; vertical-align: top }
#table .n { text-align: right }
#table td:nth-child(2) { min-width: 160px; overflow-wrap: anywhere }
ul.notes { padding-left: 20px; overflow-wrap: anywhere }
.warning { color: #8A5A00; font-weight: 600 }
svg { display: block; width: 100%; min-width: 480px; max-width: 800px; height: auto;
  font: 12px Inter, "Noto Sans", system-ui, sans-serif }
tr, li, svg { break-inside: avoid }
@media (max-width: 600px) { main { padding: 20px 16px 32px } }
@media print {
  main { max-width: none; padding: 0 }
  .wide { overflow: visible }
  .many { font-size: 8px; line-height: 11px; border-spacing: 1px }
  .many td { min-width: 20px; padding: 2px 0; font-size: 8px }
  .many td.none { font-size: 5px; line-height: 6px }
  .many th[scope=row] { min-width: 60px; max-width: 110px; padding: 2px 4px }
  .many th[scope=col] { padding: 2px 0 }
  #table { font-size: 9px; line-height: 13px }
}
@page { margin: 18mm 12mm }
"""


def pieces(sheet: Sheet) -> Iterator[str]:
    """Yield the page in its parts; UTF-8 is what it says it is written in."""
    title = escape(sheet.title)
    yield (
        f'<!DOCTYPE html>\n<html lang="{escape(language().replace("_", "-") or "en")}">\n'
        '<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{title}</h1>\n<p class="about">{escape(sheet.about)}</p>\n<p class="about">{escape(sheet.how)}</p>\n'
    )
    if sheet.made:
        yield f'<p class="about">{escape(sheet.made)}</p>\n'
    yield f'<ul class="heads">{"".join(map(_head, sheet.heads))}</ul>\n'
    yield _section(_("Who agrees with whom"), sheet.pairs_least, _pairs(sheet))
    yield _section(_("By label"), sheet.labels_least, _chart(sheet.labels, sheet))
    yield _section(_("Taken for one another"), sheet.confused.rows, _confused(sheet.confused))
    yield _section(_("By article"), sheet.articles_least, _chart(sheet.articles, sheet))
    notes = "".join(f"<li{' class=warning' if it.warning else ''}>{escape(it.words)}</li>" for it in sheet.notes)
    yield _section(_("Before you believe it"), _("What these figures rest on"), f'<ul class="notes">{notes}</ul>')
    yield _section(_("All figures"), "", _table(sheet))
    yield "</main>\n</body>\n</html>\n"


def _section(title: str, about: str, inside: str) -> str:
    said = f'<p class="about">{escape(about)}</p>' if about else ""
    return f'<section>\n<h2>{escape(title)}</h2>\n{said}\n<div class="wide">{inside}</div>\n</section>\n'


def _head(one: Head) -> str:
    figure = one.words if one.estimate is None else one.estimate.told()
    between = one.estimate.between() if one.estimate is not None else ""
    sure = _("95 %: {interval}").format(interval=between) if between else ""
    said = f"<strong>{escape(one.name)}</strong> {escape(one.beside)}"
    return f"<li><b>{escape(figure)}</b> <span>{escape(sure)}</span>{said}</li>"


def _cell(words: str, colour: str, share: float, title: str = "", below: str = "") -> str:
    back = mixed(PAPER, colour, share)
    ink = _INK if contrast(back, _INK) >= contrast(back, PAPER) else PAPER
    small = f"<small>{escape(below)}</small>" if below else ""
    return f'<td style="background: {back}; color: {ink}" title="{escape(title)}">{escape(words)}{small}</td>'


def _grid(title: str, names: Sequence[str], lines: Iterable[Iterable[str]]) -> str:
    above = "".join(f'<th scope="col"><span>{escape(name)}</span></th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(line)}</tr>' for name, line in zip(names, lines, strict=True)
    )
    many = ' class="many"' if len(names) > _MANY else ""
    label = escape(title)
    return f'<table aria-label="{label}"{many}><thead><tr><td></td>{above}</tr></thead><tbody>{body}</tbody></table>'


def _pairs(sheet: Sheet) -> str:
    def cell(row: int, column: int) -> str:
        pair = sheet.pair(row, column)
        if row == column or pair is None:
            return '<td class="same"></td>'
        if column < row:
            return "<td></td>"
        if pair.figure.value is None:
            return f'<td class="none">{escape(pair.figure.why)}</td>'
        between = pair.figure.between()
        title = " · ".join(filter(None, (sheet.names[row], sheet.names[column], between)))
        below = between if len(sheet.names) <= _MANY else ""
        return _cell(pair.figure.told(), _ACCENT, geometry.depth(pair.figure), title, below)

    many = range(len(sheet.names))
    return _grid(_("Who agrees with whom"), sheet.names, [[cell(row, column) for column in many] for row in many])


def _confused(found: Confused) -> str:
    def cell(row: int, column: int) -> str:
        if not found.counts[row][column]:
            return '<td class="same"></td>' if row == column == len(found.ids) - 1 else "<td>·</td>"
        colour = _ACCENT if row == column else _WRONG
        title = f"{found.names[row]} / {found.names[column]}: {found.counts[row][column]:,}"
        return _cell(found.percent(row, column), colour, geometry.share_depth(found.weight(row, column)), title)

    many = range(len(found.ids))
    return _grid(_("Taken for one another"), found.names, [[cell(row, column) for column in many] for row in many])


def _chart(lines: Sequence[Line], sheet: Sheet) -> str:
    sure = any(it.figure.between() for it in lines)
    words = _("Bar: {main}, with its 95 % interval; circle: {other}") if sure else _("Bar: {main}; circle: {other}")
    label = escape(words.format(main=sheet.how, other=sheet.other))
    parts = [_picture(lines[at : at + _LINES], label) for at in range(0, len(lines), _LINES)]
    return f'<p class="about">{label}</p>{"".join(parts)}'


def _picture(lines: Sequence[Line], label: str) -> str:
    scale = Scale(_NAME, _SCALE)
    bottom, wide = _ABOVE + len(lines) * _ROW, _NAME + _SCALE + _COUNT
    ticks = "".join(
        f'<line x1="{scale.at(it):.1f}" y1="{_ABOVE}" x2="{scale.at(it):.1f}" y2="{bottom}" stroke="#E0DED7"/>'
        f'<text x="{scale.at(it):.1f}" y="{bottom + 18}" text-anchor="middle" fill="#4D4B45">{it:g}</text>'
        for it in TICKS
    )
    count = f'<text x="{wide}" y="{_ABOVE - 8}" text-anchor="end" fill="#4D4B45">{escape(_("spans"))}</text>'
    found = geometry.bars(lines, scale, _ABOVE, _ROW)
    body = "".join(_bar(line, bar) for line, bar in zip(lines, found, strict=True))
    high = bottom + _BELOW
    return (
        f'<svg role="img" aria-label="{label}" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}">{ticks}{count}{body}</svg>'
    )


def _fitted(name: str) -> str:
    """Return a name cut in its middle where it has no room: of names that begin alike the ends differ."""
    wide = [2 if east_asian_width(sign) in "WF" else 1 for sign in name]
    if sum(wide) <= _SIGNS:
        return name
    first, last = list(accumulate(wide)), list(accumulate(reversed(wide)))
    half = _SIGNS // 2 - 1
    return f"{name[: bisect_right(first, half)]}…{name[len(name) - bisect_right(last, half) :]}"


def _bar(line: Line, bar: Bar) -> str:
    middle, wide = bar.row.middle, _NAME + _SCALE + _COUNT
    said = _fitted(line.name)
    parts = [
        f"<title>{escape(line.name)}: {escape(line.figure.told(3))} {escape(line.figure.between(3))}</title>",
        f'<text x="0" y="{middle + 4:.1f}" fill="{_INK}">{escape(said)}</text>',
        f'<text x="{wide}" y="{middle + 4:.1f}" text-anchor="end" fill="#4D4B45">{line.spans:,}</text>',
    ]
    if bar.bar is None:
        parts.append(f'<text x="{_NAME + 4}" y="{middle + 4:.1f}" fill="#68655D">{escape(line.figure.why)}</text>')
    else:
        box, look = bar.bar, on_paper(line.light or (_ACCENT if not line.dark else UNKNOWN_BAR))
        parts.append(_rect(box.x, box.y, box.width, box.height, look.fill))
        parts.append(_rect(box.x, box.bottom - 3, box.width, 3, look.bar))
    if bar.whisker is not None:
        low, high = bar.whisker
        path = f"M{low:.1f} {middle - 6:.1f}v12M{low:.1f} {middle:.1f}H{high:.1f}M{high:.1f} {middle - 6:.1f}v12"
        parts.append(f'<path d="{path}" stroke="{_INK}" stroke-width="1.5" fill="none"/>')
    if bar.dot is not None:
        parts.append(
            f'<circle cx="{bar.dot:.1f}" cy="{middle:.1f}" r="3.5" fill="{PAPER}" stroke="{_INK}" stroke-width="1.5"/>'
        )
    return f"<g>{''.join(parts)}</g>"


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def _table(sheet: Sheet) -> str:
    above = "".join(
        f'<th scope="col"{_side(number)}>{escape(name)}</th>' for number, name in enumerate(head(sheet))
    )  # fmt: skip
    body = "".join(
        "<tr>" + "".join(
            f'<td{_side(number)}>{escape(cell)}</td>' for number, cell in enumerate(cells(row))
        ) + "</tr>"
        for row in rows(sheet)
    )  # fmt: skip
    return f'<table id="table"><thead><tr>{above}</tr></thead><tbody>{body}</tbody></table>'


def _side(column: int) -> str:
    return " class=n" if 2 <= column <= 6 else ""
