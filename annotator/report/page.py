"""A report as one web page that needs nothing else: no script, no file, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from annotator.domain.colours import PAPER, UNKNOWN_BAR, contrast, mixed, on_paper
from annotator.i18n import _, language
from annotator.report import geometry
from annotator.report.geometry import TICKS, Bar, Scale
from annotator.report.sheet import Confused, Head, Line, Sheet
from annotator.report.written import cells, head, rows

_ACCENT, _WRONG, _INK = "#0B6B60", "#A4262C", "#1A1A1A"
_NAME, _SCALE, _COUNT, _ROW = 200, 360, 72, 30

_STYLE = """
:root { color-scheme: light }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact }
body { margin: 0; background: #FFF; color: #1A1A1A;
  font: 13px/20px Inter, "Segoe UI Variable", "SF Pro", Cantarell, "Noto Sans", system-ui, sans-serif }
main { max-width: 960px; margin: 0 auto; padding: 32px 40px 48px }
h1 { margin: 0 0 4px; font: 600 26px/32px "Source Serif 4", "Source Serif Pro", Charter, "Noto Serif", Georgia, serif;
  overflow-wrap: anywhere }
h2 { margin: 32px 0 0; font-size: 16px; line-height: 24px }
.about { margin: 0 0 8px; font-size: 12px; color: #4D4B45; overflow-wrap: anywhere }
.heads { display: flex; flex-wrap: wrap; gap: 16px; margin: 24px 0 0; padding: 0; list-style: none }
.heads li { flex: 1 1 200px; border: 1px solid #E0DED7; border-radius: 8px; padding: 12px 20px }
.heads b { font-size: 28px; line-height: 36px; font-weight: 600; font-variant-numeric: tabular-nums }
.wide { overflow-x: auto }
table { border-collapse: separate; border-spacing: 2px; font-size: 12px; font-variant-numeric: tabular-nums }
th { font-weight: 400; color: #4D4B45; padding: 2px 8px; text-align: end; max-width: 160px; overflow-wrap: anywhere }
thead th { text-align: center }
td { min-width: 56px; padding: 4px 8px; text-align: center; border-radius: 4px }
td.none { color: #68655D; border: 1px solid #E0DED7 }
td.same { background: #ECEAE4 }
#table td, #table th { text-align: start; border-bottom: 1px solid #E0DED7; border-radius: 0; overflow-wrap: anywhere }
#table td.n { text-align: end }
ul.notes { padding-left: 20px; overflow-wrap: anywhere }
.warning { color: #8A5A00; font-weight: 600 }
svg { display: block; max-width: 100%; height: auto; font: 12px Inter, "Noto Sans", system-ui, sans-serif }
tr, li, svg { break-inside: avoid }
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
    said = f"<strong>{escape(one.name)}</strong> {escape(one.beside)}"
    return f"<li><b>{escape(figure)}</b> {escape(between)}<br>{said}</li>"


def _cell(words: str, colour: str, share: float, title: str = "") -> str:
    back = mixed(PAPER, colour, share)
    ink = _INK if contrast(back, _INK) >= contrast(back, PAPER) else PAPER
    return f'<td style="background: {back}; color: {ink}" title="{escape(title)}">{escape(words)}</td>'


def _grid(names: Sequence[str], columns: Sequence[str], lines: Iterable[Iterable[str]]) -> str:
    above = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(line)}</tr>' for name, line in zip(names, lines, strict=True)
    )
    return f"<table><thead><tr><td></td>{above}</tr></thead><tbody>{body}</tbody></table>"


def _pairs(sheet: Sheet) -> str:
    def cell(row: int, column: int) -> str:
        pair = sheet.pair(row, column)
        if row == column or pair is None:
            return '<td class="same"></td>'
        if column < row:
            return "<td></td>"
        if pair.figure.value is None:
            return f'<td class="none">{escape(pair.figure.why)}</td>'
        return _cell(pair.figure.told(), _ACCENT, geometry.depth(pair.figure), pair.figure.between())

    many = range(len(sheet.names))
    return _grid(sheet.names, sheet.names, [[cell(row, column) for column in many] for row in many])


def _confused(found: Confused) -> str:
    def cell(row: int, column: int) -> str:
        percent = found.percent(row, column)
        if percent is None:
            return '<td class="same"></td>' if row == column == len(found.ids) - 1 else "<td>·</td>"
        colour = _ACCENT if row == column else _WRONG
        return _cell(str(percent), colour, geometry.share_depth(percent), f"{found.counts[row][column]:,}")

    many = range(len(found.ids))
    return _grid(found.names, found.names, [[cell(row, column) for column in many] for row in many])


def _chart(lines: Sequence[Line], sheet: Sheet) -> str:
    scale = Scale(_NAME, _SCALE)
    high, wide = len(lines) * _ROW, _NAME + _SCALE + _COUNT
    ticks = "".join(
        f'<line x1="{scale.at(it):.1f}" y1="0" x2="{scale.at(it):.1f}" y2="{high}" stroke="#E0DED7"/>'
        f'<text x="{scale.at(it):.1f}" y="{high + 18}" text-anchor="middle" fill="#4D4B45">{it:g}</text>'
        for it in TICKS
    )
    found = geometry.bars(lines, scale, 0, _ROW)
    body = "".join(_bar(line, bar) for line, bar in zip(lines, found, strict=True))
    label = escape(_("Bar: {main}, with its 95 % interval; circle: {other}").format(main=sheet.how, other=sheet.other))
    return (
        f'<p class="about">{label}</p>'
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" width="{wide}" height="{high + 26}" '
        f'viewBox="0 0 {wide} {high + 26}">{ticks}{body}</svg>'
    )


def _bar(line: Line, bar: Bar) -> str:
    middle, wide = bar.row.middle, _NAME + _SCALE + _COUNT
    said = line.name if len(line.name) <= 30 else f"{line.name[:28]}…"
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
    above = "".join(f'<th scope="col">{escape(name)}</th>' for name in head(sheet))
    body = "".join(
        "<tr>" + "".join(
            f'<td{" class=n" if 2 <= number <= 6 else ""}>{escape(cell)}</td>' for number, cell in enumerate(cells(row))
        ) + "</tr>"
        for row in rows(sheet)
    )  # fmt: skip
    return f'<table id="table"><thead><tr>{above}</tr></thead><tbody>{body}</tbody></table>'
