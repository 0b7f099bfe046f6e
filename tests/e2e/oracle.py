"""Where characters stand on the screen: plain QTextLayout and a naive UTF-16 count; imports nothing of the program.

Run as a program under the window's display: TEXTFILE START,END… prints x and y on the screen of both ends of each.
The sizes are the design's (17 pixels, 39 a line, 12 between paragraphs and for an empty line); where the text begins
is looked up in a picture of the screen: under the line that closes the header.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QImage, QTextLayout

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "SourceSerif4-Regular.ttf"
FAMILY = "Source Serif 4"
RULE = 0xE0DED7
SIZE, LEADING, GAP, BLANK, BOX, ABOVE, NARROWEST = 17, 39, 12, 12, 22, 12, 500


def header_line(image: QImage) -> tuple[int, int, int] | None:
    """Return left, right and y of the lowest line of the header: a long run of the line's colour in the middle."""
    found = None
    for y in range(40, min(400, image.height())):
        x = image.width() // 2
        if image.pixel(x, y) & 0xFFFFFF != RULE:
            continue
        left = right = x
        while left > 0 and image.pixel(left - 1, y) & 0xFFFFFF == RULE:
            left -= 1
        while right < image.width() - 1 and image.pixel(right + 1, y) & 0xFFFFFF == RULE:
            right += 1
        if NARROWEST < right - left < 700:
            found = left, right, y
    return found


def units(text: str, index: int) -> int:
    """Return how many UTF-16 units come before a character."""
    return len(text[:index].encode("utf-16-le")) // 2


def places(text: str, wanted: list[tuple[int, int]], left: int, width: int, top: int) -> list[list[float]]:
    """Return x, y of the start and x, y of the end of each range, on the screen."""
    font = QFont(FAMILY)
    font.setPixelSize(SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    result = [[0.0] * 4 for _ in wanted]
    y, offset = float(top), 0
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph.replace("\u00a0", " "), font)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(line)
        layout.endLayout()
        for row, (start, end) in zip(result, wanted, strict=True):
            for place, position, inside in ((0, start, start), (2, end, end - 1)):
                if not offset <= inside < offset + len(paragraph):
                    continue
                at = units(paragraph, inside - offset)
                line = layout.lineForTextPosition(at)
                x = line.cursorToX(units(paragraph, position - offset))
                x = x[0] if isinstance(x, tuple) else x
                row[place : place + 2] = [left + x, y + line.lineNumber() * LEADING + BOX / 2]
        y += len(lines) * LEADING + GAP if paragraph else BLANK
        offset += len(paragraph) + 1
    return result


def main() -> int:
    """Print the places as JSON, or nothing (status 1) while no header is to be seen."""
    app = QGuiApplication(sys.argv[:1])
    QFontDatabase.addApplicationFont(str(FONT))
    image = app.primaryScreen().grabWindow(0).toImage()
    line = header_line(image)
    if line is None:
        return 1
    text = Path(sys.argv[1]).read_bytes().decode("utf-8")
    wanted = [tuple(map(int, pair.split(","))) for pair in sys.argv[2:]]
    left, right, y = line
    print(json.dumps(places(text, wanted, left, right - left + 1, y + 1 + ABOVE)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
